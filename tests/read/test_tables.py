from __future__ import annotations

import json
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import DetenteError, MissingColumns
from detente.read import Columns, Tally, read
from detente.records import Story

TEXT = "Peru recalled its ambassador from Mexico on Friday over remarks about the removal of its president."
ROW = {
    "title": "Peru recalls envoy",
    "body": TEXT,
    "date": "Fri, 24 Feb 2023 18:00:00 +0000",
    "link": "https://a.example/1",
    "author": "Jane Roe",
    "publisher": "The Example",
}


def read_all(path: Path, columns: Columns | None = None) -> tuple[list[Story], Tally, list[str]]:
    tally, said = Tally(), list[str]()
    return list(read(path, columns=columns, tally=tally, say=said.append)), tally, said


def csv_of(*rows: dict[str, str], mark: str = ",") -> str:
    lines = [
        mark.join(rows[0]),
        *(mark.join('"' + value.replace('"', '""') + '"' for value in row.values()) for row in rows),
    ]
    return "\n".join(lines) + "\n"


def wrote(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def as_parquet(path: Path) -> Path:
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist([ROW, {**ROW, "body": None}]), path)
    return path


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: wrote(folder / "a.csv", csv_of(ROW)),
        lambda folder: wrote(folder / "a.csv", csv_of(ROW, mark=";")),
        lambda folder: wrote(folder / "a.tsv", csv_of(ROW, mark="\t")),
        lambda folder: wrote(folder / "a.jsonl", json.dumps(ROW)),
        lambda folder: wrote(folder / "a.json", json.dumps([ROW])),
        lambda folder: wrote(folder / "a.json", json.dumps({"count": 1, "articles": [ROW]}, indent=1)),
        lambda folder: wrote(folder / "a.json", json.dumps(ROW, indent=1)),
        lambda folder: as_parquet(folder / "a.parquet"),
    ],
)
def test_every_table_gives_the_same_story(make: object, tmp_path: Path) -> None:
    stories, _, said = read_all(make(tmp_path))  # type: ignore[operator]
    (story,) = stories
    assert (story.text, story.headline, story.url) == (TEXT, "Peru recalls envoy", "https://a.example/1")
    assert (story.published, story.published_from) == ("2023-02-24T18:00:00+00:00", "meta")
    assert (story.byline, story.outlet) == (("Jane Roe",), "The Example")
    assert len(said) == 1
    for guess in ("text from 'body'", "headline from 'title'", "published from 'date'", "url from 'link'"):
        assert guess in said[0]


def test_columns_that_were_named_are_taken_and_not_announced(tmp_path: Path) -> None:
    row = {"text": "not this", "words": TEXT, "when": "2023-02-24"}
    stories, _, said = read_all(
        wrote(tmp_path / "a.csv", csv_of(row)), Columns(text="words", published="when")
    )
    assert (stories[0].text, stories[0].published, said) == (TEXT, "2023-02-24", [])


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (None, "no column that is known to hold the text"),
        (Columns(text="story"), "no column 'story'"),
        (Columns(text="who", url="www"), "no column 'www'"),
    ],
)
def test_missing_columns_name_those_found_and_the_option(
    columns: Columns | None, words: str, tmp_path: Path
) -> None:
    path = wrote(tmp_path / "a.csv", csv_of({"when": "2020", "who": TEXT}))
    with pytest.raises(MissingColumns, match=words) as caught:
        read_all(path, columns)
    assert "'when', 'who'" in str(caught.value)
    assert "--text" in str(caught.value) or "--url" in str(caught.value)


def test_a_bad_row_is_named_by_its_line_and_the_others_are_read(tmp_path: Path) -> None:
    good = json.dumps(ROW)
    lines = [
        good,
        '{"body": "cut',
        "7",
        json.dumps({**ROW, "body": ""}),
        json.dumps({**ROW, "body": 5}),
        "",
        good,
    ]
    stories, tally, _ = read_all(wrote(tmp_path / "a.jsonl", "\n".join(lines)))
    assert [story.position for story in stories] == ["line 1", "line 7"]
    assert [(reject.kind, reject.where.rpartition(", ")[2]) for reject in tally.rejects] == [
        ("BadRow", "line 2"),
        ("BadRow", "line 3"),
        ("EmptyInput", "line 4"),
        ("BadRow", "line 5"),
    ]


def test_ragged_and_empty_rows_of_a_csv_do_not_stop_it(tmp_path: Path) -> None:
    text = f"title,text\nA\n\nB,{TEXT},more,and more\nC,{TEXT}\n"
    stories, tally, _ = read_all(wrote(tmp_path / "a.csv", text))
    assert [story.headline for story in stories] == ["B", "C"]
    assert tally.counts == {"EmptyInput": 1}


def test_a_text_with_line_breaks_and_quotes_stays_in_its_cell(tmp_path: Path) -> None:
    text = f'{TEXT}\n\n"So be it," the minister said of the decision, and left the room.'
    (story,), _, _ = read_all(wrote(tmp_path / "a.csv", csv_of({"text": text, "url": "u"})))
    assert len(story.paragraphs) == 2
    assert '"So be it,"' in story.text


def test_a_long_json_list_is_streamed_and_ends_where_it_breaks(tmp_path: Path) -> None:
    rows = [{**ROW, "link": f"https://a.example/{at}", "body": f"{TEXT} {at} " * 20} for at in range(300)]
    whole = json.dumps(rows)
    assert len(read_all(wrote(tmp_path / "a.json", whole))[0]) == 300
    stories, tally, _ = read_all(wrote(tmp_path / "b.json", whole[: len(whole) // 2]))
    assert 100 < len(stories) < 200
    assert tally.counts == {"BrokenMarkup": 1}


def test_numbers_among_the_rows_of_a_list_are_refused_singly(tmp_path: Path) -> None:
    stories, tally, _ = read_all(wrote(tmp_path / "a.json", json.dumps([{"text": TEXT}, 1, {"text": TEXT}])))
    assert [story.position for story in stories] == ["item 1", "item 3"]
    assert tally.counts == {"BadRow": 1}


def test_json_nested_without_end_is_refused(tmp_path: Path) -> None:
    for name in ("a.json", "a.jsonl"):
        with pytest.raises(DetenteError):
            read_all(wrote(tmp_path / name, '[{"text": ' + "[" * 100_000))


def test_a_broken_parquet_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + bytes(100))
    with pytest.raises(DetenteError, match="not a sound Parquet file"):
        read_all(path)


def test_a_page_in_a_cell_is_read_as_a_page(tmp_path: Path) -> None:
    page = f"<!DOCTYPE html><html><body><h1>Peru recalls envoy</h1><p>{TEXT}</p><p>{TEXT} Again.</p></body></html>"
    (story,), _, _ = read_all(wrote(tmp_path / "a.jsonl", json.dumps({"html": page})))
    assert "<" not in story.text
    assert TEXT in story.text


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["text", "title", "url", "date"]),
            st.text(max_size=30) | st.none() | st.integers(),
        )
    )
)
def test_any_rows_are_read_or_counted(rows: list[dict[str, str | int | None]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = wrote(Path(folder) / "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
        tally = Tally()
        try:
            count = len(list(read(path, languages=(), tally=tally)))
        except DetenteError:
            count = 0
        assert count + tally.rejected == len(rows) or not rows


@pytest.mark.parametrize(
    ("days", "first", "why"),
    [
        (("03/04/2016", "14/11/2016"), "2016-04-03", "day first"),
        (("03/04/2016", "11/14/2016"), "2016-03-04", "month first"),
        (("03/04/2016", "05/06/2016"), None, "may be 2016-03-04 or 2016-04-03"),
        (("03/04/2016", "14/11/2016", "11/14/2016"), None, "may be 2016-03-04 or 2016-04-03"),
    ],
)
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_other_rows_tell_the_order_of_day_and_month(
    form: str, days: tuple[str, ...], first: str | None, why: str, tmp_path: Path
) -> None:
    text = "Peru recalled its ambassador from Mexico on Friday, the ministry in Lima said in a statement."
    rows = [{"date": day, "text": f"{text} It was note {at}."} for at, day in enumerate(days)]
    table = ["date,text", *(f'{row["date"]},"{row["text"]}"' for row in rows)]
    path = tmp_path / f"rows.{form}"
    path.write_text("\n".join(table if form == "csv" else map(json.dumps, rows)), encoding="utf-8")
    stories = list(read(path))
    assert len(stories) == len(days)
    assert stories[0].published == first
    assert why in (stories[0].published_why or "")


def test_lines_that_end_as_on_old_macintoshes_are_lines(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(b"text,url\rPeru recalled its ambassador from Mexico on Friday.,https://a.example/1\r")
    assert [story.url for story in read(path)] == ["https://a.example/1"]
