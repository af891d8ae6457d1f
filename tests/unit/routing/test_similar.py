"""Two texts of one place: do they tell of the same trouble? A table of pairs that people might have written."""

from datetime import timedelta

import pytest

from routing.places import Place
from routing.similar import Nearness, Told, likeness, measures, nearness, similar

VILLAGE = Place("Banten", "Kota Serang", "Cipocok Jaya", "Banjaragung", code="36.73.05.1001")
NEXT_VILLAGE = Place("Banten", "Kota Serang", "Cipocok Jaya", "Penancangan", code="36.73.05.1005")
DISTRICT = Place("Banten", "Kota Serang", "Cipocok Jaya", code="36.73.05")
CITY = Place("Banten", "Kota Serang", code="36.73")
PIN = Place("Banten", "Kota Serang", lat=-6.1201, lng=106.1503, code="36.73")
PIN_NEAR = Place("Banten", "Kota Serang", lat=-6.1212, lng=106.1510, code="36.73")
PIN_FAR = Place("Banten", "Kota Serang", lat=-6.1400, lng=106.1700, code="36.73")

SAME = [
    ("Lampu jalan di depan SD Negeri 2 sudah seminggu mati", "PJU depan SDN 2 padam, gelap sekali kalau malam"),
    ("lampu jln mati total 1 gang", "Penerangan jalan umum di gang kami tidak menyala sejak Senin"),
    ("Lampu penerangan jalan padam sudah 3 hari", "tolong lampu jalannya gelap gulita"),
    ("Jalan berlubang besar dekat pasar", "jln dpn pasar bolong2 bikin motor jatuh"),
    ("Jalan rusak parah dan berlubang, sering kecelakaan", "Jalanan hancur banyak lubang di Jl. Raya Pandeglang"),
    ("Aspal jalan amblas di depan masjid", "jalan depan masjid ambles, bahaya"),
    ("Sampah menumpuk di pasar sudah tiga hari", "tumpukan sampah di pasar belum diangkut, bau"),
    ("sampah blm diangkut seminggu", "Sudah satu minggu sampah di komplek kami tidak diangkut petugas"),
    ("Bau busuk dari TPS yang penuh sampah", "TPS penuh, sampah meluber dan baunya menyengat"),
    ("Air PDAM mati sejak kemarin", "sudah dua hari air ledeng tidak mengalir"),
    ("air pam keruh dan bau", "Air PDAM kotor berwarna cokelat dan berbau"),
    ("PDAM ngalirnya kecil banget tiap pagi", "Air PDAM keluar kecil sekali setiap pagi"),
    ("Banjir setiap hujan karena got mampet", "kalau hujan selalu tergenang, drainase tersumbat"),
    ("Selokan mampet dan meluap ke jalan", "got depan rumah tersumbat, airnya luber"),
    ("Genangan air di perempatan setelah hujan", "perempatan banjir kalo hujan"),
    ("Pohon besar tumbang menutup jalan", "ada pohon roboh melintang di jalan"),
    ("Pohon miring rawan tumbang dekat sekolah", "dahan pohon depan sekolah mau patah, miring"),
    ("Parkir liar di trotoar bikin macet", "trotoar dipakai parkir sembarangan, macet"),
    ("Suara musik karaoke keras sampai subuh", "karaoke berisik sampai subuh, musiknya keras"),
    ("Antrean di puskesmas terlalu lama, dokter datang siang", "puskesmas antri lama bgt dokternya telat datang"),
    ("Jembatan gantung rusak papannya lepas", "papan jembatan banyak yang patah, takut menyeberang"),
    ("Blanko KTP elektronik kosong di kecamatan", "mau cetak e-KTP katanya blanko habis"),
    ("Lampu merah simpang Ciceri mati", "traffic light / lampu merah Ciceri padam"),
    ("Bantuan PKH saya tidak cair bulan ini", "PKH belum cair sdh 2 bln"),
]
OTHER = [
    ("Lampu jalan di depan SD Negeri 2 mati", "Guru di SD Negeri 2 meminta uang seragam"),
    ("Lampu jalan mati di gang mawar", "Sampah menumpuk di gang mawar"),
    ("Jalan berlubang di depan pasar", "Parkir liar di depan pasar"),
    ("Jalan berlubang di depan pasar", "Pedagang kaki lima berjualan di badan jalan pasar"),
    ("Sampah menumpuk di pasar Rau", "Harga cabai di pasar Rau naik tajam"),
    ("Air PDAM mati sejak kemarin", "Tagihan PDAM naik tiga kali lipat tanpa alasan"),
    ("Listrik padam sejak pagi", "Tiang listrik miring hampir menimpa rumah"),
    ("Banjir setiap hujan karena got mampet", "Jalan berlubang dan berdebu karena proyek"),
    ("Antrean di puskesmas terlalu lama", "Obat di puskesmas habis, disuruh beli sendiri"),
    ("Pelayanan KTP lambat dan berbelit", "Akta kelahiran anak saya salah nama"),
    ("Pohon tumbang menutup jalan", "Kabel internet menjuntai rendah di jalan"),
    ("Suara musik karaoke keras sampai subuh", "Warung menjual minuman keras di dekat sekolah"),
    ("Jembatan gantung rusak papannya lepas", "Sungai dipenuhi sampah dan tercemar limbah pabrik"),
    ("Bantuan PKH saya tidak cair", "Kartu BPJS saya dinonaktifkan"),
    ("Anjing liar menggigit anak di taman", "Taman kota kotor dan bangkunya rusak"),
    ("Trotoar rusak dan licin", "Kemacetan di simpang setiap sore"),
    ("Mohon informasi jadwal vaksin", "Mohon informasi pendaftaran sekolah"),
    ("Petugas parkir memungut dua kali lipat", "Rambu dilarang parkir hilang"),
    ("Bus sekolah tidak datang", "Atap sekolah bocor saat hujan"),
    ("Tolong ditindaklanjuti segera pak, sudah lama", "Mohon segera diperbaiki ya pak, terima kasih"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_trouble_at_the_same_spot_is_found_however_it_is_worded(one: str, other: str) -> None:
    assert similar(Told(one, VILLAGE), [Told(other, VILLAGE)]) == (0,)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_trouble_at_the_same_spot_is_another_complaint(one: str, other: str) -> None:
    assert similar(Told(one, VILLAGE), [Told(other, VILLAGE)]) == ()


@pytest.mark.parametrize(("one", "other"), [*SAME, *OTHER])
def test_likeness_does_not_depend_on_who_came_first(one: str, other: str) -> None:
    assert likeness(one, other) == pytest.approx(likeness(other, one), abs=15)
    assert 0 <= likeness(one, other) <= 100


def test_the_vaguer_the_place_the_more_the_words_must_agree() -> None:
    asked = [measures().alike[near] for near in (Nearness.SPOT, Nearness.DISTRICT, Nearness.REGENCY)]
    assert asked == sorted(asked)
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        (VILLAGE, VILLAGE, Nearness.SPOT),
        (VILLAGE, NEXT_VILLAGE, Nearness.APART),
        (VILLAGE, DISTRICT, Nearness.DISTRICT),
        (DISTRICT, CITY, Nearness.REGENCY),
        (VILLAGE, PIN, Nearness.REGENCY),
        (PIN, PIN_NEAR, Nearness.SPOT),
        (PIN, PIN_FAR, Nearness.APART),
        (CITY, Place(code="36.04"), Nearness.APART),
        (CITY, Place(), Nearness.APART),
        (Place(code="36"), Place(code="36"), Nearness.APART),
    ],
)
def test_places_are_one_by_their_point_or_by_their_area(one: Place, other: Place, near: Nearness) -> None:
    assert nearness(one, other) is near
    assert nearness(other, one) is near


def test_the_same_words_in_the_next_village_are_another_complaint() -> None:
    text = SAME[0][0]
    assert similar(Told(text, VILLAGE), [Told(text, NEXT_VILLAGE)]) == ()


def test_the_name_of_the_place_makes_nothing_alike() -> None:
    told = [Told("Cipocok Jaya Banjaragung lampu", VILLAGE), Told("Cipocok Jaya Banjaragung sampah", VILLAGE)]
    assert similar(told[0], told[1:]) == ()


def test_a_subject_that_is_surely_another_is_not_offered() -> None:
    lamp = Told(SAME[0][0], VILLAGE, ("transport", "electricity"))
    assert similar(lamp, [Told(SAME[0][1], VILLAGE, ("electricity",))]) == (0,)
    assert similar(lamp, [Told(SAME[0][1], VILLAGE, ("education",))]) == ()


def test_the_likeliest_comes_first() -> None:
    lamp = Told("Lampu jalan depan SD Negeri 2 mati", VILLAGE)
    others = [Told("Lampu mati", VILLAGE), Told("Sampah", VILLAGE), Told("Lampu jalan mati depan SD Negeri 2", VILLAGE)]
    assert similar(lamp, others)[0] in (0, 2)
    assert set(similar(lamp, others)) == {0, 2}


def test_without_words_that_say_something_nothing_is_alike() -> None:
    assert likeness("", "lampu mati") == 0
    assert likeness("tolong segera ya pak", "tolong segera ya pak") == 0


def test_the_measures_can_be_used() -> None:
    assert measures().window > timedelta(0)
    assert 1 <= measures().offered <= measures().looked_at
    assert not measures().empty & set(measures().same)
