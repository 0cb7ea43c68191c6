"""NewsML-G2 and NITF: bodies of every kind, many items in one file, items that are no stories."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import BrokenMarkup, DetenteError, UnknownFormat
from detente.read import Tally, read
from detente.records import Caption, Story

FIRST = "LIMA — Peru recalled its ambassador from Mexico on Friday over remarks about its president."
SECOND = "Mexico's foreign ministry said that it regretted the decision and that consular work would go on."
TEXT = f"{FIRST}\n\n{SECOND}"
NITF = f"""<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head><title>envoy</title><docdata>
<doc-id id-string="a.1"/><date.issue norm="20230224T180000Z"/></docdata></head>
<body><body.head><hedline><hl1>Peru recalls envoy</hl1></hedline>
<byline>By <person>Jane Roe</person></byline><distributor>The Example</distributor></body.head><body.content>
<p>LIMA — <location>Peru</location> recalled its <em>ambassador</em> from Mexico on
Friday over remarks about its president.</p>
<media media-type="image"><media-caption>The ministry in Lima.</media-caption></media><p>{SECOND}</p>
</body.content></body></nitf>"""
XHTML = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>{FIRST}</p><p>{SECOND}</p></body></html>'
BODIES = {
    "nitf": f'<inlineXML contenttype="application/nitf+xml">{NITF}</inlineXML>',
    "xhtml": f'<inlineXML contenttype="application/xhtml+xml">{XHTML}</inlineXML>',
    "plain": f'<inlineData contenttype="text/plain">{TEXT}</inlineData>',
    "html": f'<inlineData contenttype="text/html">&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</inlineData>',
}


def item(body: str, *, kind: str = "ninat:text", status: str = "stat:usable", guid: str = "urn:a:1") -> str:
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="2" standard="NewsML-G2"
    standardversion="2.33" xml:lang="en-US"><rightsInfo>
    <copyrightNotice>Copyright 2023 The Example</copyrightNotice></rightsInfo>
    <itemMeta><itemClass qcode="{kind}"/><provider qcode="nprov:EX"><name>The Example</name></provider>
    <versionCreated>2023-02-24T18:00:00Z</versionCreated><firstCreated>2023-02-20T10:00:00Z</firstCreated>
    <pubStatus qcode="{status}"/><service qcode="svc:w"><name>World</name></service><title>x</title></itemMeta>
    <contentMeta><by>By Jane Roe</by><headline role="hld:short">Envoy</headline>
    <headline role="hld:main">Peru recalls envoy</headline>
    </contentMeta><contentSet>{body}</contentSet></newsItem>"""


def read_all(folder: Path, text: str, name: str = "a.xml") -> tuple[list[Story], Tally]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    tally = Tally()
    return list(read(path, tally=tally)), tally


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("message", [True, False])
def test_bodies_of_every_kind_give_the_same_story(body: str, message: bool, tmp_path: Path) -> None:
    one = item(BODIES[body])
    text = (
        f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{one}</itemSet></newsMessage>'
        if message
        else one
    )
    (story,), tally = read_all(tmp_path, text)
    assert story.text == TEXT
    assert story.headline == "Peru recalls envoy"
    assert (story.published, story.published_from) == ("2023-02-24T18:00:00+00:00", "meta")
    assert (story.byline, story.outlet, story.sections) == (("Jane Roe",), "The Example", ("World",))
    assert story.notices == ("Copyright 2023 The Example",)
    assert story.captions == ((Caption("The ministry in Lima."),) if body == "nitf" else ())
    assert (story.language, story.position, tally.rejected) == ("en", "item 1", 0)


@pytest.mark.parametrize("name", ["a.xml", "a.nitf", "a.txt"])
def test_a_nitf_document_alone_is_read(name: str, tmp_path: Path) -> None:
    (story,), _ = read_all(tmp_path, f'<?xml version="1.0"?>\n{NITF}', name)
    assert (story.text, story.headline) == (TEXT, "Peru recalls envoy")
    assert (story.published, story.byline, story.outlet) == (
        "2023-02-24T18:00:00+00:00",
        ("Jane Roe",),
        "The Example",
    )


def test_pictures_are_left_out_and_withdrawn_items_are_counted(tmp_path: Path) -> None:
    items = [
        item(BODIES["plain"]),
        item("", kind="ninat:picture"),
        item(BODIES["plain"], status="stat:canceled"),
        item(""),
        item(BODIES["plain"], guid="urn:a:2"),
    ]
    stories, tally = read_all(tmp_path, f"<newsMessage><itemSet>{''.join(items)}</itemSet></newsMessage>")
    assert [story.position for story in stories] == ["item 1", "item 5"]
    assert dict(tally.counts) == {"UnknownFormat": 1, "EmptyInput": 1}
    assert "withdrawn" in tally.rejects[0].why


def test_what_comes_before_the_damage_is_read(tmp_path: Path) -> None:
    stories, tally = read_all(
        tmp_path, f"<newsMessage><itemSet>{item(BODIES['nitf'])}<newsItem><b></newsItem>"
    )
    assert len(stories) == 1
    assert [reject.kind for reject in tally.rejects] == [BrokenMarkup.__name__]


def test_xml_of_another_kind_is_named(tmp_path: Path) -> None:
    with pytest.raises(DetenteError) as caught:
        read_all(tmp_path, "<?xml version='1.0'?><library><book>A book</book></library>")
    assert type(caught.value) is UnknownFormat
    assert "<library>" in caught.value.what
