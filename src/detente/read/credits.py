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

from detente.read.dates import DAY, MONTH, MONTHS, PRINTED, YEAR, near_year, printed
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

BY = re.compile(
    r"^\W*(?:(?:written|reported|story|text|words|article|analysis|opinion|posted|published|submitted|"
    r"additional reporting|reporting|writing|updated)[ ]+by|by|authors?|from)\b[:\s]+",
    re.IGNORECASE,
)
GLUED = re.compile(r"\b(by)(?=[A-Z][A-Za-z])", re.IGNORECASE)
HELPED = re.compile(r"^(?P<names>.{3,300}?)[ ]{1,3}(?:also[ ]{1,3})?contributed\b", re.IGNORECASE)
EDITED = re.compile(
    r"(?:[;.,(]|(?<!\s))\s*+(?:editing|edited|compiled|photography|photographs?|photos?) by\b(?s:.*)$",
    re.IGNORECASE,
)
TRAIL = re.compile(
    r"[|•·–—(]|\s-\s|@|https?:|(?<!\S)\S+@\S|\d|(?:,|(?<!\s))\s++(?:(?:updated|published|posted|modified|last|on)\b|"
    r"(?:for|at|in|of|from|with)\s++(?=\w)|(?:(?:staff|senior|chief|special|political|foreign)\s++)?"
    r"(?:writer|reporter|correspondent|editor|columnist|contributor)s?\b|(?:BBC|CNN|NPR|staff)\b)",
    re.IGNORECASE,
)
EMPLOYED = re.compile(
    r"^(?:the )?[\w.’' ]{2,40}?\s+(?:staff )?(?:writers?|reporters?|correspondents?|journalists?)\s+(?=[A-Z])",
    re.IGNORECASE,
)
CALENDAR = frozenset({*MONTHS, "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
BETWEEN = re.compile(r",\s*+(?:and\b|&)|[;,&/]|\band\b|\bwith\b", re.IGNORECASE)
ROLE = re.compile(
    r"\b(?:staff|newsroom|writers?|reporters?|correspondents?|editors?|columnists?|contributors?|journalists?|bureau|desk|team|"
    r"news|press|agency|agencies|times|post|herald|service|services|media|newspapers?|magazine|online|digital|com|"
    r"secretary|\w*bureau|spokes\w+|ministers?|president|premier|chancellor|chairperson|coordinator|representative|"
    r"advis[eo]r|deputy|acting|assistant|affairs|rights|policy|security|operations|department|office|republic|"
    r"director|chief|senior|producer|producers|analyst|professor|fellow|author|photographer|special|min|minutes?|read|"
    r"share|comments?|ago|today|yesterday)\b",
    re.IGNORECASE,
)
TOGETHER = re.compile(
    r"(?<![\w.&’'-])(?:[A-Z][\w.&’'-]{0,25}[ ]){1,4}(?:Staff|Team|Desk|Editors|Newsroom)\b(?! [A-Z])"
)
"""Several people who sign as one."""
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


def authors(line: str) -> tuple[tuple[str, ...], str | None]:
    """Return the names in a byline, in the usual spelling, and the agency if it names one.

    "By JANE ROE and John Doe, Reuters | March 3" gives (("Jane Roe", "John Doe"), "Reuters").
    """
    # A day parts who wrote from what else the line says, before it or behind it.
    text, at = GLUED.sub(r"\1 ", _short(line)), 0
    names: tuple[str, ...] = ()
    service = None
    for start, end in [*(day.span() for day in islice(PRINTED.finditer(text), 3)), (len(text), 0)]:
        found, agency = _signers(text[at:start])
        names, service, at = names or found, service or agency, end
    return names, service


def _signers(line: str) -> tuple[tuple[str, ...], str | None]:
    """The names and the agency in a line, or a part of it, that prints no day."""
    helped = HELPED.match(line)
    text = EMPLOYED.sub("", helped["names"]) if helped else EDITED.sub("", BY.sub("", line, count=1))
    led = bool(helped or BY.match(line))
    names: list[str] = []
    agency = None
    for part in _parts(text, led):
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


def _parts(text: str, led: bool) -> list[str]:
    """The parts of a byline between commas, "and" and strokes, up to where it stops being about people."""
    parts = []
    for piece in re.split(r"[|•·]", text)[:3]:
        for part in BETWEEN.split(BY.sub("", piece)):
            together = TOGETHER.match(part.strip())
            found = None if together else TRAIL.search(part)
            kept = together.group() if together else part[: found.start()] if found else part
            kept = kept.strip(" .,:()[]–—-")
            parts.append(_person(kept) if led else kept)
    return [part for part in parts if part]


def _person(part: str) -> str:
    """A name without the employer that is printed behind it: "Jane Roe Harbour News" is Jane Roe."""
    words = part.split()
    if (
        len(words) < 4
        or TOGETHER.fullmatch(part)
        or not ROLE.search(part)
        or ROLE.search(" ".join(words[:2]))
    ):
        return part
    own = 3 if len(words[1].rstrip(".")) == 1 else 2
    return " ".join(words[:own])


def _a_name(part: str, led: bool) -> bool:
    """Whether a part looks like a person's name; one word alone does only in a line that begins with "By"."""
    words = part.split()
    if TOGETHER.fullmatch(part):
        return True
    if (
        not 1 <= len(words) <= 6
        or not NAME.fullmatch(part)
        or ROLE.search(part)
        or words[0].lower() in CALENDAR
        or (part[0].islower() and words[0] not in SMALL_NAMES)
        or any(word[0].islower() and word not in SMALL_NAMES for word in words)
    ):
        return False
    return any(word[0].isupper() for word in words) and (len(words) > 1 or (led and len(part) > 3))


def _spelt(name: str) -> str:
    """A name that is all capitals in the usual spelling."""
    if not name.isupper() or " " not in name:
        return name
    return " ".join(word if "." in word or len(word) == 1 else word.capitalize() for word in name.split())


def agency(line: str) -> str:
    """Return the agency that a line names: the usual form of its name, else the line's own words."""
    text = re.sub(r"^\W*(?:by|source|via|from|with|agency)\b:?\s+", "", _short(line), flags=re.IGNORECASE)
    first = re.split(r"[/&,]", text.strip(" .()[]–—-*"))[0].strip()
    return AGENCIES.get(first.lower(), first)


def distributor(line: str) -> str | None:
    """Return who passed a story on, from a line that says so."""
    found = PASSED_ON.match(_short(line))
    return found["who"] if found else None


def sections(line: str) -> tuple[str, ...]:
    """Return the sections that a line names: "Filed under: World, Europe" gives World and Europe."""
    parts = re.split(r"[/|&›>»,•·]", FILED.sub("", _short(line), count=1))
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
