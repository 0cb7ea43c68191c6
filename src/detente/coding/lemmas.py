"""Dictionary forms of the words that the lexicon knows, from English inflection alone.

The model guesses lemmas well for common words; for the words that matter here the lexicon is the better judge:
if a form inflects a known word by rule, that word is its lemma.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

_VERBS = (
    "be: am is are was were been being; begin: began begun; bend: bent; bind: bound; break: broke broken; "
    "bring: brought; build: built; burn: burnt; buy: bought; catch: caught; choose: chose chosen; come: "
    "came; cut: cut; deal: dealt; dig: dug; do: did done does; draw: drew drawn; drive: drove driven; "
    "fall: fell fallen; feed: fed; feel: felt; fight: fought; find: found; flee: fled; fly: flew flown "
    "flies; forbid: forbade forbidden; forgive: forgave forgiven; freeze: froze frozen; get: got gotten; "
    "give: gave given; go: went gone goes; grow: grew grown; hang: hung; have: had has; hear: heard; "
    "hide: hid hidden; hit: hit; hold: held; hurt: hurt; keep: kept; know: knew known; lay: laid; lead: "
    "led; leave: left; lend: lent; let: let; lie: lain lying; lose: lost; make: made; mean: meant; meet: "
    "met; overthrow: overthrew overthrown; pay: paid; put: put; quit: quit; read: read; ride: rode "
    "ridden; ring: rang rung; rise: rose risen; run: ran; say: said; see: saw seen; seek: sought; sell: "
    "sold; send: sent; set: set; shake: shook shaken; shoot: shot; show: shown; shut: shut; sing: sang "
    "sung; sink: sank sunk; sit: sat; slay: slew slain; speak: spoke spoken; spend: spent; spread: "
    "spread; stand: stood; steal: stole stolen; stick: stuck; strike: struck stricken; swear: swore "
    "sworn; sweep: swept; take: took taken; teach: taught; tear: tore torn; tell: told; think: thought; "
    "throw: threw thrown; understand: understood; undertake: undertook undertaken; uphold: upheld; win: "
    "won; withdraw: withdrew withdrawn; withhold: withheld; write: wrote written; halt: halted "
)
_IRREGULAR = {
    form: lemma.strip()
    for row in _VERBS.split(";")
    for lemma, forms in [row.split(":")]
    for form in forms.split()
}
_PLURALS = {
    **{
        f"{stem}men": f"{stem}man"
        for stem in ("", "wo", "police", "gun", "spokes", "fisher", "states", "council")
    },
    **{"children": "child", "people": "people", "crises": "crisis", "wives": "wife", "lives": "life"},
}


@lru_cache(maxsize=65536)
def candidates(form: str, verbal: bool) -> tuple[str, ...]:
    """Return the dictionary forms that a word in lower case may inflect, likeliest first."""
    if verbal:
        return tuple(dict.fromkeys(_verb_forms(form)))
    return tuple(dict.fromkeys(_noun_forms(form)))


def _verb_forms(form: str) -> Iterator[str]:
    if form in _IRREGULAR:
        yield _IRREGULAR[form]
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
    yield form
    if form.endswith("ies"):
        yield form[:-3] + "y"
    if form.endswith("es"):
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
