"""Check the offices table against reference lists of leaders: what is covered, and where the two disagree.

Usage: DETENTE_DATA=folder python evaluation/lexicon_check.py [--all]

Reads, from the folder's ``reference/``: ``us_executive.yaml``, ``world_leaders_2021.csv``,
``world_leaders_<date>.json`` and ``phoenix_countries_actors.txt.gz``. Prints figures and each disagreement, so that
they can be read one by one; a reference may be the one that is wrong.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from detente.lexicon import Lexicon
from detente.lexicon.match import plain
from detente.lexicon.who import Person


class Claim(NamedTuple):
    """What a reference says: somebody is in office on a day, or no longer."""

    person: str
    country: str
    day: str
    inside: bool
    detail: str


def key(name: str) -> str:
    """Return a name as it is compared: no accents, hyphens or case."""
    return " ".join(re.split(r"[\s\-'’]+", plain(name).lower()))


def us_claims(path: Path) -> Iterator[Claim]:
    """Presidents and vice-presidents since 1990, from day-level terms."""
    name: dict[str, str] = {}
    start = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if found := re.match(r"\s+(first|last): (.*)", line):
            name[found[1]] = found[2]
        elif found := re.match(r"\s+start: '(\d{4}-\d\d-\d\d)'", line):
            start = found[1]
        elif (found := re.match(r"\s+end: '(\d{4}-\d\d-\d\d)'", line)) and found[1] > "1990":
            who = f"{name['first']} {name['last']}"
            yield Claim(
                who, "USA", middle(max(start, "1990-01-01"), found[1]), True, f"{start} to {found[1]}"
            )


def middle(start: str, end: str) -> str:
    """Return a day between two days, by the year."""
    year = (int(start[:4]) + int(end[:4])) // 2
    return max(start, f"{year}-07-01") if f"{year}-07-01" < end else start


def list_2021(path: Path, codes: dict[str, str]) -> Iterator[Claim]:
    """Office-holders about 2021: inside the term in the years between start and end, out of it two years later."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            country = codes.get(row["countryid"])
            if not country or not row["start_year"]:
                continue
            start, end = int(row["start_year"]), int(row["end_year"] or 2022)
            detail = f"{row['positionLabel']} {row['start_year']}-{row['end_year']}"
            if end - start >= 2:
                yield Claim(row["officeholderLabel"], country, f"{max(start + 1, 1991)}-01-01", True, detail)


def snapshot(path: Path) -> Iterator[Claim]:
    """Office-holders on the day of a snapshot."""
    data = json.loads(path.read_text(encoding="utf-8"))
    for country in data["countries"].values():
        for position in country["positions"].values():
            holder = position.get("current_holder") or {}
            if holder.get("name_en"):
                detail = f"{position['title_en']} since {holder['since']}"
                yield Claim(holder["name_en"], "", data["snapshot_date"], True, detail)


def phoenix(path: Path) -> Iterator[Claim]:
    """Persons with the dated code of a head of government or state in a frozen actor dictionary."""
    name = ""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if found := re.match(r"([A-Z][A-Z_.'\-]+?)_?\s", line):
                name = found[1].strip("_").replace("_", " ").title()
            elif found := re.match(r"\s+\[([A-Z]{3})GOV (\d{6})-(\d{6})\]", line):
                start, end = day6(found[2]), day6(found[3])
                yield Claim(name, found[1], middle(start, end), True, f"GOV {start} to {end}")


def day6(digits: str) -> str:
    """Return the ISO day for YYMMDD."""
    century = "19" if digits[0] > "3" else "20"
    return f"{century}{digits[:2]}-{digits[2:4]}-{digits[4:]}"


def report(title: str, claims: list[Claim], lexicon: Lexicon, show: bool) -> None:
    """Print how many claims name a person that the lexicon knows, and which of these it contradicts."""
    known = {key(name) for person in lexicon.persons.values() for name in (person.name, *person.aliases)}
    covered = [claim for claim in claims if key(claim.person) in known]
    wrong: list[tuple[Claim, str]] = []
    for claim in covered:
        actors = lexicon.who(claim.person, on=claim.day)
        holds = any(actor.office and actor.sector not in ("ELI", None) for actor in actors)
        if holds != claim.inside:
            wrong.append((claim, "; ".join(str(actor.office) for actor in actors)))
    share = f"{len(covered) / max(len(claims), 1):.1%}"
    right = f"{1 - len(wrong) / max(len(covered), 1):.1%}"
    print(f"{title}: {len(claims)} claims, {len(covered)} of known persons ({share}), agreed {right}")
    for claim, ours in wrong if show else wrong[:25]:
        says = f"reference {claim.detail}; lexicon {ours or 'nothing'}"
        print(f"   {claim.country} {claim.person} on {claim.day}: {says}")
    if show:
        for claim in claims:
            if key(claim.person) not in known:
                print(f"   not in the lexicon: {claim.country} {claim.person} ({claim.detail})")


HEADS = ("head of state and government", "head of government", "head of state", "supreme leader", "royal")
DECADES = {
    "1990s": range(1990, 2000),
    "2000s": range(2000, 2010),
    "2010s": range(2010, 2020),
    "2020s": range(2020, 2027),
}


def heads(path: Path) -> Iterator[Claim]:
    """Heads of state and government in the actor dictionary: it has each as ELI up to the day on which GOV begins."""
    name, people = "", dict[str, list[tuple[str, str, str, str, str]]]()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if found := re.match(r"([A-Z][A-Z_.'\-]+?)_?\s", line):
                name = found[1].strip("_").replace("_", " ").title()
            elif found := re.match(r"\s+\[([A-Z]{3})(GOV|ELI)(?: (>?)(\d{6})(?:-(\d{6}))?)?\]", line):
                where, what, since, start, end = (part or "" for part in found.groups())
                people.setdefault(name, []).append((where, what, since, start, end))
    for name, codes in people.items():
        yield from terms_of(name, codes)


def terms_of(name: str, codes: list[tuple[str, str, str, str, str]]) -> Iterator[Claim]:
    """One person: in office in the middle of each term, and out of it a year after the last, if the list says so.

    Terms in whole months are left out: they are those of ministers, from another list.
    """
    begins = {end for _, what, _, _, end in codes if what == "ELI"}
    terms = [(c[0], day6(c[3]), day6(c[4])) for c in codes if c[1] == "GOV" and c[4] and c[3] in begins]
    terms = [
        term for term in terms if not (term[1].endswith("-01") and term[2][-2:] in ("28", "29", "30", "31"))
    ]
    for where, start, end in terms:
        if end > "1990-06":
            yield Claim(name, where, halfway(max(start, "1990-01-01"), end), True, f"GOV {start} to {end}")
    ended = any(what == "ELI" and not start for _, what, _, start, _ in codes)
    if terms and ended and not any(since for _, _, since, _, _ in codes):
        where, _, end = max(terms, key=lambda term: term[2])
        later = any(what == "GOV" and last and day6(last) > end for _, what, _, _, last in codes)
        if "1990" < end < "2013" and not later:
            yield Claim(name, where, f"{int(end[:4]) + 1}-{end[5:7]}-15", False, f"out of office since {end}")


def halfway(start: str, end: str) -> str:
    """Return the day halfway between two days."""
    first = date.fromisoformat(start)
    return (first + (date.fromisoformat(end) - first) / 2).isoformat()


def left_2021(path: Path, codes: dict[str, str]) -> Iterator[Claim]:
    """Those of the list of 2021 who have left: out of office in the second year after."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (country := codes.get(row["countryid"])) and row["end_year"]:
                day = f"{int(row['end_year']) + 2}-01-01"
                yield Claim(
                    row["officeholderLabel"],
                    country,
                    day,
                    False,
                    f"{row['positionLabel']} to {row['end_year']}",
                )


def by_decade(lexicon: Lexicon, claims: list[Claim], show: bool) -> None:
    """Print, by decade, the country-years with a known head, and how many claims the table agrees with."""
    people: dict[str, list[Person]] = {}
    for person in lexicon.persons.values():
        for name in (person.name, *person.aliases):
            people.setdefault(key(name), []).append(person)
    for decade, years in DECADES.items():
        own = [claim for claim in claims if int(claim.day[:4]) in years and key(claim.person) in people]
        wrong: dict[bool, list[Claim]] = {True: [], False: []}
        for claim in own:
            terms = [
                term for person in people[key(claim.person)] for term in person.terms if term.holds(claim.day)
            ]
            held = any(
                claim.inside or (term.role in HEADS and term.country == claim.country) for term in terms
            )
            if held != claim.inside:
                wrong[claim.inside].append(claim)
        figures = ", ".join(
            f"{share(len(of) - len(wrong[inside]) if inside else len(wrong[inside]), len(of))} {told} of {len(of)}"
            for inside, told in ((True, "right inside the term"), (False, "still in office after it"))
            for of in [[claim for claim in own if claim.inside == inside]]
        )
        print(f"{decade}: {covered(lexicon, years)}; {figures}")
        for claim in (*wrong[True], *wrong[False]) if show else ():
            print(f"   {claim.country} {claim.person} on {claim.day}: {claim.detail}")


def covered(lexicon: Lexicon, years: range) -> str:
    """Return the shares of country-years, on the first of April, with a known head of government and of state."""
    told = []
    for name, roles in (("government", HEADS[:2]), ("state", (HEADS[0], *HEADS[2:]))):
        wanted = found = 0
        for state in lexicon.states.values():
            terms = [
                t
                for p in lexicon.persons.values()
                for t in p.terms
                if t.country == state.country and t.role in roles
            ]
            for day in (f"{year}-04-01" for year in years):
                if state.start <= day < state.end:
                    wanted += 1
                    found += any(term.holds(day) for term in terms)
        told.append(f"heads of {name} {share(found, wanted)}")
    return ", ".join(told)


def share(part: int, whole: int) -> str:
    """Return a share as per cent."""
    return f"{part / whole:.1%}" if whole else "none"


def main() -> None:
    """Run every check for which the data is there."""
    if not (folder := os.environ.get("DETENTE_DATA")):
        sys.exit("lexicon_check: set DETENTE_DATA to the folder that holds reference/.")
    reference, show, lexicon = Path(folder) / "reference", "--all" in sys.argv, Lexicon()
    codes = {state.wikidata: state.country for state in lexicon.states.values() if state.wikidata}
    report("US executive", list(us_claims(reference / "us_executive.yaml")), lexicon, show)
    report("leaders about 2021", list(list_2021(reference / "world_leaders_2021.csv", codes)), lexicon, show)
    for path in sorted(reference.glob("world_leaders_*.json")):
        report(path.stem, list(snapshot(path)), lexicon, show)
    report(
        "actor dictionary of 2014",
        list(phoenix(reference / "phoenix_countries_actors.txt.gz")),
        lexicon,
        False,
    )
    dictionary = heads(reference / "phoenix_countries_actors.txt.gz")
    claims = [*dictionary, *list_2021(reference / "world_leaders_2021.csv", codes)]
    by_decade(lexicon, [*claims, *left_2021(reference / "world_leaders_2021.csv", codes)], show)


if __name__ == "__main__":
    main()
