"""PLOVER as detente uses it: modes and scores of the sixteen types, contexts, and the way to and from CAMEO.

Names, scores and codes are facts of the published ontologies. Where PLOVER's printed tables contradict its text
(a positive score for ACCUSE, two quads for SANCTION) the sense of the type decides, as in the codebook.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from detente.lexicon.tables import DATA
from detente.terms import QUAD


class TypeRow(NamedTuple):
    """One of the sixteen types of event."""

    type: str
    quad: int  # 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
    score: float  # PLOVER's score, from -10 (conflict) to 10 (cooperation)
    root: str  # the CAMEO root code that it takes when nothing more specific is known
    modes: Mapping[str, float]  # mode -> PLOVER's score


def _modes(text: str) -> Mapping[str, float]:
    pairs = (part.split() for part in text.split(",") if part)
    return MappingProxyType({mode: float(score) for mode, score in pairs})


_ROWS = (
    ("AGREE", 2.5, "03", ""),
    ("CONSULT", 2.5, "04", "visit 4,third-party 1,multilateral 4,phone 1.5"),
    ("SUPPORT", 5, "05", ""),
    ("CONCEDE", 4.5, "08", ""),
    ("COOPERATE", 9.5, "06", ""),
    ("AID", 10, "07", ""),
    ("RETREAT", 6.5, "08", "withdraw 8,release 6.5,disarm 10,ceasefire 7.5,access 6.5,resign 4.5"),
    ("REQUEST", 0, "10", "assist 0.5,change -1,yield -1,meet 0"),
    ("ACCUSE", -3, "11", "disapprove -2,investigate -3.5,allege -3.5"),
    ("REJECT", -2, "12", "assist -1.5,change -2,yield -2,meet -2"),
    ("THREATEN", -3.5, "13", "restrict -3,arrest -3.5,relations -3.5,expel -3.5,territory -4,violence -3.5"),
    ("PROTEST", -5, "14", "demo -5,riot -7,strike -5,hunger -4.5,boycott -4.5,obstruct -4.5,vandalize -5"),
    ("SANCTION", -6, "16", "convict -6,expel -5.5,withdraw -6,discontinue -6"),
    ("MOBILIZE", -5.5, "15", "troops -6.5,weapons -6.5,police -5.5,militia -6"),
    (
        "COERCE", -7, "17",
        "seize -7,restrict -7,censor -6.5,curfew -6.5,martial-law -7.5,arrest -7,deport -7,withhold -7,"
        "misinformation -6.5,cyber -7",
    ),
    (
        "ASSAULT", -9, "19",
        "abduct -8.5,beat -7.5,torture -8.5,sexual -8.5,targeted -9.5,destroy -8.5,primitive -8,firearms -9,"
        "explosives -9,suicide-attack -9.5,aerial -9.5,drone -9.5,heavy-weapons -9.5,crowd-control -7.5,"
        "unconventional -10",
    ),
)  # fmt: skip
TYPE_ROWS: Mapping[str, TypeRow] = MappingProxyType(
    {name: TypeRow(name, QUAD[name], float(score), root, _modes(modes)) for name, score, root, modes in _ROWS}
)
CONTEXTS = (
    "military", "intelligence", "executive", "legislative", "election", "political_institutions",
    "pro_democracy", "pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms",
    "repression", "human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic",
    "territory", "peacekeeping", "health", "asylum", "migration", "disasters", "natural_resource",
    "environment", "technology", "terrorism", "cbrn", "cyber", "misinformation", "crime", "corruption",
    "illegal_drugs", "trafficking",
)  # fmt: skip

# The types that a CAMEO code may stand for, by the longest prefix. Roots 01 and 02 are comments and appeals: 02 asks,
# 01 is a statement and no event. Departures from PLOVER's published table follow its own text: an apology (055) and a
# declared truce (0871) give way in words, a verdict (116) and an embargo (163) cut a tie.
_PREFIXES = MappingProxyType(
    {
        "02": "REQUEST", "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "055": "CONCEDE", "056": "CONCEDE",
        "06": "COOPERATE", "07": "AID", "08": "CONCEDE", "084": "RETREAT", "085": "CONCEDE", "086": "RETREAT",
        "087": "RETREAT", "0871": "CONCEDE", "09": "ACCUSE", "10": "REQUEST", "11": "ACCUSE", "116": "SANCTION",
        "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE", "16": "SANCTION", "17": "COERCE",
        "174": "COERCE", "175": "ASSAULT", "18": "ASSAULT", "19": "ASSAULT", "191": "COERCE", "192": "COERCE",
        "20": "ASSAULT",
    }
)  # fmt: skip


def cameo_type(code: str) -> str | None:
    """Return the PLOVER type that a CAMEO code stands for, None for one that names no event."""
    for length in range(len(code), 1, -1):
        if found := _PREFIXES.get(code[:length]):
            return found
    return None


def cameo_root(code: str) -> str:
    """Return the two digits with which a CAMEO code begins."""
    return code[:2]


def is_cameo(code: str) -> bool:
    """Tell whether this is a code of CAMEO, or a subdivision of one."""
    return code[:3] in goldstein_scores() and code.isdigit() and 2 <= len(code) <= 4


def goldstein(code: str) -> float | None:
    """Return the Goldstein score of a CAMEO code, its parent's where it has none, None for an unknown root."""
    scores = goldstein_scores()
    for length in range(len(code), 1, -1):
        if (score := scores.get(code[:length])) is not None:
            return score
    return None


@cache
def goldstein_scores() -> Mapping[str, float]:
    """Return the Goldstein scores of all CAMEO codes that have one."""
    with (DATA / "goldstein.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["cameo"]: float(row["score"]) for row in csv.DictReader(file)})


def score(type_: str, mode: str | None = None) -> float:
    """Return PLOVER's score of a type, or of one of its modes."""
    row = TYPE_ROWS[type_]
    return row.modes.get(mode, row.score) if mode else row.score
