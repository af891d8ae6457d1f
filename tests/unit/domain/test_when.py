"""Days as people say them are understood; what names no day, or one still to come, is not guessed at."""

from datetime import date

import pytest

from domain.when import happened_on, is_future, is_rough, mentioned

TODAY = date(2026, 4, 21)
"""A Tuesday."""


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("hari ini", date(2026, 4, 21)),
        ("tadi pagi", date(2026, 4, 21)),
        ("td siang jam 2", date(2026, 4, 21)),
        ("barusan", date(2026, 4, 21)),
        ("sore ini", date(2026, 4, 21)),
        ("2 jam yang lalu", date(2026, 4, 21)),
        ("tadi malam", date(2026, 4, 20)),
        ("semalam sekitar jam 10", date(2026, 4, 20)),
        ("kemarin", date(2026, 4, 20)),
        ("kemarin sore", date(2026, 4, 20)),
        ("kmrn mlm", date(2026, 4, 20)),
        ("kemarin lusa", date(2026, 4, 19)),
        ("kemaren dulu", date(2026, 4, 19)),
        ("3 hari lalu", date(2026, 4, 18)),
        ("tiga hari yang lalu", date(2026, 4, 18)),
        ("3hr lalu", date(2026, 4, 18)),
        ("sehari lalu", date(2026, 4, 20)),
        ("minggu lalu", date(2026, 4, 14)),
        ("seminggu yg lalu", date(2026, 4, 14)),
        ("dua pekan silam", date(2026, 4, 7)),
        ("hari minggu lalu", date(2026, 4, 19)),
        ("hari Minggu", date(2026, 4, 19)),
        ("Senin kemarin", date(2026, 4, 20)),
        ("hari senin", date(2026, 4, 20)),
        ("Selasa lalu", date(2026, 4, 14)),
        ("selasa", date(2026, 4, 21)),
        ("Jum'at malam kemarin", date(2026, 4, 17)),
        ("bulan lalu", date(2026, 3, 22)),
        ("sebulan yang lalu", date(2026, 3, 22)),
        ("2 bln lalu", date(2026, 2, 20)),
        ("setahun lalu", date(2025, 4, 21)),
        ("awal bulan", date(2026, 4, 1)),
        ("awal bulan lalu", date(2026, 3, 1)),
        ("pertengahan bulan", date(2026, 4, 15)),
        ("akhir bulan", date(2026, 3, 31)),
        ("akhir bulan kemarin", date(2026, 3, 31)),
        ("awal Maret", date(2026, 3, 1)),
        ("akhir februari 2024", date(2024, 2, 29)),
        ("awal tahun", date(2026, 1, 1)),
        ("akhir tahun lalu", date(2025, 12, 31)),
        ("minggu ini", date(2026, 4, 20)),
        ("bulan ini", date(2026, 4, 1)),
        ("14 April 2026", date(2026, 4, 14)),
        ("14 april", date(2026, 4, 14)),
        ("tanggal 14 apr 26", date(2026, 4, 14)),
        ("12 November", date(2025, 11, 12)),
        ("17 agustus", date(2025, 8, 17)),
        ("14/4", date(2026, 4, 14)),
        ("14-4-2026", date(2026, 4, 14)),
        ("14.04.26", date(2026, 4, 14)),
        ("2026-04-14", date(2026, 4, 14)),
        ("31/12", date(2025, 12, 31)),
        ("tgl 14", date(2026, 4, 14)),
        ("tanggal 28", date(2026, 3, 28)),
        ("Januari 2026", date(2026, 1, 1)),
        ("bulan desember", date(2025, 12, 1)),
        ("tahun 2024", date(2024, 1, 1)),
        ("sudah 3 hari", date(2026, 4, 18)),
        ("sejak seminggu", date(2026, 4, 14)),
        ("sejak kemarin sore sampai sekarang", date(2026, 4, 20)),
        ("KEMARIN   SORE", date(2026, 4, 20)),
    ],
)
def test_an_answer_names_its_day(words: str, on: date) -> None:
    assert happened_on(words, TODAY) == on


@pytest.mark.parametrize(
    "words", ["", "sudah lama", "lupa", "waktu hujan", "32 April", "14/13", "99999 tahun lalu", "1"]
)
def test_an_answer_without_a_day_names_none(words: str) -> None:
    assert happened_on(words, TODAY) is None
    assert not is_future(words, TODAY)


@pytest.mark.parametrize(
    "words", ["besok", "besok pagi", "lusa", "minggu depan", "Senin depan", "22 April 2026", "1/5/2026", "2027-01-01"]
)
def test_a_day_that_is_still_to_come_is_told_apart(words: str) -> None:
    assert happened_on(words, TODAY) is None
    assert is_future(words, TODAY)


@pytest.mark.parametrize(
    ("words", "rough"),
    [
        ("kemarin", False),
        ("3 hari lalu", False),
        ("14/4", False),
        ("minggu lalu", True),
        ("awal bulan", True),
        ("lupa", False),
    ],
)
def test_words_for_a_span_of_days_are_rough(words: str, rough: bool) -> None:
    assert is_rough(words) is rough


@pytest.mark.parametrize(
    ("story", "on", "words"),
    [
        ("kemarin sore di Kecamatan Serpong ada lubang besar", date(2026, 4, 20), "kemarin sore"),
        ("Tadi pagi air mati lagi", date(2026, 4, 21), "tadi pagi"),
        ("Pada 14 April 2026 saya ke kelurahan", date(2026, 4, 14), "14 april 2026"),
        ("Lampu padam sejak 3 hari lalu", date(2026, 4, 18), "3 hari lalu"),
        ("Senin kemarin petugas tidak ada di loket", date(2026, 4, 20), "senin kemarin"),
        ("KTP saya hilang minggu lalu di pasar", date(2026, 4, 14), "minggu lalu"),
        ("Sampah diangkut terakhir tgl 14/4", date(2026, 4, 14), "tgl 14/4"),
        ("kemarin, ya kemarin, jembatan itu retak", date(2026, 4, 20), "kemarin"),
    ],
)
def test_a_story_that_names_one_day_need_not_be_asked_for_it(story: str, on: date, words: str) -> None:
    found = mentioned(story, TODAY)
    assert found is not None
    assert (found.on, found.words) == (on, words)


@pytest.mark.parametrize(
    "story",
    [
        "Jalan rusak di RT 3/4 belum diperbaiki",
        "Sampai hari ini belum ada petugas yang datang",
        "Setiap Senin macet di depan sekolah",
        "Loket buka Senin sampai Jumat",
        "Sampah menumpuk sudah tiga hari",
        "Saya lahir 12 Mei 2025 menurut akta yang salah",
        "Sesuai Perda 14/4/2026 iuran itu tidak sah",
        "Kemarin lampu mati, tadi pagi hidup lagi",
        "Besok akan saya kirim fotonya",
        "Sertifikat dari 14 April 2010 belum balik nama",
        "Petugas tadi bilang sekarang tidak bisa",
        "Tahun 2019 pernah diperbaiki",
    ],
)
def test_a_story_that_names_no_day_or_several_is_not_guessed_at(story: str) -> None:
    assert mentioned(story, TODAY) is None


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("today", date(2026, 4, 21)),
        ("This morning, around 7", date(2026, 4, 21)),
        ("just now", date(2026, 4, 21)),
        ("two hours ago", date(2026, 4, 21)),
        ("yesterday", date(2026, 4, 20)),
        ("Yesterday afternoon", date(2026, 4, 20)),
        ("last night", date(2026, 4, 20)),
        ("the day before yesterday", date(2026, 4, 19)),
        ("3 days ago", date(2026, 4, 18)),
        ("a few days ago", date(2026, 4, 18)),
        ("a day ago", date(2026, 4, 20)),
        ("two weeks ago", date(2026, 4, 7)),
        ("a week ago", date(2026, 4, 14)),
        ("last week", date(2026, 4, 14)),
        ("last month", date(2026, 3, 22)),
        ("last Monday", date(2026, 4, 20)),
        ("last Tuesday", date(2026, 4, 14)),
        ("Monday", date(2026, 4, 20)),
        ("12 April", date(2026, 4, 12)),
        ("12 March", date(2026, 3, 12)),
        ("April 12", date(2026, 4, 12)),
        ("April 12th, 2025", date(2025, 4, 12)),
        ("the 3rd of May", date(2025, 5, 3)),
        ("5 August 2025", date(2025, 8, 5)),
    ],
)
def test_plain_english_days_are_understood(words: str, on: date) -> None:
    assert happened_on(words, TODAY) == on


def test_english_days_to_come_are_known_as_such_and_spans_as_rough() -> None:
    assert is_future("tomorrow", TODAY)
    assert is_future("next Monday", TODAY)
    assert is_rough("two weeks ago")
    assert not is_rough("yesterday")


def test_an_english_story_names_its_day_and_other_words_name_none() -> None:
    found = mentioned("The street lamp broke yesterday evening near the school", TODAY)
    assert found is not None
    assert (found.on, found.words) == (date(2026, 4, 20), "yesterday evening")
    assert mentioned("You may march to the office, it is a day and a half of work", TODAY) is None
