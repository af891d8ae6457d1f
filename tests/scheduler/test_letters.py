"""What people read in letters: complete for every action, short enough for Telegram, never markup of a stranger."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape

import pytest

from domain.drafting import TEXT_MAX, FileKind, FileState, Purpose
from domain.figures import Share
from domain.groups import GroupWord
from domain.lifecycle import TABLE, Action, Audience, ClockKind, ComplaintClass, Role, Status
from domain.messages import Notice
from domain.privacy import RevealState
from domain.staffing import StaffWord
from domain.when import Occurred
from locales.translator import Words, words_for
from services.case_sheets import FileSheet, PlaceSheet
from services.clock_sheets import MovedSheet
from services.composition_sheets import CompositionSheet
from services.digest_sheets import Series
from services.figure_sheets import PartFigures, QuietSheet, WeeklySheet
from services.group_sheets import GroupNews
from services.reveal_sheets import RevealSheet
from services.staff_sheets import StaffNews
from tests.scheduler.sheets import (
    NUMBER,
    a_candidate,
    a_case,
    a_digest,
    a_digest_line,
    a_draft,
    a_due,
    a_holiday,
    a_letter,
    a_line,
    a_moved_line,
    a_request,
    an_escalated_line,
    an_event,
    some_figures,
)
from views.letters import Incomplete, render
from views.screen import TEXT_LIMIT, Screen, utf16_length
from views.taps import Verb

OFFICER = frozenset({Role.OFFICER})
COORDINATOR = frozenset({Role.COORDINATOR})
DESK = {Audience.UNIT, Audience.COORDINATOR, Audience.ASKER, Audience.ARBITER}


@pytest.fixture
def words() -> Words:
    return words_for("id")


def told(*audiences: Audience) -> list[Action]:
    """The actions of which one of them is told."""
    return sorted({action for (_, action), row in TABLE.items() if set(row.told) & set(audiences)})


def shown(screen: Screen) -> str:
    """The text as a reader sees it."""
    return unescape(re.sub(r"</?[a-z]+>", "", screen.text))


def labels(screen: Screen) -> list[str]:
    return [button.label for button in screen.choices]


def verbs(screen: Screen) -> list[Verb]:
    return [button.tap.verb for button in screen.choices]


def test_receipt_names_the_number_the_date_and_the_way_to_follow_without_registration(words: Words) -> None:
    screen = render(a_letter(Notice.RECEIPT), words)
    assert f"<code>{NUMBER}</code>" in screen.text
    assert "Kamis, 9 Januari 2025 pukul 16.00 WIB" in screen.text
    assert f"/lacak {NUMBER}" in screen.text
    assert "tidak perlu mendaftar" in screen.text


def test_receipt_for_a_government_that_is_not_served_says_that_it_goes_to_sp4n(words: Words) -> None:
    case = a_case(at_sp4n_desk=True, government=None)
    assert "SP4N-LAPOR!" in render(a_letter(Notice.RECEIPT, case=case), words).text


def test_receipt_that_leaves_after_verification_promises_no_verification(words: Words) -> None:
    case = a_case(status=Status.FORWARDED, due=())
    assert "Diverifikasi" not in render(a_letter(Notice.RECEIPT, case=case), words).text


@pytest.mark.parametrize("action", told(Audience.CITIZEN))
def test_every_action_that_a_citizen_is_told_of_has_its_words(words: Words, action: Action) -> None:
    case = a_case(due=tuple(a_due(clock) for clock in ClockKind), unit="Dinas Pekerjaan Umum")
    screen = render(a_letter(Notice.UPDATE, case=case, event=an_event(action)), words)
    assert NUMBER in screen.text
    assert verbs(screen)[-1] is Verb.SHOW


@pytest.mark.parametrize("action", told(*DESK))
def test_every_action_that_staff_are_told_of_has_its_words(words: Words, action: Action) -> None:
    screen = render(a_letter(Notice.DESK_UPDATE, case=a_case(roles=OFFICER), event=an_event(action)), words)
    assert NUMBER in screen.text


def test_the_card_of_the_sp4n_desk_offers_the_text_to_copy_and_no_verification(words: Words) -> None:
    case = a_case(roles=frozenset({Role.NATIONAL_ADMIN}), at_sp4n_desk=True, government=None)
    screen = render(a_letter(Notice.DESK_CARD, case=case, event=an_event(Action.PASS_ON)), words)
    assert labels(screen)[:2] == ["Teks untuk SP4N", "Lihat laporan"]
    assert "Ketuk Teks untuk SP4N" in screen.text
    here = a_case(roles=COORDINATOR, actions=(Action.FORWARD,))
    assert labels(render(a_letter(Notice.DESK_CARD, case=here, event=None), words))[0] == "Verifikasi"


@pytest.mark.parametrize(
    ("action", "says"),
    [
        (None, "laporan baru"),
        (Action.RETURN, "dikembalikan"),
        (Action.OBJECT, "keberatan"),
        (Action.PASS_ON, "diserahkan"),
        (Action.FORWARD, "belum punya petugas aktif"),
        (Action.REFORWARD, "belum punya petugas aktif"),
        (Action.ADD_UNIT, "belum punya petugas aktif"),
    ],
)
def test_a_desk_card_says_why_it_comes(words: Words, action: Action | None, says: str) -> None:
    screen = render(a_letter(Notice.DESK_CARD, case=a_case(roles=COORDINATOR), event=an_event(action)), words)
    assert says in screen.text
    assert f"/lihat {NUMBER}" in screen.text


def test_done_asks_whether_it_is_solved_and_invites_to_rate_until_a_date(words: Words) -> None:
    case = a_case(status=Status.DONE, due=(a_due(ClockKind.REACT),))
    screen = render(a_letter(Notice.UPDATE, case=case, event=an_event(Action.MARK_DONE)), words)
    assert labels(screen)[:3] == ["Sudah beres", "Belum beres", "Beri penilaian"]
    assert "9 Januari 2025" in screen.text


def test_buttons_that_the_rules_have_closed_meanwhile_are_left_out(words: Words) -> None:
    case = a_case(status=Status.CLOSED, actions=(Action.REOPEN,))
    screen = render(a_letter(Notice.UPDATE, case=case, event=an_event(Action.MARK_DONE)), words)
    assert labels(screen) == ["Belum beres", "Lihat laporan"]


def test_archive_gives_the_reason_the_sentence_and_a_way_to_object(words: Words) -> None:
    case = a_case(status=Status.ARCHIVED, archive_reason="in_court")
    event = an_event(Action.ARCHIVE, role=Role.COORDINATOR, text="Perkara ini sedang disidangkan.")
    screen = render(a_letter(Notice.UPDATE, case=case, event=event), words)
    assert "pengadilan" in screen.text
    assert "disidangkan" in screen.text
    assert "Ajukan keberatan" in labels(screen)


def test_a_question_of_the_desk_is_not_put_into_the_mouth_of_the_unit(words: Words) -> None:
    event = an_event(Action.HOLD, role=Role.COORDINATOR, text="Di RT berapa?")
    screen = render(a_letter(Notice.UPDATE, case=a_case(status=Status.ON_HOLD), event=event), words)
    assert "admin koordinator Pemerintah Kota Bandung" in screen.text
    assert "Dinas Pekerjaan Umum" not in screen.text
    assert "Jawab pertanyaan" in labels(screen)


def test_an_officers_card_carries_everything_that_is_needed_to_begin(words: Words) -> None:
    case = a_case(
        roles=OFFICER,
        status=Status.FORWARDED,
        unit="Dinas Pekerjaan Umum",
        reporter="Ibu Sari",
        due=(a_due(ClockKind.FIRST_FOLLOW_UP), a_due(ClockKind.RESOLVE)),
        files=(
            FileSheet(FileKind.PHOTO, FileState.OPEN, 1, "photo-1", sent_as=FileKind.PHOTO),
            FileSheet(FileKind.DOCUMENT, FileState.WAITING),
        ),
        place=PlaceSheet("depan SDN 3", "Coblong, Kota Bandung", point=(-6.9, 107.6)),
    )
    screen = render(a_letter(Notice.CARD, case=case, event=an_event(Action.FORWARD, text=None)), words)
    for part in ("Jalan Mawar berlubang", "depan SDN 3", "kemarin sore", "Ibu Sari", "Tindak lanjut pertama"):
        assert part in screen.text
    assert "1 lampiran masih kami ambil" in screen.text
    assert [file.handle for file in screen.files] == ["photo-1"]
    assert screen.location == (-6.9, 107.6)
    assert labels(screen) == ["Tangani", "Tulis tanggapan", "Nyatakan selesai", "Lihat laporan", "Lampiran (2)"]


@pytest.mark.parametrize(
    ("occurred", "read"),
    [
        (Occurred(None, date(2025, 1, 5)), "Minggu, 5 Januari 2025"),
        (Occurred("tadi malam", date(2025, 1, 5)), "tadi malam (Minggu, 5 Januari 2025)"),
        (Occurred("seminggu lalu", date(2024, 12, 30)), "seminggu lalu (sekitar Senin, 30 Desember 2024)"),
        (Occurred("tiap malam"), "tiap malam"),
        (Occurred(), "sudah lama"),
    ],
)
def test_the_time_of_a_complaint_reads_as_people_say_it(words: Words, occurred: Occurred, read: str) -> None:
    case = a_case(roles=OFFICER, occurred=occurred)
    assert f"Waktu kejadian: {read}" in render(a_letter(Notice.CARD, case=case), words).text


def test_the_card_of_an_anonymous_complaint_names_nobody(words: Words) -> None:
    case = a_case(roles=OFFICER, anonymous=True, reporter=None)
    assert "Pelapor: anonim" in render(a_letter(Notice.CARD, case=case), words).text


def test_a_desk_card_proposes_offices_with_the_words_that_speak_for_them(words: Words) -> None:
    case = a_case(
        roles=COORDINATOR,
        candidates=(a_candidate("Dinas Pekerjaan Umum", "jalan", "berlubang"), a_candidate("Dinas Perhubungan")),
        chosen=0,
        accuses=True,
    )
    screen = render(a_letter(Notice.DESK_CARD, case=case, event=None), words)
    assert "- Dinas Pekerjaan Umum, Pemerintah Kota Bandung\n    karena: jalan, berlubang" in screen.text
    assert "pilihan pelapor" in screen.text
    assert "Inspektorat" in screen.text
    assert verbs(screen)[0] is Verb.VERIFY


def test_a_reminder_lists_the_oldest_first_with_a_button_each_and_says_how_many_are_hidden(words: Words) -> None:
    found = tuple(a_line(f"N{day:02}", due_at=datetime(2025, 1, day, 9, tzinfo=UTC)) for day in range(12, 0, -1))
    screen = render(a_letter(Notice.REMINDER, reminders=(*found, a_line("LATE", overdue=True))), words)
    assert labels(screen)[:3] == ["N01", "N02", "N03"]
    assert len(screen.choices) == 10
    assert "dan 3 lainnya" in screen.text


def test_an_overdue_line_of_a_reminder_says_so(words: Words) -> None:
    screen = render(a_letter(Notice.REMINDER, reminders=(a_line(overdue=True),)), words)
    assert "terlambat" in screen.text


def test_a_digest_begins_with_what_is_not_routed_and_counts_what_is_hidden(words: Words) -> None:
    digest = a_digest(
        unrouted=(a_digest_line("NEW"),),
        overdue=(a_digest_line("OLD", days_late=4),),
        overdue_hidden=7,
        requests=(a_digest_line("ASK"),),
        returned=(a_digest_line("TOSSED"),),
        low_ratings=(a_digest_line("SAD"),),
        unreachable_citizens=2,
        units_without_officer=("Dinas Sosial",),
    )
    screen = render(a_letter(Notice.DIGEST, digest=digest), words)
    order = ["NEW", "OLD", "ASK", "TOSSED", "SAD"]
    assert sorted(order, key=screen.text.index) == order
    assert "Terlambat (8)" in screen.text
    assert "dan 7 lainnya" in screen.text
    assert "terlambat 4 hari" in screen.text
    assert "2 pelapor" in screen.text
    assert "Dinas Sosial" in screen.text
    assert labels(screen) == ["Verifikasi NEW", "OLD", "ASK", "TOSSED", "SAD"]


def test_a_digest_has_a_chart_where_there_is_something_to_draw(words: Words) -> None:
    nothing = Series(date(2025, 1, 1), (0, 0), (0, 0), (0, 0))
    screens = [
        render(a_letter(Notice.DIGEST, digest=a_digest(series=series)), words)
        for series in (None, nothing, replace(nothing, overdue=(0, 1)))
    ]
    assert [screen.picture is not None for screen in screens] == [False, False, True]


def test_a_chart_that_cannot_be_drawn_holds_up_no_words(words: Words, caplog: pytest.LogCaptureFixture) -> None:
    broken = Series(date(2025, 1, 1), (1, 2, 3), (0,), (0,))
    screen = render(a_letter(Notice.DIGEST, digest=a_digest(series=broken)), words)
    assert screen.picture is None
    assert "Ringkasan" in screen.text
    assert "could not be drawn" in caplog.text


def test_the_figures_of_the_week_rank_the_units_and_say_how_fast_and_how_much_in_time(words: Words) -> None:
    text = render(a_letter(Notice.WEEKLY), words).text
    assert "30 Desember 2024 sampai 5 Januari 2025" in text
    assert "separuhnya dalam 1 hari kerja, 9 dari 10 dalam 3 hari kerja; 94 % tepat waktu" in text
    assert "80 % dari 250 laporan" in text
    assert "1. Dinas Pekerjaan Umum: 366 laporan, 91 % ditindaklanjuti" in text


def test_a_quiet_day_is_said_to_be_quiet(words: Words) -> None:
    assert "Tidak ada laporan yang menunggu" in render(a_letter(Notice.DIGEST), words).text


def test_the_number_of_a_line_in_a_digest_is_the_place_of_its_button(words: Words) -> None:
    digest = a_digest(
        unrouted=(a_digest_line("ONE"), a_digest_line("TWO")), due_today=(a_digest_line("TWO"), a_digest_line("SIX"))
    )
    screen = render(a_letter(Notice.DIGEST, digest=digest), words)
    assert labels(screen) == ["Verifikasi ONE", "Verifikasi TWO", "SIX"]
    assert re.findall(r"(\d)\. <b>(\w+)", screen.text) == [("1", "ONE"), ("2", "TWO"), ("2", "TWO"), ("3", "SIX")]


@pytest.mark.parametrize("kind", [Notice.RECEIPT, Notice.UPDATE, Notice.CARD, Notice.DESK_CARD, Notice.DESK_UPDATE])
def test_the_choices_of_a_letter_stand_numbered_in_its_text(words: Words, kind: Notice) -> None:
    screen = render(a_letter(kind, event=an_event(Action.MARK_DONE)), words)
    for place, label in enumerate(labels(screen), start=1):
        assert f"\n{place}. {label}" in screen.text


def test_the_desk_that_forwards_to_sp4n_has_a_digest_with_a_title(words: Words) -> None:
    screen = render(a_letter(Notice.DIGEST, digest=a_digest(government="")), words)
    assert "Ringkasan meja penerusan SP4N-LAPOR!" in screen.text


def test_after_an_interruption_the_current_question_is_asked_again(words: Words) -> None:
    from views import intake

    draft = a_draft()
    screen = render(a_letter(Notice.RESUME, draft=draft), words)
    assert "Kita sempat terputus" in screen.text
    assert intake.screen(draft, words).text in screen.text


@pytest.mark.parametrize("kind", [Notice.RESUME, Notice.APOLOGY])
def test_without_a_draft_there_is_still_something_to_do(words: Words, kind: Notice) -> None:
    assert render(a_letter(kind, case=None, event=None, draft=None), words).choices


@pytest.mark.parametrize("kind", [kind for kind in Notice if kind not in (Notice.RESUME, Notice.APOLOGY)])
def test_a_letter_that_lacks_what_it_speaks_of_is_a_slip(words: Words, kind: Notice) -> None:
    kinds = ("case", "event", "digest", "moved", "late", "request", "weekly", "unsent", "export", "quiet", "staff")
    nothing = dict.fromkeys(kinds)
    empty = replace(a_letter(kind), data={}, escalated=(), reminders=(), **nothing)
    with pytest.raises(Incomplete):
        render(empty, words)


@pytest.mark.parametrize("kind", list(Notice))
def test_the_longest_letter_fits_one_message_and_is_valid_markup(words: Words, kind: Notice) -> None:
    endless = "<b>&amp; 😀" * 600
    lines = tuple(a_digest_line(f"{n:011}", 100, summary=endless, unit=endless) for n in range(30))
    case = a_case(
        text=endless,
        unit=endless[:200],
        government=endless[:200],
        place=PlaceSheet(endless, endless),
        occurred=Occurred(endless, date(2025, 1, 5)),
        reporter=endless,
        secret=True,
        accuses=True,
        due=tuple(a_due(clock) for clock in ClockKind),
        candidates=(a_candidate(endless, endless), a_candidate(endless, endless), a_candidate(endless, endless)),
        files=(FileSheet(FileKind.PHOTO, FileState.WAITING),),
    )
    endless_figures = some_figures(
        whose=endless,
        classes=tuple((each, Share(99, 100)) for each in ComplaintClass),
        parts=(PartFigures(endless, Share(99_999, 99_999)),) * 40,
    )
    letter = a_letter(
        kind,
        case=case,
        event=an_event(Action.RETURN if kind is Notice.DESK_CARD else Action.MARK_DONE, text=endless),
        digest=a_digest(
            unrouted=lines,
            due_today=lines,
            overdue=lines,
            requests=lines,
            returned=lines,
            low_ratings=lines,
            units_without_officer=(endless,) * 30,
        ),
        reminders=tuple(a_line(f"{n:011}", summary=endless) for n in range(10 if kind is Notice.STAFFING else 40)),
        draft=a_draft(text=endless),
        moved=MovedSheet(tuple(a_moved_line(f"{n:011}") for n in range(30)), (a_holiday(endless),) * 20, ()),
        escalated=tuple(an_escalated_line(f"{n:011}", office=endless, summary=endless) for n in range(30)),
        request=a_request(unit=endless, reason=endless),
        writing=CompositionSheet("7KM-3QX-PW9", Purpose.FOLLOW_UP, "&" * TEXT_MAX, 7, {})
        if kind is Notice.GIVEN_BACK
        else None,
        staff=StaffNews(StaffWord.RECEIVED, 1, Role.OFFICER, endless, endless, 2, NUMBER),
        group=GroupNews(endless, GroupWord.CONNECTED, endless),
        reveal=RevealSheet(1, "7KM-3QX-PW9", RevealState.READY, endless, mine=True),
        weekly=WeeklySheet(endless_figures, endless_figures),
        quiet=QuietSheet(endless, endless, 30, 40, 50),
    )
    screen = render(letter, words)
    assert utf16_length(shown(screen)) <= TEXT_LIMIT
    assert "<b>&amp;amp;" not in screen.text
    assert re.sub(r"</?(b|i|code|blockquote)>", "", screen.text).count("<") == 0
