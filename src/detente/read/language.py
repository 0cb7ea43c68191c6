"""Which language a text is in: enough to tell whether it can be coded.

Scripts decide for most of the world; among the languages in Latin, Cyrillic and Arabic letters, the small words that
hold every sentence together decide. A text too short to tell has no language, which is not the same as another one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

SAMPLE = 20_000
"""Characters looked at."""

WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        language: frozenset(words.split())
        for language, words in {
            "en": "the of and to in that is was for on with as by at from he it are his were which has had not "
            "they be said have an this their who but",
            "fr": "le la les de des du et en un une est dans que qui pour par sur au aux à avec ce cette sont pas il "
            "ont l d son leur a été plus ne",
            "es": "el la los las de del y en un una es que por para con se al su lo como más fue han este sus",
            "pt": "o a os as de do da dos das e em um uma que por para com se não no na ao mais foi como são",
            "it": "il lo la gli le di del della dei e in un una che per con si non è al nel sono alla da ha",
            "de": "der die das den dem des und in ein eine ist von zu mit auf für nicht sich im auch als wird",
            "nl": "de het een en van in is op te dat die voor met zijn niet aan door ook als naar bij wordt",
            "sv": "och att det som en på är av för med till den har inte om ett var från kan de vid",
            "da": "og at det som en på er af for med til den har ikke om et var fra kan de ved blev",
            "no": "og å det som en på er av for med til den har ikke om et var fra kan de ved ble",
            "fi": "ja on ei että se oli hän ovat mutta myös kun joka sen tai mukaan ole niin kuin",
            "pl": "i w na z do się nie że jest o to jak po za od przez dla oraz są był",
            "cs": "a v na se že je s z do o to jako pro za od podle však jsou byl ale",
            "ro": "și în de la cu pe din a o un pentru care nu este că au fost mai sau prin",
            "hu": "a az és hogy nem is egy ez volt meg csak már vagy ki de szerint után",
            "tr": "ve bir bu için ile da de olarak olan daha çok gibi kadar sonra ancak göre ise",
            "id": "yang dan di dari untuk dengan pada ini itu tidak dalam akan ke oleh adalah telah juga",
            "vi": "và của là có trong cho không được với các một người đã này những về khi",
            "sw": "ya na wa kwa ni katika za la kuwa hiyo huo kama yake pia lakini hata",
            "ru": "и в на не что он с по как это его к из от за для был о до",
            "uk": "і в на не що з до як це за від та у його про для був є також",
            "bg": "и в на не че с за от да се по като е са към това който беше",
            "sr": "и у на не да је се са за од су као који до по из али што",
            "ar": "في من على إلى أن التي الذي عن مع هذا هذه ما لا كان بعد قال",
            "fa": "در به از که این را با است برای آن بر تا های خود یک شده",
            "ur": "کے کی میں ہے اور سے کا کو نے پر یہ کہ ہیں بھی اس تھا",
        }.items()
    }
)
SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("am", re.compile("[\u1200-\u137f]")),
    ("my", re.compile("[\u1000-\u109f]")),
    ("km", re.compile("[\u1780-\u17ff]")),
)
OWN_SCRIPT = re.compile("[" + "".join(script.pattern.strip("[]") for _, script in SCRIPTS) + "]")
WORD = re.compile(r"[^\W\d_]+")
LANGUAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        word: tuple(name for name, own in WORDS.items() if word in own)
        for word in frozenset().union(*WORDS.values())
    }
)
"""The languages of each small word."""


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of the language that the text is in, None if that cannot be told."""
    sample = text[:SAMPLE]
    found = WORD.findall(sample)
    words = Counter(map(str.casefold, found))
    letters = sum(map(len, found))
    if not letters:
        return None
    # One look for any of their letters spares most texts the search for each of these scripts.
    for language, script in SCRIPTS if OWN_SCRIPT.search(sample) else ():
        # Japanese is written mostly in Chinese characters: a little kana decides, so it stands first.
        if len(script.findall(sample)) > (0.1 if language == "ja" else 0.35) * letters:
            return language
    scores = dict.fromkeys(WORDS, 0)
    for word in words.keys() & LANGUAGES.keys():
        for name in LANGUAGES[word]:
            scores[name] += words[word]
    total = words.total()
    best, runner_up = sorted(scores, key=lambda name: -scores[name])[:2]
    # Function words make up a third of running text; a list of names or a table has next to none.
    if scores[best] < 2 or scores[best] < 0.06 * total or scores[best] == scores[runner_up]:
        return None
    return best
