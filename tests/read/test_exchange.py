"""ninjs and JSON-LD: other people's items are read, our own come back as they were."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.cli import main
from detente.errors import BadRecord
from detente.read import Tally, jsonld, ninjs, read
from detente.read.stories import spans
from detente.records import Caption, Story

FIRST = "LIMA — Peru recalled its ambassador from Mexico on Friday over remarks about its president."
SECOND = "Mexico's foreign ministry said that it regretted the decision and that consular work would go on."
TEXT = f"{FIRST}\n\n{SECOND}"
XHTML = f"<p>{FIRST}</p><p>{SECOND}</p>"
EXAMPLES = Path(__file__).parents[2] / "examples" / "stories"
FIELDS = frozenset(
    ("uri", "type", "representationType", "profile", "version", "firstCreated", "versionCreated", "contentCreated",
     "language", "descriptions", "bodies", "headlines", "infoSources", "by", "located", "subjects", "altIds",
     "associations", "standard")
)  # fmt: skip


def read_all(folder: Path, rows: list[dict[str, Any]]) -> tuple[list[Story], Tally]:
    path = folder / "items.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    tally = Tally()
    return list(read(path, tally=tally)), tally


NINJS_1 = {
    "uri": "http://a.example/1", "type": "text", "versioncreated": "2023-02-24T18:00:00Z", "language": "en-US",
    "byline": "Jane Roe", "headline": "Peru recalls envoy", "copyrightholder": "The Example",
    "copyrightnotice": "Copyright 2023 The Example", "body_text": TEXT.replace("\n\n", " "), "body_xhtml": XHTML,
    "associations": {"p": {"type": "picture", "description_text": "The ministry in Lima.", "byline": "John Doe"}},
}  # fmt: skip
NINJS_1_LATE = {
    "uri": "http://a.example/1", "versioncreated": "2023-02-24T18:00:00Z", "byline": "Jane Roe", "language": "en",
    "headline_main": "Peru recalls envoy", "body_main": TEXT, "copyrightholder": "The Example",
    "copyrightnotice": "Copyright 2023 The Example",
    "associations": {"p": {"type": "picture", "description_caption": "The ministry in Lima.", "byline": "John Doe"}},
}  # fmt: skip
NINJS_2 = {
    "uri": "http://a.example/1", "type": "text", "versioncreated": "2023-02-24T18:00:00Z", "by": "Jane Roe",
    "headlines": [{"role": "short", "value": "Envoy"}, {"role": "main", "value": "Peru recalls envoy"}],
    "bodies": [{"role": "text", "contenttype": "text/plain", "value": TEXT},
               {"role": "html", "contenttype": "text/html", "value": XHTML}],
    "copyrightholder": "The Example", "copyrightnotice": "Copyright 2023 The Example", "language": "en",
    "associations": [{"name": "p", "type": "picture", "by": "John Doe",
                      "descriptions": [{"role": "caption", "value": "The ministry in Lima."}]}],
}  # fmt: skip
NINJS_3 = {
    "uri": "http://a.example/1", "type": "text", "versionCreated": "2023-02-24T18:00:00Z", "by": "Jane Roe",
    "headlines": [{"value": "Peru recalls envoy"}], "language": "en", "copyrightHolder": "The Example",
    "bodies": [{"role": "richtext", "contentType": "application/xhtml+xml", "value": XHTML}],
    "copyrightNotice": "Copyright 2023 The Example",
    "associations": [{"name": "p", "uri": "http://a.example/p", "type": "picture", "by": "John Doe",
                      "descriptions": [{"role": "caption", "value": "The ministry in Lima."}]}],
}  # fmt: skip


@pytest.mark.parametrize("item", [NINJS_1, NINJS_1_LATE, NINJS_2, NINJS_3])
def test_every_version_of_ninjs_gives_the_same_story(item: dict[str, Any], tmp_path: Path) -> None:
    (story,), tally = read_all(tmp_path, [item])
    assert story.text == TEXT
    assert story.headline == "Peru recalls envoy"
    assert (story.published, story.published_from) == ("2023-02-24T18:00:00+00:00", "meta")
    assert (story.byline, story.outlet, story.language) == (("Jane Roe",), "The Example", "en")
    assert story.notices == ("Copyright 2023 The Example",)
    assert story.captions == (Caption("The ministry in Lima.", "John Doe"),)
    assert not story.summary
    assert tally.rejected == 0


def test_pictures_and_withdrawn_items_are_passed_over_and_counted(tmp_path: Path) -> None:
    rows = [NINJS_3, NINJS_3 | {"type": "picture"}, NINJS_3 | {"pubStatus": "canceled"}]
    stories, tally = read_all(tmp_path, rows)
    assert len(stories) == 1
    assert (dict(tally.counts), tally.failed) == ({"UnknownFormat": 2}, 0)
    assert [reject.where.rpartition(", ")[2] for reject in tally.rejects] == ["line 2", "line 3"]


def test_articles_of_schema_org_are_read(tmp_path: Path) -> None:
    article = {
        "@context": "https://schema.org", "@type": ["NewsArticle"], "headline": "Peru recalls envoy",
        "articleBody": TEXT, "datePublished": "2023-02-24", "author": [{"@type": "Person", "name": "Jane Roe"}],
        "publisher": {"@type": "Organization", "name": "The Example"}, "articleSection": "World",
        "mainEntityOfPage": {"@id": "https://a.example/1"}, "inLanguage": "en",
    }  # fmt: skip
    (story, short), _ = read_all(tmp_path, [article, {"@type": "NewsArticle", "abstract": TEXT, "@id": "x"}])
    assert (story.text, story.headline, story.published) == (TEXT, "Peru recalls envoy", "2023-02-24")
    assert (story.byline, story.outlet, story.sections) == (("Jane Roe",), "The Example", ("World",))
    assert (story.url, story.summary) == ("https://a.example/1", False)
    assert short.summary


def without_origin(story: Story) -> Story:
    """What a story keeps when it is written out: all but the furniture and where things came from."""
    told = "meta" if story.published else None
    return dataclasses.replace(
        story, furniture=(), source=None, position=None, published_from=told, published_why=None
    )


@pytest.mark.parametrize("form", [ninjs, jsonld], ids=["ninjs", "jsonld"])
def test_the_examples_come_back_as_they_were(form: ModuleType, tmp_path: Path) -> None:
    before = list(read(EXAMPLES))
    after, tally = read_all(tmp_path, [form.written(story) for story in before])
    assert [without_origin(story) for story in after] == [without_origin(story) for story in before]
    assert tally.rejected == 0
    assert len(before) > 10


words = st.text(
    alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=30
).filter(lambda text: text == text.strip())
maybe = st.none() | words


@st.composite
def stories(draw: st.DrawFn) -> Story:
    text = "\n\n".join(draw(st.lists(words, min_size=1, max_size=4)))
    day = draw(st.sampled_from([None, "2016-11-14", "2016-11-14T09:30:00", "2016-11-14T09:30:00+01:00"]))
    notices = draw(st.lists(st.sampled_from(["A correction.", "An earlier version erred."]), unique=True))
    return Story(
        id="s0123456789abcdef", text=text, paragraphs=tuple(spans(text)), headline=draw(maybe), deck=draw(maybe),
        published=day, byline=tuple(draw(st.lists(words, unique=True, max_size=2))), agency=draw(maybe),
        distributor=draw(maybe), outlet=draw(maybe), sections=tuple(draw(st.lists(words, unique=True, max_size=2))),
        captions=tuple(Caption(draw(words), draw(maybe)) for _ in range(draw(st.integers(0, 2)))),
        notices=(*notices, *draw(st.sampled_from([(), ("Copyright 2016 The Example",)]))),
        language="en", url=draw(st.sampled_from([None, "https://a.example/1"])), summary=draw(st.booleans()),
    )  # fmt: skip


@pytest.mark.parametrize("form", [ninjs, jsonld], ids=["ninjs", "jsonld"])
@settings(max_examples=60, deadline=None)
@given(story=stories())
def test_any_story_comes_back_as_it_was(form: ModuleType, story: Story) -> None:
    back = form.received(json.loads(json.dumps(form.written(story))), "here")
    assert dataclasses.replace(back, dateline=None) == without_origin(story)


@settings(max_examples=30, deadline=None)
@given(story=stories())
def test_what_is_written_as_ninjs_has_the_shape_of_version_3_1(story: Story) -> None:
    item = ninjs.written(story)
    assert item.keys() <= FIELDS
    assert item["uri"].startswith("urn:")
    for name, keys in (("headlines", "role value"), ("descriptions", "role value"), ("infoSources", "name role"),
                       ("subjects", "name rel"), ("altIds", "role value")):  # fmt: skip
        assert all(set(entry) == set(keys.split()) for entry in item.get(name, ()))
    assert all({"name", "uri"} <= set(picture) for picture in item.get("associations", ()))
    if "versionCreated" in item:
        assert item["versionCreated"][10] == "T"
        assert item["versionCreated"][-1] == "Z" or item["versionCreated"][-6] in "+-"


@pytest.mark.parametrize("form", [ninjs, jsonld], ids=["ninjs", "jsonld"])
def test_own_items_that_somebody_damaged_are_named(form: ModuleType, tmp_path: Path) -> None:
    (story,) = list(read(EXAMPLES / sorted(path.name for path in EXAMPLES.iterdir())[0]))[:1]
    row = form.written(story)
    broken = row | ({"uri": None} if form is ninjs else {"author": [1]})
    stories, tally = read_all(tmp_path, [row, broken])
    assert len(stories) == 1
    assert [reject.kind for reject in tally.rejects] == [BadRecord.__name__]


@pytest.mark.parametrize("form", ["ninjs", "jsonld"])
def test_the_command_line_writes_what_it_reads(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines, array = tmp_path / "out.jsonl", tmp_path / "out.json"
    for path in (lines, array):
        assert main(["read", str(EXAMPLES), "--format", form, "--out", str(path)]) == 0
    assert list(map(json.loads, lines.read_text("utf-8").splitlines())) == json.loads(
        array.read_text("utf-8")
    )
    ids = [story.id for story in read(EXAMPLES)]
    assert [story.id for story in read(lines)] == [story.id for story in read(array)] == ids
    assert main(["read", str(EXAMPLES), "--format", form, "--csv"]) == 2
    assert "CSV has no place" in capsys.readouterr().err
