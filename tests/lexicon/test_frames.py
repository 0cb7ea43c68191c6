"""The event words, word sets and reporting words that ship with detente keep the rules of FRAMES.md."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict

import pytest

from detente.lexicon.frames import FRAME_COLUMNS, KINDS, load_cues, load_frames
from detente.lexicon.ontology import TYPE_ROWS, cameo_type, is_cameo
from detente.lexicon.tables import DATA

PLACE_NAMES = (
    "none self subj obj iobj owner csubj by of poss amod to with on upon against from for in into at over about "
    "between among around behind onto near along outside toward towards past through alongside within "
    "across off out"
)
PLACES = frozenset(PLACE_NAMES.split())
# A truce that is kept and a resignation are RETREAT for the codebook; CAMEO files them where demands are met.
OTHER_TYPE = {("0831", "RETREAT"), ("16", "SANCTION")}
WORD = re.compile(r"#actor|#place|#politician|@[A-Z]+|\*|1|[$€£]|[^\W_][\w-]*")
IRREGULAR = {
    "beat": "beaten", "become": "became", "begin": "began begun", "bend": "bent", "blow": "blew blown",
    "break": "broke broken", "bring": "brought", "build": "built", "buy": "bought", "catch": "caught",
    "come": "came", "cut": "cut", "draw": "drew drawn", "drive": "drove driven", "fall": "fell fallen",
    "feed": "fed", "feel": "felt", "fight": "fought", "find": "found", "flee": "fled",
    "fly": "flew flown flies", "forbid": "forbade forbidden", "forecast": "forecast", "foresee": "foresaw",
    "forgive": "forgave forgiven", "freeze": "froze frozen", "get": "got", "give": "gave given",
    "go": "went gone", "grow": "grew", "hang": "hung hanged", "hear": "heard", "hit": "hit", "hold": "held",
    "keep": "kept", "know": "knew", "lay": "laid", "leave": "left", "lend": "lent", "let": "let",
    "lose": "lost", "make": "made", "mean": "meant", "meet": "met", "overrun": "overran",
    "overthrow": "overthrew overthrown", "pay": "paid", "put": "put", "quit": "quit", "read": "read",
    "rebuild": "rebuilt", "retake": "retook retaken", "rise": "rose risen", "say": "said",
    "see": "saw seen", "seek": "sought", "sell": "sold", "send": "sent", "set": "set", "shake": "shook",
    "shoot": "shot", "show": "showed", "shut": "shut", "sink": "sank sunk", "sit": "sat",
    "slay": "slew slain", "speak": "spoke spoken", "stand": "stood", "stick": "stuck", "strike": "struck",
    "swear": "swore sworn", "sweep": "swept", "take": "took taken", "tear": "tore torn", "tell": "told",
    "think": "thought", "throw": "threw thrown", "understand": "understood", "undertake": "undertook",
    "unfreeze": "unfroze unfrozen", "uphold": "upheld", "withdraw": "withdrew withdrawn",
    "withhold": "withheld", "write": "wrote written",
}  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of the lexicon as they stand in the file."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FRAMES, SETS, CUES = rows("frames.csv"), rows("sets.csv"), rows("cues.csv")


def forms(lemma: str) -> set[str]:
    """Return the forms that a lemma takes in a sentence, a few impossible ones among them."""
    stems = {lemma, lemma + lemma[-1]}
    if lemma.endswith("e"):
        stems.add(lemma[:-1])
    if lemma.endswith("y"):
        stems |= {lemma[:-1] + "i", lemma[:-1] + "ie"}
    if lemma.endswith("c"):
        stems.add(lemma + "k")
    found = {stem + ending for stem in stems for ending in ("", "s", "es", "d", "ed", "ing")}
    return found | set(IRREGULAR.get(lemma, "").split())


def words(text: str) -> set[str]:
    """Return the words of a sentence in lower case; of a hyphenated word its parts too."""
    whole = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower())
    return {*whole, *(part for word in whole for part in word.split("-"))}


def test_the_tables_have_their_columns_and_load() -> None:
    assert tuple(FRAMES[0]) == FRAME_COLUMNS
    assert tuple(SETS[0]) == ("name", "word")
    assert tuple(CUES[0]) == ("lemma", "upos", "stance", "kind", "strength", "example")
    assert sum(map(len, load_frames().values())) == len(FRAMES)
    assert set(load_cues()) == {row["lemma"] for row in CUES}


def test_rows_are_sorted_and_ids_are_unique() -> None:
    keys = [(row["lemma"], row["upos"], row["id"]) for row in FRAMES]
    assert keys == sorted(keys)
    assert len({row["id"] for row in FRAMES}) == len(FRAMES)
    for table, columns in ((CUES, ("lemma", "upos")), (SETS, ("name", "word"))):
        values = [tuple(row[column] for column in columns) for row in table]
        assert values == sorted(set(values))


def test_no_sense_stands_twice() -> None:
    senses = Counter((row["lemma"], row["upos"], frozenset(row["with"].split())) for row in FRAMES)
    assert [sense for sense, times in senses.items() if times > 1] == []


def test_every_type_has_words_of_its_own() -> None:
    senses = Counter(row["type"] for row in FRAMES)
    assert set(senses) == set(TYPE_ROWS)
    assert min(senses.values()) >= 20


@pytest.mark.parametrize("row", FRAMES, ids=lambda row: row["id"])
def test_a_row_keeps_the_rules(row: dict[str, str]) -> None:
    assert is_cameo(row["cameo"])
    assert cameo_type(row["cameo"]) == row["type"] or (row["cameo"], row["type"]) in OTHER_TYPE
    for column in ("source", "target"):
        places = row[column].split()
        assert places
        assert len(places) == len(set(places))
        assert set(places) <= PLACES
        assert places == ["none"] or "none" not in places
    assert (row["source"], row["target"]) != ("none", "none")
    for constraint in row["with"].split():
        kind, _, named = constraint.removeprefix("!").partition("=")
        assert kind in KINDS
        assert all(WORD.fullmatch(word) for word in named.split("|")), constraint
    assert row["example"][-1] in ".!?", "a sentence ends with a stop"
    assert not words(row["example"]).isdisjoint(forms(row["lemma"])), "the example lacks its word"
    if row["counterexample"]:
        assert not words(row["counterexample"]).isdisjoint(forms(row["lemma"])), "it lacks the word"
        assert row["counterexample"] != row["example"]


def test_examples_are_sentences_of_their_own() -> None:
    examples = Counter(row["example"] for row in FRAMES + CUES)
    assert [text for text, times in examples.items() if times > 1] == []


def test_words_with_an_everyday_meaning_say_where_they_must_not_fire() -> None:
    """A word that fires unconditionally needs a counterexample, or a meaning that only politics has."""
    bare = [row for row in FRAMES if not row["with"]]
    assert sum(bool(row["counterexample"]) for row in bare) >= len(bare) * 0.4


def test_sets_are_used_and_their_words_are_lemmas_in_lower_case() -> None:
    used = {name for row in FRAMES for name in re.findall(r"@([A-Z]+)", row["with"])}
    members = defaultdict(set)
    for row in SETS:
        members[row["name"]].add(row["word"])
        assert row["word"] == row["word"].lower()
        assert re.fullmatch(r"[^\W_][\w-]*|[$€£]", row["word"])
    assert used == set(members)


@pytest.mark.parametrize("row", CUES, ids=lambda row: f"{row['lemma']}-{row['upos']}")
def test_a_reporting_word_keeps_the_rules(row: dict[str, str]) -> None:
    assert row["upos"] in ("VERB", "NOUN", "PHRASE")
    assert row["stance"] in ("asserts", "denies", "declines")
    assert row["kind"] in ("say", "claim", "believe", "write", "show", "deny", "comment", "according")
    assert row["strength"] in ("sure", "clause", "quote")
    if row["upos"] == "PHRASE":
        assert row["lemma"].removeprefix("be ") in row["example"].lower()
    else:
        assert not words(row["example"]).isdisjoint(forms(row["lemma"]))
