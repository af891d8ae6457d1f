"""Choices that were typed instead of tapped."""

import pytest

from domain.drafting import Step
from domain.lifecycle import Role, Status
from locales.translator import Html, words_for
from tests.unit.views.rules import actions_for
from tests.unit.views.told import NUMBER, PHOTO, a_case, a_draft
from views import citizen_cases, intake, privacy_notice, spoken
from views.screen import Button, Screen, choice_screen
from views.taps import Tap, Verb, tap

WORDS = words_for("id")


def at(step: Step, **fields) -> Screen:
    return intake.screen(a_draft(step, **fields), WORDS)


DONE = citizen_cases.case(a_case(Status.DONE, actions=actions_for(Status.DONE, Role.CITIZEN)), WORDS)


@pytest.mark.parametrize(
    "typed",
    [
        "2",
        "2.",
        " 2 ",
        "no 2",
        "Nomor 2",
        "dua",
        "Dua.",
        "nomor dua",
        "yang kedua",
        "aspirasi",
        "ASPIRASI!",
        "usul",
        "aspirsi",
        "aspriasi",
        "aspirassi",
        "aspirasy",
    ],
)
def test_a_number_a_label_or_another_name_picks_the_choice(typed: str) -> None:
    assert spoken.choice(at(Step.KIND), WORDS, typed) == tap(Verb.KIND, 7, "aspiration")


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "0", "9", "99", "²", "?", "jalan rusak", "2 orang jatuh", "aspi", "asprsi", "dua orang", "satu lagi"],
)
def test_other_words_pick_nothing(typed: str) -> None:
    assert spoken.choice(at(Step.KIND), WORDS, typed) is None


@pytest.mark.parametrize(
    ("screen", "typed", "meant"),
    [
        (at(Step.EVIDENCE), "tidak ada", tap(Verb.EVIDENCE_DONE, 7)),
        (at(Step.EVIDENCE, files=(PHOTO,)), "selesai", tap(Verb.EVIDENCE_DONE, 7)),
        (at(Step.PRIVACY), "anonim", tap(Verb.SWITCH, 7, "anonymous", "yes")),
        (at(Step.PRIVACY), "Rahasia.", tap(Verb.SWITCH, 7, "secret", "yes")),
        (at(Step.PRIVACY, anonymous=True), "tidak anonim", tap(Verb.SWITCH, 7, "anonymous", "no")),
        (at(Step.PRIVACY), "lanjut", tap(Verb.PRIVACY_DONE, 7)),
        (at(Step.NAME), "lewati", tap(Verb.NAME_SKIP, 7)),
        (at(Step.TIME), "kemarin", tap(Verb.WHEN, 7, "yesterday")),
        (at(Step.AGENCY), "tidak tahu", tap(Verb.AGENCY, 7, "none")),
        (at(Step.REVIEW), "kirim", tap(Verb.SUBMIT, 7)),
        (at(Step.REVIEW), "ubah lokasi", tap(Verb.EDIT, 7, "place")),
        (at(Step.REVIEW), "10", tap(Verb.DISCARD, 7)),
        (DONE, "beres", tap(Verb.CONFIRM, NUMBER)),
        (DONE, "belum", tap(Verb.COMPOSE, NUMBER, "reopen")),
        (privacy_notice.screen(WORDS), "Ok", tap(Verb.NOTICE_READ, privacy_notice.VERSION)),
    ],
)
def test_what_people_type_is_matched_kindly(screen: Screen, typed: str, meant: Tap) -> None:
    assert spoken.choice(screen, WORDS, typed) == meant


def test_a_slip_is_not_forgiven_where_it_might_mean_another_complaint() -> None:
    number = DONE.choices[0].tap.args[0]
    shown = choice_screen(Html(""), (Button(f"Lihat {number}", tap(Verb.SHOW, number)),))
    assert spoken.choice(shown, WORDS, f"Lihat {number}") is not None
    assert spoken.choice(shown, WORDS, f"Lihat {number[:-1]}{'A' if number[-1] != 'A' else 'B'}") is None


def test_a_slip_that_might_mean_two_choices_means_none() -> None:
    shown = choice_screen(
        Html(""), (Button("Serang", tap(Verb.PLACE, 1, 0)),), (Button("Sekang", tap(Verb.PLACE, 1, 1)),)
    )
    assert spoken.choice(shown, WORDS, "Seang") is None
    assert spoken.choice(shown, WORDS, "Sserang") == tap(Verb.PLACE, 1, 0)


def test_indonesian_words_are_understood_in_every_language() -> None:
    english = words_for("en")
    asked = intake.screen(a_draft(Step.KIND), english)
    assert spoken.choice(asked, english, "usul") == tap(Verb.KIND, 7, "aspiration")
    assert spoken.choice(asked, english, "the second") == tap(Verb.KIND, 7, "aspiration")


def test_saying_anonim_when_it_is_on_does_not_turn_it_off() -> None:
    assert spoken.choice(at(Step.PRIVACY, anonymous=True), WORDS, "anonim") is None


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("step", Step)
def test_no_name_means_two_choices_of_one_screen(step: Step, language: str) -> None:
    words = words_for(language)
    screen = intake.screen(a_draft(step, place_choices=("Jebres",), editing=step is Step.TIME), words)
    for button in screen.choices:
        assert spoken.choice(screen, words, button.label) == button.tap
    others = [name for button in screen.choices for name in spoken.names(button, words)]
    assert len(others) == len(set(others))


def test_choices_that_were_kept_are_the_same_choices() -> None:
    assert spoken.recalled(spoken.noted(DONE.choices)).choices == DONE.choices


def test_numbers_mean_nothing_where_one_choice_is_of_an_older_version() -> None:
    kept = (("Lama", "0:gone"), *spoken.noted(DONE.choices))
    assert spoken.recalled(kept).choices == ()
