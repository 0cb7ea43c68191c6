"""How real an act is told to be: occurred, ongoing, planned, sought, possible or denied; and whether it is old news.

Status is read from the predicate's own clause (negation, modal verbs, tense) and from every clause it stands in
(governing verbs, conditions, purposes). The first reading that is not plain fact decides, nearest first; what stands
inside something unreal is unreal too.
"""

from __future__ import annotations

from detente.coding.roles import LIGHT, Arguments
from detente.coding.tree import Tree
from detente.coding.wordsets import words

NOT = frozenset(
    ("not", "n't", "n’t", "never", "neither", "nor", "no", "hardly", "barely", "without", "cannot", "nobody")
)
MAY = frozenset(("may", "might", "could", "can"))
STILL = frozenset(("still", "continuously", "currently", "ongoing"))
# What a governing word does to the act in its complement, where frames.csv has no row with a carrier for it.
GOVERNORS = {
    "planned": "plan intend decide prepare expect schedule due set arrange aim hope want seek mean poise agree vow "
    "plot promise pledge commit resolve determine undertake announce ready mull:possible prepared slated scheduled",
    "sought": "ask urge request demand propose call appeal press offer invite suggest encourage recommend require tell "
    "instruct order advise pressure push lobby willing beg implore exhort entitle let",
    "possible": "consider threaten fear warn weigh contemplate able allow enable permit likely unlikely possible risk "
    "free debate mull ponder discuss worry prevent_not authorize authorise capable empower option possibility prospect",
    "denied": "fail refuse decline deny avoid refrain prevent stop_from forbid bar ban neglect oppose reject rule "
    "unable unwilling reluctant abandon cancel hesitate block prohibit postpone halt_from dissuade shelve scrap",
    "fact": "begin start continue resume go manage keep help use accuse blame criticize criticise condemn regret admit "
    "acknowledge apologize apologise thank praise end proceed succeed dare remain opt choose rush come move serve "
    "return act opportunity chance pleasure honour privilege say tell confirm report see watch join appear seem claim "
    "allege charge suspect force compel lead "
    "get have make cause trigger prompt complain deplore denounce welcome hail slam fly travel meet know",
}
_BY_WORD = {
    word.partition(":")[0]: status
    for status, words in GOVERNORS.items()
    for word in words.split()
    if "_" not in word
}
GOVERNING = frozenset(_BY_WORD) | frozenset(("accuse", "cite", "pay", "suffer", "face"))
_IF = frozenset(("if", "unless", "should", "provided", "in case", "whether", "until", "lest", "once"))
ONGOING_VERBS = frozenset(("continue", "remain", "keep", "persist"))
_ORDINALS = words("second third fourth fifth sixth seventh straight consecutive")
DURATIVE = words("hold occupy besiege blockade surround encircle control detain keep")
_DOUBT = frozenset(("perhaps", "possibly", "probably", "maybe", "potentially"))
_ADJECTIVES = {"planned": "planned", "proposed": "sought", "possible": "possible", "potential": "possible",
               "threatened": "possible", "alleged": "", "future": "planned", "upcoming": "planned",
               "scheduled": "planned", "forthcoming": "planned", "suspected": "", "ongoing": "ongoing",
               "continuing": "ongoing", "continued": "ongoing", "attempted": "denied", "failed": "denied",
               "imminent": "planned", "would-be": "possible", "further": "", "likely": "possible"}  # fmt: skip
_ORDER, _OR_ELSE = "imperative", "or else"
UNREAL = frozenset(("planned", "sought", "possible", "denied"))


class Statuses:
    """Reads statuses off a tree."""

    def __init__(self, tree: Tree, arguments: Arguments, headline: bool) -> None:
        self.tree, self.arguments, self.headline = tree, arguments, headline

    def of(self, i: int, carried: str | None = None) -> tuple[str, str]:
        """Return the status of a predicate and the word or form that decided it.

        `carried` is the status that a coded carrier gives to the act inside; it wins over all but a negation.
        """
        status, why = self._own(i)
        if carried == "fact" or why in (_ORDER, _OR_ELSE):
            return status, why
        if status == "occurred" and carried:
            return carried, "carrier"
        if carried and status == "denied" and carried in ("planned", "sought"):
            return "denied", why
        if carried:
            return carried, "carrier"
        if status != "occurred":
            return status, why
        return self._outer(i)

    # --- the predicate's own clause ----------------------------------------------------------------------------

    def _own(self, i: int) -> tuple[str, str]:
        tree = self.tree
        if tree.upos[i] not in ("VERB", "AUX") or tree.rel[i] in ("amod", "compound"):
            return self._noun(i)
        return self._verb(i)

    def _noun(self, i: int) -> tuple[str, str]:
        tree = self.tree
        for kid in tree.below[i]:
            if tree.lower[kid] in NOT and tree.rel[kid] in ("det", "advmod", "case"):
                return "denied", tree.lower[kid]
            said = _ADJECTIVES.get(tree.lower[kid]) if tree.rel[kid] in ("amod", "compound") else None
            if said:
                return said, tree.lower[kid]
        if any(tree.rel[k] == "cop" for k in tree.below[i]):
            return self._verb(i)
        if tree.case(i) == "of" and tree.above[i] >= 0 and self._counted(tree.above[i]):
            return "ongoing", tree.lower[tree.above[i]]
        verb = self.light_verb(i)
        if verb >= 0:
            status, why = self._verb(verb)
            if status == "occurred" and tree.lemma[verb] in ONGOING_VERBS:
                return "ongoing", tree.lower[verb]
            return (status, why) if status != "occurred" else self._outer(verb, own=True)
        return "occurred", "noun"

    def light_verb(self, i: int) -> int:
        """The light or aspectual verb whose tense and negation a noun takes, or -1."""
        tree = self.tree
        head, rel = tree.above[i], tree.rel[i]
        if head < 0:
            return -1
        if rel == "conj" and tree.upos[head] == "NOUN":
            return self.light_verb(tree.leader(i))
        if rel.startswith("nmod") and tree.case(i) == "of" and tree.upos[head] == "NOUN":
            return head if any(tree.rel[k] == "cop" for k in tree.below[head]) else self.light_verb(head)
        if tree.upos[head] != "VERB":
            return -1
        if rel.startswith("nsubj") or (rel == "obj" and tree.lemma[head] in LIGHT):
            return head
        return head if tree.lemma[head] in ("engage", "enter") else -1

    def _ordered(self, i: int) -> bool:
        """Whether a verb is an imperative, or is joined to one: "pull back the guns or face air strikes"."""
        tree = self.tree
        first = tree.leader(i)
        if tree.feat(first, "Mood") != "Imp" or tree.kids(first, "nsubj"):
            return False
        return first == i or (tree.feat(i, "Tense") != "Past" and not tree.kids(i, "nsubj"))

    def _or_else(self, i: int) -> bool:
        return any(self.tree.lower[k] == "or" for k in self.tree.kids(i, "cc"))

    def _verb(self, i: int) -> tuple[str, str]:
        tree = self.tree
        negated = self._negation(i)
        helpers = self._helpers(i)
        if negated:
            return "denied", negated
        if helpers:
            status = self._modal(i, helpers)
            if status:
                return status
        lemma = tree.lemma[i]
        if told := self._be_to(i):
            return told
        if self._ordered(i):
            return ("possible", _OR_ELSE) if self._or_else(i) else ("sought", _ORDER)
        for kid in tree.below[i]:
            if tree.rel[kid] == "advmod" and tree.lower[kid] in _DOUBT:
                return "possible", tree.lower[kid]
        holding = tree.rel[i] == "acl" and tree.lower[i].endswith("ing") and lemma in DURATIVE
        if self._progressive(i, helpers) or self._lasting(i) or holding:
            return "ongoing", "still under way"
        if tree.rel[i] == "root" and (
            tree.mark(i) == "to" or any(tree.lower[k] == "to" for k in range(max(0, i - 1), i))
        ):
            bare = not tree.exact(i, "aux:pass") or True
            if bare and tree.feat(i, "VerbForm") in ("Inf", ""):
                return "planned", "headline infinitive"
        return "occurred", "tense"

    def _be_to(self, i: int) -> tuple[str, str] | None:
        """ "is to meet" is a plan, "was to have met" one that came to nothing."""
        words = self.tree.lower[max(0, i - 4) : i]
        if "to" not in words:
            return None
        at = len(words) - 1 - words[::-1].index("to")
        before = words[at - 1] if at else ""
        if before in ("was", "were") and "have" in words[at:]:
            return "denied", "was to have"
        return ("planned", f"{before} to") if before in ("is", "are", "was", "were") else None

    def _negation(self, i: int) -> str:
        tree = self.tree
        for kid in tree.below[i]:
            rel = tree.rel[kid].partition(":")[0]
            if tree.lower[kid] in NOT and rel in ("advmod", "det", "cc", "mark", "case"):
                return tree.lower[kid]
            if rel == "advmod" and tree.lower[kid] == "longer":
                return "no longer"
            if rel in ("nsubj", "obj") and tree.lower[kid] in ("nobody", "nothing", "none"):
                return tree.lower[kid]
            if rel in ("nsubj", "obj") and any(
                tree.lower[k] in ("no", "neither") and tree.rel[k] in ("det", "cc", "cc:preconj", "advmod")
                for k in tree.below[kid]
            ):
                return "no"
            if rel == "nsubj" and (low := tree.name_reach(kid)[0]) > 0 and tree.lower[low - 1] == "neither":
                return "neither"
        leader = tree.leader(i)
        if leader != i and tree.upos[leader] == "VERB" and not tree.kids(i, "nsubj"):
            if any(tree.rel[k] == "cc" and tree.lower[k] == "nor" for k in tree.below[i]):
                return "nor"
            if any(tree.rel[k] == "cc" and tree.lower[k] in ("or",) for k in tree.below[i]):
                return self._negation(leader)
        return ""

    def _helpers(self, i: int) -> dict[str, int]:
        """Auxiliaries of a verb, shared ones included, by lemma."""
        tree = self.tree
        found = {tree.lemma[k]: k for k in tree.kids(i, "aux", "cop")}
        leader = tree.leader(i)
        if (
            leader != i
            and not found
            and not tree.kids(i, "nsubj")
            and tree.upos[leader] in ("VERB", "NOUN", "ADJ")
        ):
            shared = {tree.lemma[k]: k for k in tree.exact(leader, "aux")}
            base = tree.feat(i, "VerbForm") == "Inf" or tree.lower[i] == tree.lemma[i]
            if base or not shared.keys() & {
                "will",
                "would",
                "may",
                "might",
                "could",
                "should",
                "must",
                "shall",
            }:
                found = shared
        return {
            {"'ll": "will", "’ll": "will", "wo": "will", "ca": "can", "'d": "would"}.get(k, k): v
            for k, v in found.items()
        }

    def _modal(self, i: int, helpers: dict[str, int]) -> tuple[str, str] | None:
        perfect = "have" in helpers
        if "would" in helpers:
            return ("denied", "would have") if perfect and not self._reported(i) else ("planned", "would")
        if "will" in helpers or "shall" in helpers:
            return "planned", "will"
        if MAY & helpers.keys():
            if perfect and "could" in helpers:
                return "possible", "could have"
            return "possible", next(iter(MAY & helpers.keys()))
        if "should" in helpers or "must" in helpers or "ought" in helpers:
            return "sought", "should"
        return None

    def _reported(self, i: int) -> bool:
        """Whether the clause is reported speech, where would stands for will."""
        tree = self.tree
        return any(tree.rel[p] == "ccomp" for p in (i, *tree.path(i)))

    def _progressive(self, i: int, helpers: dict[str, int]) -> bool:
        tree = self.tree
        ing = tree.feat(i, "VerbForm") in ("Part", "Ger") and tree.lower[i].endswith("ing")
        return ing and "be" in helpers

    def _lasting(self, i: int) -> bool:
        """ "still", "for a third day", "since March" with a present or perfect: it goes on."""
        tree = self.tree
        for kid in tree.below[i]:
            if tree.rel[kid] == "advmod" and tree.lower[kid] in STILL:
                return True
            since = tree.rel[kid].startswith("obl") and tree.case(kid) == "since"
            if since and any(tree.lemma[k] == "have" for k in tree.kids(i, "aux")):
                return True
            if tree.rel[kid].startswith("obl") and self._ordinal_stretch(kid):
                return True
        return False

    def _ordinal_stretch(self, kid: int) -> bool:
        return self.tree.case(kid) in ("for", "into") and self._counted(kid)

    def _counted(self, kid: int) -> bool:
        """ "a third day", "the second straight week"."""
        tree = self.tree
        if tree.lemma[kid] not in ("day", "night", "week", "month", "year"):
            return False
        ordinals = [k for k in tree.kids(kid, "amod", "nummod") if tree.feat(k, "NumType") == "Ord" or
                    tree.lower[k] in _ORDINALS
                    or tree.lower[k].endswith("th")]  # fmt: skip
        return bool(ordinals)

    # --- the clauses around it ----------------------------------------------------------------------------------

    def _outer(self, i: int, own: bool = False) -> tuple[str, str]:
        tree, at, steps = self.tree, i, 0
        while tree.above[at] >= 0 and steps < 12:
            head, rel = tree.above[at], tree.rel[at]
            base = rel.partition(":")[0]
            found = self._link(at, head, base)
            if found == "stop":
                break
            if found:
                return found, tree.lower[head]
            at, steps = head, steps + 1
            if base in ("ccomp", "parataxis") or rel.endswith("relcl"):
                break
        return "occurred", "tense"

    def _link(self, at: int, head: int, base: str) -> str:
        """What the step from a clause or phrase to its head says about status; "" nothing, "stop" climb no more."""
        tree = self.tree
        marks = tree.marks(at) if base in ("advcl", "ccomp", "xcomp", "acl") else set()
        if base == "advcl" and not marks.isdisjoint(_IF):
            return "possible" if "unless" not in marks else "sought"
        if base == "xcomp" or (base == "ccomp" and tree.upos[at] == "VERB" and not tree.kids(at, "nsubj")):
            return self._complement(head)
        if base == "acl" and "to" in marks:
            return self._complement(head) or "planned"
        if base == "acl" and marks & {"of", "from", "for", "in"}:
            return self._complement(head)
        if base == "advcl" and "to" in marks:
            return self._purpose(head)
        if base == "advcl" and marks & {"without", "instead of", "rather than"}:
            return "denied"
        if base == "advcl" and "from" in marks and _BY_WORD.get(tree.lemma[head]) in ("denied",):
            return "denied"
        if base == "advcl" and "before" in marks:
            return self._inherit(head)
        if base in ("obj", "obl", "nmod") and tree.upos[at] != "VERB":
            return self._phrase(at, head, base)
        if base == "conj" and tree.upos[at] == tree.upos[head] and not tree.kids(at, "nsubj"):
            return ""
        if base in ("advcl", "acl", "nsubj", "appos", "root", "parataxis", "ccomp"):
            return "stop"
        return ""

    def _inherit(self, head: int) -> str:
        status = self._own(head)[0]
        return status if status in ("planned", "possible") else "stop"

    def _complement(self, head: int) -> str:
        """Status of what a governing word carries."""
        said = _BY_WORD.get(self.tree.lemma[head], _BY_WORD.get(self.tree.lower[head], ""))
        own = self._own(head)[0]
        if own == "denied":
            return "denied" if said != "denied" else "occurred"
        if said in ("fact", ""):
            if self.tree.lemma[head] in ONGOING_VERBS and own == "occurred":
                return "ongoing"
            return own if own in UNREAL else ""
        return said

    def _purpose(self, head: int) -> str:
        own = self._own(head)[0]
        return own if own in UNREAL else "purpose"

    def _phrase(self, at: int, head: int, base: str) -> str:
        """A noun's act as object or oblique of a verb that makes it unreal ("called for a truce")."""
        tree = self.tree
        said = _BY_WORD.get(tree.lemma[head], "")
        if tree.upos[head] not in ("VERB", "NOUN", "ADJ"):
            return ""
        case = tree.case(at)
        if base == "obj" and said in UNREAL:
            return said
        if base == "obl" and (tree.lemma[head], case) in (
            ("call", "for"),
            ("ask", "for"),
            ("appeal", "for"),
            ("push", "for"),
            ("press", "for"),
            ("plead", "for"),
        ):
            return "sought"
        if base == "obl" and (case == "without" or tree.lemma[head] == "threaten"):
            return "denied" if case == "without" else "possible"
        if base == "nmod" and said in UNREAL and case in ("of", "for", "on"):
            return said
        own = self._own(head)[0] if tree.upos[head] == "VERB" else ""
        return own if own in UNREAL and base == "obj" else ""
