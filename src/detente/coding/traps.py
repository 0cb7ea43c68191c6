"""What looks like politics and is none: sport, markets, fiction, figures of speech, routine inside one country."""

from __future__ import annotations

import re
from itertools import pairwise

from detente.coding.tree import Tree
from detente.coding.wordsets import words
from detente.records import Mention

_FICTION = words(
    "film movie novel thriller series episode videogame game sequel blockbuster sitcom drama plot screenplay"
)
_SCORE = re.compile(r"\b\d{1,3}[-–]\d{1,3}\b")
# Words of sport, by how much they prove: the first hardly ever mean anything else, the last often do.
_SPORT = {
    2.0: words(
        "midfielder goalkeeper quarterfinal semifinal touchdown wicket playoff tiebreak halftime batsman quarterback"
    ),
    1.0: words("match championship cup tournament medal olympic inning champion pitcher winger striker"),
    0.5: words("goal final league team player club game coach defender host"),
}
_EXCHANGE = words(
    "share stock bond index nikkei dow trader dealer investor currency rout bourse equity futures"
)
_PRICES = words("yuan yen dollar euro percent point market price rouble ruble pound")
_FESTIVE = words("anniversary bicentenary centenary commemoration re-enactor memorial commemorate jubilee")
# Acts that count inside one country too; the rest only between government and those who contest it.
_DOMESTIC = frozenset(("PROTEST", "COERCE", "ASSAULT", "MOBILIZE", "RETREAT"))
_GRANTED = frozenset(
    ("after", "since", "because", "when", "as")
)  # what follows these in a question is taken for granted
_FORCE = frozenset(("COERCE", "ASSAULT"))
_WATCHED = frozenset(("JRN", "OPP", "NGO", "REF"))  # force against these is politics, whoever uses it
CONTEST = frozenset(("REB", "OPP", "UAF", "SEP", "REF"))
_ACTING = frozenset(("GOV", "MIL", "LEG", "COP", "SPY", "REB", "UAF", "OPP", "IGO", "ELI", "JUD", "PTY"))
_OUTSIDE = frozenset(("IGO", "INT", "NGO", "MNC"))
_MANNER = words("consultation cooperation coordination partnership collaboration agreement accord")
_CRIME = words("theft burglary burgle robbery murder homicide rape fraud drunk manslaughter stabbing shoplifting heist "
                   "assault_charge arson embezzlement steal stolen larceny mugging")  # fmt: skip
_CRIMINAL = frozenset(("COP", "CVL", "CRM", "JUD", "UAF", "BUS", None))


class Traps:
    """Recognises sentences and predicates that are not to be coded."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._verdicts: dict[int, bool] = {}

    def figurative(self, i: int) -> bool:
        """Whether a predicate stands in a sentence about sport, markets or fiction, or in a festive clause."""
        sent = self.tree.tokens[i].sent
        if sent not in self._verdicts:
            self._verdicts[sent] = self._judge(sent)
        return self._verdicts[sent] or self._festive(i)

    def _festive(self, i: int) -> bool:
        """Whether a predicate's own clause speaks of an anniversary, or it is told below such a word."""
        tree = self.tree
        feasts = [t.i for t in tree.doc.sentences[tree.tokens[i].sent] if tree.lemma[t.i] in _FESTIVE]
        return any(tree.within(i, f) or tree.clause(i) == tree.clause(f) for f in feasts)

    def _judge(self, sent: int) -> bool:
        sentence = self.tree.doc.sentences[sent]
        lemmas = [self.tree.lemma[token.i] for token in sentence]
        nouns = [self.tree.lemma[token.i] for token in sentence if self.tree.upos[token.i] != "VERB"]
        text = self.tree.doc.text[sentence[0].start : sentence[-1].end] if sentence else ""
        sport = sum(weight for weight, known in _SPORT.items() for lemma in lemmas if lemma in known)
        sport += 1.5 if _SCORE.search(text) else 0.0
        market = 2 * sum(lemma in _EXCHANGE for lemma in nouns) + sum(lemma in _PRICES for lemma in nouns)
        return (
            sport >= 2
            or market >= 4
            or any(
                lemma in _FICTION and before != "war" for before, lemma in pairwise(["", *lemmas[:8]])
            )  # war games are no game
        )

    def asked(self, i: int) -> bool:
        """Whether a predicate is what a question asks about: "Did Bonn expel the envoy?" tells nothing.

        What a subordinate clause of the question takes for granted ("after Bonn expelled him, …?") is told.
        """
        sentence = self.tree.doc.sentences[self.tree.tokens[i].sent]
        if not any(token.text.endswith("?") for token in sentence[-3:]):
            return False
        return not any(
            self.tree.rel[p].endswith("relcl")
            or (self.tree.rel[p].startswith("advcl") and self.tree.mark(p) in _GRANTED)
            for p in (i, *self.tree.path(i))
        )

    def manner(self, i: int) -> bool:
        """Whether a noun only tells how something else is done: "in consultation with partners"."""
        tree = self.tree
        return (
            tree.lemma[i] in _MANNER and tree.case(i) == "in" and not tree.kids(i, "det", "amod", "nmod:poss")
        )

    def unsaid(self, i: int) -> bool:
        """Whether a readiness is only spoken about: "steps that they are ready to take", "what it is willing to do"."""
        tree = self.tree
        if tree.upos[i] != "ADJ" or tree.lemma[i] not in ("willing", "ready", "prepared"):
            return False
        before = tree.lower[tree.reach[i][0] : i]
        asked = any(word in before for word in ("what", "whatever", "how", "whether", "if"))
        return asked or tree.rel[tree.leader(i)].endswith("relcl")

    def routine(self, type_: str, source: tuple[Mention, ...], target: tuple[Mention, ...]) -> bool:
        """Whether an act is routine inside one country, or nobody in it acts in politics."""
        actors = [m.actor for m in (*source, *target) if m.actor]
        sectors = {actor.sector for actor in actors}
        suffering = {m.actor.sector for m in target or source if m.actor}
        if type_ in _FORCE and suffering & _WATCHED:
            return False
        if type_ != "PROTEST" and not sectors & _ACTING and not any(a.country in _OUTSIDE for a in actors):
            return len({a.country for a in actors}) < 2
        if type_ in _DOMESTIC or sectors & CONTEST:
            return False
        if len(actors) == 1 and actors[0].sector not in _ACTING - {"COP", "JUD"}:
            return True
        countries = {actor.country for actor in actors}
        placed = countries - {None}
        if len(actors) < 2 or len(placed) > 1 or placed & _OUTSIDE:
            return False
        stray = {actor.sector for actor in actors if actor.country is None}
        return not placed or not stray & {"GOV", "MIL", "IGO", "ELI"}

    def crime(self, i: int, parties: tuple[Mention, ...]) -> bool:
        """Whether an act is the common crime of one country: police and burglars."""
        actors = [m.actor for m in parties if m.actor]
        if not {a.sector for a in actors} <= _CRIMINAL or len({a.country for a in actors} - {None}) > 1:
            return False
        sentence = self.tree.doc.sentences[self.tree.tokens[i].sent]
        return any(self.tree.lemma[token.i] in _CRIME for token in sentence)
