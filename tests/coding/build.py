"""Hand-built Docs for tests: a sentence is a few lines of tokens, so that no model is needed."""

from __future__ import annotations

from collections.abc import Sequence

from detente import ids
from detente.coding import code_doc
from detente.coding.judging import Judge
from detente.lexicon import Lexicon
from detente.records import Event, Statement, Story
from detente.terms import TYPES
from detente.text.doc import Attribution, Doc, Entity, Frame, Token
from detente.text.relate import Pair, Relation

_GLUED = frozenset((".", ",", ";", ":", "?", "!", "'s", "’s", "n't", "n’t", "”", ")"))
_OPENING = frozenset(("“", "("))


def doc(
    *sentences: str,
    frames: tuple[Frame, ...] = (),
    entities: tuple[Entity, ...] = (),
    attributions: tuple[Attribution, ...] = (),
) -> Doc:
    """Return a Doc from sentences of tokens ``word=lemma/UPOS/head/deprel/Feat=Value|…``.

    Heads count from 1 within the sentence, 0 is the root; lemma and features may be left out.
    """
    text, made, done = "", [], 0
    for number, sentence in enumerate(sentences):
        tokens, glue = [], True
        for at, entry in enumerate(sentence.split()):
            word, upos, head, deprel, *feats = entry.split("/")
            word, _, lemma = word.partition("=")
            text += "" if glue or word in _GLUED else " "
            start = len(text)
            text += word
            glue = word in _OPENING
            values = dict(feat.split("=") for feat in feats[0].split("|")) if feats else {}
            lemma = lemma or (word if upos == "PROPN" else word.lower())
            tokens.append(
                Token(word, start, len(text), lemma, upos, values, int(head) - 1, deprel, done + at, number)
            )
        made.append(tuple(tokens))
        done += len(tokens)
        text += " "
    return Doc(text.rstrip(), tuple(made), frames, entities, attributions)


def unsure(pairs: Sequence[Pair]) -> list[Relation]:
    """A judge that finds every type as likely as any other."""
    return [Relation("AGREE", 1, dict.fromkeys(TYPES, 1 / 16)) for _ in pairs]


def coded(
    *sentences: str, published: str = "2012-05-16", asked: Judge = unsure
) -> tuple[tuple[Statement, ...], tuple[Event, ...]]:
    """Return statements and events of hand-built sentences; 2012-05-16 was a Wednesday."""
    built = doc(*sentences)
    story = Story(id=ids.story_id(built.text), text=built.text, published=published, language="en")
    return code_doc(story, built, Lexicon(), asked)


def shown(event: Event) -> str:
    """Return an event as one line: TYPE trigger: source > target (or <>), status."""
    source = "+".join(mention.text for mention in event.source)
    target = "+".join(mention.text for mention in event.target)
    sides = f"{source} <>" if event.reciprocal else f"{source} > {target}"
    return f"{event.type} {event.trigger.text}: {sides}, {event.status}{' (old)' if event.background else ''}"


def events_of(*sentences: str, published: str = "2012-05-16") -> list[str]:
    """Return the events of hand-built sentences as lines."""
    return [shown(event) for event in coded(*sentences, published=published)[1]]
