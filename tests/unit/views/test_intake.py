"""The questions of the intake: each says how to answer, each choice can be typed, nothing is too long to send."""

import pytest

from domain.drafting import TEXT_MAX, FileKind, FileState, Step
from domain.when import Occurred
from locales.translator import words_for
from routing.questions import PAIRS, question_key
from services.case_sheets import CandidateSheet, FileSheet, PlaceSheet
from services.draft_sheets import Receipt
from services.emergency import EmergencySheet
from tests.unit.views.told import NUMBER, PHOTO, VIDEO, a_draft, labels, read
from views import emergency, intake, privacy_notice, welcome
from views.screen import Screen
from views.taps import Verb, tap

WORDS = words_for("id")
QUESTIONS = [step for step in Step if step is not Step.REVIEW]


def ask(step: Step, **fields) -> Screen:
    return intake.screen(a_draft(step, **fields), WORDS)


@pytest.mark.parametrize("step", QUESTIONS)
def test_every_question_says_how_to_stop(step: Step) -> None:
    assert "/batal" in read(ask(step))


@pytest.mark.parametrize("step", Step)
def test_every_choice_stands_in_the_text_with_its_number(step: Step) -> None:
    screen = ask(step, place_choices=("Jebres, Kota Surakarta", "Jebres, Kota Lain"))
    for place, label in enumerate(labels(screen), start=1):
        assert f"\n{place}. {label}" in read(screen)


@pytest.mark.parametrize("step", Step)
def test_labels_start_with_a_word(step: Step) -> None:
    assert all(label[0].isalnum() for label in labels(ask(step, place_choices=("Jebres",))))


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize(
    "text", ["x", "a" * TEXT_MAX, "😀" * (TEXT_MAX // 2), "<b>&" * (TEXT_MAX // 4), "\n" * 90 + "."]
)
def test_whatever_was_told_every_screen_can_be_sent(step: Step, text: str) -> None:
    office = CandidateSheet("x", text, text, (text, text, text))
    fields = {
        "text": text,
        "place": PlaceSheet(text, text),
        "place_choices": (text,) * 5,
        "occurred": Occurred(text[:200]),
        "shown_name": text[:60],
        "candidates": (office, office, office),
        "accuses": True,
        "resumed": True,
    }
    screen = ask(step, **fields)
    assert read(screen)


def test_somebodys_markup_is_shown_as_they_typed_it() -> None:
    assert "Pelapor: <b>Sari & anak" in read(ask(Step.REVIEW, shown_name="<b>Sari & anak"))


def test_a_choice_of_place_keeps_its_ampersand_on_the_button() -> None:
    assert labels(ask(Step.PLACE_CHOICE, place_choices=("Toko A & B",)))[0] == "Toko A & B"


def test_numbers_to_call_are_a_message_of_their_own_and_going_on_is_asked_by_number() -> None:
    assert "112: Panggilan darurat" in read(emergency.numbers((EmergencySheet("112", "Panggilan darurat"),), WORDS))
    assert "Tulisan Anda tetap kami simpan." in read(emergency.ask_go_on(WORDS, kept=True))
    asked = emergency.ask_go_on(WORDS, kept=False)
    assert "Tetap lapor?\n\n1. Ya, lanjutkan\n2. Nanti saja" in read(asked)


def test_a_draft_taken_up_again_is_announced() -> None:
    assert read(ask(Step.TIME, resumed=True)).startswith("Laporan ini belum Anda kirim")


def test_words_of_a_place_that_nobody_knows_may_be_kept() -> None:
    screen = ask(Step.REGENCY, place=PlaceSheet("belakang warung Bu Tri", None))
    assert labels(screen) == ["Pakai tulisan saya"]
    assert "belakang warung Bu Tri" in read(screen)


def test_no_place_yet_offers_nothing_to_keep() -> None:
    assert labels(ask(Step.PLACE, place=None)) == []


def test_places_are_offered_with_a_way_out() -> None:
    screen = ask(Step.PLACE_CHOICE, place_choices=("Jebres, Kota Surakarta", "Jebres, Kota Lain"))
    assert labels(screen) == ["Jebres, Kota Surakarta", "Jebres, Kota Lain", "Bukan salah satunya"]
    assert screen.choices[1].tap == tap(Verb.PLACE, 7, 1)


def test_the_size_limit_is_told_before_a_file_is_sent() -> None:
    assert "20 MB" in read(ask(Step.EVIDENCE))


def test_files_are_counted_and_those_that_wait_are_named() -> None:
    text = read(ask(Step.EVIDENCE, files=(PHOTO, PHOTO, VIDEO)))
    assert "Sudah kami simpan: 2 foto, 1 video." in text
    assert "berkas selain foto kami periksa dahulu" in text


def test_photos_alone_wait_for_nothing() -> None:
    assert "periksa" not in read(ask(Step.EVIDENCE, files=(PHOTO,)))


def test_without_files_the_button_says_that_there_are_none() -> None:
    assert labels(ask(Step.EVIDENCE)) == ["Tidak ada berkas"]
    assert labels(ask(Step.EVIDENCE, files=(PHOTO,))) == ["Selesai"]


def test_a_file_at_another_question_is_acknowledged_and_the_question_asked_again() -> None:
    waiting = FileSheet(FileKind.DOCUMENT, FileState.WAITING)
    text = read(intake.attached(a_draft(Step.KIND, files=(waiting,)), WORDS))
    assert text.startswith("Sudah kami simpan: 1 dokumen.")
    assert "termasuk yang mana?" in text


def test_a_file_at_its_own_question_is_acknowledged_once() -> None:
    assert read(intake.attached(a_draft(Step.EVIDENCE, files=(PHOTO,)), WORDS)).count("Sudah kami simpan") == 1


def test_a_place_that_was_understood_is_read_back() -> None:
    place = PlaceSheet("jebres", "Jebres, Kota Surakarta", point=(-7.5, 110.8))
    text = read(intake.placed(a_draft(Step.TIME, place=place), WORDS))
    assert text.startswith("Tempat yang kami catat: Jebres, Kota Surakarta.")
    assert "Kapan kejadiannya?" in text


def test_a_place_that_was_not_understood_is_not_read_back() -> None:
    assert read(intake.placed(a_draft(Step.TIME, place=PlaceSheet("di sana", None)), WORDS)).startswith("Kapan")


def test_the_two_switches_say_what_they_do_and_lead_to_the_other_state() -> None:
    screen = ask(Step.PRIVACY, anonymous=True, secret=False)
    assert "Anonim: ya." in read(screen)
    assert "Rahasia: tidak." in read(screen)
    assert labels(screen) == ["Tidak jadi anonim", "Jadikan rahasia", "Lanjut"]
    assert screen.choices[0].tap == tap(Verb.SWITCH, 7, "anonymous", "no")
    assert screen.choices[1].tap == tap(Verb.SWITCH, 7, "secret", "yes")


def test_agencies_come_with_the_citizens_own_words_and_a_way_not_to_know() -> None:
    screen = ask(Step.AGENCY)
    text = read(screen)
    assert "1. Dinas Pekerjaan Umum, Kota Surakarta\nKarena Anda menulis “jalan”, “berlubang”." in text
    assert "2. Perumda Air Minum Surakarta\n" in text
    assert labels(screen)[-1] == "Tidak tahu"


def test_without_any_idea_only_not_knowing_is_offered() -> None:
    screen = ask(Step.AGENCY, candidates=())
    assert labels(screen) == ["Tidak tahu"]
    assert "belum dapat memperkirakan" in read(screen)


@pytest.mark.parametrize("step", [Step.TEXT, Step.KIND, Step.PLACE, Step.TIME])
def test_whoever_edits_a_field_may_leave_it_as_it_was(step: Step) -> None:
    screen = ask(step, editing=True)
    assert screen.choices[-1].tap == tap(Verb.EDIT, 7, Step.REVIEW)
    assert labels(screen)[-1] == "Biarkan seperti semula"


def test_the_receipt_of_a_second_tap_names_the_number() -> None:
    assert NUMBER in read(intake.sent(Receipt(NUMBER, repeated=True), WORDS))
    assert "sudah kami terima" in read(intake.sent(Receipt(NUMBER, repeated=False), WORDS))


def test_stopping_offers_to_keep_before_it_offers_to_throw_away() -> None:
    assert labels(intake.stopping(a_draft(), WORDS)) == [
        "Simpan untuk nanti",
        "Simpan dulu, buat laporan baru",
        "Buang",
    ]


@pytest.mark.parametrize(
    "screen",
    [
        privacy_notice.screen(WORDS),
        welcome.welcome(WORDS),
        welcome.guide(WORDS),
        welcome.nothing_to_stop(WORDS),
        intake.kept(WORDS),
        intake.discarded(WORDS),
    ],
)
def test_the_other_screens_can_be_sent_as_they_are(screen: Screen) -> None:
    assert read(screen)


def test_the_notice_is_short_and_asks_for_no_identity_card() -> None:
    text = read(privacy_notice.screen(WORDS))
    assert len(text) < 700
    assert "jangan mengirim NIK" in text
    assert labels(privacy_notice.screen(WORDS)) == ["Saya mengerti"]


@pytest.mark.parametrize("pair", sorted(PAIRS, key=sorted), ids=lambda pair: "-".join(sorted(pair)))
def test_every_pair_of_offices_has_its_human_question(pair: frozenset[str]) -> None:
    name = question_key(*pair).removeprefix("question.")
    text = read(ask(Step.AGENCY, chosen=None, question=name))
    assert text.startswith(str(WORDS(f"question.{name}")))


def test_offices_without_a_question_of_their_own_are_named_in_it() -> None:
    text = read(ask(Step.AGENCY, chosen=None, question="either"))
    asked = text.partition("\n")[0]
    assert "Dinas Pekerjaan Umum" in asked
    assert "Perumda Air Minum Surakarta" in asked


def test_without_a_question_the_plain_one_is_asked() -> None:
    assert read(ask(Step.AGENCY, chosen=None)).startswith("Menurut Anda, instansi mana yang dituju?")
