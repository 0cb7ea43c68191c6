"""Who and where stands around a story: dateline, authors, agency, distributor, captions, sections.

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
        "ap": "AP",
        "the associated press": "AP",
        "associated press": "AP",
        "reuters": "Reuters",
        "thomson reuters": "Reuters",
        "afp": "AFP",
        "agence france-presse": "AFP",
        "agence france presse": "AFP",
        "bloomberg": "Bloomberg News",
        "bloomberg news": "Bloomberg News",
        "tass": "TASS",
        "itar-tass": "TASS",
        "interfax": "Interfax",
        "ria novosti": "RIA Novosti",
        "xinhua": "Xinhua",
        "xinhua news agency": "Xinhua",
        "kyodo": "Kyodo News",
        "kyodo news": "Kyodo News",
        "jiji": "Jiji Press",
        "jiji press": "Jiji Press",
        "yonhap": "Yonhap",
        "yonhap news agency": "Yonhap",
        "kcna": "KCNA",
        "upi": "UPI",
        "united press international": "UPI",
        "dpa": "dpa",
        "deutsche presse-agentur": "dpa",
        "epa": "EPA",
        "efe": "EFE",
        "ansa": "ANSA",
        "pti": "PTI",
        "press trust of india": "PTI",
        "ani": "ANI",
        "ians": "IANS",
        "irna": "IRNA",
        "isna": "ISNA",
        "sana": "SANA",
        "wafa": "WAFA",
        "petra": "Petra",
        "anadolu": "Anadolu Agency",
        "anadolu agency": "Anadolu Agency",
        "aa": "Anadolu Agency",
        "ukrinform": "Ukrinform",
        "cp": "The Canadian Press",
        "the canadian press": "The Canadian Press",
        "canadian press": "The Canadian Press",
        "pa": "PA Media",
        "press association": "PA Media",
        "aap": "AAP",
        "ips": "IPS",
        "tns": "TNS",
        "tribune news service": "TNS",
        "mcclatchy": "McClatchy",
        "mcclatchy newspapers": "McClatchy",
        "wikinews": "Wikinews",
    }
)
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
    rf"""(?P<places>{CAPITALS}(?:[ ]?/[ ]?{CAPITALS}){{0,3}}|{TITLED}(?:[ ]?/[ ]?{TITLED}){{0,3}})?
    (?P<region>,[ ](?!(?:{NAMED_MONTH}|{DAY})[ ])[A-Z][\w.]*(?:[ ][A-Z][\w.]*){{0,3}})?
    (?:,?[ ](?P<day>{SHORT_DAY}),?)?\.?
    [ ]{{0,2}}(?:{STAND_IN})?[ ]{{0,2}}$""",
    re.VERBOSE,
)
SEPARATOR = re.compile(r"[ ]?(?:—|–|--)[ ]?|[ ]-[ ]|:[ ]|/(?=\.?[ ])|[)](?=[ ])")
DASH = re.compile(r"[ .]{0,2}(?:—|–|-{1,2}(?=[ ])|(?<=\.)(?=[ ])|:)?")
WORD = re.compile(r"[^\W\d_]+")

BY = re.compile(
    r"^\W*(?:(?:written|reported|story|text|words|article|analysis|opinion|posted|published|submitted|"
    r"additional reporting|reporting|writing|updated)[ ]+by|by|authors?|from)\b[:\s]+",
    re.IGNORECASE,
)
HELPED = re.compile(r"^(?P<names>.{3,300}?)[ ]+(?:also[ ]+)?contributed\b", re.IGNORECASE)
EDITED = re.compile(
    r"[;.,(]?\s*(?:editing|edited|compiled|photography|photographs?|photos?) by\b.*$", re.IGNORECASE
)
TRAIL = re.compile(
    r"\s*(?:[|•·–—(]|\s-\s|,?\s+(?:updated|published|posted|modified|last|on)\b|@|https?:|\S+@\S|\d|"
    r",?\s+(?:for|at|in|of|from|with)\s+(?=the\b|\w)|\s+(?:(?:staff|senior|chief|special|political|foreign)\s+)?"
    r"(?:writer|reporter|correspondent|editor|columnist|contributor)s?\b|\s+(?:BBC|CNN|NPR|staff)\b)",
    re.IGNORECASE,
)
EMPLOYED = re.compile(
    r"^(?:the )?[\w.’' ]{2,40}?\s+(?:staff )?(?:writers?|reporters?|correspondents?|journalists?)\s+(?=[A-Z])",
    re.IGNORECASE,
)
CALENDAR = frozenset({*MONTHS, "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
BETWEEN = re.compile(r"\s*(?:,\s*and\b|,\s*&|;|,|&|\band\b|\bwith\b|/)\s*", re.IGNORECASE)
ROLE = re.compile(
    r"\b(?:staff|newsroom|writers?|reporters?|correspondents?|editors?|columnists?|contributors?|journalists?|bureau|desk|team|"
    r"news|press|agency|agencies|times|post|herald|service|services|media|newspapers?|magazine|online|digital|com|"
    r"secretary|\w*bureau|spokes\w+|ministers?|president|premier|chancellor|chairperson|coordinator|representative|"
    r"advis[eo]r|deputy|acting|assistant|affairs|rights|policy|security|operations|department|office|republic|"
    r"director|chief|senior|producer|producers|analyst|professor|fellow|author|photographer|special|min|minutes?|read|"
    r"share|comments?|ago|today|yesterday)\b",
    re.IGNORECASE,
)
NAME = re.compile(r"[^\W\d_][\w.’'-]*(?:[ ][\w.’'-]+){0,5}")

PASSED_ON = re.compile(
    r"^\W*(?:distributed|syndicated|provided|supplied|circulated)\s+(?:by|through|via)\s+(?P<who>\S.*?)[\s.]*$",
    re.IGNORECASE,
)
FILED = re.compile(
    r"^\W*(?:filed under|filed in|posted in|published in|sections?|categor(?:y|ies)|topics?|tags?|tagged|in)\b"
    r"\s*[:.-]?\s+",
    re.IGNORECASE,
)
SMALL_NAMES = frozenset(
    {"de", "van", "von", "der", "den", "al", "el", "bin", "ibn", "da", "di", "du", "le", "ter", "zu"}
)
CREDIT_LEAD = re.compile(
    r"^\W*(?:(?:file |handout |pool |courtesy )?(?:photo(?:graph)?s?|pictures?|images?)?\s*"
    r"(?:credits?|courtesy(?: of)?|by|via)?\s*[:/]\s*|"
    r"(?:photo(?:graph)?s?|pictures?|images?)\s+(?:by|courtesy of|via|from)\s+)",
    re.IGNORECASE,
)
LENS = (
    r"(?:photo(?:graph)?s?|pictures?|images?|getty|reuters|afp|ap|epa|tns|shutterstock|alamy|handout|courtesy|"
    r"credit)"
)
CREDIT_BRACKETS = re.compile(
    rf"\s*[(\[](?P<credit>[^()\[\]]*(?:/|\b{LENS}\b)[^()\[\]]*)[)\]]\W*$", re.IGNORECASE
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


def authors(line: str) -> tuple[tuple[str, ...], str | None]:
    """Return the names in a byline, in the usual spelling, and the agency if it names one.

    "By JANE ROE and John Doe, Reuters | March 3" gives (("Jane Roe", "John Doe"), "Reuters").
    """
    line = _short(line)
    helped = HELPED.match(line)
    text = EMPLOYED.sub("", helped["names"]) if helped else EDITED.sub("", BY.sub("", line, count=1))
    led = bool(helped or BY.match(line))
    names: list[str] = []
    agency = None
    for part in _parts(text):
        known = AGENCIES.get(part.lower().removeprefix("the "))
        agency = agency or known
        if not known and _a_name(part, led):
            names.append(_spelt(part))
    return tuple(dict.fromkeys(names)), agency


def people(given: Iterable[str]) -> tuple[tuple[str, ...], str | None]:
    """Return the persons, in the usual spelling, and the agency among authors named in metadata or a column."""
    names: list[str] = []
    agency = None
    for author in given:
        found, service = authors(author if BY.match(author) else f"By {author}")
        agency = agency or service
        # Offices sign too: of "Office of the Spokesperson" a lone word is left, and "The White House" is nobody.
        named = not author.lower().startswith(("the ", "office "))
        names += [name for name in found if named and (" " in name or " " not in author.strip())]
    return tuple(dict.fromkeys(names)), agency


def _short(line: str) -> str:
    """A line's first words with single spaces: what is about people is short, whatever hostile input is."""
    return " ".join(line[:1000].split())


def _parts(text: str) -> list[str]:
    """The parts of a byline between commas, "and" and strokes, up to where it stops being about people."""
    parts = []
    for piece in re.split(r"\s*[|•·]\s*", text)[:3]:
        for part in BETWEEN.split(BY.sub("", piece)):
            kept = part[: found.start()] if (found := TRAIL.search(part)) else part
            parts.append(kept.strip(" .,:()[]–—-"))
    return [part for part in parts if part]


def _a_name(part: str, led: bool) -> bool:
    """Whether a part looks like a person's name; one word alone does only in a line that begins with "By"."""
    words = part.split()
    if (
        not 1 <= len(words) <= 6
        or not NAME.fullmatch(part)
        or ROLE.search(part)
        or words[0].lower() in CALENDAR
        or (part[0].islower() and words[0] not in SMALL_NAMES)
    ):
        return False
    capitals = [word for word in words if word[0].isupper()]
    return len(capitals) >= max(1, len(words) - 2) and (len(words) > 1 or (led and len(part) > 3))


def _spelt(name: str) -> str:
    """A name that is all capitals in the usual spelling."""
    if not name.isupper() or " " not in name:
        return name
    return " ".join(word if "." in word or len(word) == 1 else word.capitalize() for word in name.split())


def agency(line: str) -> str:
    """Return the agency that a line names: the usual form of its name, else the line's own words."""
    text = re.sub(r"^\W*(?:by|source|via|from|with|agency)\b:?\s+", "", _short(line), flags=re.IGNORECASE)
    first = re.split(r"\s*[/&,]\s*", text.strip(" .()[]–—-*"))[0]
    return AGENCIES.get(first.lower(), first)


def distributor(line: str) -> str | None:
    """Return who passed a story on, from a line that says so."""
    found = PASSED_ON.match(_short(line))
    return found["who"] if found else None


def sections(line: str) -> tuple[str, ...]:
    """Return the sections that a line names: "Filed under: World, Europe" gives World and Europe."""
    parts = re.split(r"\s*[/|&›>»,•·]\s*", FILED.sub("", _short(line), count=1))
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
    text = _short(line)
    return CREDIT_LEAD.sub("", text.strip(" ()[]|"), count=1).strip(" .|") or text
