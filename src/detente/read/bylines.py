"""Who wrote a story: the names in a byline and among the authors that metadata name.

Every pattern runs in linear time: repeats are bounded and never nested.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from detente.read.credits import AGENCIES, CALENDAR, first_words
from detente.read.dates import PRINTED

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
    r"[|•·–—(]|\s-\s|@|https?:|(?<!\S)[^\s@]+@[^\s@]+\.\w|\d|(?:,|(?<!\s))\s++(?:(?:updated|published|posted|modified|last|on)\b|"
    r"(?:for|at|in|of|from|with)(?:\s++(?=\w)|\s*+$)|(?:(?:staff|senior|chief|special|political|foreign)\s++)?"
    r"(?:writer|reporter|correspondent|editor|columnist|contributor)s?\b|(?:BBC|CNN|NPR|staff)\b)",
    re.IGNORECASE,
)
EMPLOYED = re.compile(
    r"^(?:the )?[\w.’' ]{2,40}?\s+(?:staff )?(?:writers?|reporters?|correspondents?|journalists?)\s+(?=[A-Z])",
    re.IGNORECASE,
)
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
SHOUTED = re.compile(r"(?<=[a-z])[ ]{1,3}[A-Z]{3,12}(?:[ ][A-Z]{3,12}){1,3}$")
"""A paper's name in capitals behind the writer's."""
NAME = re.compile(r"[^\W\d_][\w.’'-]*(?:[ ][\w.’'-]+){0,5}")

LETTERED = re.compile(r"\.[A-Za-z]\.\W*$")
"""Letters whose last point belongs to them."""
LETTERS = frozenset(
    (
        "phd", "md", "do", "dds", "dmd", "dvm", "vmd", "pharmd", "edd", "psyd", "drph", "jd", "llm",
        "llb", "esq", "ma", "ms", "msc", "mba", "mph", "mpp", "mpa", "msw", "mfa", "ba", "bs",
        "bsc", "rn", "bsn", "msn", "np", "fnp", "aprn", "dnp", "pa", "pac", "rd", "rdn", "ld",
        "ldn", "cdn", "cdces", "fand", "dpt", "pt", "ot", "lcsw", "lmft", "lmhc", "lpc", "cscs",
        "cpa", "cfa", "cfp", "chfc", "cepf", "ea", "pe", "pmp", "cissp", "faan", "facp", "facc",
        "facs", "faap", "foma", "dabom", "jr", "sr", "ii", "iii", "iv",
    )
)  # fmt: skip
"""Degrees, licences and generations that stand behind a name, without their points."""
SMALL_NAMES = frozenset(
    {"de", "van", "von", "der", "den", "al", "el", "bin", "ibn", "da", "di", "du", "le", "ter", "zu"}
)


def authors(line: str) -> tuple[tuple[str, ...], str | None]:
    """Return the names in a byline, in the usual spelling, and the agency if it names one.

    "By JANE ROE and John Doe, Reuters | March 3" gives (("Jane Roe", "John Doe"), "Reuters").
    """
    # A day parts who wrote from what else the line says, before it or behind it.
    text, at = GLUED.sub(r"\1 ", first_words(line)), 0
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
    behind = False
    for part in _parts(text, led):
        if behind and " " in names[-1] and _letters(part):
            names[-1] += f", {part}"
            continue
        known = AGENCIES.get(part.lower().removeprefix("the "))
        agency = agency or known
        behind = not known and _a_name(part, led)
        if behind:
            names.append(_spelt(part))
    return tuple(dict.fromkeys(names)), agency


def people(given: Iterable[str]) -> tuple[tuple[str, ...], str | None]:
    """Return the persons, in the usual spelling, and the agency among authors named in metadata or a column."""
    names: list[str] = []
    agency = None
    for author in given:
        text = _spelt(author.upper()) if author.islower() and " " in author.strip() else author
        found, service = authors(text if BY.match(text) else f"By {text}")
        agency = agency or service
        # Offices sign too: of "Office of the Spokesperson" a lone word is left, and "The White House" is nobody.
        named = not author.lower().startswith(("the ", "office "))
        alone = all(" " not in part.strip() for part in BETWEEN.split(author))
        names += [name for name in found if named and (" " in name or alone)]
    return tuple(dict.fromkeys(names)), agency


def _parts(text: str, led: bool) -> list[str]:
    """The parts of a byline between commas, "and" and strokes, up to where it stops being about people."""
    parts = []
    for piece in re.split(r"[|•·]", text)[:6]:
        for part in BETWEEN.split(BY.sub("", piece)):
            together = TOGETHER.match(part.strip())
            found = None if together else TRAIL.search(part)
            kept = together.group() if together else part[: found.start()] if found else part
            kept = SHOUTED.sub("", kept) if not kept.isupper() else kept
            kept = kept.strip(" .,:()[]–—-") + ("." if LETTERED.search(kept) else "")
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


def _letters(part: str) -> bool:
    """Whether a part is what its bearer puts behind the name: "Jane Roe, M.D." is one person."""
    return len(part) < 10 and re.sub(r"[^a-z]", "", part.lower()) in LETTERS


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
    words = name.split()
    return " ".join(_cased(word, at) for at, word in enumerate(words))


def _cased(word: str, at: int) -> str:
    if at and word.lower() in SMALL_NAMES:
        return word.lower()
    return word if "." in word or len(word) == 1 else word.capitalize()
