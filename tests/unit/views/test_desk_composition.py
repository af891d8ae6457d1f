"""Words of a desk: asked for with a hint, shown exactly as they will be read, and the copy-ready block of SP4N."""

from datetime import date

import pytest

from domain.drafting import CITIZEN_PURPOSES, STORY_MAX, TEXT_MAX, ArchiveReason, Purpose
from domain.lifecycle import Role, Status
from domain.when import Occurred
from locales.translator import words_for
from services.case_sheets import PlaceSheet
from simulator.formatting import formatted, units
from tests.unit.views.desk_sheets import NUMBER, a_candidate, a_case, a_composition
from views import citizen_composition, desk_composition, sp4n
from views.screen import TEXT_LIMIT, Screen
from views.taps import Verb, tap

WORDS = words_for("id")
STAFF = sorted(desk_composition.STAFF_PURPOSES)


def shown(screen: Screen) -> str:
    text = formatted(screen.text, "HTML").text
    assert units(text) <= TEXT_LIMIT
    return text


def labels(screen: Screen) -> list[str]:
    return [button.label for button in screen.choices]


def test_every_purpose_with_words_has_its_screen() -> None:
    assert desk_composition.STAFF_PURPOSES | CITIZEN_PURPOSES | {Purpose.FORWARD} == set(Purpose)


@pytest.mark.parametrize("purpose", STAFF)
def test_the_words_are_asked_for_with_the_number_and_a_way_out(purpose: Purpose) -> None:
    screen = desk_composition.screen(a_composition(purpose), WORDS)
    assert NUMBER in shown(screen)
    assert labels(screen) == ["Batal"]


@pytest.mark.parametrize("purpose", STAFF)
def test_the_last_look_shows_number_recipient_and_the_very_words(purpose: Purpose) -> None:
    said = "Lampu <b>sudah</b> kami ganti & nyala lagi."
    screen = desk_composition.screen(a_composition(purpose, said), WORDS)
    text = shown(screen)
    assert NUMBER in text
    assert said in text
    assert ("tidak oleh pelapor" in text) == (purpose in desk_composition.AMONG_STAFF)
    assert labels(screen) == ["Kirim", "Ubah", "Batal"]
    assert screen.choices[0].tap == tap(Verb.COMPOSITION_SEND, 88)


def test_the_telephone_of_an_office_stays_readable_in_its_reply() -> None:
    text = shown(desk_composition.screen(a_composition(Purpose.FOLLOW_UP, "Hubungi kami di 0254-200123."), WORDS))
    assert "0254-200123" in text


def test_the_longest_words_are_shown_whole() -> None:
    said = ("kalimat " * (TEXT_MAX // 8)).strip()
    assert said in shown(desk_composition.screen(a_composition(Purpose.DONE, said), WORDS))


def test_words_of_emoji_alone_are_cut_to_what_a_message_holds() -> None:
    assert "😀" in shown(desk_composition.screen(a_composition(Purpose.DONE, "😀" * TEXT_MAX), WORDS))


def test_the_coded_reason_of_an_archive_stands_beside_its_sentence() -> None:
    reason = ArchiveReason.IN_COURT.value
    text = shown(
        desk_composition.screen(a_composition(Purpose.ARCHIVE, "Perkara ini sedang disidangkan.", reason=reason), WORDS)
    )
    assert "Alasan: Sedang diproses di pengadilan" in text


def test_every_reason_to_archive_can_be_chosen() -> None:
    taps = [button.tap for button in desk_composition.ask_reason(NUMBER, WORDS).choices]
    assert taps == [*(tap(Verb.ARCHIVE_REASON, NUMBER, each) for each in ArchiveReason), tap(Verb.SHOW, NUMBER)]


def test_what_a_citizen_writes_is_asked_in_the_citizens_own_words() -> None:
    sheet = a_composition(Purpose.ANSWER)
    assert desk_composition.screen(sheet, WORDS) == citizen_composition.screen(sheet, WORDS)


@pytest.mark.parametrize("purpose", STAFF)
def test_when_the_words_have_left_the_way_leads_back_to_the_list(purpose: Purpose) -> None:
    screen = desk_composition.left(NUMBER, purpose, a_case(), WORDS)
    assert NUMBER in shown(screen)
    back = Verb.QUEUE if purpose in desk_composition.WORKERS_PURPOSES else Verb.UNVERIFIED
    assert screen.choices[-1].tap == tap(back, 0)


def test_a_case_that_has_left_the_desk_is_not_offered_again() -> None:
    gone = a_case(Role.OFFICER, Status.SUBMITTED, roles=frozenset())
    assert labels(desk_composition.left(NUMBER, Purpose.RETURN, gone, WORDS)) == ["Antrean unit"]


def test_the_block_for_sp4n_keeps_that_registers_own_order_of_fields() -> None:
    case = a_case(Role.NATIONAL_ADMIN, Status.SUBMITTED, at_sp4n_desk=True, anonymous=True, chosen=1)
    screen = sp4n.block(case, WORDS)
    text = shown(screen)
    fields = ("Klasifikasi", "Judul", "Isi", "Tanggal kejadian", "Lokasi", "Instansi", "Kategori", "Lampiran", "Anonim")
    places = [text.index(f"\n{field}: ") for field in fields]
    assert places == sorted(places)
    assert "Instansi: Dinas Pekerjaan Umum, Pemerintah Kota Serang" in text
    assert "Anonim: ya. Rahasia: tidak" in text
    assert screen.text.count("<pre>") == 1


def test_the_block_names_the_day_of_the_event_and_the_place_once() -> None:
    place = PlaceSheet("Cipocok Jaya, Kota Serang", "Cipocok Jaya, Kota Serang, Banten", (-6.12, 106.17))
    for occurred, read in (
        (Occurred("kemarin sore", date(2026, 4, 6)), "kemarin sore (Senin, 6 April 2026)"),
        (Occurred(None, date(2026, 4, 6)), "Senin, 6 April 2026"),
        (Occurred(), "sudah lama"),
    ):
        text = shown(sp4n.block(a_case(Role.NATIONAL_ADMIN, occurred=occurred, place=place), WORDS))
        assert f"Tanggal kejadian: {read}\n" in text
        assert "Lokasi: Cipocok Jaya, Kota Serang, Banten; -6.12000, 106.17000\n" in text


def test_what_nobody_told_is_not_invented_in_the_block() -> None:
    case = a_case(Role.NATIONAL_ADMIN, Status.SUBMITTED, place=None, occurred=None, files=(), candidates=())
    assert shown(sp4n.block(case, WORDS)).count("tidak disebutkan") == 5


def test_the_longest_complaint_stands_whole_in_the_block_and_no_word_breaks_it() -> None:
    told = "kalimat " * (TEXT_MAX // 8 - 20) + "<pre>&</pre>"
    case = a_case(Role.NATIONAL_ADMIN, text=told, candidates=(a_candidate("<b>Dinas</b>" * 40),))
    screen = sp4n.block(case, WORDS)
    assert told in shown(screen)
    assert screen.documents == ()


@pytest.mark.parametrize("told", ["kata " * (STORY_MAX // 5), "😀" * (STORY_MAX // 2), "&<b>" * (STORY_MAX // 4)])
def test_a_story_longer_than_a_message_comes_whole_in_a_file_above_the_block(told: str) -> None:
    case = a_case(Role.NATIONAL_ADMIN, text=told, candidates=(a_candidate("<b>Dinas</b>" * 40),))
    screen = sp4n.block(case, WORDS)
    (document,) = screen.documents
    assert f"Isi: {told}" in document.content.decode()
    assert "terpotong" in shown(screen)


def test_no_line_of_a_long_story_passes_for_a_field_of_the_block_in_the_file() -> None:
    case = a_case(Role.NATIONAL_ADMIN, text="kata " * (STORY_MAX // 5 - 10) + "\nAnonim: tidak. Rahasia: tidak")
    (document,) = sp4n.block(case, WORDS).documents
    assert document.content.decode().count("\nAnonim: ") == 1
