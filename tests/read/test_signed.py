"""The choice of the lines that date and sign a story, on made pages."""

from __future__ import annotations

import time

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.read import dated, judged, linemodel, signed

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["By Jane Roe", "By", "March 3, 2016", "Updated", "31/02/2016", "© 2016 A", "03/04/2016, J. Roe"]
        ),
        st.text(min_size=1, max_size=40).filter(lambda text: "\n" not in text and bool(text.strip())),
    ),
    min_size=1,
    max_size=20,
)


def around(texts: list[str]) -> judged.Around:
    """A page with the answers of the line model; its third line is the headline, the fourth and fifth are the body."""
    body = [at for at in (3, 4) if at < len(texts)]
    return judged.Around(texts, linemodel.judge(texts).tolist(), body, 2 if len(texts) > 2 else None)


@settings(deadline=None, max_examples=60)
@given(LINES)
def test_any_page_is_weighed_and_what_is_chosen_is_on_it(texts: list[str]) -> None:
    page = around(texts)
    rows = [*dated.day_rows(page, dated.days(page)), *signed.name_rows(page, signed.names(page))]
    assert all(np.isfinite(row).all() for row in rows)
    choice = signed.choose(page)
    assert choice.date is None or (0 <= choice.date[0] < len(texts) and 0 < choice.date[1] <= 1)
    assert all(0 <= at < len(texts) and 0 < odds <= 1 for at, odds in choice.bylines.items())


def test_the_weights_fit_the_rows() -> None:
    page = around(["By Jane Roe", "March 3, 2016", "A headline", "Some text.", "More text."])
    weights = linemodel.learned()
    assert len(dated.day_rows(page, dated.days(page))[0]) == len(weights["dated.weight"])
    assert len(signed.name_rows(page, signed.names(page))[0]) == len(weights["signed.weight"])


def test_a_page_of_thousands_of_days_and_names_ends_in_time() -> None:
    texts = ["By Jane Roe, John Doe and Ann Other", "March 3, 2016 at 7:12 am"] * 3000
    began = time.process_time()
    signed.choose(around(texts))
    assert time.process_time() - began < 3


def test_nothing_to_choose_from() -> None:
    assert signed.choose(around(["Hello"])) == signed.Choice(None, {})


def test_words_that_the_page_also_prints_small_are_told_from_a_name() -> None:
    texts = ["Final Words", "Jane Roe", "Peru", "These are the final lines and words of the day."]
    page = judged.Around(texts, [[0.0] * 4] * 4, [3], 2)
    rows = signed.name_rows(page, signed.names(page))
    assert [row[-2:] for row in rows] == [[1.0, 1.0], [0.0, 0.0]]
