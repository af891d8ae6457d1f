"""Screens: what is cut, what is numbered."""

import pytest

from locales.translator import Html
from views.screen import Button, Screen, choice_screen, clip, lines, numbered, paragraph, utf16_length
from views.taps import Verb, tap

YES = Button("Ya", tap(Verb.CONFIRM, "LPR-1"))
NO = Button("Belum & masih", tap(Verb.COMPOSE, "LPR-1"))


def test_a_text_that_fits_is_left_alone() -> None:
    assert clip("Jalan rusak", 11) == "Jalan rusak"


def test_a_long_text_ends_with_an_ellipsis_within_the_limit() -> None:
    assert clip("Jalan rusak parah", 12) == "Jalan rusak…"
    assert utf16_length(clip("x" * 5000, 4096)) == 4096


@pytest.mark.parametrize("limit", range(2, 12))
def test_an_emoji_at_the_cut_is_never_split(limit: int) -> None:
    cut = clip("a😀b😀c😀d😀e", limit)
    assert utf16_length(cut) <= limit
    assert cut.encode("utf-8").decode("utf-8") == cut
    assert set(cut) <= set("abcde😀…")


def test_length_is_counted_as_telegram_counts_it() -> None:
    assert utf16_length("a😀") == 3


def test_choices_stand_in_the_text_with_their_numbers_and_are_escaped_there() -> None:
    screen = choice_screen(Html("Sudah beres?"), (YES, NO))
    assert screen.text == "Sudah beres?\n\n1. Ya\n2. Belum &amp; masih"
    assert screen.choices == (YES, NO)


def test_numbers_run_on_over_the_rows() -> None:
    screen = choice_screen(Html("Pilih"), (YES,), (NO,))
    assert numbered(screen.choices) in screen.text


def test_empty_parts_leave_no_gap() -> None:
    assert paragraph(Html("a"), None, Html(""), Html("b")) == "a\n\nb"
    assert lines(Html("a"), None, Html("b")) == "a\nb"


def test_paragraphs_can_be_put_before_a_screen_without_touching_its_buttons() -> None:
    screen = Screen(Html("Di mana?"), ((YES,),)).after(Html("Maaf."))
    assert screen.text == "Maaf.\n\nDi mana?"
    assert screen.choices == (YES,)
