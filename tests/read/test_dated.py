"""The choice of the line that dates a story, on made pages."""

from __future__ import annotations

from detente.read import dated, judged, linemodel


def page(texts: list[str], body: list[int], head: int | None) -> judged.Around:
    """A page with the answers of the line model."""
    return judged.Around(texts, linemodel.judge(texts).tolist(), body, head)


def test_what_a_line_says_of_its_day_keeps_it_from_dating_the_story() -> None:
    told = [
        "— Jane Roe (@janeroe) May 3, 2016",
        "[accessed 2016-05-03]",
        "The harbour on May 3, 2016, with boats of three states at anchor.",
        "The envoy and two other ministers at the fair, May 3, 2016 (Jane Roe/Getty Images)",
    ]
    found = dated.days(page(["Peru", *told, "May 4, 2016"], [], 0))
    assert [one.at for one in found] == [5]


def test_a_day_by_the_headline_dates_the_story_and_one_in_a_list_does_not() -> None:
    story = [
        "Peru recalls its ambassador from Mexico",
        "By Jane Roe",
        "Feb. 24, 2023",
        "Peru recalled its ambassador from Mexico on Friday over remarks about its former president, officials said.",
        "The two governments have been at odds for months, and each has sent home diplomats of the other this winter.",
    ]
    links = [part for at in range(4) for part in (f"Harbour news of day {at}", f"May {at + 1}, 2022")]
    chosen = dated.choose(page([*links, "Subscribe", "Menu", *story], [13, 14], 10))
    assert chosen is not None
    assert chosen[0] == 12
    assert dated.choose(page([*story[:2], *story[3:], *links], [2, 3], 0)) is None


def test_the_day_of_a_comment_or_change_below_the_body_is_not_the_story_s() -> None:
    story = ["Peru recalls its ambassador from Mexico", "Peru recalled its ambassador from Mexico on Friday."]
    for below in (["Ann B. says:", "March 16, 2018 at 7:12 am"], ["Last updated March 16, 2018"]):
        assert dated.choose(page([*story, *below], [1], 0)) is None
