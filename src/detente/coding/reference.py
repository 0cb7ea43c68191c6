"""Reference inside a story: pronouns, bare descriptions and short names find the name they stand for, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from detente.coding.anchors import LOCATIVE
from detente.coding.surroundings import Surroundings
from detente.coding.tree import Tree
from detente.coding.wordsets import words
from detente.lexicon import AgentRow
from detente.lexicon.genders import gender
from detente.records import Mention

if TYPE_CHECKING:
    from detente.coding.actors import Cast

SHE = frozenset(("she", "her", "hers", "herself"))
HE = frozenset(("he", "him", "his", "himself"))
IT = frozenset(("it", "its", "itself"))
THEY = frozenset(("they", "them", "their", "theirs", "themselves", "both"))
WE = frozenset(("i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "ourselves"))
POINTING = frozenset(("the", "this", "these", "those", "that", "both", "its", "his", "her", "their"))
PAIRED = words(
    "leader country side nation neighbour neighbor minister president state man foe capital government rival"
)
_BODIES = frozenset(("state", "organisation", "group"))
_PUBLIC = frozenset(("GOV", "MIL", "COP", "LEG", "JUD", "SPY", "IGO"))


class Reference:
    """Finds antecedents among the mentions that stand before a token."""

    def __init__(self, cast: Cast, tree: Tree) -> None:
        self.cast, self.tree = cast, tree
        self.surroundings = Surroundings(cast, tree)

    # --- pronouns ------------------------------------------------------------------------------------------------

    def pronoun(self, i: int) -> tuple[Mention, ...]:
        """Whom a pronoun stands for; () if that is not clear."""
        word = self.tree.lower[i]
        if word in WE:
            voice = self.cast.voice(i)
            return (voice,) if voice else ()
        if word in ("who", "which", "that", "whom", "whose"):
            return self._relative(i)
        if word in HE | SHE:
            other = "male" if word in SHE else "female"
            found = self._nearest(i, lambda m: self._person(m) and self._gender(m) != other)
        elif word in IT:
            found = self._held(i) or self._nearest(i, self._is_body, plural=False)
        elif word in THEY:
            return self._several(i)
        else:
            return ()
        return tuple(self._again(m, f"pronoun {word}") for m in found[:1])

    def _person(self, mention: Mention) -> bool:
        return mention.actor is not None and mention.actor.kind == "person"

    def _gender(self, mention: Mention) -> str | None:
        before = self.tree.doc.text[: mention.start].split()[-1:]
        return gender(mention.actor.name if mention.actor else mention.text, "".join(before))

    def _is_body(self, mention: Mention) -> bool:
        return mention.actor is not None and mention.actor.kind in _BODIES

    def _held(self, i: int) -> list[Mention]:
        """Who is thanked, blamed or held to account "for its" deed: the object, not the one who judges."""
        tree = self.tree
        noun = tree.above[i]
        if tree.rel[i] != "nmod:poss" or tree.case(noun) != "for":
            return []
        objects = (o for p in tree.path(noun)[:2] for o in tree.kids(p, "obj") if o < i)
        return [m for o in objects for m in self.cast.mentions(o) if self._is_body(m)]

    def _relative(self, i: int) -> tuple[Mention, ...]:
        clause = next((p for p in (i, *self.tree.path(i)) if self.tree.rel[p].endswith("relcl")), -1)
        return self.cast.parties(self.tree.above[clause]) if clause >= 0 else ()

    def _again(self, mention: Mention, why: str) -> Mention:
        return Mention(
            mention.start, mention.end, mention.text, actor=mention.actor, why=f"{why}: {mention.text}"
        )

    def _nearest(self, i: int, fits: Callable[[Mention], bool], plural: bool = True) -> list[Mention]:
        """The best antecedent: subject of a clause around it, subject of the sentence before, else the last named."""
        tree = self.tree
        rivals = self._rivals(i)
        # "He urged him": who is meant by the first is not meant by the second
        taken = {m.actor.name for k in rivals if k < i and tree.upos[k] == "PRON"
                 for m in self.cast.mentions(k) if m.actor}  # fmt: skip
        best: tuple[float, int, Mention] | None = None
        sent = tree.tokens[i].sent
        for j in self.surroundings.back(i):
            mentions = [m for m in self.cast.mentions(j) if fits(m)]
            if len(mentions) != 1 or j in rivals or (mentions[0].actor and mentions[0].actor.name in taken):
                continue
            if not plural and tree.upos[j] == "NOUN" and tree.feat(j, "Number") == "Plur":
                continue
            score = self._salience(i, j, sent)
            if best is None or score > best[0]:
                best = (score, j, mentions[0])
        return [best[2]] if best else []

    def _salience(self, i: int, j: int, sent: int) -> float:
        tree = self.tree
        back = sent - tree.tokens[j].sent
        subject = tree.rel[tree.leader(j)].startswith("nsubj")
        score = (3.0 if subject else 0.0) - 2.5 * back - 0.01 * (i - j)
        if back == 0 and subject and tree.above[tree.leader(j)] in tree.path(i):
            score += 1.0
        if tree.rel[j] in ("nmod:poss", "compound", "amod", "nmod:desc"):
            score -= 1.5
        return score

    def _rivals(self, i: int) -> set[int]:
        """Phrases that cannot be meant: the other arguments of the verb that the pronoun is an argument of."""
        tree = self.tree
        head = tree.above[i]
        if head < 0:
            return set()
        if tree.rel[i] == "nmod:poss":
            return {head} | self._judged(head)
        found: set[int] = set()
        for kid in tree.below[head]:
            if kid != i and tree.rel[kid].partition(":")[0] in ("nsubj", "obj", "iobj", "obl"):
                found.update(tree.group(kid))
        if tree.rel[i] in ("obj", "iobj", "obl") and not tree.kids(head, "nsubj"):
            leader = tree.leader(head)
            outer = leader if leader != head else tree.above[head]
            if outer >= 0:
                for kid in tree.kids(outer, "nsubj"):
                    found.update(tree.group(kid))
        return found

    def _judged(self, noun: int) -> set[int]:
        """Who judges, refuses or asks does so about somebody else's deed: "Bonn welcomed its pledge"."""
        tree = self.tree
        verb = tree.above[noun]
        if tree.rel[noun] != "obj" or verb < 0:
            return set()
        rows = self.cast.lexicon.frames.get((tree.lemma[verb], "VERB"), ())
        if not any(row.type in ("SUPPORT", "ACCUSE", "REJECT") and "owner" in row.target for row in rows):
            return set()
        subjects = tree.kids(verb, "nsubj") or tree.kids(tree.leader(verb), "nsubj")
        return {k for s in subjects for k in tree.group(s)}

    def _several(self, i: int) -> tuple[Mention, ...]:
        """They: the last coordinated parties or the last group or body."""
        rivals = self._rivals(i)
        tree = self.tree
        best: tuple[float, tuple[Mention, ...]] | None = None
        for j in self.surroundings.back(i):
            if j in rivals or tree.leader(j) != j:
                continue
            parties = self.cast.parties(j)
            plural = len(parties) > 1 or any(
                m.actor and (m.actor.kind == "group" or tree.feat(j, "Number") == "Plur") for m in parties
            )
            if parties and plural:
                score = self._salience(i, j, tree.tokens[i].sent) + (0.5 if len(parties) > 1 else 0.0)
                if best is None or score > best[0]:
                    best = (score, parties)
        return tuple(self._again(m, f"pronoun {tree.lower[i]}") for m in best[1]) if best else ()

    # --- bare descriptions ------------------------------------------------------------------------------------------

    def description(self, i: int, row: AgentRow) -> tuple[Mention, ...]:
        """Whom "the two leaders", "both countries" or "the ministry" stands for."""
        tree = self.tree
        words = {
            tree.lower[k]
            for k in tree.below[i]
            if tree.rel[k].partition(":")[0] in ("det", "nummod", "amod", "nmod")
        }
        if tree.lemma[i] in PAIRED and words & {"two", "both"}:
            return self._pair(i)
        if tree.lemma[i] in ("neighbour", "neighbor", "rival", "foe") and tree.feat(i, "Number") != "Plur":
            return self._other(i)
        if not words & POINTING or tree.rel[i] == "appos":
            return ()
        if (
            tree.feat(i, "Number") == "Plur"
            and tree.lemma[i] in PAIRED
            and not words - {"the", "both", "two"}
        ):
            return self._pair(i)
        for j in self.surroundings.back(i):
            for mention in self.cast.mentions(j):
                if self._describes(i, j, mention):
                    return (self._again(mention, f"description {tree.lower[i]}"),)
        return ()

    def _other(self, i: int) -> tuple[Mention, ...]:
        """ "its neighbour": the last state named that is not the owner."""
        owners = [m for k in self.tree.exact(i, "nmod:poss") for m in self.cast.mentions(k)]
        mine = {m.actor.country for m in owners if m.actor}
        for j in self.surroundings.back(i) if mine else ():
            for mention in self.cast.mentions(j):
                actor = mention.actor
                if actor and actor.kind == "state" and actor.country not in mine:
                    return (self._again(mention, f"description {self.tree.lower[i]}"),)
        return ()

    def _describes(self, i: int, j: int, mention: Mention) -> bool:
        actor, lemma = mention.actor, self.tree.lemma[i]
        if actor is None or actor.country is None:
            return False
        if lemma in ("government", "country", "nation"):
            return actor.kind == "state" and lemma != "government"
        named = f"{mention.text} {actor.name} {actor.office or ''}".lower().split()
        return lemma in named or self.tree.lemma[j] == lemma

    def breakaway(self, i: int) -> tuple[Mention, ...]:
        """ "the breakaway region": the last one named."""
        for j in self.surroundings.back(i):
            match = self.cast.at.get(j)
            if match is not None and match.kind == "breakaway":
                return tuple(
                    self._again(m, f"description {self.tree.lower[i]}") for m in self.cast.mentions(j)
                )
        return ()

    def _pair(self, i: int) -> tuple[Mention, ...]:
        """The last two parties: coordinated or mutual ones first, else the last two different actors of one kind."""
        persons = self.tree.lemma[i] in ("leader", "minister", "president", "man")
        states = self.tree.lemma[i] in ("country", "nation", "state", "capital", "government", "neighbour")
        found: list[Mention] = []
        for j in self.surroundings.back(i):
            if self.tree.case(j) in LOCATIVE:  # where they met is none of the two
                continue
            joined = self._joined(j, persons)
            if joined:
                return tuple(self._again(m, f"description {self.tree.lower[i]}") for m in joined)
            for mention in self.cast.mentions(j):
                actor = mention.actor
                if actor is None or actor.country is None or (actor.kind == "person") != persons:
                    continue
                if states and actor.kind != "state":
                    continue
                if all(actor.country != (m.actor.country if m.actor else None) for m in found):
                    found.insert(0, mention)
            if len(found) == 2:
                return tuple(self._again(m, f"description {self.tree.lower[i]}") for m in found)
        return ()

    def _joined(self, j: int, persons: bool) -> list[Mention]:
        """Two parties of different countries that "and" joins; [] if there are not exactly two."""
        both = [m for k in self.tree.group(self.tree.leader(j)) for m in self.cast.mentions(k) if m.actor]
        fit = [m for m in both if m.actor and m.actor.country and (m.actor.kind == "person") == persons]
        return fit if len(fit) == 2 and len({m.actor.country for m in fit if m.actor}) == 2 else []

    # --- short names and surroundings ---------------------------------------------------------------------------------

    def surname(self, i: int) -> tuple[Mention, ...]:
        """A person named in full before, or a body whose acronym was given in brackets."""
        tree = self.tree
        if tree.upos[i] != "PROPN" or tree.exact(i, "flat"):
            return ()
        word = tree.tokens[i].text
        for j in self.surroundings.back(i):
            for mention in self.cast.mentions(j):
                actor = mention.actor
                if actor is None:
                    continue
                if actor.kind == "state" and word in ("North", "South") and actor.name.startswith(word):
                    return (self._again(mention, f"short name {word}"),)
                person = actor.kind == "person" and word in actor.name.split() and word != mention.text
                if person or (actor.kind == "organisation" and word.isupper() and self._acronym(j, word)):
                    token = tree.tokens[i]
                    return (
                        Mention(
                            token.start,
                            token.end,
                            token.text,
                            actor=actor,
                            why=f"named before: {mention.text}",
                        ),
                    )
        return ()

    def _acronym(self, j: int, word: str) -> bool:
        return any(self.tree.tokens[k].text == word for k in self.tree.kids(j, "appos"))
