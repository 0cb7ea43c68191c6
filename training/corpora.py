"""Read the training corpora into windows: words with the labels that each corpus has.

Every reader yields Window objects. What a corpus does not annotate stays None and costs nothing in training.
The folder is named by the environment variable DETENTE_DATA; nothing of it is copied into the project.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path

from detente.text.split import words as split_words

Span = tuple[int, int]
FEATURES = (
    "Tense",
    "Mood",
    "VerbForm",
    "Voice",
    "Number",
    "Person",
    "Polarity",
    "PronType",
    "Degree",
    "Poss",
    "Case",
)
TYPES = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "YIELD",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
CONFLICT = frozenset(TYPES[6:])
EXACT = (*TYPES, "CONCEDE", "RETREAT")  # the pairs merge these two as YIELD; detente's own examples do not
ROLES = ("source", "cue", "content")


@dataclass
class Window:
    """Some words in order and what is known of them; indices are into the words."""

    words: list[str]
    paragraphs: list[int] = field(default_factory=list)  # words that begin a paragraph
    starts: list[int] | None = None  # words that begin a sentence
    upos: list[str] | None = None
    feats: list[str] | None = None
    lemmas: list[str] | None = None
    heads: list[int] | None = None  # -1 for a root
    deprels: list[str] | None = None
    frames: list[tuple[int, list[tuple[str, int, int]]]] | None = None
    entities: list[tuple[str, int, int]] | None = None
    attributions: list[tuple[int, list[tuple[str, int, int]]]] | None = None  # anchor (first cue word), parts
    parties: list[tuple[str, int, int]] | None = None  # S, T, R phrases
    pair: tuple[Span, Span] | None = None
    relation: str | None = None  # PLOVER type
    conflict: bool | None = None


def data() -> Path:
    """The folder with the corpora."""
    folder = os.environ.get("DETENTE_DATA")
    if not folder:
        raise SystemExit("set DETENTE_DATA to the folder that holds treebanks/, propbank/, polnear/ …")
    return Path(folder)


def treebank(name: str, propbank: str | None = None) -> list[list[Window]]:
    """The documents of a UD treebank as lists of sentences; with PropBank frames where there are some."""
    frames = dict(_frames(propbank)) if propbank else {}
    wiki = name.startswith("en_gum")
    documents: list[list[Window]] = []
    with (data() / "treebanks" / f"{name}.conllu").open(encoding="utf-8") as lines:
        for filled, block in groupby((line.rstrip("\n") for line in lines), key=bool):
            if not filled:
                continue
            rows = list(block)
            comments = [row for row in rows if row.startswith("#")]
            if any(row.startswith("# newdoc") for row in comments) or not documents:
                documents.append([])
            fields = [row.split("\t") for row in rows if not row.startswith("#")]
            sentence = _sentence([row for row in fields if row[0].isdigit()], wiki)
            if any(row.startswith("# newpar") for row in comments) or not documents[-1]:
                sentence.paragraphs = [0]
            ident = next(row[12:] for row in comments if row.startswith("# sent_id = "))
            if propbank:
                sentence.frames = frames.get(ident, [])
            documents[-1].append(sentence)
    return documents


def _sentence(rows: list[list[str]], wiki: bool) -> Window:
    feats = []
    for row in rows:
        own = dict(pair.split("=") for pair in row[5].split("|") if "=" in pair)
        feats.append("|".join(f"{key}={own[key]}" for key in FEATURES if key in own))
    return Window(
        words=[row[1] for row in rows],
        starts=[0],
        upos=[row[3] for row in rows],
        feats=feats,
        lemmas=[row[2] for row in rows],
        heads=[int(row[6]) - 1 for row in rows],
        deprels=[row[7] for row in rows],
        entities=list(_gum_names(rows)) if wiki else None,
    )


GUM = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "EVENT", "time": ""}
LINKS = frozenset(("of", "the", "and", "-", "for"))


def _gum_entities(rows: list[list[str]]) -> Iterator[tuple[int, int, str, bool]]:
    """Entity spans of GUM: first word, last word + 1, kind, and whether an encyclopedia has an article on it."""
    opened: dict[str, list[tuple[int, str, bool]]] = {}
    for at, row in enumerate(rows):
        value = next((part[7:] for part in row[9].split("|") if part.startswith("Entity=")), "")
        for start, end in re.findall(r"\(([^()]*)|([^()]*)\)", value):
            parts = start.split("-")
            if start:
                opened.setdefault(parts[0], []).append((at, parts[1], len(parts) > 7))
            single = f"({start})" in value
            if opened.get(parts[0] if start else end) and (single or end):
                first, kind, known = opened[parts[0] if start else end].pop()
                yield first, at + 1, kind, known


def _gum_names(rows: list[list[str]]) -> Iterator[tuple[str, int, int]]:
    """Named entities of GUM: entity spans made of proper nouns (and "of", "the" between them), widest first."""
    taken: set[int] = set()
    for start, end, kind, known in sorted(_gum_entities(rows), key=lambda span: span[0] - span[1]):
        while start < end and rows[start][3] in ("DET", "ADJ", "PUNCT") and rows[start][1].islower():
            start += 1
        while end > start and rows[end - 1][3] in ("PUNCT", "PART"):
            end -= 1
        inside = rows[start:end]
        named = any(row[3] == "PROPN" for row in inside) and (known or kind in GUM)
        solid = all(row[3] in ("PROPN", "NUM") or row[1][:1].isupper() or row[1] in LINKS for row in inside)
        titled = kind == "person" and any(
            row[1] == "of" for row in inside
        )  # "President of the United States"
        if (
            named
            and solid
            and not titled
            and inside[0][1][:1].isupper()
            and not taken & set(range(start, end))
        ):
            taken |= set(range(start, end))
            if GUM.get(kind, "MISC"):
                yield GUM.get(kind, "MISC"), start, end


def _frames(name: str) -> Iterator[tuple[str, list[tuple[int, list[tuple[str, int, int]]]]]]:
    with gzip.open(data() / "propbank" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            frames = [
                (
                    one["predicate"],
                    [(role, start, end) for role, start, end in one["args"] if role not in ("V", "rel")],
                )
                for one in row["propositions"]
            ]
            yield row["sent_id"], frames


def joined(sentences: Iterable[Window]) -> Window:
    """Several sentences as one window."""
    out = Window(
        words=[], starts=[], upos=[], feats=[], lemmas=[], heads=[], deprels=[], frames=[], entities=[]
    )
    for one in sentences:
        base = len(out.words)
        out.paragraphs += [base + at for at in one.paragraphs]
        out.words += one.words
        out.starts.append(base)
        for name in ("upos", "feats", "lemmas", "deprels"):
            getattr(out, name).extend(getattr(one, name))
        out.heads += [base + head if head >= 0 else -1 for head in one.heads]
        if one.frames is None:
            out.frames = None
        elif out.frames is not None:
            out.frames += [
                (base + at, [(r, base + s, base + e) for r, s, e in args]) for at, args in one.frames
            ]
        if one.entities is None:
            out.entities = None
        elif out.entities is not None:
            out.entities += [(label, base + s, base + e) for label, s, e in one.entities]
    return out


RECORD = re.compile(r"(?m)^(?=[TEAR#*M]\d*\t)")


def brat(path: Path) -> list[dict[str, list[Span]]]:
    """The attributions of one brat file as character spans by role."""
    records = [record.rstrip("\r\n").split("\t") for record in RECORD.split(path.read_text(encoding="utf-8"))]
    spans: dict[str, list[Span]] = {}
    for record in records:
        if record[0][:1] == "T":
            pieces = record[1].partition(" ")[2].split(";")
            spans[record[0]] = [(int(a), int(b)) for a, b in (piece.split() for piece in pieces)]
    found = []
    for record in records:
        if record[0][:1] == "E":
            parts: dict[str, list[Span]] = {role: [] for role in ROLES}
            for role, span in (part.split(":") for part in record[1].split()):
                parts.get(role.lower().rstrip("0123456789"), []).extend(spans.get(span, ()))
            found.append({role: sorted(pieces) for role, pieces in parts.items()})
    return found


def polnear(half: str) -> list[list[Window]]:
    """PolNeAR articles as lists of paragraphs; an attribution's parts are indices into the whole article."""
    folder = data() / "polnear" / half
    first: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        first.setdefault(path.stem.rpartition("_")[0], path)
    articles = []
    for name, path in first.items():
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        articles.append(article(text, brat(path)))
    return articles


def article(text: str, attributions: list[dict[str, list[Span]]]) -> Window:
    """A whole article as one window, to be cut up later."""
    tokens = split_words(text)
    firsts = [at for at, word in enumerate(tokens) if not at or word.paragraph != tokens[at - 1].paragraph]

    def inside(span: Span) -> Span | None:
        at = [i for i, word in enumerate(tokens) if word.start < span[1] and word.end > span[0]]
        return (at[0], at[-1] + 1) if at else None

    found = []
    for one in attributions:
        parts = [(role, *place) for role in ROLES for span in one[role] if (place := inside(span))]
        cue = [start for role, start, _ in parts if role == "cue"]
        anchor = cue[0] if cue else min((s for role, s, _ in parts if role == "source"), default=None)
        if anchor is not None and any(role == "content" for role, *_ in parts):
            found.append((anchor, parts))
    return Window(words=[word.text for word in tokens], paragraphs=firsts, attributions=found)


def cut(whole: Window, limit: int, lengths: list[int], offset: int = 0) -> Iterator[Window]:
    """Cut an article into windows of whole paragraphs of at most ``limit`` pieces, as the coder does."""
    bounds = [*whole.paragraphs, len(whole.words)]
    start = bounds[0]
    begin = 0
    size = 0
    first = True
    for number, (a, b) in enumerate(pairwise(bounds)):
        need = sum(lengths[a:b])
        if size and size + need > (offset if first and offset else limit):
            yield _part(whole, start, a)
            start, size, first = a, 0, False
        size += need
        while size > limit:
            stop, size = start, 0
            while stop < b and size + lengths[stop] <= limit:
                size += lengths[stop]
                stop += 1
            yield _part(whole, start, stop)
            start, size = stop, sum(lengths[stop:b])
        begin = number
    del begin
    if start < len(whole.words):
        yield _part(whole, start, len(whole.words))


def _part(whole: Window, start: int, end: int) -> Window:
    def clip(parts: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
        return [(r, max(s, start) - start, min(e, end) - start) for r, s, e in parts if s < end and e > start]

    return Window(
        words=whole.words[start:end],
        paragraphs=[at - start for at in whole.paragraphs if start <= at < end],
        attributions=[
            (at - start, clip(parts)) for at, parts in whole.attributions or [] if start <= at < end
        ],
    )


def tagged(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Words and tags of a two-column file."""
    with path.open(encoding="utf-8") as lines:
        for filled, block in groupby((line.strip() for line in lines), key=bool):
            if filled:
                rows = [re.split(r"[ \t]", line) for line in block]
                yield [row[0] for row in rows], [row[-1] for row in rows]


def spans_of(tags: list[str]) -> list[tuple[str, int, int]]:
    """The labelled stretches of a BIO tagging."""
    found: list[tuple[str, int, int]] = []
    for at, tag in enumerate(tags):
        if tag == "O":
            continue
        label = tag[2:]
        if tag[0] == "I" and found and found[-1][0] == label and found[-1][2] == at:
            found[-1] = (label, found[-1][1], at + 1)
        else:
            found.append((label, at, at + 1))
    return found


def resplit(
    words: list[str], spans: list[tuple[str, int, int]]
) -> tuple[list[str], list[tuple[str, int, int]]]:
    """Cut words the way detente does and carry spans over."""
    text, places = "", []
    for word in words:
        text += (" " if text else "") + word
        places.append((len(text) - len(word), len(text)))
    tokens = split_words(text)
    out = []
    for label, start, end in spans:
        a, b = places[start][0], places[end - 1][1]
        at = [i for i, word in enumerate(tokens) if word.start < b and word.end > a]
        out.append((label, at[0], at[-1] + 1))
    return [word.text for word in tokens], out


CROSSNER = {
    "politician": "PER",
    "person": "PER",
    "organisation": "ORG",
    "politicalparty": "PARTY",
    "country": "LOC",
    "location": "LOC",
    "event": "EVENT",
    "election": "EVENT",
    "misc": "MISC",
}


def crossner(half: str) -> list[Window]:
    """CrossNER politics sentences."""
    found = []
    for words, tags in tagged(data() / "ner" / f"politics_{half}.txt"):
        words, spans = resplit(words, [(CROSSNER[label], s, e) for label, s, e in spans_of(tags)])
        found.append(Window(words=words, paragraphs=[0], entities=spans))
    return found


def cameo_parties() -> list[Window]:
    """CAMEO_NER sentences with source, target and meeting parties tagged."""
    found = []
    for words, tags in tagged(data() / "cameo_ner" / "train.txt"):
        words, spans = resplit(words, spans_of(tags))
        found.append(Window(words=words, paragraphs=[0], parties=spans))
    return found


MARK = re.compile(r"<(/?)([st])>")


def relations(name: str) -> list[Window]:
    """Sentences with a marked pair and its relation: plover_pairs (types) or ace_wikievents_pairs (conflict or not)."""
    found = []
    with (data() / "relations" / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            plain, spans = _unmark(row["marked_sentence"])
            tokens = split_words(plain)
            places = []
            for party in "st":
                span = spans.get(party, (0, 0))
                at = [i for i, word in enumerate(tokens) if word.start < span[1] and word.end > span[0]]
                places.append((at[0], at[-1] + 1) if at else (0, 0))
            kind = row.get("plover_type")
            conflict = kind in CONFLICT if kind else row["is_conflict"] == "1"
            found.append(
                Window(
                    words=[word.text for word in tokens],
                    paragraphs=[0],
                    pair=(places[0], places[1]),
                    relation=kind,
                    conflict=conflict,
                )
            )
    return found


def _unmark(marked: str) -> tuple[str, dict[str, Span]]:
    plain, at = "", 0
    opened: dict[str, int] = {}
    found: dict[str, Span] = {}
    for mark in MARK.finditer(marked):
        plain += marked[at : mark.start()]
        at = mark.end()
        closing, party = mark.groups()
        if not closing:
            opened[party] = len(plain)
        elif party not in found:
            found[party] = (opened[party], len(plain))
    return plain + marked[at:], found
