from __future__ import annotations

import time
from pathlib import Path

import pytest

from detente.errors import BrokenMarkup, DetenteError
from detente.read import Tally, read
from detente.records import Story

TEXT = "Peru recalled its ambassador from Mexico on Friday over remarks about the removal of its president."
MORE = "Officials in Mexico City said that they regretted the decision and that consular work would go on."
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Example</title><link>https://a.example/</link>
<item><title>Peru &amp; Mexico: envoy recalled</title><link>https://a.example/1</link>
<guid isPermaLink="false">tag:1</guid><pubDate>Fri, 24 Feb 2023 18:00:00 +0000</pubDate>
<dc:creator>Jane Roe</dc:creator><category>World</category><category>Americas</category>
<description>Short.</description><content:encoded><![CDATA[<p>{TEXT}</p><p>{MORE}</p>]]></content:encoded></item>
<item><title>Second</title><guid>tag:2</guid><description>{TEXT}</description></item>
<item><title>Nothing in it</title><guid>tag:3</guid></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Example</title>
<entry><title>Envoy recalled</title><id>tag:1</id><link rel="self" href="https://a.example/self"/>
<link href="https://a.example/1"/><updated>2023-02-25T00:00:00Z</updated><published>2023-02-24T18:00:00Z</published>
<author><name>Jane Roe</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p>
<p>{MORE}</p></div></content></entry></feed>"""

ITEM = "<rss><channel><item><description>{}</description></item></channel></rss>"


def read_all(folder: Path, text: str, name: str = "feed.xml") -> tuple[list[Story], Tally]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    tally = Tally()
    return list(read(path, tally=tally)), tally


def test_items_of_rss_become_stories(tmp_path: Path) -> None:
    (first, second), tally = read_all(tmp_path, RSS)
    assert first.text == f"{TEXT}\n\n{MORE}"
    assert first.headline == "Peru & Mexico: envoy recalled"
    assert (first.published, first.published_from) == ("2023-02-24T18:00:00+00:00", "feed")
    assert (first.url, first.outlet, first.byline) == ("https://a.example/1", "The Example", ("Jane Roe",))
    assert first.sections == ("World", "Americas")
    assert first.position == "item 1"
    assert (second.text, second.published, second.url) == (TEXT, None, None)
    assert [(reject.kind, reject.where.rpartition(", ")[2]) for reject in tally.rejects] == [
        ("EmptyInput", "item 3")
    ]


def test_entries_of_atom_become_stories(tmp_path: Path) -> None:
    ((story,), _) = read_all(tmp_path, ATOM)
    assert story.text == f"{TEXT}\n\n{MORE}"
    assert (story.published, story.url, story.byline) == (
        "2023-02-24T18:00:00Z".replace("Z", "+00:00"),
        "https://a.example/1",
        ("Jane Roe",),
    )


def test_a_feed_is_known_by_its_content(tmp_path: Path) -> None:
    assert len(read_all(tmp_path, RSS, "feed.txt")[0]) == 2


def test_a_feed_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    stories, tally = read_all(tmp_path, RSS[: RSS.index("<item><title>Nothing")] + "<item><title>Cut")
    assert len(stories) == 2
    assert tally.counts == {"BrokenMarkup": 1}


def test_entities_that_explode_are_refused_at_once(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 12))
    text = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{laughs}]>{ITEM.format("&l11;")}'
    began = time.process_time()
    with pytest.raises(BrokenMarkup, match="entities"):
        read_all(tmp_path, text)
    assert time.process_time() - began < 2


def test_an_entity_does_not_read_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret words of another file that must not be read")
    # Padding moves the declaration out of the first bytes, which are looked at.
    entity = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    text = f'<?xml version="1.0"?>{" " * 70_000}{entity}{ITEM.format(TEXT + " &x;")}'
    try:
        stories, _ = read_all(tmp_path, text)
    except DetenteError:
        return
    assert all("secret words" not in story.text for story in stories)


FULL = f"<p>{TEXT}</p><p>{MORE}</p>"
LONG = f"{TEXT} {MORE} " * 3


@pytest.mark.parametrize(
    ("item", "summary"),
    [
        (f"<description>{LONG}</description>", False),
        (f"<description><![CDATA[{FULL}]]></description>", False),
        (f"<description>{TEXT}</description>", True),
        (f"<description>{LONG} […]</description>", True),
        (f"<description>{LONG} Read more</description>", True),
        (f"<description>{LONG} The post Envoy appeared first on The Example.</description>", True),
        (f"<description>{TEXT}</description><encoded><![CDATA[{FULL}]]></encoded>", False),
        (f"<summary>{LONG}</summary>", True),
        (f"<summary>{TEXT}</summary><content>{TEXT}</content>", False),
    ],
)
def test_a_summary_is_marked_as_one(item: str, summary: bool, tmp_path: Path) -> None:
    (story,), _ = read_all(tmp_path, f"<rss><channel><item>{item}</item></channel></rss>")
    assert story.summary is summary
