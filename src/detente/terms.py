"""The closed lists that the records draw on, each declared once with the meaning of every entry.

Types and quads follow PLOVER (Political Language Ontology for Verifiable Event Records), with the borders
between types, the statuses and the sectors drawn as detente's own codebook draws them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Term(NamedTuple):
    """One entry of a closed list."""

    name: str
    meaning: str
    quad: int = 0  # of a type: 1 to 4


TYPE_TERMS = (
    Term(
        "AGREE",
        "consents or commits itself: a promise, a pledge, a deal, an invitation, an offer of its own help",
        1,
    ),
    Term("CONSULT", "meets, visits, telephones, negotiates or mediates", 1),
    Term(
        "SUPPORT",
        "approves in words or ties a political bond: praise, congratulation, recognition, ratification",
        1,
    ),
    Term(
        "CONCEDE",
        "gives way in words or rules: apologises, pardons, drops a demand, lifts a ban or sanctions",
        1,
    ),
    Term(
        "COOPERATE", "does something material together or in exchange: trade, joint exercises, extradition", 2
    ),
    Term("AID", "gives mainly for the other's good: money, arms, relief, training, asylum, rescue", 2),
    Term("RETREAT", "gives ground in fact: withdraws, frees captives, hands over, ceases fire, resigns", 2),
    Term("REQUEST", "asks, urges, demands, proposes or orders", 3),
    Term("ACCUSE", "blames, condemns, criticises, protests formally, sues, charges or investigates", 3),
    Term("REJECT", "refuses, declines, vetoes, turns down, calls off a meeting", 3),
    Term("THREATEN", "announces harm that it would do itself, with or without a condition", 3),
    Term("PROTEST", "civilians act together: march, strike, sit-in, hunger strike, boycott, riot", 4),
    Term(
        "SANCTION",
        "cuts back a relationship: embargo, closed border, envoys expelled or recalled, aid suspended",
        4,
    ),
    Term(
        "MOBILIZE",
        "moves or readies force without using it: deployment, alert, exercise alone, missile test",
        4,
    ),
    Term(
        "COERCE",
        "presses people or property without violence: arrest, seizure, censorship, curfew, blockade",
        4,
    ),
    Term("ASSAULT", "uses force: bombs, shoots, executes, abducts, tortures, storms, invades", 4),
)
QUAD_TERMS = (
    Term("1", "verbal cooperation"),
    Term("2", "material cooperation"),
    Term("3", "verbal conflict"),
    Term("4", "material conflict"),
)
CONTEXT_TERMS = (
    Term("military", "armed forces, their weapons, bases, exercises and fighting, and truces"),
    Term("intelligence", "secret services, spies and what they gather"),
    Term("executive", "who governs: forming, changing and ordering of cabinets, decrees, inaugurations"),
    Term("legislative", "parliaments, their members, bills and ratification"),
    Term("election", "elections and referendums: campaign, ballot, count, disputes over them"),
    Term("political_institutions", "constitutions, impeachment, how power is shared and who may oppose"),
    Term("pro_democracy", "for free elections, civilian rule, democracy"),
    Term("pro_autocracy", "coups, juntas, one-party or personal rule"),
    Term("economic", "trade, money, debt, investment, prices, wages, taxes"),
    Term("legal", "courts, prosecutors, charges, trials, extradition, law between states"),
    Term("reparations", "payment or return for old wrongs"),
    Term("human_rights", "grave abuse of persons: killing of civilians, torture, genocide, war crimes"),
    Term("rights_freedoms", "civil liberties: speech, press, assembly, belief"),
    Term("repression", "a state against its own people: crackdowns, political prisoners, curfews, tear gas"),
    Term("human_security", "food, water, shelter and relief for people in need"),
    Term("gender", "rights and treatment of women, violence against them"),
    Term("lgbt", "rights and treatment of gay, lesbian, bisexual and transgender people"),
    Term("religion_ethnicity", "religions, ethnic groups, minorities, their places and quarrels"),
    Term("inequality", "poverty, land, discrimination between groups"),
    Term("diplomatic", "embassies, envoys, foreign ministers, relations, summits, peace talks"),
    Term("territory", "whose land it is: borders, annexation, occupation, secession, recognition, airspace"),
    Term("peacekeeping", "peacekeepers, their missions, buffer zones"),
    Term("health", "diseases, vaccines, hospitals and those who work there"),
    Term("asylum", "refugees and asylum: granting, camps, resettlement"),
    Term("migration", "people who cross borders to live elsewhere: visas, deportation, fences"),
    Term("disasters", "earthquakes, floods, storms, droughts, fires"),
    Term("natural_resource", "oil, gas, minerals, water, fish, timber and the ways that they take"),
    Term("environment", "climate, pollution, wildlife"),
    Term("technology", "chips, networks, satellites, artificial intelligence and who may have them"),
    Term("terrorism", "terrorist groups and attacks, and the fight against them"),
    Term("cbrn", "chemical, biological, radiological and nuclear weapons and what makes them"),
    Term("cyber", "attacks on and defence of computers"),
    Term("misinformation", "falsehoods spread on purpose, propaganda, meddling by them"),
    Term("crime", "ordinary and organised crime, gangs, piracy, fraud"),
    Term("corruption", "bribery, embezzlement, laundering of money"),
    Term("illegal_drugs", "making, selling and fighting of illegal drugs"),
    Term("trafficking", "smuggling of people, arms, drugs and goods"),
)
STATUS_TERMS = (
    Term("occurred", "has happened, or has begun"),
    Term("ongoing", "is still going on when the story is published"),
    Term("planned", "announced, scheduled, agreed or promised, and not yet done"),
    Term("sought", "asked for, proposed or offered"),
    Term("possible", "may happen: feared, threatened, considered, conditional"),
    Term("denied", "did not happen, will not happen, was refused, or is said not to have happened"),
)
SECTOR_TERMS = (
    Term("GOV", "government: a state as such, its leaders, ministries, diplomats and officials"),
    Term("MIL", "armed forces of a state or of several"),
    Term("LEG", "parliaments and their members"),
    Term("JUD", "courts and prosecutors"),
    Term("COP", "police, security forces, border and coast guards"),
    Term("SPY", "intelligence services"),
    Term("REB", "armed groups that fight their own state"),
    Term("UAF", "other armed groups: militias, gunmen"),
    Term("OPP", "opposition parties and dissidents"),
    Term("PTY", "other political parties"),
    Term("CVL", "civilians: people, crowds, victims"),
    Term("BUS", "firms, banks, merchant ships"),
    Term("JRN", "media and journalists"),
    Term("ELI", "former office-holders, those elected and not yet in office, candidates, unofficial envoys"),
    Term("IGO", "intergovernmental bodies and their staff"),
    Term("NGO", "campaign, relief and rights groups"),
    Term("REL", "clergy and religious bodies"),
    Term("LAB", "trade unions and workers"),
    Term("EDU", "students, scholars, schools and institutes"),
    Term("MED", "health workers and hospitals"),
    Term("REF", "refugees and migrants"),
    Term("CRM", "criminals: pirates, gangs"),
)
STATE_TERMS = (
    Term("ISO 3166 alpha-3", "a country by the code that was valid on the story's date; XKX for Kosovo"),
    Term("IGO", "bodies of several states: the UN, the EU, NATO, courts of nations"),
    Term("NGO", "international non-governmental organisations"),
    Term("MNC", "firms at home in many countries"),
    Term("INT", "many states at once, coalitions, groups across borders"),
)
ACTOR_KIND_TERMS = (
    Term("person", "one human being, by name or by office"),
    Term("state", "a country acting as such, also under the name of its capital or palace"),
    Term("organisation", "a body with a name: ministry, army, party, firm"),
    Term("group", "people named by what they have in common: protesters, refugees, gunmen"),
)
STATEMENT_KIND_TERMS = (
    Term("direct", "the whole content stands in quotation marks"),
    Term("indirect", "nothing of it stands in quotation marks"),
    Term("mixed", "some of it does"),
)
STANCE_TERMS = (
    Term("asserts", "says that it is so"),
    Term("denies", "says that it is not so"),
    Term("declines", "will not say"),
)
DATE_PRECISION_TERMS = (
    Term("day", "written YYYY-MM-DD"),
    Term("week", "the week of that Monday, YYYY-MM-DD"),
    Term("month", "written YYYY-MM"),
    Term("year", "written YYYY"),
    Term("unknown", "the story does not say; the date is empty"),
)
PUBLISHED_FROM_TERMS = (
    Term("argument", "given by whoever read the story"),
    Term("feed", "the feed item's own date"),
    Term("meta", "the page's metadata, or a column of the table"),
    Term("text", "a date line in the text"),
    Term("url", "the story's address"),
)

TYPES = tuple(term.name for term in TYPE_TERMS)
QUAD: Mapping[str, int] = MappingProxyType({term.name: term.quad for term in TYPE_TERMS})
QUADS: Mapping[int, str] = MappingProxyType({int(term.name): term.meaning for term in QUAD_TERMS})
CONTEXTS = tuple(term.name for term in CONTEXT_TERMS)
STATUSES = tuple(term.name for term in STATUS_TERMS)
REAL = STATUSES[:2]  # what is counted as an event; acts of the other statuses are counted beside them
SECTORS = tuple(term.name for term in SECTOR_TERMS)
ACTOR_KINDS = tuple(term.name for term in ACTOR_KIND_TERMS)
STATEMENT_KINDS = tuple(term.name for term in STATEMENT_KIND_TERMS)
STANCES = tuple(term.name for term in STANCE_TERMS)
DATE_PRECISIONS = tuple(term.name for term in DATE_PRECISION_TERMS)
PUBLISHED_FROM = tuple(term.name for term in PUBLISHED_FROM_TERMS)
LISTS: Mapping[str, tuple[Term, ...]] = MappingProxyType(
    {
        "Types of events": TYPE_TERMS,
        "Quads": QUAD_TERMS,
        "Contexts": CONTEXT_TERMS,
        "Statuses": STATUS_TERMS,
        "Sectors": SECTOR_TERMS,
        "Countries": STATE_TERMS,
        "Kinds of actor": ACTOR_KIND_TERMS,
        "Kinds of statement": STATEMENT_KIND_TERMS,
        "Stances": STANCE_TERMS,
        "Precision of dates": DATE_PRECISION_TERMS,
        "Where the publication date was read": PUBLISHED_FROM_TERMS,
    }
)
