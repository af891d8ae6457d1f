"""Words of danger and of accusation are heard in slang and with slips, and a denial passes."""

import pytest

from routing.alarm import Danger, accuses, danger


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ada kebakaran di pasar, tolong!", Danger.FIRE),
        ("ada kebkaran di gang 5", Danger.FIRE),
        ("tabung gas bocor baunya menyengat", Danger.FIRE),
        ("tidak! kebakaran!", Danger.FIRE),
        ("saya pengen mati aja", Danger.SUICIDE),
        ("Saya tidak mau hidup lagi", Danger.SUICIDE),
        ("ibu saya pingsan di jalan", Danger.MEDICAL),
        ("anak saya sesak nafas butuh ambulan", Danger.MEDICAL),
        ("suami mukul saya tiap hari, ini KDRT", Danger.VIOLENCE),
        ("ada tawuran bawa senjata tajam", Danger.VIOLENCE),
        ("barusan tabrakan motor di depan sekolah", Danger.ACCIDENT),
        ("kakak saya kesetrum kabel yang jatuh", Danger.ACCIDENT),
        ("kami terjebak banjir di atap", Danger.DISASTER),
        ("longsor menutup rumah warga", Danger.DISASTER),
    ],
)
def test_danger_is_heard(text: str, kind: Danger) -> None:
    assert danger(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tidak kebakaran kok, cuma asap dapur",
        "tidak ada korban kecelakaan",
        "kereta api sering telat, tapi lampu stasiun mati",
        "mobil pemadam kebakaran susah masuk gang",
        "lubang ini rawan kecelakaan",
        "jalan rusak bisa bikin kecelakaan",
        "tagihan belum terbayar",
        "anak saya diperiksa dokter",
        "jalan di perkotaan, mohon pengarahan",
        "pasar sedang banjir pesanan",
        "Jalan berlubang di depan rumah",
    ],
)
def test_everyday_words_raise_no_alarm(text: str) -> None:
    assert danger(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada PUNGLI di kelurahan", "PUNGLI"),
        ("petugas minta uang 50rb", "minta uang"),
        ("harus bayar uang pelicin", "uang pelicin"),
        ("guru memukul anak saya", "memukul"),
        ("dana desa dikorupsi", "dikorupsi"),
        ("nepotisme dalam penerimaan honorer", "nepotisme"),
        ("bantuan kami disunat pak RT", "disunat"),
        ("pejabat itu terima gratifikasii", "gratifikasii"),
        ("Oknum Satpol PP menerima setoran tiap malam dari PKL", "setoran"),
        ("petugas kelurahan menyelipkan amplop warga ke laci", "amplop"),
    ],
)
def test_accusing_words_are_given_as_written(text: str, words: str) -> None:
    assert accuses(text) == (words,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tidak ada pungli di sini, pelayanan bagus",
        "pengamen minta uang di lampu merah",
        "mahasiswa KKN di desa kami ramai",
        "tukang parkir liar, pungli 5 ribu",
        "tetangga mengancam saya",
        "sopir angkot mengejar setoran sampai ugal-ugalan",
        "preman minta setoran di pasar, oknum ormas juga",
        "jalan rusak",
    ],
)
def test_what_accuses_no_office_is_no_accusation(text: str) -> None:
    assert accuses(text) == ()


def test_a_parking_tout_accuses_no_office_and_an_official_beside_him_does() -> None:
    tout = "jukir liar itu berdiri di depan minimarket, sudah lama meresahkan warga sekitar dan semua orang kena pungli"
    assert accuses(tout) == ()
    assert accuses(f"{tout}, petugas dishub tahu") == ("pungli",)
