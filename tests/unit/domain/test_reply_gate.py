"""The gate for replies: what each rule holds back, what it lets pass, and that hostile texts do not hold it up."""

import pytest

from benchmarks.reply_gate import examples, measure
from domain.reply_gate import Rule, examine, personal
from domain.reply_words import sentences
from routing.likeness import copied, hollow
from services.reply_gate import judge

GOOD = "Lubang di Jalan Kenari sudah ditambal tim pemeliharaan pada Selasa, 14 April 2026."


def rules(text: str, *earlier: str) -> list[Rule]:
    """What is found in a text."""
    return [finding.rule for finding in judge(text, earlier)]


def test_what_was_done_and_when_may_leave() -> None:
    assert rules(GOOD) == []


@pytest.mark.parametrize(
    "text",
    [
        "Terima kasih atas laporannya.",
        "Laporan sudah kami terima dan akan dikoordinasikan dengan pihak terkait. Mohon bersabar.",
        "Selesai.",
        "...",
    ],
)
def test_thanks_coordination_and_patience_alone_are_held_back(text: str) -> None:
    assert rules(text) == [Rule.EMPTY]


def test_thanks_around_an_answer_do_not_hold_it_back() -> None:
    assert rules(f"Terima kasih atas laporannya. {GOOD} Mohon maaf atas ketidaknyamanannya.") == []


def test_a_reason_with_the_next_step_may_leave_although_nothing_is_done() -> None:
    assert (
        rules("Belum dapat dikerjakan karena alat berat rusak. Suku cadang tiba 22 April, lalu kami lanjutkan.") == []
    )


@pytest.mark.parametrize(
    ("left", "text"),
    [
        ("[nama]", "Yth. [nama], lubang di Jalan Kenari sudah ditambal kemarin."),
        ("XXX", "Lubang di Jalan XXX sudah ditambal kemarin."),
        ("........", "Lubang di Jalan Kenari sudah ditambal pada tanggal ........"),
        ("...isi", "Lubang di Jalan Kenari sudah ditambal kemarin, ...isi keterangan"),
        ("{lokasi}", "Lubang di {lokasi} sudah ditambal kemarin."),
    ],
)
def test_what_was_left_to_be_filled_in_is_quoted(left: str, text: str) -> None:
    found = judge(text)
    assert [finding.rule for finding in found] == [Rule.PLACEHOLDER]
    assert found[0].quote == left


def test_three_dots_of_somebody_who_hesitates_are_nothing_to_be_filled_in() -> None:
    assert rules("Sudah kami tambal kemarin di Jalan Kenari ... semoga tahan lama") == []


@pytest.mark.parametrize("named", ["3578014405760002", "0812-3456-7890", "warga@example.com", "L 1234 AB"])
def test_what_names_a_person_is_quoted(named: str) -> None:
    assert personal(f"Kami hubungi mobil {named} kemarin.") == named
    assert Rule.PERSONAL_DATA in rules(f"{GOOD} Kami hubungi mobil {named} kemarin.")


@pytest.mark.parametrize("own", ["(0254) 200123", "dpupr@serangkota.go.id", "112", "1500123"])
def test_an_offices_own_address_may_be_read(own: str) -> None:
    assert rules(f"{GOOD} Informasi lebih lanjut: {own}.") == []


def test_the_second_detail_is_found_behind_an_offices_own() -> None:
    assert personal("Telepon kantor (0254) 200123, pelapor 0812-3456-7890.") == "0812-3456-7890"


def test_a_promise_needs_a_time() -> None:
    assert rules("Hasil survei: saluran tersumbat sampah 20 meter. Pengerukan akan segera dilakukan.") == [Rule.UNDATED]
    assert rules("Hasil survei: saluran tersumbat sampah 20 meter. Pengerukan akan dilakukan Kamis.") == []


def test_a_promise_to_keep_an_eye_on_it_needs_none() -> None:
    assert rules(f"{GOOD} Kami akan terus memantau.") == []


def test_the_same_reply_to_another_complaint_is_a_copy() -> None:
    assert rules(GOOD, GOOD) == [Rule.COPY]
    assert copied("lubang di jalan itu sudah ditambal tim kemarin", ["Lubang di jalan itu sudah ditambal tim kemarin!"])


def test_the_same_words_about_another_street_and_day_are_no_copy() -> None:
    assert rules("Lubang di Jalan Melati sudah ditambal tim pemeliharaan pada Rabu, 15 April 2026.", GOOD) == []


def test_an_empty_phrase_is_known_with_other_words_around_it() -> None:
    assert hollow(("Terima kasih atas laporan yang Ibu sampaikan", "Pompa nomor 2 diganti")) == {
        "Terima kasih atas laporan yang Ibu sampaikan"
    }


def test_dates_sums_and_abbreviations_do_not_end_a_sentence() -> None:
    assert sentences("Jl. Kenari pada 14.04.2026 habis Rp. 1.200.000. Selesai!") == (
        "Jl. Kenari pada 14.04.2026 habis Rp. 1.200.000",
        "Selesai",
    )


@pytest.mark.parametrize("text", ["sudah " * 600, "[" * 3500, "a@" * 1700, "kami kami " * 350, "." * 3500, "1 " * 1700])
def test_a_hostile_text_is_judged_to_its_end(text: str) -> None:
    assert isinstance(examine(text), tuple)


def test_every_rule_has_an_id_of_its_own() -> None:
    assert len({rule.value for rule in Rule}) == len(Rule)


def test_the_gate_is_right_on_the_replies_that_it_is_measured_on() -> None:
    blind, aware = examples("before_the_rules"), examples("knowing_the_rules")
    assert len(blind) >= len(aware)
    assert min(sum(r.held for r in (*blind, *aware)), sum(not r.held for r in (*blind, *aware))) >= 40
    found = measure((*blind, *aware, *examples("unseen")))
    assert found.precision > 0.95
    assert found.recall > 0.95
