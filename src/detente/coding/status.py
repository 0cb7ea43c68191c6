"""How real an act is told to be: occurred, ongoing, planned, sought, possible or denied; and whether it is old news.

Status is read from the predicate's own clause (negation, modal verbs, tense) and from every clause it stands in
(governing verbs, conditions, purposes). The first reading that is not plain fact decides, nearest first; what stands
inside something unreal is unreal too.
"""

from __future__ import annotations

from detente.coding.clauses import NOT, OR_ELSE, ORDER, Clauses
from detente.coding.governors import (
    BY_WORD,
    GOING,
    LEADING_UP,
    OCCASION,
    PERFORMING,
    UNDOING,
    VAGUE,
    WEIGHED,
)
from detente.coding.roles import HAPPEN, LIGHT
from detente.coding.tree import NOMINAL, Tree

_IF = frozenset(("if", "unless", "should", "provided", "in case", "whether", "until", "lest", "once"))
ONGOING_VERBS = frozenset(("continue", "remain", "keep", "persist"))
_ADJECTIVES = {"planned": "planned", "proposed": "sought", "possible": "possible", "potential": "possible",
               "threatened": "possible", "alleged": "", "future": "planned", "upcoming": "planned",
               "scheduled": "planned", "forthcoming": "planned", "suspected": "", "ongoing": "ongoing",
               "continuing": "ongoing", "continued": "ongoing", "attempted": "denied", "failed": "denied",
               "imminent": "planned", "would-be": "possible", "further": "", "likely": "possible"}  # fmt: skip
UNREAL = frozenset(("planned", "sought", "possible", "denied"))
IDLE = "idle"  # what is weighed, or worked for, and not told to be done or to be done soon
_PURPOSE = "purpose"
_COMING = GOING | frozenset(("join", "participate", "take", "speak", "embark", "set"))
_GIVEN_TYPES = frozenset(("ASSAULT", "COERCE", "SANCTION", "MOBILIZE"))
_SAID_TYPES = frozenset(("AGREE", "SUPPORT", "ACCUSE", "REQUEST", "CONCEDE", "REJECT"))


class Statuses:
    """Reads statuses off a tree."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.clauses = tree, Clauses(tree)

    def of(self, i: int, carried: str | None = None, type_: str = "") -> tuple[str, str]:
        """Return the status of a predicate and the word or form that decided it.

        Besides the six statuses it may be "purpose", for what an act is done for, or "idle", for what is only weighed
        or worked for.

        Args:
            i: the predicate.
            carried: the status that a coded carrier gives to the act inside; it wins over all but a negation.
            type_: the type of its act.
        """
        if type_ in _SAID_TYPES and self._performed(i):
            return "occurred", "said and thereby done"
        given = type_ in _GIVEN_TYPES and self._given(i)
        status, why = self._own(i, given, type_)
        if carried == "fact" or why in (ORDER, OR_ELSE):
            return status, why
        if status == "occurred" and carried:
            return carried, "carrier"
        if carried and status == "denied" and carried in ("planned", "sought"):
            return "denied", why
        if carried:
            return carried, "carrier"
        if status != "occurred":
            return status, why
        return self._outer(i, given)

    def _performed(self, i: int) -> bool:
        """Whether a speaker leads up to what is done by saying it: "let me commend Oslo", "I am proud to announce"."""
        tree = self.tree
        verb = i if tree.upos[i] == "VERB" else self.light_verb(i)
        if verb < 0 or tree.lemma[verb] not in PERFORMING:
            return False
        first = tree.leader(verb)
        head = tree.above[first]
        if head < 0 or tree.rel[first].partition(":")[0] not in ("xcomp", "ccomp", "csubj", "acl", "advcl"):
            return False
        if tree.lemma[head] not in LEADING_UP or self.clauses.negation(head) or self.clauses.negation(first):
            return False
        if tree.lemma[head] == "let":
            return any(
                tree.lower[k] in ("me", "us") for k in (*tree.kids(head, "obj"), *tree.kids(first, "nsubj"))
            )
        return self.clauses.helpers(head).keys() <= {"would", "be", "have", "do"}

    def _given(self, i: int) -> bool:
        """Whether a noun takes its act for granted: "Russia's war", "the attack on the port", "Russian aggression"."""
        tree = self.tree
        if tree.upos[i] not in NOMINAL:
            return False
        dets = {tree.lower[k] for k in tree.kids(i, "det")}
        if tree.exact(i, "nmod:poss") or dets & {"the", "this", "that", "these", "those"}:
            return True
        named = any(tree.tokens[k].text[0].isupper() for k in tree.kids(i, "amod", "compound"))
        return named and not dets

    # --- the predicate's own clause ----------------------------------------------------------------------------

    def _own(self, i: int, given: bool = False, type_: str = "") -> tuple[str, str]:
        tree = self.tree
        if tree.upos[i] not in ("VERB", "AUX") or tree.rel[i] in ("amod", "compound"):
            return self._noun(i, given)
        return self.clauses.status(i, type_)

    def _noun(self, i: int, given: bool = False) -> tuple[str, str]:
        tree = self.tree
        for kid in tree.below[i]:
            if tree.lower[kid] in NOT and tree.rel[kid] in ("det", "advmod", "case"):
                return "denied", tree.lower[kid]
            said = _ADJECTIVES.get(tree.lower[kid]) if tree.rel[kid] in ("amod", "compound") else None
            if said:
                return said, tree.lower[kid]
        if any(tree.rel[k] == "cop" for k in tree.below[i]):
            return self.clauses.status(i)
        if tree.case(i) == "of" and tree.above[i] >= 0 and self.clauses.counted(tree.above[i]):
            return "ongoing", tree.lower[tree.above[i]]
        verb = self.light_verb(i)
        if verb >= 0:
            if given and tree.lemma[verb] in ("end", "conclude"):  # what is to end is there
                return "occurred", "noun"
            status, why = self.clauses.status(verb)
            aside = tree.rel[i].startswith("nsubj") and tree.lemma[verb] not in LIGHT | HAPPEN
            if aside and (status == "denied" or (given and status in UNREAL)):
                return (
                    "occurred",
                    "noun",
                )  # "the war could not …": what the noun does, or not, leaves it standing
            if status == "occurred" and tree.lemma[verb] in ONGOING_VERBS:
                return "ongoing", tree.lower[verb]
            return (status, why) if status != "occurred" else self._outer(verb)
        if tree.rel[i] == "nsubj" and not given and self._wished(tree.above[i]):
            return "possible", "would be"
        return "occurred", "noun"

    def _wished(self, head: int) -> bool:
        """ "Talks with Rome would be useful"."""
        tree = self.tree
        return bool(tree.kids(head, "cop")) and any(
            tree.lower[k] in ("would", "could", "might", "may", "'d") for k in tree.kids(head, "aux")
        )

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

    # --- the clauses around it ----------------------------------------------------------------------------------

    def _outer(self, i: int, given: bool = False) -> tuple[str, str]:
        tree, at, steps = self.tree, i, 0
        while tree.above[at] >= 0 and steps < 12:
            head, rel = tree.above[at], tree.rel[at]
            base = rel.partition(":")[0]
            if given and tree.upos[head] == "VERB":  # only what undoes it makes it unreal
                undone = base == "obj" and tree.lemma[head] in UNDOING
                return (
                    (BY_WORD.get(tree.lemma[head], "denied"), tree.lower[head])
                    if undone
                    else ("occurred", "noun")
                )
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
        if base == "csubj":
            return self._subject(at, head)
        if base == "acl" and (
            marks & {"to", "of", "from", "for", "in", "on", "about", "over", "toward", "towards"}
        ):
            return self._behind(head, "to" in marks)
        if base == "advcl" and "to" in marks:
            return self._purpose(head)
        if base == "advcl" and marks & {"on", "about"} and BY_WORD.get(tree.lemma[head]) in UNREAL:
            return BY_WORD[tree.lemma[head]]  # "plans on meeting"
        if base == "advcl" and marks & {"without", "instead of", "rather than"}:
            return "denied"
        if base == "advcl" and "from" in marks and BY_WORD.get(tree.lemma[head]) in ("denied",):
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

    def _subject(self, at: int, head: int) -> str:
        """An infinitive or gerund as subject: "silencing the press will …" tells of no deed."""
        tree = self.tree
        if tree.lemma[head] in OCCASION:
            return self._behind(head, True)
        named = tree.kids(at, "nsubj", "nmod:poss") or tree.mark(at) not in ("", "to")
        return "" if named else IDLE

    def _behind(self, head: int, to: bool) -> str:
        """What a noun does to the act in its infinitive or gerund."""
        tree = self.tree
        if tree.lemma[head] in VAGUE:
            return IDLE
        if tree.lemma[head] in OCCASION:
            status = self._own(head)[0]
            had = tree.kids(head, "cop") or tree.lemma[tree.above[head]] in (
                "have",
                "get",
                "take",
                "use",
                "seize",
            )
            return status if status in UNREAL else "" if had else IDLE
        return self._complement(head) or ("planned" if to else "")

    def _inherit(self, head: int) -> str:
        status = self._own(head)[0]
        return status if status in ("planned", "possible") else "stop"

    def _complement(self, head: int) -> str:
        """Status of what a governing word carries."""
        said = BY_WORD.get(self.tree.lemma[head], BY_WORD.get(self.tree.lower[head], ""))
        if self.tree.lemma[head] in WEIGHED and self.tree.kids(head, "cop"):
            return IDLE
        own = self._own(head)[0]
        if own == "denied":
            return "denied" if said != "denied" else "occurred"
        if self.tree.lower[head] in ("going", "gonna"):  # "is going to visit"
            return "planned"
        if said in ("fact", ""):
            if self.tree.lemma[head] in ONGOING_VERBS and own == "occurred":
                outer = self._outer(head)[0]  # "going to continue", "ways to continue"
                return "ongoing" if outer == "occurred" else outer
            return own if own in UNREAL else ""
        return said

    def _purpose(self, head: int) -> str:
        own = self._own(head)[0]
        return own if own in UNREAL and self.tree.lemma[head] in GOING else _PURPOSE

    def _phrase(self, at: int, head: int, base: str) -> str:
        """A noun's act as object or oblique of a verb that makes it unreal ("called for a truce")."""
        tree = self.tree
        said = BY_WORD.get(tree.lemma[head], "")
        if tree.upos[head] not in ("VERB", "NOUN", "ADJ"):
            return ""
        case = tree.case(at)
        if base == "obj" and said in UNREAL and tree.lemma[head] != "call":  # "called the raid a crime"
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
        if (
            own == "planned"
            and base == "obl"
            and case in ("for", "on", "at", "during")
            and tree.lemma[head] in _COMING
        ):
            return own  # "will depart on a trip", "will be joined for a meeting"
        return own if own in UNREAL and base == "obj" else ""
