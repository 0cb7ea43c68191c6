"""Every row of contexts.csv: its example has the contexts, its counterexample has not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import detente
from detente.coding.events import vocabulary
from detente.coding.tree import Tree
from detente.errors import BadRow
from detente.lexicon.contexts import ContextRow, Phrases, Word, context_rows, load_contexts, parts, words_of
from detente.terms import CONTEXTS

WEIGHTS = Path(detente.__file__).parent / "text" / "weights"
ROWS = tuple(context_rows())


@cache
def coder() -> detente.Coder:
    return detente.Coder()


def told(sentence: str) -> set[str]:
    """The phrases found in a sentence, as rows and contexts."""
    tree = Tree(coder().parse(sentence), *vocabulary(coder().lexicon))
    words = [word for t in tree.tokens for word in words_of(t.text, tree.lemma[t.i], tree.upos[t.i])]
    return {name for _, _, row in load_contexts().found(words) for name in (f"“{row.phrase}”", *row.contexts)}


def test_rows_are_sorted_and_unique() -> None:
    keys = [(row.phrase, row.upos) for row in ROWS]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_context_has_words(context: str) -> None:
    assert sum(context in row.contexts for row in ROWS) >= 5


def test_a_row_without_contexts_hides_a_shorter_one() -> None:
    words = {row.phrase for row in ROWS if row.contexts}
    for row in ROWS:
        if not row.contexts:
            own = parts(row.phrase)
            inside = {" ".join(own[a:b]) for a in range(len(own)) for b in range(a + 1, len(own) + 1)}
            assert inside & words, row.phrase


@pytest.mark.skipif(not list(WEIGHTS.glob("*.onnx")), reason="this copy was built without a model")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.phrase)
def test_example_and_counterexample(row: ContextRow) -> None:
    found = told(row.example)
    assert f"“{row.phrase}”" in found
    assert set(row.contexts) <= found
    if row.counterexample:
        assert f"“{row.phrase}”" not in told(row.counterexample)


def words(text: str) -> list[Word]:
    return [word for printed in text.split() for word in words_of(printed, printed.lower(), "NOUN")]


def row(phrase: str, contexts: tuple[str, ...] = ("health",), upos: str = "") -> ContextRow:
    return ContextRow(phrase, upos, contexts, phrase, None)


@pytest.mark.parametrize(
    ("phrases", "text", "expected"),
    [
        ((row("tear gas"), row("gas")), "tear gas", ["tear gas"]),
        ((row("computer virus", ()), row("virus")), "computer virus", ["computer virus"]),
        ((row("missile"),), "Missiles fell", ["missile"]),
        ((row("ISIS"),), "isis", []),
        ((row("al-Qaeda"),), "al-Qaeda fell", ["al-Qaeda"]),
        ((row("women's rights"),), "women’s rights", ["women's rights"]),
        ((row("smuggle"),), "smuggling", ["smuggle"]),
        ((row("court", upos="VERB"),), "court", []),
        ((row("a b"), row("b c")), "a b c", ["a b"]),
        ((row("a b c"),), "a b", []),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_the_longest_phrase_counts(phrases: tuple[ContextRow, ...], text: str, expected: list[str]) -> None:
    assert [hit[2].phrase for hit in Phrases(phrases).found(words(text))] == expected


def test_a_context_that_is_none_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "contexts.csv"
    bad.write_text("phrase,upos,contexts,example,counterexample\ntank,,war,Tanks came.,\n", encoding="utf-8")
    with pytest.raises(BadRow, match="column 'contexts' has 'war'"):
        tuple(context_rows(bad))
