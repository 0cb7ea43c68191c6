"""The built-in model reads: offsets, determinism in any batch, long and odd input, errors that teach."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import detente
from detente.errors import ModelError, UsageError
from detente.text.encoder import DEFAULT, Encoder
from detente.text.parse import Parser

EXAMPLES = Path(__file__).parents[2] / "examples" / "stories"


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(Encoder())


def stories(count: int) -> Iterator[str]:
    """Texts of many lengths, put together by lot from the paragraphs of the examples."""
    draw = random.Random(7)
    files = sorted(EXAMPLES.glob("*.txt"))
    paragraphs = [
        line for path in files for line in path.read_text(encoding="utf-8").splitlines() if len(line) > 60
    ]
    for _ in range(count):
        yield "\n\n".join(draw.choices(paragraphs, k=draw.choice((1, 1, 2, 3, 5, 9))))


def test_the_same_story_gives_the_same_record_in_any_company() -> None:
    """Alone, in batches of 8 and of 64, shuffled, with one thread or two: the same to the byte."""
    texts = list(stories(200))
    one, two = detente.Coder(threads=1), detente.Coder(threads=2)
    alone = [one.code(text, published="2016-11-14", clean=False).to_json() for text in texts]
    for coder, size in ((one, 8), (two, 64), (two, None)):
        many = coder.code_many(texts, published="2016-11-14", clean=False, batch_size=size)
        assert [record.to_json() for record in many] == alone
    order = list(range(len(texts)))
    random.Random(1).shuffle(order)
    shuffled = two.code_many([texts[at] for at in order], published="2016-11-14", clean=False)
    assert [record.to_json() for record in shuffled] == [alone[at] for at in order]


def test_a_plain_sentence_is_read_right(parser: Parser) -> None:
    doc = parser.parse("The Norwegian minister met Finland's president in Oslo.")
    (sentence,) = doc.sentences
    met = sentence[3]
    assert (met.text, met.lemma, met.upos, met.deprel, met.head) == ("met", "meet", "VERB", "root", -1)
    assert met.feats["Tense"] == "Past"
    subject, target = sentence[2], sentence[6]
    assert (subject.deprel, subject.head, target.deprel, target.head) == ("nsubj", 3, "obj", 3)
    (frame,) = [frame for frame in doc.frames if frame.predicate == 3]
    stretches = {
        " ".join(token.text for token in doc.tokens[one.start : one.end]): one.role for one in frame.arguments
    }
    assert stretches["The Norwegian minister"] == "ARG0"
    assert stretches["Finland 's president"] in ("ARG1", "ARG2")


def test_passive_is_marked(parser: Parser) -> None:
    doc = parser.parse("The envoy was expelled by Chad.")
    assert [token.deprel for token in doc.tokens][1:6] == [
        "nsubj:pass",
        "aux:pass",
        "root",
        "case",
        "obl:agent",
    ]


def test_attribution_has_source_cue_and_content(parser: Parser) -> None:
    text = "The talks went well, the Omani foreign minister said in a statement."
    (found,) = parser.parse(text).attributions
    assert [text[a:b] for a, b in found.source] == ["the Omani foreign minister"]
    assert text[found.cue[0][0] :].startswith("said")
    assert text[found.content[0][0] : found.content[0][1]].startswith("The talks went well")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_with_exact_offsets(text: str) -> None:
    doc = Parser(ENCODER).parse(text)
    assert all(text[token.start : token.end] == token.text for token in doc.tokens)
    assert [token.i for token in doc.tokens] == list(range(len(doc.tokens)))
    for sentence in doc.sentences:
        assert sum(token.head == -1 for token in sentence) == 1
        assert all(-1 <= token.head < len(sentence) for token in sentence)


ENCODER = Encoder(threads=1)


def test_given_words_come_back() -> None:
    sentences = [["Putin", "spoke", "."], ["He", "did", "n't", "."], [], ["word"] * 700]
    docs = detente.Coder().parse_words(sentences)
    assert [[token.text for token in doc.tokens] for doc in docs] == sentences


def test_empty_texts_give_empty_docs(parser: Parser) -> None:
    docs = list(parser.parse_many(["", "Rome agreed.", " \n ", "", "Oslo agreed.", ""]))
    assert [len(doc.tokens) for doc in docs] == [0, 3, 0, 0, 3, 0]


def test_one_endless_paragraph(parser: Parser) -> None:
    text = "Rome asked Oslo to wait. " * 400
    doc = parser.parse(text)
    assert "".join(token.text for token in doc.tokens) == text.replace(" ", "")


def test_relate_needs_words_at_its_offsets() -> None:
    coder = detente.Coder()
    with pytest.raises(UsageError, match="target"):
        coder.relate("Rome thanked Oslo.", (0, 4), (40, 44))
    with pytest.raises(UsageError, match="source"):
        coder.relate("Rome thanked Oslo.", (4, 5), (13, 17))


def test_relate_judges_as_it_stands() -> None:
    coder = detente.Coder()
    asked = [
        ("Rome praised Oslo for its patience.", (0, 4), (13, 17)),
        ("Rebels shelled the army post near the river.", (0, 6), (15, 28)),
        ("Chad condemned Sudan over the raid.", (0, 4), (15, 20)),
        ("The vote was condemned in Sudan.", None, (26, 31)),
    ]
    found = coder.relate_many(asked)
    assert [one.quad for one in found[:3]] == [1, 4, 3]
    assert [one.type for one in found[:3]] == ["SUPPORT", "ASSAULT", "ACCUSE"]
    assert all(
        sum(one.probabilities.values()) == pytest.approx(1) and len(one.probabilities) == 16 for one in found
    )


def test_a_missing_or_foreign_model_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such model"):
        detente.Coder(model=tmp_path / "none.onnx")
    (tmp_path / "bad.onnx").write_bytes(b"not a model")
    with pytest.raises(ModelError, match="cannot load"):
        detente.Coder(model=tmp_path / "bad.onnx")


def test_the_weights_are_small() -> None:
    assert sum(path.stat().st_size for path in DEFAULT.parent.iterdir()) < 30_000_000


def test_a_name_that_comes_back_a_thousand_times() -> None:
    """Who is meant is looked for backwards; in a long list of speakers that must not pile up."""
    text = "\n\n".join(["Then Tamba again, for the board."] * 1000 + ["Tamba said that Oslo had agreed."])
    record = detente.Coder().code(text, published="2020-05-05", clean=False)
    assert record.story.text == text
    assert any(one.speaker and one.speaker.text == "Tamba" for one in record.statements)
