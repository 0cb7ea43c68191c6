from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import BadRow, DetenteError, MissingColumns, NoSuchInput
from detente.lexicon import Lexicon, check
from detente.lexicon.tables import DATA, LAYOUTS, OFFICES, Layout, checked_rows, read_rows
from detente.lexicon.who import code_on


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.table)
def test_every_row_is_sound(layout: Layout) -> None:
    # form of each value, terms that do not overlap, names that are found again in text
    assert check(DATA / f"{layout.table}.csv") == ()


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.table)
def test_rows_are_unique_and_all_columns_are_there(layout: Layout) -> None:
    path = DATA / f"{layout.table}.csv"
    rows = [tuple(row.values()) for _, row in read_rows(path, layout)]
    assert len(rows) == len(set(rows))
    assert path.read_text(encoding="utf-8").splitlines()[0] == ",".join(layout.columns)


def test_every_office_has_its_person_and_country() -> None:
    lexicon = Lexicon()
    persons = {row["person"] for _, row in read_rows(DATA / "persons.csv", LAYOUTS[2])}
    for line, row in checked_rows(DATA / "offices.csv", OFFICES):
        assert row["person"] in persons, f"offices.csv line {line}"
        known = row["country"] in lexicon.states or row["country"] in ("IGO", "NGO", "INT")
        assert known, f"offices.csv line {line}"


def test_office_of_a_state_begins_while_its_code_is_valid() -> None:
    lexicon = Lexicon()
    for line, row in checked_rows(DATA / "offices.csv", OFFICES):
        if (state := lexicon.states.get(row["country"])) and row["from"] < state.end:
            end = row["to"] or "9999"
            assert end > state.start, (
                f"offices.csv line {line}: {row['person']} left before {row['country']} began"
            )


def test_every_name_leads_back_to_its_row() -> None:
    lexicon = Lexicon()
    for person in lexicon.persons.values():
        for name in (person.name, *person.aliases):
            assert person.name in {actor.name for actor in lexicon.who(name)}, name


def test_predecessors_reach_back() -> None:
    states = Lexicon().states
    cases = {
        ("SRB", "1999-01-01"): "YUG", ("SRB", "2004-01-01"): "SCG", ("SRB", "2010-01-01"): "SRB",
        ("COD", "1996-01-01"): "ZAR", ("TLS", "1999-12-28"): "TMP", ("RUS", "1990-06-01"): "SUN",
        ("XKX", "2005-01-01"): "SCG", ("SSD", "2010-01-01"): "SDN", ("ZAR", "2001-01-01"): None,
    }  # fmt: skip
    assert {case: code_on(states, *case) for case in cases} == cases


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_own_rows_lie_over_ours(tmp_path: Path) -> None:
    offices = written(
        tmp_path,
        "person,country,office,role,sector,from,to\n"
        "Ada Example,NLD,Prime Minister of the Netherlands,head of government,GOV,2030-01-01,\n",
    )
    lexicon = Lexicon([offices])
    (actor,) = lexicon.who("Ada Example", on="2031-01-01")
    assert (actor.code, actor.office) == ("NLDGOV", "Prime Minister of the Netherlands")
    assert lexicon.who("Angela Merkel", on="2015-01-14")[0].code == "DEUGOV"


def test_own_agent_noun_wins(tmp_path: Path) -> None:
    path = written(tmp_path, "lemma,sector,kind,collective\nfarmer,BUS,group,\n")
    row = Lexicon([path]).agent("farmer")
    assert row is not None and row.sector == "BUS"


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("person,country,office,role,sector,from\nA B,Nld,x,minister,GOV,2001\n", BadRow, "line 2"),
        ("person,country,office,role,sector,from\nA B,NLD,x,cook,GOV,2001\n", BadRow, "'cook'"),
        ("person,country,office,role,sector,from\nA B,NLD,x,minister,GOV,May 2001\n", BadRow, "May 2001"),
        ("person,country,office,role,sector,from\nA B,NLD,x\n", BadRow, "3 values"),
        ("lemma,sector,kind\nfarmer,XXX,group\n", BadRow, "'XXX'"),
        ("colour,taste\nred,sweet\n", MissingColumns, "colour"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(
    tmp_path: Path, text: str, error: type[DetenteError], says: str
) -> None:
    with pytest.raises(error, match=says) as caught:
        Lexicon([written(tmp_path, text)])
    assert "mine.csv" in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoSuchInput, match=r"none\.csv"):
        Lexicon([tmp_path / "none.csv"])


def test_check_lists_every_fault(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "person,country,office,role,sector,from,to\n"
        "Ada Example,NLD,Mayor of Utrecht,minister,GOV,2001-01-01,2005-01-01\n"
        "Bob Example,NLD,Mayor of Utrecht,minister,GOV,2004-01-01,2008-01-01\n"
        "Cem Example,NLD,Mayor of Utrecht,minister,ABC,2008-01-01,\n",
    )
    faults = [str(fault) for fault in check(path)]
    assert len(faults) == 2
    assert "line 3" in faults[0] and "while Ada Example is in office" in faults[0]
    assert "line 4" in faults[1] and "ABC" in faults[1]
