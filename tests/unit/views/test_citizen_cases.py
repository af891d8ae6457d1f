"""A citizen's complaints: the list, one case in plain words, its public face, and words that are being written."""

import pytest

from domain.drafting import CITIZEN_PURPOSES, ArchiveReason, Purpose, Satisfaction
from domain.lifecycle import Action, ClockKind, Role, Status
from locales.translator import words_for
from services.handling import PAGE
from tests.unit.views.rules import actions_for
from tests.unit.views.told import NUMBER, a_case, a_composition, a_due, a_line, an_event, labels, read
from views import citizen_cases, citizen_composition
from views.taps import Verb, tap
from views.welcome import first_choices

WORDS = words_for("id")
ROADS = {"unit": "Dinas Pekerjaan Umum"}


def shown(*args, **fields) -> str:
    return read(citizen_cases.case(a_case(*args, **fields), WORDS))


def test_a_case_says_who_holds_it_since_when_what_next_and_by_which_date() -> None:
    text = shown(
        Status.FORWARDED,
        **ROADS,
        due=(a_due(ClockKind.FIRST_FOLLOW_UP), a_due(ClockKind.RESOLVE)),
        timeline=(an_event(None), an_event(Action.FORWARD, 1, to_status=Status.FORWARDED, **ROADS)),
    )
    assert "Dipegang oleh Dinas Pekerjaan Umum, Kota Surakarta, sejak Selasa, 7 Januari 2025." in text
    assert "Selanjutnya: instansi memberi tanggapan pertama." in text
    assert "Paling lambat Kamis, 9 Januari 2025 pukul 16.00 WIB." in text
    assert "7 Januari 2025: Laporan diteruskan kepada Dinas Pekerjaan Umum." in text


def test_a_complaint_that_is_not_routed_yet_is_held_by_the_admin() -> None:
    assert "Dipegang oleh admin Kota Surakarta, sejak Senin, 6 Januari 2025." in shown()


def test_a_complaint_for_an_agency_not_served_here_is_said_to_go_to_sp4n() -> None:
    text = shown(government=None, at_sp4n_desk=True)
    assert "Dipegang oleh admin nasional" in text
    assert "SP4N-LAPOR!" in text


def test_the_status_began_with_the_first_of_the_lines_that_share_it() -> None:
    events = (
        an_event(None),
        an_event(Action.FORWARD, 1, to_status=Status.FORWARDED),
        an_event(Action.FOLLOW_UP, 2, to_status=Status.IN_PROGRESS),
        an_event(Action.FOLLOW_UP, 4, to_status=Status.IN_PROGRESS),
    )
    assert "sejak Rabu, 8 Januari 2025" in shown(Status.IN_PROGRESS, timeline=events, **ROADS)


def test_a_paused_deadline_is_not_promised() -> None:
    assert "Paling lambat" not in shown(Status.IN_PROGRESS, due=(a_due(ClockKind.RESOLVE, paused=True),))


def test_a_held_complaint_shows_the_question_first() -> None:
    events = (an_event(None), an_event(Action.HOLD, 1, to_status=Status.ON_HOLD, text="Di RT berapa?"))
    text = shown(Status.ON_HOLD, timeline=events)
    assert text.index("Petugas menunggu jawaban Anda:\nDi RT berapa?") < text.index("Selanjutnya")


@pytest.mark.parametrize("status", Status)
def test_every_status_says_what_comes_next_and_offers_what_the_table_allows(status: Status) -> None:
    allowed = actions_for(status, Role.CITIZEN)
    screen = citizen_cases.case(a_case(status, actions=allowed), WORDS)
    assert read(screen)
    later = {Action.SUPPORT, Action.ASK_SECRECY}
    offered = [button for button in screen.choices if (button,) not in first_choices(WORDS)]
    assert len(offered) == len(set(allowed) - later)


@pytest.mark.parametrize("action", [None, *Action])
def test_every_action_has_a_line_in_the_history(action: Action | None) -> None:
    assert "6 Januari 2025: " in shown(timeline=(an_event(action, unit="Dinas <&>"),))


@pytest.mark.parametrize("reason", ArchiveReason)
def test_an_archived_complaint_says_why(reason: ArchiveReason) -> None:
    assert "Alasan: " in shown(Status.ARCHIVED, archive_reason=reason.value)


def test_actions_become_buttons_in_a_fixed_order() -> None:
    screen = citizen_cases.case(a_case(Status.DONE, actions=actions_for(Status.DONE, Role.CITIZEN)), WORDS)
    assert labels(screen) == ["Sudah beres", "Belum beres", "Beri penilaian", "Tambah keterangan"]
    assert screen.choices[0].tap == tap(Verb.CONFIRM, NUMBER)
    assert screen.choices[1].tap == tap(Verb.COMPOSE, NUMBER, Purpose.REOPEN)


@pytest.mark.parametrize("text", ["<b>&" * 1000, "😀" * 2000])
def test_a_long_history_keeps_its_newest_lines_and_fits(text: str) -> None:
    events = tuple(an_event(Action.FOLLOW_UP, day, text=text, **ROADS) for day in range(40))
    shown_text = shown(
        Status.ON_HOLD, text=text, timeline=(*events, an_event(Action.HOLD, 41, text=text, to_status=Status.ON_HOLD))
    )
    assert "catatan sebelumnya tidak ditampilkan" in shown_text
    assert "16 Februari 2025" in shown_text


def test_the_officers_words_are_shown_as_typed() -> None:
    assert "Sudah ditambal <b>rapi</b> & rata" in shown(
        timeline=(an_event(Action.FOLLOW_UP, text="Sudah ditambal <b>rapi</b> & rata", **ROADS),)
    )


def stranger(**fields) -> str:
    return shown(Status.FORWARDED, roles=frozenset(), timeline=(), **ROADS, **fields)


def test_a_stranger_sees_where_an_anonymous_or_secret_complaint_stands_and_not_what_it_says() -> None:
    text = stranger(text=None, anonymous=True)
    assert "Dinas Pekerjaan Umum" in text
    assert "Isi laporan ini tidak dibuka untuk umum." in text
    assert "Riwayat" not in text


def test_a_stranger_may_read_what_is_public() -> None:
    assert "Isi: Jalan berlubang" in stranger()
    assert citizen_cases.case(a_case(roles=frozenset()), WORDS).rows == first_choices(WORDS)


def test_my_complaints_are_listed_with_their_status_and_a_button_each() -> None:
    screen = citizen_cases.mine([a_line(), a_line("ABC-DEF-GHJ", status=Status.DONE, supporters=2)], 0, WORDS)
    assert f"1. {NUMBER}: Sedang diproses\nJalan berlubang" in read(screen)
    assert "3 warga melaporkan hal ini." in read(screen)
    assert labels(screen) == [NUMBER, "ABC-DEF-GHJ", "Laporan yang saya dukung"]


def test_who_has_filed_nothing_is_offered_to_begin() -> None:
    assert labels(citizen_cases.mine([], 0, WORDS)) == ["Buat laporan", "Laporan yang saya dukung"]


def test_many_complaints_are_turned_page_by_page_and_every_choice_has_its_number() -> None:
    screen = citizen_cases.mine([a_line() for _ in range(PAGE)], 1, WORDS)
    assert labels(screen)[PAGE:] == ["Berikutnya", "Sebelumnya", "Laporan yang saya dukung"]
    assert "(halaman 2)" in read(screen)
    assert f"{PAGE + 3}. Laporan yang saya dukung" in read(screen)


def test_a_page_that_is_not_there_leads_back() -> None:
    assert "Sebelumnya" in labels(citizen_cases.mine([], 3, WORDS))


def test_a_stranger_may_join_or_leave_as_the_rules_say() -> None:
    nobody = frozenset[Role]()
    assert labels(citizen_cases.case(a_case(roles=nobody, may_support=True), WORDS)) == ["Saya juga mengalami"]
    assert labels(citizen_cases.case(a_case(roles=nobody, supporting=True), WORDS)) == ["Tarik dukungan"]


def test_a_merged_complaint_names_the_one_that_goes_on() -> None:
    assert "ABC-DEF-GHJ" in shown(Status.MERGED, merged_into="ABC-DEF-GHJ")


def test_a_rating_that_can_still_be_changed_says_so() -> None:
    rated = a_case(Status.DONE, actions=(Action.RATE,), satisfaction=Satisfaction.SATISFIED)
    assert labels(citizen_cases.case(rated, WORDS)) == ["Ubah penilaian"]


def test_the_history_tells_what_was_rated() -> None:
    event = an_event(Action.RATE, data={"satisfaction": "satisfied"})
    assert "Anda memberi penilaian: Puas." in shown(Status.CLOSED, timeline=(event,))


def test_a_slip_of_typing_is_explained_with_what_was_meant() -> None:
    screen = citizen_cases.slip((NUMBER, "ABC-DEF-GHJ"), WORDS)
    assert screen.choices[0].tap == tap(Verb.SHOW, NUMBER)
    assert "salah ketik" in read(screen)


def test_a_number_that_is_none_is_explained_with_an_example() -> None:
    assert "sembilan huruf dan angka" in read(citizen_cases.slip((), WORDS))


def test_asking_for_a_number_shows_how() -> None:
    assert "/lacak 7KM-3QX-PW9" in read(citizen_cases.ask_number(WORDS))


@pytest.mark.parametrize("purpose", sorted(CITIZEN_PURPOSES))
def test_words_are_asked_shown_and_said_to_have_left(purpose: Purpose) -> None:
    assert NUMBER in read(citizen_composition.screen(a_composition(purpose), WORDS))
    preview = citizen_composition.screen(a_composition(purpose, "Lubangnya di <RT> 3 & 4."), WORDS)
    assert "Lubangnya di <RT> 3 & 4." in read(preview)
    assert labels(preview) == ["Kirim", "Tulis ulang", "Tidak jadi"]
    assert preview.choices[0].tap == tap(Verb.COMPOSITION_SEND, 3)
    assert NUMBER in read(citizen_composition.left(a_case(), purpose, WORDS))


@pytest.mark.parametrize("text", ["a" * 4000, "😀" * 2000, "<&>" * 1333])
def test_a_long_text_is_cut_in_its_preview_and_said_to_leave_whole(text: str) -> None:
    assert "Yang dikirim tetap lengkap" in read(citizen_composition.screen(a_composition(text=text), WORDS))


def test_words_that_came_by_themselves_are_shown_with_what_they_may_be_for() -> None:
    kept = citizen_composition.stray(
        "Sudah seminggu belum ada kabar", [a_line(), *(a_line("ABC-DEF-GHJ") for _ in range(4))]
    )
    screen = citizen_composition.screen(a_composition(**kept), WORDS)
    assert "Sudah seminggu belum ada kabar" in read(screen)
    assert labels(screen)[0].startswith(f"Tambahan untuk {NUMBER}: Jalan")
    assert labels(screen)[-2:] == ["Laporan baru", "Tidak jadi"]
    assert len(screen.choices) == 7


def test_only_words_that_would_be_lost_hold_up_something_else() -> None:
    assert not citizen_composition.has_words(a_composition())
    assert citizen_composition.has_words(a_composition(text="Lubangnya di RT 3"))
    assert citizen_composition.has_words(a_composition(**citizen_composition.stray("Halo", [a_line()])))


def test_the_rating_offers_the_four_official_answers() -> None:
    assert labels(citizen_cases.ask_rating(NUMBER, WORDS)) == ["Sangat puas", "Puas", "Cukup puas", "Tidak puas"]
    assert "Syukurlah" in read(citizen_cases.solved(a_case(Status.CLOSED), WORDS))
    assert "Cukup puas" in read(citizen_cases.rated(a_case(), Satisfaction.FAIRLY_SATISFIED, WORDS))
