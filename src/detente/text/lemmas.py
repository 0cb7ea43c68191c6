"""Dictionary forms: what the model guesses, put right by English inflection and by words that are known to exist.

The model names a rule ("cut two letters, add y"), which it now and then misapplies to rare words: "prais". A guess
that is no word gives way to a word that the form inflects. The encoder's own vocabulary tells what is a word; the
coder asks again with the words of its lexicon, which matter most.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_VERBS = (
    "blow: blew blown; broadcast: broadcast; be: am is are was were been being; begin: began begun; bend: bent; "
    "bind: bound; break: broke broken; bring: brought; build: built; burn: burnt; buy: bought; catch: caught; "
    "choose: chose chosen; come: came; cut: cut; deal: dealt; dig: dug; do: did done does doing; draw: drew "
    "drawn; drive: drove driven; fall: fell fallen; feed: fed; feel: felt; fight: fought; find: found; flee: "
    "fled; fly: flew flown flies; forbid: forbade forbidden; forgive: forgave forgiven; freeze: froze frozen; "
    "get: got gotten; give: gave given; go: went gone goes going; grow: grew grown; hang: hung; have: had has; "
    "hear: heard; hide: hid hidden; hit: hit; hold: held; hurt: hurt; keep: kept; know: knew known; lay: laid; "
    "lead: led; leave: left; lend: lent; let: let; lie: lain lying; lose: lost; make: made; mean: meant; meet: "
    "met; overthrow: overthrew overthrown; pay: paid; put: put; quit: quit; read: read; ride: rode ridden; ring: "
    "rang rung; rise: rose risen; run: ran; say: said; see: saw seen; seek: sought; sell: sold; send: sent; set: "
    "set; shake: shook shaken; shoot: shot; show: shown; shut: shut; sing: sang sung; sink: sank sunk; sit: sat; "
    "slay: slew slain; speak: spoke spoken; spend: spent; spread: spread; stand: stood; steal: stole stolen; "
    "stick: stuck; strike: struck stricken; swear: swore sworn; sweep: swept; take: took taken; teach: taught; "
    "tear: tore torn; tell: told; think: thought; throw: threw thrown; understand: understood; undertake: "
    "undertook undertaken; uphold: upheld; win: won; wind: wound; oversee: oversaw overseen; underwrite: "
    "underwrote underwritten; withdraw: withdrew withdrawn; withhold: withheld; write: wrote written; halt: "
    "halted"
)
_IRREGULAR = {
    form: lemma.strip()
    for row in _VERBS.split(";")
    for lemma, forms in [row.split(":")]
    for form in forms.split()
}
_PLURALS = {
    "children": "child", "people": "people", "crises": "crisis", "wives": "wife", "lives": "life", "mice": "mouse",
}  # fmt: skip
_NOT_MEN = frozenset(("omen", "specimen", "regimen", "abdomen", "yemen", "turkmen", "amen"))


def plain(word: str) -> str:
    """Return a word without accents: "chargé" and "charge" are one to a lexicon."""
    if word.isascii():
        return word
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


@lru_cache(maxsize=65536)
def candidates(form: str, verbal: bool) -> tuple[str, ...]:
    """Return the dictionary forms that a word in lower case may inflect, likeliest first."""
    if verbal:
        return tuple(dict.fromkeys(_verb_forms(form)))
    return tuple(dict.fromkeys(_noun_forms(form)))


def _verb_forms(form: str) -> Iterator[str]:
    if form in _IRREGULAR:
        yield _IRREGULAR[form]
    for prefix in ("over", "under", "out", "re", "mis", "fore", "up"):
        if form.startswith(prefix) and form[len(prefix) :] in _IRREGULAR:
            yield prefix + _IRREGULAR[form[len(prefix) :]]
    for ending in ("ied", "ies"):
        if form.endswith(ending):
            yield form[:-3] + "y"
    for ending in ("ing", "ed"):
        stem = form.removesuffix(ending)
        if stem != form and len(stem) > 1:
            if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "sl":
                yield stem[:-1]
            yield stem
            yield stem + "e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
    if form.endswith("es"):
        yield form[:-2]
    if form.endswith("s") and not form.endswith("ss"):
        yield form[:-1]
    yield form


def _noun_forms(form: str) -> Iterator[str]:
    if form in _PLURALS:
        yield _PLURALS[form]
    if form.endswith("men") and form not in _NOT_MEN:
        yield form[:-2] + "an"
    yield form
    if form.endswith("ies"):
        yield form[:-3] + "y"
    if form.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        yield form[:-2]
    if form.endswith("s") and not form.endswith("ss"):
        yield form[:-1]


def known_lemma(form: str, guess: str, verbal: bool, words: frozenset[str]) -> str:
    """Return the lemma of a form: a known word that it inflects, else the guess.

    Args:
        form: the word in lower case.
        guess: the model's lemma.
        verbal: whether it is a verb.
        words: known dictionary forms.
    """
    if form == guess and form in words:
        return guess
    return next((lemma for lemma in candidates(form, verbal) if lemma in words), guess)


_ONLY_PLURAL = frozenset(
    ("news", "series", "species", "headquarters", "means", "politics", "economics", "premises", "lens", "thanks",
     "regards", "troops", "clothes", "jeans", "trousers")
)  # fmt: skip
_CLOSED = re.compile(
    r"[^aeiou]*[aeiou][^aeiouwxy]"
)  # one syllable that would double its last letter: "hop", "hopped"


class Lemmas:
    """Applies the model's lemma rules.

    Args:
        rules: the rules by number: "-2y" cuts two letters and adds "y"; "=0" keeps the case.
        known: words that exist, in lower case.
    """

    def __init__(self, rules: Sequence[str], known: frozenset[str]) -> None:
        self._rules, self._known = [_parts(rule) for rule in rules], known
        self._done: dict[tuple[str, int, str], str] = {}

    def __call__(self, form: str, rule: int, upos: str) -> str:
        """Return the lemma of a word, given the number of its rule and its part of speech."""
        key = form, rule, upos
        lemma = self._done.get(key)
        if lemma is None:
            if len(self._done) > 1 << 17:  # memory stays flat however long the archive
                self._done.clear()
            lemma = self._done[key] = self._lemma(form, _applied(form, *self._rules[rule]), upos)
        return lemma

    def _lemma(self, form: str, guess: str, upos: str) -> str:
        verbal = upos in ("VERB", "AUX")
        low = form.lower()
        if not (verbal or upos == "NOUN"):
            return guess
        if verbal and low in _IRREGULAR:
            return guess if guess in self._known and guess != low else _IRREGULAR[low]
        if low.endswith("men") and not verbal and low not in _NOT_MEN:
            return low[:-2] + "an"
        if guess not in self._known or (guess == low and _inflected(low, verbal)):
            found = [one for one in candidates(low, verbal) if one in self._known and one != low]
            return found[0] if found else guess
        silent = verbal and low in (guess + "ing", guess + "ed") and guess + "e" in self._known
        return guess + "e" if silent and _CLOSED.fullmatch(guess) else guess


def _inflected(form: str, verbal: bool) -> bool:
    """Whether a form looks like no dictionary form: a verb in -ing or -ed, a noun in -s that has a singular."""
    if verbal:
        return form.endswith(("ing", "ed")) and not form.endswith("eed")
    return form.endswith("s") and not form.endswith(("ss", "us", "is")) and form not in _ONLY_PLURAL


def _parts(label: str) -> tuple[bool, int, str]:
    """A lemma rule, "=2y": keep the case, cut two letters, add "y"."""
    digits = label[1:3] if label[1:3].isdigit() else label[1:2]
    return label[0] == "=", int(digits), label[1 + len(digits) :]


def _applied(form: str, keep: bool, cut: int, add: str) -> str:
    base = form if keep else form.lower()
    if cut > len(base):
        return base
    return base[: len(base) - cut] + add or base
