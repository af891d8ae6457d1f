"""The translator: escaping, and the language codes that phones really send."""

import pytest

from locales.translator import Html, UnknownKey, Words, plain, words_for

WORDS = Words("id", {"hello": "Halo, <b>{name}</b>!", "bare": "Selesai"})


def test_the_words_of_a_person_never_become_markup() -> None:
    assert WORDS("hello", name="<b>&Budi") == "Halo, <b>&lt;b&gt;&amp;Budi</b>!"


def test_markup_is_not_escaped_twice() -> None:
    assert WORDS("hello", name=plain("A & B")) == "Halo, <b>A &amp; B</b>!"
    assert WORDS("hello", name=Html("<i>x</i>")) == "Halo, <b><i>x</i></b>!"


def test_braces_in_a_value_are_left_alone() -> None:
    assert WORDS("hello", name="{name}") == "Halo, <b>{name}</b>!"


def test_a_number_is_a_value_too() -> None:
    assert WORDS("hello", name=3) == "Halo, <b>3</b>!"


@pytest.mark.parametrize(("days", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (21, "21 days")])
def test_a_language_that_counts_picks_the_form_of_its_words(days: int, said: str) -> None:
    assert Words("en", {"days": "{count} {count:day|days}"})("days", count=days) == said


def test_an_unknown_key_says_which_key_of_which_language() -> None:
    with pytest.raises(UnknownKey, match=r"'goodbye'.*'id'"):
        WORDS("goodbye")


def test_a_missing_value_is_a_slip_of_the_programmer() -> None:
    with pytest.raises(KeyError):
        WORDS("hello")


@pytest.mark.parametrize("code", ["id", "in", "ID", "id-ID", "in_ID", "xx", "", "-", "../../etc", "zh-hans-CN"])
def test_every_code_of_a_phone_gives_sentences(code: str) -> None:
    assert words_for(code)("date.weekday.1") == "Senin"
