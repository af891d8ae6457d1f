"""What is covered in a text, what is left alone, and by which phrases a text gives its writer away."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.giveaways import gives_away
from domain.masking import Covered, mask


def covered(text: str) -> str:
    return mask(text, lambda kind: f"[{kind}]").text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("NIK 3578010101900001 a.n. saya", "NIK [identity] a.n. saya"),
        ("KK 3578.0101.0190.0002", "KK [identity]"),
        ("nik:357801-010190-0001", "nik:[identity]"),
        ("kartu 4111 1111 1111 1111", "kartu [identity]"),
        ("RT 05 06 3578 0101 0190 0001", "RT 05 06 [identity]"),
        ("NIK 3578010101900001 081234567890", "NIK [identity] [phone]"),
        ("hubungi 0812-3456-7890", "hubungi [phone]"),
        ("+62 812 3456 7890", "[phone]"),
        ("(+62) 812-3456-7890", "[phone]"),
        ("62812 34567890 ya", "[phone] ya"),
        ("0812.3456.7890", "[phone]"),
        ("o812 3456 7890", "[phone]"),
        ("0 8 1 2 3 4 5 6 7 8 9 0", "[phone]"),
        ("(0812) 3456 7890", "[phone]"),
        ("wa.me/6281234567890", "wa.me/[phone]"),
        ("WA saya 81234567890", "WA saya [phone]"),
        ("telp 031-5312144", "telp [phone]"),
        ("(0274) 563 231", "[phone]"),
        ("telepon rumah 5312144", "telepon rumah [phone]"),
        ("+60 12 345 6789", "[phone]"),
        ("budi.s+lapor@example.co.id", "[email]"),
        ("budi (at) example.com", "[email]"),
        ("no rek 1234-01-000000-53-1 BRI", "no rek [account] BRI"),
        ("rekening BCA 1234567890 a.n. Budi", "rekening BCA [account] a.n. Budi"),
        ("norek: 123 456 7890", "norek: [account]"),
        ("truk L1234AB ngebut", "truk [plate] ngebut"),
        ("B 1234 XYZ", "[plate]"),
        ("mobil D-1234-ABC", "mobil [plate]"),
        ("motor b 12 a", "motor [plate]"),
        ("Mitsubishi L 300 B 9123 TX", "Mitsubishi L 300 [plate]"),
        ("nopol B 1234 kabur", "nopol [plate] kabur"),
        ("NPWP 12.345.678.9-012.000", "NPWP [identity]"),
        ("No. BPJS saya: 0001 2345 6789 0", "No. BPJS saya: [identity]"),
        ("NIP 19800101 200501 1 001", "NIP [identity]"),
        ("paspor B1234567", "paspor [identity]"),
        ("tolong transfer ke 1234567890 (BRI)", "tolong transfer ke [account] (BRI)"),
        ("08I2 3456 7890", "[phone]"),
        ("nol delapan satu dua tiga empat lima enam tujuh delapan, ya", "[phone], ya"),
        ("hp 08123456789/08129876543 dan a@b.id, c@d.co.id", "hp [phone]/[phone] dan [email], [email]"),
    ],
)
def test_what_names_a_person_is_covered(text: str, shown: str) -> None:
    assert covered(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "RT 03 RW 05 Blok B 12 NO 5",
        "Jalan Raya No 1234 B, KM 123, lantai 3 A",
        "SMP N 3 A dan kelas 3 A",
        "PUKUL 8 S D 10 WIB",
        "lubang sepanjang 200 M di KM 12",
        "anggaran Rp 3.000.000.000.000.000 hilang",
        "pungutan rekening Rp 25.000.000",
        "HP saya hilang, harganya Rp 1.500.000",
        "buka 08.00-16.00 07.30",
        "rapat 12-01-2026 11-01-2026",
        "sms masuk 12-01-2026",
        "telp 112 atau 110, hubungi 1500-046",
        "ID pelanggan 520012345678, kode pos 60271",
        "SK Nomor 800/123/2024, laporan 7KM-3QX-PW9",
        "-7.257472, 112.752088",
        "lampu mati 2 minggu di 12 tiang 🙂",
        "tanggal 08-12-2026 10.30 sampai 15-12-2026 11.00",
        "beli 3 karung @15.000",
        "pagu 1.234.567.890.123.456 rupiah",
        "KM 12+500, Jl. Merdeka No. 12 RT 05/RW 03 Blok C 12",
        "tahun 2019-2023, anggaran 2024/2025, tiang nomor 08123456",
        "satu dua tiga kali lapor, tiga empat hari menunggu",
        "L 300 warna hitam, ukuran A 4 70 gr",
        "KK 12 orang, SIM 2 tahun lagi habis",
    ],
)
def test_addresses_amounts_dates_and_public_numbers_stay(text: str) -> None:
    assert covered(text) == text


def test_only_what_stands_near_a_plate_is_read_for_it() -> None:
    assert covered(f"jalan {'-' * 30} B 1234 XYZ") == f"jalan {'-' * 30} [plate]"
    assert covered("jalan B 1234 XYZ") == "jalan B 1234 XYZ"


def test_the_kinds_are_told_once_in_the_order_of_the_text() -> None:
    told = mask("a@example.com 081234567890 b@example.com", lambda kind: "…")
    assert (told.text, told.found) == ("… … …", (Covered.EMAIL, Covered.PHONE))


@given(
    nik=st.from_regex(r"3[1-6]\d{4}(?:0[1-9]|[12]\d)(?:0[1-9]|1[0-2])\d{6}", fullmatch=True),
    gap=st.sampled_from(["", " ", ".", "-"]),
    cuts=st.sampled_from([(4, 8, 12), (6, 12), (2, 4, 6, 12)]),
    before=st.sampled_from(["", "NIK ", "KTP: ", "atas nama Budi ", "("]),
)
@settings(max_examples=200, deadline=None)
def test_no_identity_number_survives_in_any_grouping(nik: str, gap: str, cuts: tuple[int, ...], before: str) -> None:
    edges = (0, *cuts, len(nik))
    written = gap.join(nik[start:stop] for start, stop in pairwise(edges))
    assert covered(f"{before}{written}, terima kasih") == f"{before}[identity], terima kasih"


@given(
    rest=st.from_regex(r"[1-9]\d{7,10}", fullmatch=True), head=st.sampled_from(["08", "628", "+628", "+62 8", "62-8"])
)
@settings(max_examples=200, deadline=None)
def test_no_mobile_number_survives(rest: str, head: str) -> None:
    assert covered(f"mohon dibalas {head}{rest} segera") == "mohon dibalas [phone] segera"


@given(text=st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_a_covered_text_has_nothing_left_to_cover(text: str) -> None:
    once = mask(text, lambda kind: "[x]")
    assert mask(once.text, lambda kind: "[x]").found == ()


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Nama saya Budi, jalan rusak.", ("Nama saya Budi",)),
        ("saya, ketua RT 05, melapor", ("saya, ketua RT 05",)),
        ("Saya selaku guru di SDN 3. Mohon bantuan.", ("Saya selaku guru di SDN 3",)),
        ("Got di rumah saya di Jalan Mawar no 12 mampet", ("rumah saya di Jalan Mawar no 12 mampet",)),
        ("anak saya bernama Siti", ("anak saya bernama Siti",)),
        ("Saya tinggal di Kelurahan Melati", ("Saya tinggal di Kelurahan Melati",)),
        ("Mohon dicek. Hormat saya, Budi", ("Hormat saya, Budi",)),
        ("Nama saya Budi. Alamat saya Jalan Mawar.", ("Nama saya Budi", "Alamat saya Jalan Mawar")),
        ("HP saya bisa dihubungi", ("HP saya bisa dihubungi",)),
        ("Lampu mati. Hormat kami, Andi", ("Hormat kami, Andi",)),
        ("Lampu mati.\n- Andi Wijaya", ("Andi Wijaya",)),
        ("pelapor: Andi", ("pelapor: Andi",)),
        ("saya warga RT 03", ("saya warga RT 03",)),
        ("sbg ketua RT saya keberatan", ("sbg ketua RT saya keberatan",)),
        ("Jalan di depan pasar rusak", ()),
        ("Salam, mohon segera diperbaiki", ()),
        ("Saya sebagai warga resah", ()),
        ("anak saya sakit karena asap", ()),
    ],
)
def test_phrases_that_give_the_writer_away_are_quoted(text: str, phrases: tuple[str, ...]) -> None:
    assert gives_away(text) == phrases
