"""Drill: short news sentences made by rule, with the trees and roles that their making gives them.

The treebanks hold few of the verbs that news of states turns on ("met" thirty times, "shelled" never). Here plain
transitive verbs of the frame lexicon stand between names and nouns of the actor lexicon, in the constructions whose
analysis is beyond doubt: active, passive, perfect, future, denied, refused, reported, with a place or a day. The facts
in them mean nothing. Features are left unlabelled; lemmas, tags, trees and roles are learnt.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from corpora import Window

LEXICON = Path(__file__).parent.parent / "src" / "detente" / "lexicon" / "data"
IRREGULAR = {
    "meet": "met met", "hit": "hit hit", "strike": "struck struck", "sue": "sued sued", "ban": "banned banned",
    "free": "freed freed", "seize": "seized seized", "fight": "fought fought", "overthrow": "overthrew overthrown",
    "shoot": "shot shot", "leave": "left left", "sell": "sold sold", "send": "sent sent", "beat": "beat beaten",
    "raid": "raided raided", "jail": "jailed jailed", "bar": "barred barred", "rebuff": "rebuffed rebuffed",
    "woo": "wooed wooed", "host": "hosted hosted", "forgive": "forgave forgiven", "pardon": "pardoned pardoned",
}  # fmt: skip
MORE = ("meet", "sue", "fight", "strike", "host", "free", "shoot", "forgive", "ban", "beat", "overthrow")
WITH = (("spoke", "speak", "with", "ARG2"), ("met", "meet", "with", "ARG1"), ("talked", "talk", "to", "ARG2"),
        ("clashed", "clash", "with", "ARG1"), ("talked", "talk", "with", "ARG2"))  # fmt: skip
TITLES = (("President",), ("Prime", "Minister"), ("Foreign", "Minister"), ("Defence", "Minister"), ("Chancellor",),
          ("King",), ("Ambassador",), ("Secretary",))  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Token = tuple[
    str, str, str, int, str
]  # form, lemma, part of speech, head within its phrase (-1: its top), relation


@cache
def column(table: str, name: str, **wanted: str) -> tuple[str, ...]:
    """A column of a lexicon table, of the rows that have these values."""
    with (LEXICON / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        rows = [
            row for row in csv.DictReader(lines) if all(row[key] == value for key, value in wanted.items())
        ]
    return tuple(sorted({row[name] for row in rows if row[name].isalpha()}))


@cache
def verbs() -> tuple[tuple[str, str, str], ...]:
    """Plain transitive verbs: lemma, past, participle."""
    with (LEXICON / "frames.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    plain = {
        row["lemma"]
        for row in rows
        if row["upos"] == "VERB"
        and not row["with"]
        and row["source"] == "subj"
        and row["target"].startswith("obj")
    }
    found = []
    for lemma in sorted(plain | set(MORE)):
        forms = IRREGULAR.get(lemma, "").split() or regular(lemma)
        if forms:
            found.append((lemma, forms[0], forms[1]))
    return tuple(found)


def regular(lemma: str) -> list[str]:
    """Past and participle by rule; nothing where a letter may be doubled or the verb may be irregular."""
    if lemma.endswith("e"):
        return [lemma + "d"] * 2
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return [lemma[:-1] + "ied"] * 2
    doubles = (
        len(lemma) < 5 and lemma[-1] not in "aeiouwxy" and lemma[-2] in "aeiou" and lemma[-3] not in "aeiou"
    )
    return [] if doubles else [lemma + "ed"] * 2


def phrase(draw: random.Random) -> list[Token]:
    """A noun phrase; its top token has head -1."""
    name = draw.choice(column("state_names", "name", kind="name"))
    adjective = draw.choice(column("state_names", "name", kind="adjective"))
    noun = draw.choice(column("agents", "lemma", kind="person"))
    kind = draw.randrange(9)
    if kind > 5:
        return titled(kind, name, adjective, draw)
    if kind == 0:
        return [(name, name, "PROPN", -1, "")]
    if kind == 1:
        return [
            ("the", "the", "DET", 2, "det"),
            (adjective, adjective, "ADJ", 2, "amod"),
            (noun, noun, "NOUN", -1, ""),
        ]
    if kind == 2:
        return [
            (name, name, "PROPN", 2, "nmod:poss"),
            ("'s", "'s", "PART", 0, "case"),
            (noun, noun, "NOUN", -1, ""),
        ]
    if kind == 3:
        return [("the", "the", "DET", 1, "det"), (noun, noun, "NOUN", -1, ""), ("of", "of", "ADP", 3, "case"),
                (name, name, "PROPN", 1, "nmod")]  # fmt: skip
    if kind == 4:
        other = draw.choice(column("state_names", "name", kind="name"))
        return [
            (name, name, "PROPN", -1, ""),
            ("and", "and", "CCONJ", 2, "cc"),
            (other, other, "PROPN", 0, "conj"),
        ]
    many = noun if noun.endswith(("s", "y", "man", "x", "ch")) else noun + "s"
    return [(adjective, adjective, "ADJ", 1, "amod"), (many, noun, "NOUN", -1, "")]


def titled(kind: int, name: str, adjective: str, draw: random.Random) -> list[Token]:
    """A person with a title: "Lebanese Prime Minister …", "Peru's President …", "U.S. President-elect …"."""
    first, last = draw.choice(people())
    words = draw.choice(TITLES)
    front = [(adjective, adjective, "ADJ")] if kind == 6 else [(name, name, "PROPN"), ("'s", "'s", "PART")]
    if kind == 8:
        front, words = (
            [draw.choice((("U.S.", "U.S.", "PROPN"), (adjective, adjective, "ADJ")))],
            ("President", "-", "elect"),
        )
    top = len(front) + (0 if kind == 8 else len(words) - 1)
    relations = {
        6: ["amod"],
        7: ["nmod:poss", "case"],
        8: ["compound" if front[0][2] == "PROPN" else "amod"],
    }[kind]
    found = [
        (*word, 0 if relation == "case" else top, relation)
        for word, relation in zip(front, relations, strict=True)
    ]
    for at, word in enumerate(words, len(front)):
        upos = "PUNCT" if word == "-" else "ADJ" if at != top else "PROPN"
        own = (
            (top + (3 if kind == 8 else 1), "nmod:desc")
            if at == top
            else (top, "punct" if word == "-" else "amod")
        )
        found.append((word, word, upos, *own))
    return [*found, (first, first, "PROPN", -1, ""), (last, last, "PROPN", len(found), "flat")]


@cache
def people() -> tuple[tuple[str, str], ...]:
    """First and last names, mixed, so that nobody real is meant."""
    with (LEXICON / "persons.csv").open(encoding="utf-8", newline="") as lines:
        names = [row["person"].split() for row in csv.DictReader(lines)]
    pairs = [name for name in names if len(name) == 2]
    return tuple((first[0], last[1]) for first, last in zip(pairs, pairs[7:] + pairs[:7], strict=True))


class Sentence:
    """Words under construction, with absolute heads."""

    def __init__(self) -> None:
        """Begin empty."""
        self.rows: list[list] = []
        self.frames: list[tuple[int, list[tuple[str, int, int]]]] = []

    def word(self, form: str, lemma: str, upos: str, relation: str, head: int | None = None) -> int:
        """Add a word; its head may be set later."""
        self.rows.append([form, lemma, upos, head, relation])
        return len(self.rows) - 1

    def phrase(self, tokens: list[Token], relation: str) -> tuple[int, int, int]:
        """Add a phrase: its top word, and where it begins and ends."""
        start, top = len(self.rows), 0
        for at, (form, lemma, upos, head, own) in enumerate(tokens):
            top = start + at if head < 0 else top
            self.word(form, lemma, upos, own if head >= 0 else relation, start + head if head >= 0 else None)
        return top, start, len(self.rows)

    def window(self) -> Window:
        """The finished sentence, its first letter a capital."""
        self.rows[0][0] = self.rows[0][0][0].upper() + self.rows[0][0][1:]
        forms, lemmas, upos, heads, relations = (list(part) for part in zip(*self.rows, strict=True))
        return Window(words=forms, paragraphs=[0], starts=[0], upos=upos, feats=["?"] * len(forms), lemmas=lemmas,
                      heads=heads, deprels=relations, frames=self.frames)  # fmt: skip


def clause(one: Sentence, draw: random.Random) -> int:
    """Add a clause with its roles; its verb, still without a head."""
    lemma, past, participle = draw.choice(verbs())
    kind = draw.choice(
        ("past", "past", "past", "passive", "will", "has", "not", "refuse", "agent", "with", "with")
    )
    subject, *doer = one.phrase(phrase(draw), "nsubj:pass" if kind in ("passive", "agent") else "nsubj")
    helpers = {"passive": [("was", "be", "aux:pass")], "agent": [("was", "be", "aux:pass")],
               "will": [("will", "will", "aux")], "has": [("has", "have", "aux")],
               "not": [("did", "do", "aux"), ("not", "not", "advmod")]}.get(kind, [])  # fmt: skip
    added = [one.word(form, base, "PART" if base == "not" else "AUX", rel) for form, base, rel in helpers]
    top = None
    if kind == "refuse":
        outer = draw.choice(
            (("refused", "refuse"), ("agreed", "agree"), ("vowed", "vow"), ("offered", "offer"))
        )
        top = one.word(*outer, "VERB", "")
        added.append(one.word("to", "to", "PART", "mark"))
    preposition, role = None, "ARG1"
    if kind == "with":
        past, lemma, preposition, role = draw.choice(WITH)
    form = {"past": past, "with": past, "passive": participle, "agent": participle, "has": participle}.get(
        kind, lemma
    )
    verb = one.word(form, lemma, "VERB", "xcomp" if top is not None else "", top)
    for word in added:
        one.rows[word][3] = verb
    one.rows[subject][3] = verb if top is None else top
    parts = [("ARG1" if kind in ("passive", "agent") else "ARG0", *doer)]
    if kind == "agent":
        by = one.word("by", "by", "ADP", "case")
        agent, _, end = one.phrase(phrase(draw), "obl:agent")
        one.rows[by][3], one.rows[agent][3] = agent, verb
        parts.append(("ARG0", by, end))
    elif kind != "passive":
        case = one.word(preposition, preposition, "ADP", "case") if preposition else None
        target, start, end = one.phrase(phrase(draw), "obl" if preposition else "obj")
        one.rows[target][3] = verb
        if case is not None:
            one.rows[case][3] = target
        parts.append((role, start if case is None else case, end))
    parts += [("ARGM-MOD", word, word + 1) for word in added if kind == "will"]
    parts += [("ARGM-NEG", word, word + 1) for word in added if one.rows[word][0] == "not"]
    parts += list(circumstances(one, verb, draw))
    if kind in ("past", "with") and draw.random() < 0.4:
        parts += more(one, verb, doer, draw)
    if top is not None:
        one.frames.append((top, [("ARG0", *doer), ("ARG1", added[-1], len(one.rows))]))
    one.frames.append((verb, parts))
    return verb if top is None else top


def more(one: Sentence, verb: int, doer: list[int], draw: random.Random) -> list[tuple[str, int, int]]:
    """A second act of the same doer: a purpose ("to thank …") or a conjunct ("and thanked …")."""
    lemma, past, _ = draw.choice(verbs())
    purpose = draw.random() < 0.5
    start = one.word("to", "to", "PART", "mark") if purpose else one.word("and", "and", "CCONJ", "cc")
    second = one.word(lemma if purpose else past, lemma, "VERB", "advcl" if purpose else "conj", verb)
    one.rows[start][3] = second
    if draw.random() < 0.3:
        him = one.word("him", "he", "PRON", "obj", second)
        target = ("ARG1", him, him + 1)
    else:
        top, first, end = one.phrase(phrase(draw), "obj")
        one.rows[top][3] = second
        target = ("ARG1", first, end)
    one.frames.append((second, [("ARG0", *doer), target]))
    return [("ARGM-PRP", start, len(one.rows))] if purpose else []


def circumstances(one: Sentence, verb: int, draw: random.Random) -> Iterator[tuple[str, int, int]]:
    """A place or a day, or neither."""
    chance = draw.random()
    if chance < 0.3:
        at = one.word("in", "in", "ADP", "case")
        city = draw.choice(column("state_names", "name", kind="capital"))
        place = one.word(city, city, "PROPN", "obl", verb)
    elif chance < 0.5:
        at = one.word("on", "on", "ADP", "case")
        day = draw.choice(DAYS)
        place = one.word(day, day, "PROPN", "obl", verb)
    else:
        return
    one.rows[at][3] = place
    yield ("ARGM-LOC" if chance < 0.3 else "ARGM-TMP", at, place + 1)


def sentence(draw: random.Random) -> Window:
    """One sentence: a clause, or somebody saying one."""
    one = Sentence()
    if draw.random() < 0.25:
        speaker, *who = one.phrase(phrase(draw), "nsubj")
        said = one.word("said", "say", "VERB", "root", -1)
        one.rows[speaker][3] = said
        start = len(one.rows)
        inner = clause(one, draw)
        one.rows[inner][3:] = [said, "ccomp"]
        one.frames.append((said, [("ARG0", *who), ("ARG1", start, len(one.rows))]))
        top = said
    else:
        top = clause(one, draw)
        one.rows[top][3:] = [-1, "root"]
    if draw.random() < 0.15:
        comma, source = one.word(",", ",", "PUNCT", "punct"), one.word("according", "accord", "VERB", "case")
        one.word("to", "to", "ADP", "fixed", source)
        told, _, _ = one.phrase(phrase(draw), "obl")
        one.rows[comma][3], one.rows[source][3], one.rows[told][3] = told, told, top
    if draw.random() < 0.85:
        one.word(".", ".", "PUNCT", "punct", top)
    one.frames.sort()
    return one.window()


def drills(count: int, draw: random.Random) -> list[Window]:
    """Some sentences, drawn by lot."""
    return [sentence(draw) for _ in range(count)]


if __name__ == "__main__":
    for window in drills(12, random.Random(1)):
        print(*(f"{w}/{h}:{r}" for w, h, r in zip(window.words, window.heads, window.deprels, strict=True)))
        print(
            "   ",
            [
                (window.words[at], [(r, " ".join(window.words[s:e])) for r, s, e in parts])
                for at, parts in window.frames
            ],
        )
    print(len(verbs()), "verbs")
