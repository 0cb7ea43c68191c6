"""Who is meant on a date: persons by their offices, states and bodies by the years in which they exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from detente.lexicon.tables import ROLES
from detente.records import Actor

END_OF_TIME = "9999-12-31"
ELECTIVE = (
    "head of state and government",
    "head of state",
    "head of government",
    "head of body",
    "deputy head",
)
RANK = {role: rank for rank, role in enumerate(ROLES)}
FORMER = "former "  # how the office of somebody who has left it begins
NOT_AN_OFFICE = (
    "candidate",
    "opposition leader",
    "rebel leader",
)  # roles that are over without anybody having left an office


@dataclass(frozen=True, slots=True)
class Term:
    """One person's term in one office."""

    person: str
    country: str
    office: str
    role: str
    sector: str
    start: str  # first day in office, ISO
    end: str  # first day out of office, or END_OF_TIME
    elected: str  # day of the election that decided it, or ""

    def holds(self, day: str) -> bool:
        """Tell whether the office is held on a day."""
        return self.start <= day < self.end


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody known by name."""

    name: str
    country: str
    aliases: tuple[str, ...]
    surname: str  # the one word by which news calls the person while in office, or ""
    wikidata: str | None
    terms: tuple[Term, ...] = ()


def day_of(date: str, default: str) -> str:
    """Return a day for a date of any precision; an unknown day is put in the middle of its month or year.

    The middle errs by the same amount for whoever leaves and whoever comes, so their terms still meet.
    """
    if not date:
        return default
    return date if len(date) == 10 else f"{date}-15" if len(date) == 7 else f"{date}-07-01"


def as_of(person: Person, on: str | None, states: Mapping[str, State]) -> Actor:
    """Return a person as the actor that he or she is on a date: in office, elected to it, or out of it."""
    home = code_on(states, person.country, on) or person.country  # a Serb is YUG in 1999
    day = on[:10] if on else "9998-12-31"
    held = sorted((term for term in person.terms if term.holds(day)), key=weight)
    coming = [t for t in person.terms if t.elected and t.elected <= day < t.start and t.role in ELECTIVE]
    if coming and not (held and held[0].role in ELECTIVE):
        return actor_of(person, coming[0].country, "ELI", elect(coming[0].office))
    if held:
        country = code_on(states, held[0].country, on) or held[0].country
        return actor_of(person, country, held[0].sector, held[0].office)
    past = [term for term in person.terms if term.end <= day and term.role not in NOT_AN_OFFICE]
    if past:
        last = min(past, key=lambda term: (*weight(term)[:1], -int(term.end.replace("-", ""))))
        return actor_of(person, home, "ELI", FORMER + last.office)
    return actor_of(person, home, None, None)


def as_printed(actor: Actor, effects: Collection[str], sector: str | None) -> Actor:
    """Return a person as the text styles him or her, which beats the table; other actors stay as they are.

    Args:
        actor: the person as of the date.
        effects: what the words before the name do: former, then, acting, elect, candidate, deputy.
        sector: of the printed title, None if there is none.
    """
    if actor.kind != "person":
        return actor
    office = actor.office
    held = office is not None and not office.startswith(FORMER)
    if "elect" in effects or "candidate" in effects or ("former" in effects and not held):
        return replace(actor, sector="ELI")
    if sector and not held and "former" not in effects and actor.sector in (None, "ELI"):
        return replace(actor, sector=sector, office=office.removeprefix(FORMER) if office else None)
    return actor


def weight(term: Term) -> tuple[int, str]:
    """Sort key: the weightier office first."""
    return RANK[term.role], term.office


def elect(office: str) -> str:
    """Return the style of somebody elected to an office and not yet in it."""
    title, of, rest = office.partition(" of ")
    style = f"{title}-elect" if title.endswith("President") else f"{title}-designate"
    return style + of + rest


def actor_of(person: Person, country: str, sector: str | None, office: str | None) -> Actor:
    """Return the actor for a person in a role."""
    return Actor(person.name, country, sector, office=office, wikidata=person.wikidata, kind="person")


def at_hand(person: Person, on: str | None) -> bool:
    """Tell whether news would call the person by surname alone: in office, elected, or running."""
    day = on[:10] if on else "9998-12-31"
    return any(term.holds(day) or (term.elected and term.elected <= day < term.end) for term in person.terms)


@dataclass(frozen=True, slots=True)
class State:
    """A state and the years in which its code is valid."""

    country: str
    name: str
    start: str
    end: str
    predecessor: str
    wikidata: str | None


def code_on(states: Mapping[str, State], country: str, on: str | None) -> str | None:
    """Return the code valid on a date for a state's ground: SRB in 1999 is YUG; None if the state is gone by then."""
    day = on[:10] if on else "9998-12-31"
    while state := states.get(country):
        if day >= state.end:
            return None
        if day >= state.start or not state.predecessor:
            return country
        country = state.predecessor
    return country


def holders(terms: Iterable[Term], on: str | None) -> list[Term]:
    """Return the terms that run on a date, the latest begun first."""
    day = on[:10] if on else "9998-12-31"
    return sorted((term for term in terms if term.holds(day)), key=lambda term: term.start, reverse=True)
