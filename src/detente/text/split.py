"""Cut text into words, keeping exact offsets, the way Universal Dependencies English treebanks do.

Clitics are words of their own ("do" + "n't", "Russia" + "'s"), hyphens inside compounds are cut ("U.S." + "-" +
"Russia"), abbreviations keep their full stop ("Gen.", "U.S."), amounts are cut from their signs ("$" + "1.5" + "bn").
Sentence ends are not decided here: the encoder does that, over words.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Abbreviations that keep their full stop: titles, ranks, months, companies, states, references.
ABBREVIATIONS = (
    "adm|amb|apr|approx|assn|assoc|aug|ave|blvd|brig|bros|capt|cf|cmdr|co|col|comdr|corp|cpl|dec|dept|dist|dr|drs|"
    "ed|eds|est|etc|ex|feb|ft|fr|gen|gov|govt|hon|inc|insp|intl|jan|jr|jul|jun|lt|ltd|maj|mar|messrs|mgr|mlle|mme|"
    "mr|mrs|ms|msgr|mt|nat|nos|nov|oct|op|pfc|pres|prof|pte|pvt|rep|reps|ret|rev|sec|sen|sens|sept|sep|sgt|spc|sr|"
    "st|supt|treas|univ|viz|vol|vs|calif|colo|conn|fla|ill|kan|mass|mich|minn|mont|neb|nev|okla|ore|penn|tenn|"
    "tex|wash|wis|wyo|ariz|ala|ark|ga|ky|md|va|vt|pa|del"
)
# Prefixes that UD keeps in one word with their hyphen.
PREFIXES = (
    "anti|co|e|ex|mid|multi|non|post|pre|pro|re|self|semi|sub|super|ultra|un|vice|inter|intra|counter|mini"
)
CLITIC = r"(?:['’](?:s|re|ve|ll|d|m)(?!\w)|n['’]t(?!\w))"
DOMAINS = "com|org|net|gov|edu|ru|uk|de|pdf|doc|html?"
ADDRESS = r"""[^\s<>"”’)\]]*[^\s<>"”’)\].,;:!?]"""

# Every repetition that can be tried again and again from each place is bounded, so that time stays linear.
TOKEN = re.compile(
    rf"""
    (?P<net> (?:https?://|www\.){ADDRESS} | [\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}}
           | (?<!\w)[@\#]\w+ | (?<![\w-])[\w-]{{1,63}}\.(?:{DOMAINS})\b(?:/{ADDRESS})? )
  | (?P<dotted> (?:[^\W\d_]\.){{2,12}} | (?<![\w.])[A-Z]\.(?=\s+[A-Z]|-) | \b(?i:ph\.d|no)\.(?=\s?\d) | \bPh\.D\.? )
  | (?P<abbr> (?<![\w])(?i:{ABBREVIATIONS})\.(?!\w) )
  | (?P<number> \d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)\b | \d{{1,4}}(?:/\d{{1,4}}){{1,2}}(?!\w)
           | \d+(?:[.,:]\d+)*(?=(?:bn|m|mn|tn|k|km|kg|am|pm|lbs?|mm|cm|ft|mph|ha)\b) | \d+(?:[.,:]\d+)*(?![^\W\d_]) )
  | (?P<kept> (?<![\w-])(?i:{PREFIXES})-[^\W\d_]+(?![\w]) )
  | (?P<cannot> \b(?i:can)(?=not\b) | (?<=\b[Cc]an)not\b | \b(?i:gon|wan|got)(?=(?:na|ta)\b) )
  | (?P<negated> [^\W\d_]+?(?=n['’]t(?!\w)) )
  | (?P<clitic> {CLITIC} )
  | (?P<word> [^\W_]+(?:['’](?!(?:s|re|ve|ll|d|m)(?!\w))[^\W\d_]+)*(?:\.(?=[^\W\d_]{{2}}))?(?<!\.)(?:\w*) | \w )
  | (?P<smile> [:;]-?[)(DP](?!\w) )
  | (?P<run> \.{{2,}} | '' | `` | -{{2,}} | [!?]+ | (?P<sign>[*=_~+$<>])(?P=sign)* | [—–]+ )
  | (?P<other> \S )
    """,
    re.VERBOSE,
)
LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


class Word(NamedTuple):
    """A word and where it stands."""

    text: str
    start: int
    end: int
    paragraph: int  # number of the paragraph (or line) it is in


def words(text: str) -> list[Word]:
    """The words of a text with their character offsets; every character that is not white space is in one."""
    return [
        Word(match.group(), line.start() + match.start(), line.start() + match.end(), number)
        for number, line in enumerate(LINE.finditer(text))
        for match in TOKEN.finditer(line.group())
    ]


DASHES = frozenset(("—", "–", "--", "-"))
MONTHS = frozenset(["jan", "feb", "mar", "apr", "may", "june", "july", "aug", "sept", "oct", "nov", "dec"])


def after_dateline(found: list[Word], start: int) -> int | None:
    """The word after a dateline ("MOSCOW, Nov. 14 (Reuters) —") that begins at ``start``; None if there is none.

    A dateline is no part of its sentence: it is capitals, perhaps a day and an agency in brackets, and a dash.
    """
    inside, shouted = False, False
    for at in range(start, min(start + 16, len(found))):
        text = found[at].text
        if found[at].paragraph != found[start].paragraph:
            return None
        if text in DASHES and shouted and not inside:
            spaced = at + 1 < len(found) and found[at].end < found[at + 1].start
            return at + 1 if spaced and found[at + 1].paragraph == found[start].paragraph else None
        inside = text == "(" or (inside and text != ")")
        shouted |= text.isupper() and len(text.replace(".", "")) > 2 and not inside
        plain = text.isupper() or not text[0].isalpha() or text.lower().rstrip(".")[:4].strip() in MONTHS
        if not (inside or plain or (shouted and text[0].isupper() and found[at - 1].text in (",", "/"))):
            return None
    return None
