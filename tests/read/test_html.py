from __future__ import annotations

import json
import time
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import EmptyInput
from detente.read import html, read_text

PARAGRAPHS = (
    "LIMA (EX) — Peru recalled its ambassador from Mexico on Friday over remarks about the removal of its president, "
    "the foreign ministry said, and asked the embassy's staff to stay at their posts.",
    "The two governments have been at odds for months. Mexico's president has said that he does not recognise the "
    "new government in Lima, and has offered asylum to the family of the man whom it replaced.",
    "Officials in Mexico City said that they regretted the decision and that consular work would go on as before.",
)
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "The Example"},
        {
            "@type": "NewsArticle",
            "headline": "Peru recalls envoy from Mexico",
            "datePublished": "2023-02-24T18:00:00-05:00",
            "author": [{"@type": "Person", "name": "Jane Roe"}, {"@type": "Person", "name": "JOHN DOE"}],
            "publisher": {"@type": "Organization", "name": "The Example"},
            "articleSection": "World",
        },
    ],
}


def page(*, linked: object = None, head: str = "", top: str = "", after: str = "") -> str:
    script = f'<script type="application/ld+json">{json.dumps(linked)}</script>' if linked else ""
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>Peru recalls envoy from Mexico | The Example</title>{head}'
        f"{script}<style>p {{ color: red }}</style></head><body><nav><a href='/'>Home</a><a href='/w'>World</a></nav>"
        f"<article><h1>Peru recalls envoy from Mexico</h1>{top}{body}</article>"
        f"<footer>Contact the editors</footer>{after}</body></html>"
    )


def test_metadata_and_body_of_a_page() -> None:
    story = read_text(
        page(linked=LINKED, top="<figure><figcaption>The envoy. Photo: J. Roe</figcaption></figure>")
    )
    assert story.headline == "Peru recalls envoy from Mexico"
    assert (story.published, story.published_from) == ("2023-02-24T18:00:00-05:00", "meta")
    assert story.byline == ("Jane Roe", "John Doe")
    assert story.outlet == "The Example"
    assert story.sections == ("World",)
    assert story.captions[0].to_dict() == {"text": "The envoy.", "credit": "J. Roe"}
    assert story.text == "\n\n".join(PARAGRAPHS)
    assert story.dateline is not None
    assert story.dateline.places == ("Lima",)


def test_lines_outside_the_article_are_listed() -> None:
    dropped = {line.text for line in read_text(page()).furniture}
    assert {"Home", "World", "Contact the editors"} & dropped
    assert not any("color: red" in line for line in dropped)


def test_meta_tags_serve_where_there_is_no_linked_data() -> None:
    head = (
        '<meta property="article:published_time" content="2023-02-24T18:00:00Z">'
        '<meta name="author" content="By Jane Roe">'
        '<meta property="og:site_name" content="The Example"><link rel="canonical" href="https://a.example/peru">'
    )
    story = read_text(page(head=head))
    assert (story.published, story.byline, story.outlet) == (
        "2023-02-24T18:00:00+00:00",
        ("Jane Roe",),
        "The Example",
    )
    assert story.url == "https://a.example/peru"


def linked(**article: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": "Peru recalls envoy from Mexico", **article}


def test_a_moment_given_in_utc_is_told_as_the_page_prints_it() -> None:
    late = linked(datePublished="2023-02-25T03:12:40Z")
    told = {
        "<time>Feb. 24, 2023 10:12 pm EST</time>": "2023-02-24T22:12:40-05:00",
        "<p>Updated Feb. 24, 2023 9:30 pm</p>": "2023-02-25T03:12:40+00:00",
        "<p>Feb. 24, 2023</p>": "2023-02-25T03:12:40+00:00",
        "<p>25 February 2023 04:12</p>": "2023-02-25T03:12:40+00:00",
    }
    for top, when in told.items():
        assert read_text(page(linked=late, top=top)).published == when, top


def test_a_date_in_data_for_scripts_serves_if_it_is_the_only_one() -> None:
    one = """<div data-state="{&quot;datePublished&quot;:&quot;2023-02-24T09:00:00Z&quot;}"></div>"""
    assert read_text(page(top=one)).published == "2023-02-24T09:00:00+00:00"
    other = """<script>state = {"datePublished": "2022-01-02"}</script>"""
    assert read_text(page(top=one + other)).published is None


def test_an_author_who_is_only_referred_to_is_looked_up() -> None:
    graph = [linked(author={"@id": "#jr"}), {"@type": "Person", "@id": "#jr", "name": "jane van roe"}]
    assert read_text(page(linked={"@graph": graph})).byline == ("Jane van Roe",)


def test_the_writer_marked_on_the_page_serves_where_the_metadata_name_only_the_paper() -> None:
    marked = linked(author={"@type": "Person", "name": ", The Example"})
    top = '<div class="byline-top"><span class="author">Jane Roe</span><span>The Example</span></div>'
    assert read_text(page(linked=marked, top=top)).byline == ("Jane Roe",)


def test_a_body_signs_where_no_person_does() -> None:
    for name, byline in (
        ("Harbour Safety Council", ("Harbour Safety Council",)),
        ("Office of the Spokesperson", ()),
        ("admin", ()),
    ):
        assert read_text(page(linked=linked(author={"@type": "Organization", "name": name}))).byline == byline


def test_the_address_in_a_page_does_not_change_its_id() -> None:
    raw = page(head='<link rel="canonical" href="https://a.example/peru">')
    assert read_text(raw).id == read_text(raw, clean=False).id


def test_a_date_that_is_only_printed_is_read_from_the_text() -> None:
    story = read_text(
        page(top="<div>By Jane Roe</div><div>24 February 2023</div>", after="<p>5 May 2020: an old story</p>")
    )
    assert (story.published, story.published_from) == ("2023-02-24", "text")


def test_a_page_without_a_date_has_none() -> None:
    assert read_text(page()).published is None


def test_broken_linked_data_is_passed_over() -> None:
    raw = page().replace(
        "</head>", '<script type="application/ld+json">{"@type": "NewsArticle", </script></head>'
    )
    assert read_text(raw).headline == "Peru recalls envoy from Mexico"
    assert (
        read_text(
            page(linked=[[], None, 7, {"@type": "NewsArticle", "author": {"name": 3}, "headline": ["x"]}])
        ).byline
        == ()
    )


def test_entities_and_nested_tags_of_a_fragment_become_text() -> None:
    assert (
        html.text_of("<p>A &amp; B <b>met</b><br>twice</p><ul><li>C</li></ul><script>x()</script>")
        == "A & B met\n\ntwice\n\nC"
    )
    assert html.text_of("") == ""


def test_deeply_nested_markup_is_survived_in_bounded_time() -> None:
    began = time.process_time()
    raw = f"<html><body>{'<div>' * 50_000}{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}</body></html>"
    with suppress(EmptyInput):
        read_text(raw)
    assert time.process_time() - began < 10


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div",
                ">",
                "<h1>Peru",
                "&amp;",
                "<table><tr>",
                "<!--",
                "]]>",
                "<script>",
                *PARAGRAPHS,
            ]
        )
    )
)
def test_broken_markup_is_a_story_or_an_honest_refusal(pieces: list[str]) -> None:
    try:
        story = read_text("<html><p>" + "".join(pieces))
    except EmptyInput:
        return
    assert story.text == "\n\n".join(span.text for span in story.paragraphs)
