"""Holds the reading of places out of people's words."""

import pytest

from routing.places import Gazetteer, Place, clear


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("cipocok jya srang", "36.73.05"),
        ("Cipocok Jaya, Kota Serang", "36.73.05"),
        ("kel sumur pecung serang", "36.73.01.1003"),
        ("kebayoran baru jakarta slatan", "31.74.07"),
        ("banyuwangy", "35.10"),
        ("jaksel", "31.74"),
        ("gubeng sby", "35.78.08"),
        ("jl merdeka no 5 sukajadi bandung", "32.73.07"),
        ("desa bojong kec klapanunggal kab bogor", "32.01.32.2002"),
        ("sukamaju depok", "32.76.08.1001"),
        ("depok", "32.76"),
        ("Jl. Raya Serang km 5, Cilegon", "36.72"),
        ("KOTA SERANG", "36.73"),
        ("kab. serang", "36.04"),
        ("Karangasem Bali", "51.07"),
    ],
)
def test_a_typed_place_is_understood(gazetteer: Gazetteer, typed: str, code: str) -> None:
    place = clear(gazetteer.resolve(typed))
    assert place is not None
    assert place.code == code


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (Place(regency="Kab. Sleman"), "34.04"),
        (Place(regency="KAB GARUT"), "32.05"),
        (Place(regency="Kab. Bekasi"), "32.16"),
        (Place(regency="Kotamadya Bekasi"), "32.75"),
        (Place(regency="Kota Adm. Jakarta Selatan"), "31.74"),
        (Place(province="Prov. Jawa Barat"), "32"),
        (Place(province="Provinsi Banten"), "36"),
        (Place(regency="Kabupaten Garut", district="Kec. Cibatu", village="Desa Cibunar"), "32.05.12.2003"),
        (Place(regency="Kota Depok", village="Kel. Depok"), "32.76.01.1006"),
    ],
)
def test_a_title_may_be_written_short(gazetteer: Gazetteer, place: Place, code: str) -> None:
    assert gazetteer.complete(place).code == code


@pytest.mark.parametrize(
    "name",
    [
        "Bandung",
        "Bekasi",
        "Bima",
        "Blitar",
        "Bogor",
        "Cirebon",
        "Gorontalo",
        "Jayapura",
        "Kediri",
        "Kupang",
        "Madiun",
        "Magelang",
        "Malang",
        "Mojokerto",
        "Pasuruan",
        "Pekalongan",
        "Probolinggo",
        "Semarang",
        "Serang",
        "Solok",
        "Sorong",
        "Sukabumi",
        "Tangerang",
        "Tasikmalaya",
        "Tegal",
        "Banjar",
    ],
)
def test_a_name_of_a_kabupaten_and_a_kota_is_asked_about(gazetteer: Gazetteer, name: str) -> None:
    matches = gazetteer.resolve(name)
    assert clear(matches) is None
    regencies = {match.place.regency for match in matches[:3]}
    assert {f"Kabupaten {name}", f"Kota {name}"} <= regencies
    for kind in ("Kabupaten", "Kota"):
        place = clear(gazetteer.resolve(f"{kind} {name}"))
        assert place is not None
        assert place.regency == f"{kind} {name}"


def test_a_near_area_settles_a_shared_name(gazetteer: Gazetteer) -> None:
    assert clear(gazetteer.resolve("serang")) is None
    near = clear(gazetteer.resolve("serang", near="36.73"))
    assert near is not None
    assert near.code == "36.73"


def test_a_village_name_of_many_regencies_gives_several_matches(gazetteer: Gazetteer) -> None:
    matches = gazetteer.resolve("desa sukamaju")
    assert clear(matches) is None
    assert len(matches) > 1
    # Kabupaten Bandung has two of them: they come first, and which of them is meant must be asked there too.
    within = gazetteer.resolve("desa sukamaju", near="32.04")
    assert clear(within) is None
    assert [str(match.place.code)[:5] for match in within[:3]] == ["32.04", "32.04", "32.01"]


def test_a_misspelt_village_is_read_inside_the_known_regency(gazetteer: Gazetteer) -> None:
    place = clear(gazetteer.resolve("sumur pecng", near="36.73"))
    assert place is not None
    assert place.village == "Sumur Pecung"


@pytest.mark.parametrize("typed", ["", "x", "asdfgh", "1234567", "😀😀", "   ,,, "])
def test_words_that_name_no_place_give_nothing(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.resolve(typed) == ()
    assert gazetteer.mentions(typed) == ()


@pytest.mark.parametrize(
    "text",
    [
        "tolong perbaiki jalan di bulan ini di pasar",
        "Sudah lama saya minta surat, mohon bantuan bapak dan ibu",
        "yang terhormat, air mati sejak pagi di rumah kami",
        "jalan sudirman rusak, lampu mati, tolong ditutup lubangnya",
    ],
)
def test_everyday_words_that_are_villages_are_no_places_in_running_text(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.mentions(text) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Lampu mati di kecamatan cipocok jaya kota serang sejak bulan lalu", "36.73.05"),
        ("KTP belum jadi di disdukcapil kab bandung", "32.04"),
        ("warga surabaya minta pju di gubeng", "35.78.08"),
        ("kec. Tambaksari kel. Pacar Keling banjir", "35.78.10.1006"),
    ],
)
def test_a_place_named_in_a_complaint_is_found(gazetteer: Gazetteer, text: str, code: str) -> None:
    assert gazetteer.mentions(text)[0].place.code == code


def test_a_district_named_in_two_regencies_gives_both(gazetteer: Gazetteer) -> None:
    codes = {match.place.code for match in gazetteer.mentions("di soreang banjir")}
    assert codes == {"32.04.37", "73.72.03"}
    near = gazetteer.mentions("di soreang banjir", near="32.04")
    assert near[0].place.code == "32.04.37"


def test_names_are_filled_from_a_code(gazetteer: Gazetteer) -> None:
    place = gazetteer.by_code("36.73.05.1001")
    assert place == Place("Banten", "Kota Serang", "Cipocok Jaya", "Cipocok Jaya", code="36.73.05.1001")
    assert gazetteer.by_code("00.00") is None
    assert gazetteer.by_code("") is None


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (
            Place(province="Jawa Timur", regency="Kota Surabaya", district="Gubeng", village="Pucang Sewu"),
            "35.78.08.1006",
        ),
        (Place(regency="kab. bandung", district="Bale endah"), "32.04.32"),
        (Place(regency="Kabupaten Bandung", district="Tidak Diketahui"), "32.04"),
        (Place(province="Jatim"), "35"),
        (Place(lat=-6.1754, lng=106.8272), "31.71"),
        (Place(code="36.73.05"), "36.73.05"),
        (Place(regency="Bandung", lat=-6.9025, lng=107.6188), "32.73"),
    ],
)
def test_a_place_is_completed_from_what_is_known(gazetteer: Gazetteer, place: Place, code: str) -> None:
    assert gazetteer.complete(place).code == code


def test_unknown_words_of_a_place_are_kept(gazetteer: Gazetteer) -> None:
    place = Place(regency="Gondor", district="Minas Tirith")
    assert gazetteer.complete(place) == place
    assert (
        gazetteer.complete(Place(regency="Kabupaten Bandung", district="Tidak Diketahui")).district == "Tidak Diketahui"
    )


def test_a_regency_name_that_fits_two_decides_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.complete(Place(regency="Serang")).code is None
    assert gazetteer.complete(Place(province="Jawa Barat", regency="Bandung")).code == "32"
