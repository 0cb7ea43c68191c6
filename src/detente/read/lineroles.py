"""What a line outside the body is: byline, date, caption, section, agency, notice, or plain furniture.

The learned model says which lines are the body; here the remaining lines are told apart by their shape and
their place. Patterns describe how such lines are built in general, not the wording of any one site.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

AGENCIES = (
    r"(?:The )?Associated Press|AP|Reuters|AFP|Agence[- ]France[- ]Presse|Bloomberg(?: News)?|TASS|ITAR-TASS|"
    r"Interfax|RIA Novosti|Xinhua(?: News Agency)?|Kyodo(?: News)?|Yonhap(?: News Agency)?|UPI|dpa|PTI|ANI|IANS|"
    r"United Press International|Deutsche Presse-Agentur|Press Trust of India|EFE|ANSA|Anadolu(?: Agency)?|"
    r"PA(?: Media)?|Press Association|(?:The )?Canadian Press|AAP|Australian Associated Press|IRNA|SANA|WAFA|KCNA|"
    r"TNS|Tribune News Service|McClatchy(?: Newspapers)?|Cox Newspapers|Ukrinform|"
    r"(?:[A-Z][\w.&-]+ ){1,4}(?:(?:News|Wire|Press) (?:Service|Services|Agency)|Newswire|Staff Report)"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
DAY = (
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}"
    r"|\d{4}-\d\d-\d\d(?:T[\d:.+Z-]+)?|\d{4}[./]\d{1,2}[./]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})"
)
_STAMP = (
    r"(?:(?:first |last )?(?:published|posted|updated|modified|created|date|revised|issued|released?)"
    r"(?: on| at)?\b[:\s-]*)"
)
_CLOCK = r"(?:[\d:.]{1,12} ?(?:[ap]\.?m\.?)?,? ?(?:[A-Z]{2,4},? )?)"
DATE = re.compile(rf"^\W*{_STAMP}*{_CLOCK}?(?:[a-z]{{3,6}}day,? )?{_CLOCK}?{DAY}(?!\d)", re.IGNORECASE)
AGO = re.compile(
    rf"^\W*{_STAMP}?(?:about |an? )?\d* ?(?:min(?:ute)?|hour|hr|day|week|month|year)s? ago\W*$", re.IGNORECASE
)
STAMP_ONLY = re.compile(rf"^\W*{_STAMP}\W*$", re.IGNORECASE)
LEADING_DATE = re.compile(
    rf"^(?:date\s*[:=]?\s*)?{DAY}(?:[\sT]\d\d:\d\d(?::\d\d)?\S*)?[\s|:–—-]+(?=\S)", re.IGNORECASE
)
_NAME = (
    r"[A-Z][\w.’'-]*(?: (?:(?:de|del|van|von|der|den|la|le|bin|al|el|da|di|dos|ten) )*[A-Z][\w.’'-]*){0,4}"
)
BYLINE = re.compile(
    rf"^(?:[Bb]y|BY|(?:[Ww]ritten|[Ss]tory|[Rr]eported|[Rr]eporting) by|[Aa]uthor:?|[Ff]rom) {_NAME}"
    r"(?=$|[\s,;|•·/(–—-])|\bcontributed (?:to this|reporting|from|to the)\b"
    r"|^\(?(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) by [A-Z]"
)
_LEADS = (
    *(
        "By ",
        "by ",
        "BY ",
        "Written by ",
        "written by ",
        "Story by ",
        "story by ",
        "Reported by ",
        "reported by ",
    ),
    *(
        "Reporting by ",
        "reporting by ",
        "Author",
        "author",
        "From ",
        "from ",
        "(",
        "Additional ",
        "Writing by ",
    ),
    *("writing by ", "Editing by ", "editing by "),
)
"""What BYLINE can begin with."""
HELPED = re.compile(
    r"\bcontributed (?:to this|reporting|from|to the)\b"
    r"|^\(?(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) by [A-Z]"
)
"""Who else had a hand in it, which stands below a story."""
NOTICE = re.compile(
    r"^(?:correction|clarification|editor[’']?s?[’']? note|note to (?:readers|editors))\b|^copyright\b|©"
    r"|\(c\) ?(?:19|20)\d\d|all rights reserved|may not be (?:published|reproduced|redistributed)"
    r"|(?:story|article|report|version|headline) (?:has been|was|is) (?:first |originally )?"
    r"(?:updated|corrected|amended|published|edited|clarified)",
    re.IGNORECASE,
)
_NOTED = (
    *(
        "correction",
        "clarification",
        "note",
        "copyright",
        "©",
        "(c)",
        "all rights",
        "may not be",
        "story ",
        "article ",
    ),
    *("report ", "version ", "headline "),
)
"""One of these is in every line that NOTICE finds; looking for them takes a tenth of its time."""
_CORRECTED = re.compile(
    r"^\W*(?:correction|clarification|editor[’']?s?[’']? note)\b[^.]{0,40}[:—–]", re.IGNORECASE
)
_PICTURED = re.compile(
    r"[.?!”\"] ?[(\[](?:[A-Z][^()\[\]/]{1,60}/ ?[A-Z][^()\[\]]{1,60}"
    r"|[^()\[\]]{0,60}\b[Pp]hotos?\b[^()\[\]]{0,60})[)\]]\W{0,3}$"
)
DISTRIBUTOR = re.compile(
    r"^\W*(?:distributed|syndicated|provided|supplied|circulated) (?:by|through|via) [A-Z]", re.IGNORECASE
)
AGENCY = re.compile(
    rf"^\W*(?:(?:by|source|via|from|with|agency):?\s+)?(?:{AGENCIES})(?:\s*[/&,]\s*(?:{AGENCIES}))*\W*$"
)
_LENS = (
    r"(?:AP Photo|(?:file |handout |pool |courtesy )?photo(?:graph)?(?:s|er)?\b|image|picture|getty(?: images)?"
    r"|via (?:AP|Reuters|Getty)|shutterstock|EPA(?:-EFE)?|AFP|Reuters|handout|pool|alamy|courtesy|wikimedia"
    r"|unsplash|screen ?(?:shot|grab)|illustration)"
)
CREDIT = re.compile(
    rf"^\W*(?:{_LENS}(?: credits?)?(?: by| courtesy(?: of)?| via|:|/)|credits?:|image:|source: ?{_LENS}"
    rf"|©.*(?:getty|AP|reuters))|^[^.]{{2,60}}[/|] ?(?:{AGENCIES}|getty images)\W*$",
    re.IGNORECASE,
)
CAPTIONED = re.compile(
    rf"(?:[(\[|/](?=.{{0,200}}$) ?[^()]{{0,80}}\b{_LENS}\b[^()]{{0,40}}[)\]]?|\([^()/]*+/[^()]*+\)"
    rf"|{_LENS}[^.]{{0,40}})$",
    re.IGNORECASE,
)
_LENSES = (
    *(
        "photo",
        "image",
        "picture",
        "getty",
        "reuters",
        "via ap",
        "afp",
        "epa",
        "courtesy",
        "handout",
        "pool",
        "alamy",
    ),
    *("shutterstock", "wikimedia", "unsplash", "screen", "illustration"),
)
"""One of these is near the end of every line that CAPTIONED finds, or a stroke within brackets."""
DATELINE = re.compile(
    r"^[A-ZÀ-Ý][A-ZÀ-Ý .’'/-]{2,40}(?:, [A-Z][\w.]+){0,3}(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?\s*"
    r"(?:\([A-Z][\w ]{1,20}\))?\s*(?:[–—-]{1,2}|\.\s/TASS/\.?)?$"
)
_DATELINE_SIGN = re.compile(r"[–—-]$|\([A-Z][\w ]+\)$|/TASS/\.?$")
SECTION = re.compile(
    r"^(?:filed under|posted in|published in|section|categor(?:y|ies)|topics?|tags?|tagged|in)\b\s*:?\s+\S",
    re.IGNORECASE,
)
SECTIONS = frozenset(
    [
        "africa",
        "americas",
        "analysis",
        "arts",
        "asia",
        "asia-pacific",
        "australia",
        "business",
        "canada",
        "climate",
        "crime",
        "culture",
        "defence",
        "defense",
        "diplomacy",
        "economy",
        "education",
        "election",
        "elections",
        "energy",
        "entertainment",
        "environment",
        "europe",
        "finance",
        "health",
        "india",
        "international",
        "law",
        "life",
        "lifestyle",
        "local",
        "markets",
        "media",
        "middle-east",
        "military",
        "money",
        "national",
        "nation",
        "news",
        "opinion",
        "people",
        "politics",
        "region",
        "regional",
        "religion",
        "russia",
        "science",
        "security",
        "society",
        "sport",
        "sports",
        "tech",
        "technology",
        "travel",
        "uk",
        "ukraine",
        "us",
        "u.s.",
        "usa",
        "world",
    ]
)
_LONGEST_SECTION = 80
_BETWEEN = re.compile(r"(?<!\s)\s*+(?:[/|&›>»,]|\band\b)\s*+")
_CLOSERS = "\"”’')]"


_ONWARD = re.compile(
    r"\W{0,3}(?:advertisement|(?:story|article|text) continues|continue[sd]? (?:reading|below)|scroll (?:down )?to)\b",
    re.IGNORECASE,
)


def is_section(text: str) -> bool:
    """Whether a line is nothing but the usual name of a newspaper's section, or of two."""
    if len(text) > _LONGEST_SECTION:
        return False
    parts = _BETWEEN.split(text.lower().replace("middle east", "middle-east"))
    return len(parts) <= 3 and all(part.replace(" news", "") in SECTIONS for part in parts)


def ends_sentence(text: str) -> bool:
    """Whether a text without white space at its end ends like a sentence, closing quotes and brackets apart."""
    return text.rstrip(_CLOSERS)[-1:] in (".", "?", "!", "…")


def is_byline(text: str) -> bool:
    """Whether a line is built like a byline, or thanks those who contributed."""
    return (text.startswith(_LEADS) or "contributed" in text) and BYLINE.search(text) is not None


def is_notice(text: str) -> bool:
    """Whether a line has the wording of a correction, note or rights line."""
    lower = text.lower()
    return _has(lower, _NOTED) and NOTICE.search(text) is not None


def is_captioned(text: str) -> bool:
    """Whether a line ends in the credit of a picture."""
    likely = text.endswith(")") and "/" in text
    return (likely or _has(text[-260:].lower(), _LENSES)) and CAPTIONED.search(text) is not None


def _has(text: str, words: Sequence[str]) -> bool:
    for word in words:  # noqa: SIM110 - a generator would take twice as long, and this runs for every line
        if word in text:
            return True
    return False


def names_no_story(text: str) -> bool:
    """Whether a line is surely no headline: a date, a byline, an agency, a section, or without a word."""
    if len(text) > 300 or not any(letter.isalpha() for letter in text):
        return True
    if DATE.match(text) and len(text) < 60 and not LEADING_DATE.match(text):
        return True
    return bool(BYLINE.match(text) or AGENCY.match(text) or AGO.match(text)) or is_section(text)


def role(text: str, *, near: bool, byline: float, date: float) -> tuple[str, str]:
    """Label and reason of a line outside the body. `near`: close to the story; the rest are model logits."""
    words = text.count(" ") + 1
    if not any(letter.isalnum() for letter in text):
        return "furniture", "no words in it"
    if is_notice(text):
        return "notice", "wording of a correction, note or rights line"
    if not near:
        return "furniture", ""
    if DISTRIBUTOR.match(text):
        return "distributor", "says who passed the story on"
    if AGENCY.match(text):
        return "agency", "a news agency's name alone"
    if DATE.match(text) and words <= 16:
        return "date", "begins with a day of the calendar"
    if words <= 40 and is_byline(text):
        return "byline", "built like a line that names the writers"
    if DATELINE.match(text) and _DATELINE_SIGN.search(text):
        return "dateline_only", "a place in capitals with a dash or an agency"
    if CREDIT.match(text) and words <= 12:
        return "credit", "names who took the picture"
    if words >= 5 and is_captioned(text):
        return "caption", "ends in a picture credit"
    if (SECTION.match(text) and words <= 14) or is_section(text):
        return "section", "names where the story was filed"
    if AGO.match(text) or STAMP_ONLY.match(text) or (date > 0 and words <= 16 and re.search(r"\d", text)):
        return "date", "looks like a time stamp by the story"
    if byline > 0 and words <= 12:
        return "byline", "looks and stands like the line that names the writers"
    return "furniture", ""


def beside_body(text: str, *, last: bool) -> tuple[str, str] | None:
    """Label and reason of a line that reads like the story and yet is a note, a caption or a credit to helpers.

    `last`: among the last lines of the body, where those are thanked who helped.
    """
    if _CORRECTED.search(text):
        return "notice", "wording of a correction or note"
    if len(text) < 80 and _ONWARD.match(text) and not ends_sentence(text):
        return "furniture", "tells the reader where the story goes on"
    if text[-4:].rstrip(' .|"”')[-1:] in (")", "]") and len(text) < 600 and _PICTURED.search(text):
        return "caption", "ends in a picture credit"
    if last and len(text) < 300 and HELPED.search(text):
        return "byline", "says who else had a hand in it"
    return None


def place(at: int, body: Sequence[int], texts: Sequence[str]) -> str:
    """In plain words where a dropped line stands, which is what decided about it."""
    size = "short line" if len(texts[at]) < 60 else "line"
    if not body:
        return f"{size} on a page where no story was found"
    if at < body[0]:
        return f"{size} before the story begins"
    around = [len(texts[near]) < 60 for near in range(max(at - 2, 0), min(at + 3, len(texts))) if near != at]
    if at > body[-1]:
        return f"{size} among links after the story" if sum(around) >= 2 else f"{size} after the story ends"
    return f"{size} inside the story that doesn't read like part of it"
