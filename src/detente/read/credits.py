"""What stands around a story: dateline, agency, distributor, captions, sections.

Each function reads one line, or one paragraph, that is known to be of its kind. Every pattern runs in linear time:
repeats are bounded and never nested.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from detente.read.dates import DAY, MONTH, MONTHS, YEAR, near_year, printed
from detente.records import Caption, Dateline

AGENCIES: Mapping[str, str] = MappingProxyType(
    {
        name: usual
        for usual, names in {
            "AP": "ap; the associated press; associated press", "Reuters": "reuters; thomson reuters",
            "AFP": "afp; agence france-presse; agence france presse",
            "Bloomberg News": "bloomberg; bloomberg news", "TASS": "tass; itar-tass",
            "Interfax": "interfax", "RIA Novosti": "ria novosti",
            "Xinhua": "xinhua; xinhua news agency", "Kyodo News": "kyodo; kyodo news",
            "Jiji Press": "jiji; jiji press", "Yonhap": "yonhap; yonhap news agency", "KCNA": "kcna",
            "UPI": "upi; united press international", "dpa": "dpa; deutsche presse-agentur",
            "EPA": "epa", "EFE": "efe", "ANSA": "ansa", "PTI": "pti; press trust of india",
            "ANI": "ani", "IANS": "ians", "IRNA": "irna", "ISNA": "isna", "SANA": "sana",
            "WAFA": "wafa", "Petra": "petra", "Anadolu Agency": "anadolu; anadolu agency; aa",
            "Ukrinform": "ukrinform", "The Canadian Press": "cp; the canadian press; canadian press",
            "PA Media": "pa; press association", "AAP": "aap", "IPS": "ips",
            "TNS": "tns; tribune news service", "McClatchy": "mcclatchy; mcclatchy newspapers",
            "Wikinews": "wikinews",
        }.items()
        for name in names.split("; ")
    }
)  # fmt: skip
"""The usual name of each news agency, by the names it goes by in lower case."""
OUTLETS = frozenset({"CNN", "BBC", "NPR", "CBS", "ABC", "NBC", "CNBC", "RT", "VOA", "RFE/RL", "DW"})
"""Broadcasters that put their own name in brackets where an agency's would stand."""
SHOUTS = frozenset(
    (
        "ANALYSIS", "BREAKING", "CORRECTION", "EDITORIAL", "EXCLUSIVE", "EXPLAINER", "FACTBOX",
        "INTERVIEW", "JUST", "LIVE", "NEWS", "NOTE", "OPINION", "PHOTOS", "PICTURES", "POLL",
        "QUESTION", "ANSWER", "READ", "RELATED", "TIMELINE", "UPDATE", "UPDATED", "URGENT", "VIDEO",
        "WATCH", "WHY", "WHAT", "WHO", "HOW", "I", "A", "THE", "MR", "MRS", "MS", "DR", "Q", "TRANSCRIPT",
        "FLASHBACK", "ADVERTISEMENT", "ON", "AT", "IN", "BY", "FROM", "SINCE", "AFTER",
    )
)  # fmt: skip
SMALL = frozenset(
    {"of", "and", "au", "de", "del", "la", "le", "el", "al", "the", "on", "in", "sur", "di", "da", "do", "du"}
)

CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.’'-]*(?:[ ][A-ZÀ-ÖØ-Þ.’'&-]+){0,5}"
TITLED = r"[A-ZÀ-ÖØ-Þ][\w.’'-]*(?:[ ][\w.’'-]+){0,4}"
NAMED_MONTH = rf"(?i:{MONTH})"
SHORT_DAY = rf"(?:{NAMED_MONTH}[ ]?{DAY}|{DAY}[ ]?{NAMED_MONTH})(?:,?[ ]{YEAR})?"
STAND_IN = r"[(](?P<brackets>[\w./&’' -]{2,40})[)]|/(?P<slashes>[\w .-]{2,30})/"
HEAD = re.compile(
    rf"""^(?P<places>{CAPITALS}(?:[ ]?/[ ]?{CAPITALS}){{0,3}}|{TITLED}(?:[ ]?/[ ]?{TITLED}){{0,3}})?
    (?P<region>,[ ](?!(?:{NAMED_MONTH}|{DAY})[ ])[A-Z][\w.]*(?:[ ][A-Z][\w.]*){{0,3}})?
    (?:,?[ ](?P<day>{SHORT_DAY}),?)?\.?
    [ ]{{0,2}}(?:{STAND_IN})?[ ]{{0,2}}$""",
    re.VERBOSE,
)
SEPARATOR = re.compile(r"[ ]?(?:—|–|--)[ ]?|[ ]-[ ]|:[ ]|/(?=\.?[ ])|[)](?=[ ])")
DASH = re.compile(r"[ .]{0,2}(?:—|–|-{1,2}(?=[ ])|(?<=\.)(?=[ ])|:)?")
WORD = re.compile(r"[^\W\d_]+")

CALENDAR = frozenset({*MONTHS, "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
PASSED_ON = re.compile(
    r"^\W*(?:distributed|syndicated|provided|supplied|circulated)\s+(?:by|through|via)\s+(?P<who>\S.*?)[\s.]*$",
    re.IGNORECASE,
)
FILED = re.compile(
    r"^\W*(?:filed under|filed in|posted in|published in|sections?|categor(?:y|ies)|topics?|tags?|tagged|in)\b"
    r"\s*[:.-]?\s+",
    re.IGNORECASE,
)
CREDIT_LEAD = re.compile(
    r"^\W*+(?:(?:file |handout |pool |courtesy )?(?:photo(?:graph)?s?|pictures?|images?)?\s*+"
    r"(?:credits?|courtesy(?: of)?|by|via)?\s*+[:/]\s*+|"
    r"(?:photo(?:graph)?s?|pictures?|images?)\s++(?:by|courtesy of|via|from)\s++)|^\W*?[:/]\s*+(?=\w)",
    re.IGNORECASE,
)
LENS = (
    r"(?:photo(?:graph)?s?|pictures?|images?|getty|reuters|afp|ap|epa|tns|shutterstock|alamy|handout|courtesy|"
    r"credit)"
)
CREDIT_BRACKETS = re.compile(
    rf"[(\[](?=[^()\[\]]*?(?:/|\b{LENS}\b))(?P<credit>[^()\[\]]*+)[)\]]\W{{0,20}}$", re.IGNORECASE
)
CREDIT_AFTER = re.compile(
    rf"(?<=[.!?\"”’|])\s*\|?\s*(?P<credit>[^.]{{0,50}}\b{LENS}\b.{{0,60}})$", re.IGNORECASE
)


class Opening(NamedTuple):
    """What stands before a report's first sentence."""

    dateline: Dateline | None = None
    agency: str | None = None
    outlet: str | None = None


def opening(paragraphs: Iterable[str], published: str | None = None) -> Opening:
    """Return dateline and agency from the start of the first paragraphs of a story.

    Args:
        paragraphs: the body's paragraphs; only the first two can bear a dateline.
        published: date of publication; it gives the year to a dateline that prints day and month.
    """
    for text in islice(paragraphs, 2):
        found = _opening(text[:160], published)
        if found.dateline or found.agency or found.outlet:
            return found
    return Opening()


def _opening(start: str, published: str | None) -> Opening:
    for mark in SEPARATOR.finditer(start):
        # A closing bracket or slash belongs to the agency, a dash does not.
        keep = 1 if mark.group()[0] in "/)" else 0
        head = HEAD.fullmatch(start[: mark.start() + keep])
        if head and _sound(head, mark.group().strip()):
            behind = DASH.match(start, mark.end()) if keep else None
            return _told(head, start[: behind.end() if behind else mark.end()].rstrip(), published)
    return Opening()


def _sound(head: re.Match[str], sign: str) -> bool:
    """Whether a matched head is a dateline: precision counts, a headline fragment must not become a place."""
    places, day = head["places"], head["day"]
    named = _service(head)
    if not places:
        return named is not None
    words = WORD.findall(places)
    if not words or words[0].upper() in SHOUTS or sum(map(len, words)) < 3:
        return False
    if not CALENDAR.isdisjoint(word.lower() for word in words):
        return False
    if sign in (")", "/") and not (_known(head) and (places.isupper() or day)):
        return False
    if not places.isupper():
        return bool(named and sign != ":") or bool(day)
    # "SUBJECT:" and a speaker's name look just like a place with a colon.
    return sign != ":" or bool(day or named)


def _service(head: re.Match[str]) -> str | None:
    """The agency or outlet that a dateline names, None if its brackets hold something else."""
    inside = (head["brackets"] or head["slashes"] or "").strip()
    if not inside:
        return None
    known = AGENCIES.get(inside.lower())
    # Behind a place in capitals the brackets hold the service, known or not: MOSCOW (Sputnik) —
    taken = inside in OUTLETS or inside.isupper() or (head["places"] or "").isupper() or _a_service(inside)
    return known or (inside if taken else None)


def _known(head: re.Match[str]) -> bool:
    inside = (head["brackets"] or head["slashes"] or "").strip()
    return inside in OUTLETS or inside.lower() in AGENCIES


def _a_service(name: str) -> bool:
    return bool(re.search(r"\b(?:News|Press|Agency|Times|Post|Service|Wire|Radio|Tribune|Journal)\b", name))


def _told(head: re.Match[str], text: str, published: str | None) -> Opening:
    service = _service(head)
    agency, outlet = (None, service) if service in OUTLETS else (service, None)
    if not head["places"]:
        return Opening(None, agency, outlet)
    places = [place.strip() for place in head["places"].split("/")]
    places[-1] += head["region"] or ""
    return Opening(Dateline(tuple(map(_usual, places)), _dated(head["day"], published), text), agency, outlet)


def _usual(place: str) -> str:
    """The usual spelling of a place: MOSCOW is Moscow, D.C. stays."""
    if not place.split(",")[0].isupper():
        return place
    first, comma, region = place.partition(",")
    words = [word if "." in word.strip(".") else _capital(word, at) for at, word in enumerate(first.split())]
    return " ".join(words) + comma + region


def _capital(word: str, at: int) -> str:
    lowered = word.lower()
    if at and lowered in SMALL:
        return lowered
    first, *rest = lowered.split("-")
    return "-".join([first.capitalize(), *(part if part in SMALL else part.capitalize() for part in rest)])


def _dated(day: str | None, published: str | None) -> str | None:
    if not day:
        return None
    full = printed(day)
    if full:
        return full[0].day
    month, number = re.search(r"[A-Za-z]+", day), re.search(r"\d+", day)
    return near_year(month.group(), int(number.group()), published) if month and number else None


def first_words(line: str) -> str:
    """A line's first words with single spaces: what is about people is short, whatever hostile input is."""
    return " ".join(line[:1000].split())


def agency(line: str) -> str:
    """Return the agency that a line names: the usual form of its name, else the line's own words."""
    text = re.sub(
        r"^\W*(?:by|source|via|from|with|agency)\b:?\s+", "", first_words(line), flags=re.IGNORECASE
    )
    first = re.split(r"[/&,]", text.strip(" .()[]–—-*"))[0].strip()
    return AGENCIES.get(first.lower(), first)


def distributor(line: str) -> str | None:
    """Return who passed a story on, from a line that says so."""
    found = PASSED_ON.match(first_words(line))
    return found["who"] if found else None


def sections(line: str) -> tuple[str, ...]:
    """Return the sections that a line names: "Filed under: World, Europe" gives World and Europe."""
    parts = re.split(r"[/|&›>»,•·]", FILED.sub("", first_words(line), count=1))
    return tuple(
        dict.fromkeys(
            part for part in (part.strip(" .:") for part in parts) if part and part.lower() != "home"
        )
    )


def caption(line: str) -> Caption:
    """Return caption and credit from a line under a picture."""
    text = " ".join(line.split())
    if len(text) > 2000:
        return Caption(text)
    for form in (CREDIT_BRACKETS, CREDIT_AFTER):
        found = form.search(text)
        if found and found.start():
            owner = credit(found["credit"])
            return Caption(_without_source(text[: found.start()].rstrip(" |"), owner), owner)
    return Caption(text)


def _without_source(text: str, owner: str) -> str:
    """Some layouts print the picture agency before the caption as well as at the end of the credit."""
    source = re.split(r"[/,]", owner)[-1].strip()
    return text.removeprefix(f"{source} ") if source.isupper() else text


def credit(line: str) -> str:
    """Return who made a picture, from a credit with or without its "Photo by"."""
    text = first_words(line)
    return CREDIT_LEAD.sub("", text.strip(" ()[]|"), count=1).strip(" .|") or text
