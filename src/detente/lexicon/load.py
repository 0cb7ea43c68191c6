"""The lexicon: what is known beforehand about states, offices, bodies and words, from CSV files, one fact a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from detente.lexicon import tables
from detente.lexicon.frames import CueRow, FrameRow, cue_row, frame_row, laid_over, load_cues, load_sets
from detente.lexicon.match import Entry, Match, Matcher, plain
from detente.lexicon.spots import Gazetteer
from detente.lexicon.tables import DATA, Layout
from detente.lexicon.who import (
    END_OF_TIME,
    Person,
    State,
    Term,
    as_of,
    as_printed,
    at_hand,
    code_on,
    day_of,
    holders,
)
from detente.records import Actor

Row = dict[str, str]
PLACES = ("region", "other")
BOTH = "head of state and government"
SERVING = (
    None,
    "GOV",
    "MIL",
    "LAB",
)  # sectors of people who act for the body or person that they are named with


class AgentRow(NamedTuple):
    """A noun for somebody who acts: troops, lawmakers, protesters."""

    lemma: str
    sector: str | None
    kind: str  # person, group, organisation, vehicle, or text (a report that speaks for its maker)
    collective: bool  # the singular names many or a body: police, army, government


class TitleRow(NamedTuple):
    """A title before a name, or a word that changes its meaning."""

    title: str
    kind: str  # title or modifier
    sector: str | None
    role: str | None
    effect: str | None  # of a modifier: former, then, acting, elect, candidate, deputy


_INITIALS = re.compile(r"(?<=[a-z]) [A-Z]\.(?= [A-Z])|,? (?:Jr|Sr)\.?$")  # "Antony J. Blinken", "…, Jr."


class Lexicon:
    """States, persons and their offices, bodies, agent nouns, titles, event words and reporting verbs.

    Built lazily; reading is safe from several threads.
    """

    def __init__(self, extra: Sequence[Path | str] = ()) -> None:
        """Take the package's own tables, and a user's CSV files over them.

        Args:
            extra: CSV files with the columns of one of the tables each; their rows come first.

        Raises:
            DetenteError: a file cannot be read or holds a faulty row (the message names the line).
        """
        self.extra = tuple(Path(path) for path in extra)
        self._extra_rows: dict[str, list[Row]] = {}
        self._extra_frames: list[FrameRow] = []
        for path in self.extra:
            layout = tables.layout_of(path)
            for line, row in tables.checked_rows(path, layout):
                self._extra_rows.setdefault(layout.table, []).append(row)
                if layout is tables.FRAMES:
                    self._extra_frames.append(frame_row(path, line, row, load_sets()))

    def who(self, name: str, on: str | None = None) -> tuple[Actor, ...]:
        """Return whom a name means on a date, best first; empty if it is unknown.

        Args:
            name: a person, state, capital, palace or body, with or without a title, accents and "the". A title or
                word such as "former" in front corrects the table.
            on: ISO date; offices and sectors are those of that day. None means now.
        """
        words = name.replace("’", "'").split()
        printed: list[TitleRow] = []
        while words:
            rest = " ".join(words)
            entries = self.names.entries(rest)
            actors = [actor for entry in entries for actor in entry.resolve(on) or ()]
            actors = actors or list(self._by_surname(rest, on) or self._described(words, on))
            if actors:
                effects = {row.effect for row in printed if row.effect}
                sector = next((row.sector for row in reversed(printed) if row.sector), None)
                return tuple(dict.fromkeys(as_printed(actor, effects, sector) for actor in actors))
            words = self._untitled(words, printed)
        plainer = _INITIALS.sub("", name)
        return self.who(plainer, on) if plainer != name else ()

    def _by_surname(self, name: str, on: str | None) -> tuple[Actor, ...]:
        people = self._surnames.get(plain(name).lower(), [])
        present = [person for person in people if at_hand(person, on)]
        return tuple(as_of(person, on, self.states) for person in present or people)

    def _described(self, words: list[str], on: str | None) -> tuple[Actor, ...]:
        """Return whom a nation's or body's name and an agent noun mean: "Israeli government", "Rwandan army"."""
        named = self.names.match(words, on)
        if not named or named[0].start or not named[0].actors or named[0].end >= len(words):
            return ()
        noun = " ".join(words[named[0].end :]).lower()
        row = next((row for form in singulars(noun) if (row := self.agents.get(form))), None)
        if row is None:
            return ()
        owner = named[0].actors[0]
        serves = (
            owner.kind != "state" and row.sector in SERVING
        )  # a FARC commander, EU ministers, Trump's staff
        if not (sector := owner.sector if serves else row.sector):
            return ()
        kind = "person" if row.kind == "person" else "organisation" if row.collective else "group"
        return (Actor(" ".join(words), owner.country, sector, kind=kind),)

    def _untitled(self, words: list[str], printed: list[TitleRow]) -> list[str]:
        """Return the words without the article, title or nationality in front, or nothing if there is none."""
        if words[0].lower() == "the":
            return words[1:]
        if found := self.title_at(words, 0):
            printed.append(found[1])
            return words[found[0] :]
        first, _, rest = words[0].partition("-")
        if rest and (modifier := self.modifier(first)):  # then-President, ex-minister
            printed.append(modifier)
            return [rest, *words[1:]]
        named = self.names.match(words[:4])
        if named and named[0].start == 0 and named[0].end < len(words) and named[0].kind in tables.NAME_KINDS:
            return words[named[0].end :]
        return []

    def match(self, words: Sequence[str], on: str | None = None) -> list[Match]:
        """Return the known names among the words; the same as ``names.match``."""
        return self.names.match(words, on)

    def country_of(self, word: str, on: str | None = None) -> str | None:
        """Return the country that a name, adjective, capital or region points to ("Malaysian" -> MYS), or None."""
        for entry in self.names.entries(word):
            table, _, key = entry.row.split("/", 2)
            if table == "state_names":
                country = self._name_country[key]
                return code_on(self.states, country, on) if country else None
        return None

    def holder(self, country: str, role: str, on: str | None = None) -> Actor | None:
        """Return who holds an office of a country on a date ("the French president"), None if that is not known.

        Args:
            country: alpha-3 code, or IGO bodies by the office's last words are not asked this way.
            role: one of the roles of offices.csv; "head of state" and "head of government" also find
                a holder of both.
            on: ISO date; None means now.
        """
        asked = (role, BOTH) if role.startswith("head of ") else (role,)
        found = (holders(self._terms_by_role.get((country, each), ()), on) for each in asked)
        running = next(filter(None, found), [])
        if len({term.person for term in running}) != 1:
            return None
        term, person = running[0], self.persons[running[0].person]
        return Actor(
            person.name,
            term.country,
            term.sector,
            office=term.office,
            wikidata=person.wikidata,
            kind="person",
        )

    def agent(self, lemma: str) -> AgentRow | None:
        """Return the row of an agent noun by its lemma, None if it is not one."""
        return self.agents.get(lemma.lower())

    def modifier(self, word: str) -> TitleRow | None:
        """Return the row of a word that changes a title: former, ex, then, acting, elect; None for another."""
        row = self.titles.get(word.lower().rstrip("-").strip("."))
        return row if row and row.kind == "modifier" else None

    def title_at(self, words: Sequence[str], start: int) -> tuple[int, TitleRow] | None:
        """Return the longest title that begins at a word, with the index behind it."""
        for end in range(min(len(words), start + 5), start, -1):
            row = self.titles.get(" ".join(plain(word).lower() for word in words[start:end]))
            if row:
                return end, row
        return None

    @cached_property
    def names(self) -> Matcher:
        """The matcher over all names: ``.match(words, on)``."""
        matcher = Matcher(title.split()[-1] for title in self.titles)
        for row in self._rows(tables.STATE_NAMES):
            matcher.add(row["name"], self._state_entry(row))
        for person in self.persons.values():
            entry = Entry(f"persons/person/{person.name}", partial(alone, person, self.states))
            for name in (person.name, *person.aliases):
                matcher.add(name, entry)
        for surname, people in self._surnames.items():
            shown = people[0].surname
            matcher.add(shown, Entry(f"persons/surname/{surname}", partial(sole, people, self.states)))
        for row in self._rows(tables.BODIES):
            entry = body_entry(row, self.states)
            for name in (row["name"], *row["aliases"].split(";")):
                if name.strip():
                    matcher.add(name.strip(), entry)
        return matcher

    @cached_property
    def states(self) -> Mapping[str, State]:
        """The states by their code, with the years in which it is valid."""
        return MappingProxyType(
            {
                row["country"]: State(
                    row["country"], row["name"], row["from"], row["to"] or END_OF_TIME,
                    row["predecessor"], row["wikidata"] or None,
                )
                for row in reversed(list(self._rows(tables.STATES)))
            }
        )  # fmt: skip

    @cached_property
    def persons(self) -> Mapping[str, Person]:
        """The persons by their canonical name, with their terms of office."""
        terms: dict[str, list[Term]] = {}
        for row in self._rows(tables.OFFICES):
            terms.setdefault(row["person"], []).append(
                Term(
                    row["person"], row["country"], row["office"], row["role"], row["sector"],
                    day_of(row["from"], ""), day_of(row["to"], END_OF_TIME), row["elected"],
                )
            )  # fmt: skip
        people: dict[str, Person] = {}
        for row in self._rows(tables.PERSONS):
            aliases = tuple(filter(None, map(str.strip, row["aliases"].split(";"))))
            name = row["person"]
            person = Person(
                name,
                row["country"],
                aliases,
                row["surname"],
                row["wikidata"] or None,
                tuple(terms.pop(name, ())),
            )
            people.setdefault(name, person)
        for name, own in terms.items():  # a user's office of somebody who has no row among the persons
            if name not in people:
                people[name] = Person(name, own[0].country, (), "", None, tuple(own))
        return MappingProxyType(people)

    @cached_property
    def agents(self) -> Mapping[str, AgentRow]:
        """The agent nouns by lemma."""
        return MappingProxyType(
            {
                row["lemma"]: AgentRow(
                    row["lemma"], row["sector"] or None, row["kind"], row["collective"] == "yes"
                )
                for row in reversed(list(self._rows(tables.AGENTS)))
            }
        )

    @cached_property
    def titles(self) -> Mapping[str, TitleRow]:
        """Titles and their modifiers, by their words in lower case without full stops."""
        return MappingProxyType(
            {
                plain(row["title"]).lower(): TitleRow(
                    row["title"],
                    row["kind"],
                    row["sector"] or None,
                    row["role"] or None,
                    row["effect"] or None,
                )
                for row in reversed(list(self._rows(tables.TITLES)))
            }
        )

    @cached_property
    def frames(self) -> Mapping[tuple[str, str], tuple[FrameRow, ...]]:
        """The event words by lemma and part of speech."""
        return laid_over(self._extra_frames)

    @cached_property
    def cues(self) -> Mapping[str, CueRow]:
        """The reporting words by lemma."""
        own = self._extra_rows.get(tables.CUES.table, ())
        return MappingProxyType({**load_cues(), **{row["lemma"]: cue_row(row) for row in own}})

    @cached_property
    def places(self) -> Gazetteer:
        """The places on the map: ``.named(name)``."""
        return Gazetteer(self._rows(tables.PLACES), self._rows(tables.PLACE_NAMES))

    @cached_property
    def _surnames(self) -> Mapping[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for person in self.persons.values():
            if person.surname:
                found.setdefault(plain(person.surname).lower(), []).append(person)
        return found

    @cached_property
    def _terms_by_role(self) -> Mapping[tuple[str, str], list[Term]]:
        found: dict[tuple[str, str], list[Term]] = {}
        for person in self.persons.values():
            for term in person.terms:
                found.setdefault((term.country, term.role), []).append(term)
        return found

    @cached_property
    def _name_country(self) -> Mapping[str, str]:
        return {row["name"]: row["country"] for row in reversed(list(self._rows(tables.STATE_NAMES)))}

    def _rows(self, layout: Layout) -> Iterator[Row]:
        yield from self._extra_rows.get(layout.table, ())
        yield from package_rows(layout.table)

    def _state_entry(self, row: Row) -> Entry:
        """Return what a state's name, adjective or capital leads to on a date."""
        kind, country = row["kind"], row["country"]
        start, end = row["from"], row["to"] or END_OF_TIME

        def resolve(on: str | None) -> tuple[Actor, ...] | None:
            day = on[:10] if on else "9998-12-31"
            if not start <= day < end:
                return None
            if kind in PLACES:
                return ()
            code = code_on(self.states, country, on)
            if code is None:
                return None
            if kind == "people":
                return (Actor(row["name"], code, "CVL", kind="group"),)
            if kind == "breakaway":
                return (Actor(row["name"], code, "REB", kind="organisation"),)
            state = self.states[country]
            return (Actor(state.name, code, "GOV", wikidata=state.wikidata, kind="state"),)

        return Entry(f"state_names/{kind}/{row['name']}", resolve)


@cache
def package_rows(table: str) -> tuple[Row, ...]:
    """Return the rows of one of the package's own tables, read once for all lexicons and never changed.

    Their form is tested when the package is, not every time that it is loaded.
    """
    layout = next(layout for layout in tables.LAYOUTS if layout.table == table)
    return tuple(row for _, row in tables.read_rows(DATA / f"{table}.csv", layout))


def singulars(noun: str) -> tuple[str, ...]:
    """Return the forms under which a noun, perhaps a plural, may stand in agents.csv."""
    return noun, noun.removesuffix("s"), noun.removesuffix("men") + "man", noun.removesuffix("ies") + "y"


def alone(person: Person, states: Mapping[str, State], on: str | None) -> tuple[Actor, ...]:
    """Return one person as of a date."""
    return (as_of(person, on, states),)


def sole(people: list[Person], states: Mapping[str, State], on: str | None) -> tuple[Actor, ...] | None:
    """Return the one person of a surname who is in the news on a date, None if there are several or none."""
    present = [person for person in people if at_hand(person, on)]
    return (as_of(present[0], on, states),) if len(present) == 1 else None


def body_entry(row: Row, states: Mapping[str, State]) -> Entry:
    """Return what the name of a body leads to on a date."""
    start, end = row["from"], day_of(row["to"], END_OF_TIME)
    kind = "group" if row["kind"] in ("armed group", "criminal") else "organisation"

    def resolve(on: str | None) -> tuple[Actor, ...] | None:
        day = on[:10] if on else "9998-12-31"
        if not start <= day < end:
            return None
        country = code_on(states, row["country"], on) if row["country"] else None
        return (
            Actor(row["name"], country, row["sector"] or None, wikidata=row["wikidata"] or None, kind=kind),
        )

    return Entry(f"bodies/{row['kind']}/{row['name']}", resolve)
