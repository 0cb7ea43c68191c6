from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.read.language import language_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The minister said on Friday that the talks with Peru had been put off until the spring."),
        (
            "fr",
            "Le ministre a déclaré vendredi que les négociations avec le Pérou sont reportées au printemps.",
        ),
        (
            "es",
            "El ministro dijo el viernes que las conversaciones con el Perú se aplazan hasta la primavera.",
        ),
        ("pt", "O ministro disse na sexta-feira que as conversas com o Peru foram adiadas para a primavera."),
        ("it", "Il ministro ha detto venerdì che i colloqui con il Perù sono rinviati alla primavera."),
        (
            "de",
            "Der Minister sagte am Freitag, dass die Gespräche mit Peru auf das Frühjahr verschoben sind.",
        ),
        ("nl", "De minister zei vrijdag dat het overleg met Peru is uitgesteld tot in het voorjaar."),
        (
            "tr",
            "Bakan, Peru ile görüşmelerin bir yıl sonra yapılacağını ve bu karar için hazır olduklarını söyledi.",
        ),
        ("ru", "Министр сказал в пятницу, что переговоры с Перу и Чили отложены на весну."),
        ("uk", "Міністр сказав у п'ятницю, що переговори з Перу та Чилі відкладено до весни."),
        ("ar", "قال الوزير يوم الجمعة إن المحادثات مع بيرو قد تأجلت إلى الربيع في هذا العام"),
        ("zh", "部长周五表示,与秘鲁的会谈推迟到春天。"),
        ("ja", "大臣は金曜日にペルーとの会談が春に延期されたと述べた。"),
        ("ko", "장관은 금요일 페루와의 회담이 봄으로 연기되었다고 말했다."),
        ("el", "Ο υπουργός είπε την Παρασκευή ότι οι συνομιλίες με το Περού αναβλήθηκαν."),
    ],
)
def test_the_great_languages_are_told_apart(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text", ["", "1234 5678", "Putin Xi Modi Macron", "Kigali Nairobi Accra Lomé Bamako Dakar"]
)
def test_what_does_not_tell_has_no_language(text: str) -> None:
    assert language_of(text) is None


def test_english_about_foreigners_stays_english() -> None:
    text = "The party Podemos por la República said on Monday that “la lucha sigue” would be its motto in the vote."
    assert language_of(text) == "en"


@given(st.text())
def test_any_text_is_judged_without_fault(text: str) -> None:
    assert language_of(text) is None or len(language_of(text) or "") == 2


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Peru recalls envoy", None),
        ("Talks fail.", None),
        ("Angela Merkel, Emmanuel Macron, Vladimir Putin", None),
        ("The minister said: «Мы готовы к переговорам» and left the room for the press.", "en"),
        (
            "Der Minister sagte, er trete nicht ab. The minister said that he would not resign and left the room.",
            "en",
        ),
        ("Le président a dit que la France était prête, and left.", "fr"),
    ],
)
def test_short_texts_have_no_language_and_mixed_ones_that_of_most_of_it(
    text: str, language: str | None
) -> None:
    assert language_of(text) == language
