"""Who stands where around a predicate: logical subject, object and obliques of verbs and nouns.

The tree's own arguments come first, then the semantic roles, then what a clause shares with another one
(coordination, control, participles): the nearer the evidence, the surer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from detente.coding.control import CALLING, LIKE_OF, OBJECT_CONTROL, Roles, controller, owner
from detente.coding.tree import Tree
from detente.coding.wordsets import DOCUMENTS, ISSUING, words
from detente.text.doc import Frame

RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
# Verbs that only say that a noun's act is done; the noun names the act.
LIGHT = words(
    "hold have make give take impose launch carry conduct stage mount issue offer deliver slap place clamp put do "
    "start begin open resume continue end host attend conclude sign reach express voice lodge file announce declare "
    "undertake perform pay send provide grant extend maintain keep arrange schedule "
    "organise organize plan enter engage be call strike exchange trade enforce "
    "introduce tighten unleash execute"
)
# Verbs whose subject suffers the act that their object names.
SUFFERED = words("face suffer undergo receive sustain experience withstand fear endure")
# Verbs that say that something takes place.
HAPPEN = words(
    "begin start open take happen occur erupt break continue resume end rage go last follow flare intensify "
    "conclude proceed spread escalate"
)
CONTAINER = words(
    "day round series wave week month campaign spate start end beginning resumption set rounds hour night "
    "string barrage flurry bout phase stage course act period lack number package list threat worth "
    "$ € £ million billion trillion thousand dollar euro pound donor provider supplier contributor"
)
# In whose deed somebody is: "was at war", not "was against the war"; "it was an attack" names no attacker.
_BEING = frozenset(("", "at", "in", "on", "behind"))
_POINTING = frozenset(("it", "that", "this", "which", "these", "those"))
_SECOND = frozenset(("by", "on", "against", "to", "into", "over", "at"))


class Arguments:
    """Finds the Roles of predicates.

    Args:
        tree: the story's trees.
        frames: the semantic roles.
        is_party: whether a noun phrase names somebody who can act.
        light: by noun, the verbs that are light beside it: "bring" beside "case".
    """

    def __init__(
        self,
        tree: Tree,
        frames: tuple[Frame, ...],
        is_party: Callable[[int], bool],
        light: Mapping[str, frozenset[str]] = MappingProxyType({}),
    ) -> None:
        self.tree, self.is_party, self.light = tree, is_party, light
        self.frames: Mapping[int, Frame] = {frame.predicate: frame for frame in frames}
        self.body = 0  # character behind the dateline, whose places act in nothing
        self._known: dict[int, Roles] = {}
        self._open: set[int] = set()

    def of(self, i: int) -> Roles:
        """The roles around a predicate."""
        if i not in self._known:
            if i in self._open:  # two clauses that lean on each other: a broken tree
                return Roles(i)
            self._open.add(i)
            verbal = self.tree.upos[i] in ("VERB", "AUX") and self.tree.rel[i] not in ("amod", "compound")
            self._known[i] = self._verb(i) if verbal else self._noun(i)
            self._open.discard(i)
        return self._known[i]

    def role(self, i: int, name: str) -> list[int]:
        """Heads of the arguments that the semantic roles give a predicate under one name."""
        frame = self.frames.get(i)
        spans = [a for a in frame.arguments if a.role == name] if frame else []
        return [self.span_head(a.start, a.end) for a in spans if a.start < a.end]

    def span_head(self, start: int, end: int) -> int:
        """The token of a stretch whose head lies outside it."""
        for i in range(start, end):
            if not start <= self.tree.above[i] < end and self.tree.upos[i] != "PUNCT":
                return i
        return start

    # --- verbs -----------------------------------------------------------------------------------------------

    def _verb(self, i: int) -> Roles:
        roles = Roles(i, passive=self._is_passive(i))
        for kid in self.tree.below[i]:
            if self.tree.tokens[kid].start >= self.body:
                self._place(roles, kid)
            elif self.tree.rel[kid].startswith("nsubj"):  # a dateline read as part of the subject
                after = [
                    k
                    for k in self.tree.kids(kid, "conj", "appos", "flat", "parataxis")
                    if self.tree.tokens[k].start >= self.body
                ]
                (roles.obj if roles.passive else roles.subj).extend(after)
        for particle in self.tree.exact(
            i, "advmod", "compound:prt"
        ):  # "hit back at Bonn": Bonn may hang on "back"
            for kid in self.tree.kids(particle, "obl", "nmod"):
                roles.add(self.tree.case(kid), kid)
        self._relative(roles)
        if not roles.subj and roles.passive:
            roles.subj = self._by(i)
            roles.how = "by" if roles.subj else ""
        if "between" in roles.obl and self.tree.rel[i] != "xcomp" and not roles.subj and not roles.passive:
            roles.subj, roles.how = list(roles.obl["between"]), "between"
        self._shared(roles)
        self._from_frame(roles)
        return roles

    def _is_passive(self, i: int) -> bool:
        tree = self.tree
        if tree.exact(i, "nsubj:pass", "aux:pass", "csubj:pass"):
            return bool(tree.exact(i, "aux:pass")) or not tree.exact(i, "obj")
        past = tree.feat(i, "VerbForm") == "Part" and tree.feat(i, "Tense") == "Past"
        if tree.exact(i, "aux", "nsubj", "obj") or not past:
            if past and tree.rel[i] == "conj" and not tree.exact(i, "aux", "nsubj"):
                leader = tree.leader(i)
                return leader != i and self._is_passive(leader)
            return False
        if tree.rel[i] == "conj":
            leader = tree.leader(i)
            return leader != i and self._is_passive(leader)
        return tree.rel[i] in ("acl", "advcl", "amod", "acl:relcl", "xcomp") or bool(
            tree.exact(i, "obl:agent")
        )

    def _place(self, roles: Roles, kid: int) -> None:
        rel = self.tree.rel[kid]
        if rel == "obl:agent":
            roles.subj.append(kid)
            roles.how = "by"
        elif rel == "nsubj:pass" and roles.passive:
            roles.obj.append(kid)
        elif rel.startswith("nsubj") and self.tree.lower[kid] != "there":
            roles.subj.append(kid)
            roles.how = roles.how or "subject"
        elif rel == "obj":
            roles.obj.append(kid)
        elif rel == "iobj":
            roles.iobj.append(kid)
        elif rel.partition(":")[0] in ("obl", "nmod") and rel not in ("nmod:poss", "nmod:desc"):
            case = self.tree.case(kid)
            if roles.passive and case == "by" and self.is_party(kid):
                roles.subj.append(kid)
                roles.how = "by"
            elif case or rel == "obl:unmarked":
                roles.add(case or "when", kid)

    def _by(self, i: int) -> list[int]:
        return [k for k in self.tree.kids(i, "obl", "nmod") if self.tree.case(k) == "by"]

    def _relative(self, roles: Roles) -> None:
        """Put the noun that a relative clause modifies in the place of its pronoun."""
        tree, i = self.tree, roles.predicate
        top = tree.leader(i)
        if not tree.rel[top].endswith("relcl") or tree.above[top] < 0:
            return
        noun = tree.above[top]
        found = False
        for heads in (roles.subj, roles.obj, roles.iobj, *roles.obl.values()):
            for at, head in enumerate(heads):
                if tree.upos[head] in ("PRON", "DET", "SCONJ") and tree.lower[head] in RELATIVE:
                    heads[at] = noun
                    found = True
        bare = not any(tree.lower[k] in RELATIVE | {"where", "when", "why"} for k in range(noun + 1, i))
        if top == i and not found and not roles.obj and roles.subj and bare and not roles.passive:
            roles.obj.append(noun)

    def _from_frame(self, roles: Roles) -> None:
        """Let the semantic roles fill what the tree leaves open."""
        i = roles.predicate
        if i not in self.frames:
            return
        if not any(map(self.is_party, roles.subj)):
            heads = [h for h in self.role(i, "ARG0") if h not in roles.obj and self.is_party(h)]
            heads = [h for h in heads if self.tree.tokens[h].start >= self.body][:1]
            if heads:
                roles.subj, roles.how = heads, "semantic role ARG0"
        if not roles.obj and not roles.passive:
            heads = [h for h in self.role(i, "ARG1") if h not in roles.subj and self.tree.upos[h] != "VERB"]
            taken = {head for heads in roles.obl.values() for head in heads}
            roles.obj = [head for head in heads if head not in taken and self.is_party(head)]

    def _shared(self, roles: Roles) -> None:
        """Arguments that the clause shares with the one it leans on."""
        tree, i = self.tree, roles.predicate
        rel, head = tree.rel[i], tree.above[i]
        if rel == "conj" and head >= 0 and tree.upos[head] in ("VERB", "ADJ", "NOUN", "AUX"):
            self._from_leader(roles, tree.leader(i))
        elif not roles.obj:
            nexts = [k for k in tree.kids(i, "conj") if tree.upos[k] == "VERB" and k - i <= 3]
            near = list(tree.kids(nexts[0], "obj")) if nexts and not roles.passive else []
            roles.obj = near
        if (roles.obj if roles.passive else roles.subj) or head < 0:
            return
        if rel == "acl" or rel.endswith("relcl"):
            self._of_noun(roles, head)
        elif rel in ("xcomp", "ccomp", "advcl", "csubj", "parataxis", "obl", "dep", "obj"):
            self._of_verb(roles, head)

    def _from_leader(self, roles: Roles, leader: int) -> None:
        first = self.of(leader)
        if roles.passive and not roles.obj:
            roles.obj = list(first.surface()) or self.tree.kids(leader, "nsubj")
            if not roles.subj and first.passive:
                roles.subj, roles.how = list(first.subj), "coordination"
        elif not roles.passive and not roles.subj:
            roles.subj, roles.how = list(first.surface()), "coordination"

    def _of_noun(self, roles: Roles, noun: int) -> None:
        """A participle or infinitive that modifies a noun."""
        tree, i = self.tree, roles.predicate
        mark = tree.mark(i)
        if mark in ("to", "of", "for", "in", "over"):
            around = self.of(noun)
            struck = [h for case in ("against", "on") for h in around.obl.get(case, []) if self.is_party(h)]
            owners = struck if mark in ("for", "over") and struck else owner(around, self.is_party)
            if not roles.passive:
                roles.subj, roles.how = owners, "control by noun"
        elif roles.passive:
            roles.obj = [noun]
        elif not mark:
            roles.subj, roles.how = self._author(noun) or [noun], "participle"

    def _author(self, noun: int) -> list[int]:
        """Who puts out the text that says it: "issued a statement condemning …"."""
        verb, around = self.tree.above[noun], self.of(noun)
        if self.tree.lemma[noun] not in DOCUMENTS or self.is_party(noun):
            return []
        issued = self.tree.rel[noun] == "obj" and self.tree.lemma[verb] in LIGHT | ISSUING
        return [h for h in owner(around, self.is_party) if self.is_party(h)] or (
            self.of(verb).surface() if issued else []
        )

    def _of_verb(self, roles: Roles, head: int) -> None:
        """Control: whose subject or object a clause without a subject of its own takes."""
        tree, i = self.tree, roles.predicate
        first, mark = self.of(head), tree.mark(i)
        found: list[int] = []
        if tree.rel[i] == "xcomp" or (tree.rel[i] in ("advcl", "obl") and mark in LIKE_OF):
            found = controller(first, tree.lemma[head], mark, self.is_party)
        elif tree.rel[i] == "advcl" and mark == "to":
            asked = tree.lemma[head] in OBJECT_CONTROL | CALLING
            found = first.iobj or (controller(first, tree.lemma[head], mark, self.is_party) if asked else [])
        found = found or first.surface() or first.subj
        if roles.passive:
            roles.obj = list(found)
        else:
            roles.subj, roles.how = list(found), "control"

    # --- nouns and adjectives --------------------------------------------------------------------------------

    def _noun(self, i: int) -> Roles:
        roles = Roles(i)
        tree = self.tree
        for kid in tree.below[i]:
            rel = tree.rel[kid]
            if rel == "nmod:poss":
                roles.poss.append(kid)
            elif rel.partition(":")[0] in ("amod", "compound", "det", "nmod") and not tree.case(kid):
                roles.amod.append(kid)
            elif rel.partition(":")[0] in ("nmod", "obl"):
                roles.add(tree.case(kid), kid)
            elif rel.startswith("nsubj") and tree.case(i) == "under":  # "Lima is under sanctions"
                for case in ("on", "against", "of"):
                    roles.add(case, kid)
            elif rel.startswith("nsubj") and tree.case(i) in _BEING and tree.lower[kid] not in _POINTING:
                roles.subj.append(kid)
                roles.how = "subject of copula"
        if tree.rel[i] == "xcomp" and not roles.subj and tree.kids(i, "cop"):  # "is proud to be a donor"
            roles.subj, roles.how = list(self.of(tree.above[i]).surface()), "subject of copula"
        self._deeper(roles)
        self._relative_owner(roles)
        self._participle(roles)
        self._governed(roles, i, 0)
        return roles

    def _deeper(self, roles: Roles) -> None:
        """A second phrase that the tree hangs on the first: "an attack by Chad [on Sudan]" is on Sudan all the same."""
        tree = self.tree
        for case in ("of", "by", "from"):
            for head in list(roles.obl.get(case, ())):
                for kid in tree.kids(head, "nmod"):
                    own = tree.case(kid)
                    if own in _SECOND and own != case and own not in roles.obl:
                        roles.add(own, kid)

    def _relative_owner(self, roles: Roles) -> None:
        """ "whose capital": the noun before the clause owns it."""
        tree = self.tree
        for at, head in enumerate(roles.poss):
            if tree.lower[head] == "whose":
                clause = next((p for p in tree.path(head) if tree.rel[p].endswith("relcl")), -1)
                if clause >= 0:
                    roles.poss[at] = tree.above[clause]

    def _participle(self, roles: Roles) -> None:
        """ "sanctions imposed by Paris on Lima": the participle's arguments are the noun's."""
        tree = self.tree
        for kid in tree.kids(roles.predicate, "acl"):
            if tree.lemma[kid] in LIGHT and tree.upos[kid] == "VERB":
                inner = self.of(kid)
                roles.subj = roles.subj or list(inner.subj)
                self._merge(roles, inner)

    def _governed(self, roles: Roles, i: int, steps: int) -> None:
        """Arguments that a light verb, or a noun such as round or day, brings along."""
        tree = self.tree
        rel, head = tree.rel[i], tree.above[i]
        if head < 0 or steps > 3:
            return
        base = rel.partition(":")[0]
        if rel == "conj" and tree.upos[head] in ("NOUN", "PROPN"):
            self._governed(roles, tree.leader(i), steps + 1)
        elif (top := tree.blaming(i)) >= 0:
            roles.subj, roles.how = roles.subj or list(self.of(top).subj), roles.how or "responsible"
        elif base == "nmod" and tree.case(i) == "of" and tree.lemma[head] in CONTAINER:
            outer = self.of(head)
            roles.subj, roles.how = roles.subj or list(outer.subj), roles.how or "governing noun"
            self._merge(roles, outer)
            roles.poss = roles.poss or list(outer.poss)
            roles.amod += outer.amod
        elif tree.upos[head] in ("VERB", "AUX"):
            self._from_verb(roles, head, rel)

    def _from_verb(self, roles: Roles, verb: int, rel: str) -> None:
        tree = self.tree
        lemma = tree.lemma[verb]
        first = self.of(verb)
        if (rel in ("obj", "nsubj:pass") or (rel == "obl" and lemma in ("engage", "enter", "be"))) and (
            lemma in LIGHT or lemma in self.light.get(tree.lemma[roles.predicate], ())
        ):
            roles.subj, roles.how = roles.subj or list(first.subj), roles.how or "light verb"
            roles.iobj = list(first.iobj)
            self._merge(roles, first)
        elif rel == "nsubj" and lemma in HAPPEN:
            self._merge(roles, first)
        elif rel == "obj" and lemma in SUFFERED:
            for case in ("on", "against", "of"):
                roles.obl.setdefault(case, []).extend(first.subj)

    def _merge(self, roles: Roles, other: Roles) -> None:
        for case, heads in other.obl.items():
            known = roles.obl.setdefault(case, [])
            known += [head for head in heads if head not in known and head != roles.predicate]
