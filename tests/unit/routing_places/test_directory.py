"""Holds who owns a complaint: the right level, the right office, and never nobody."""

from pathlib import Path

import pytest

import routing
from routing.areas import REGENCY
from routing.directory import Directory, Owner
from routing.directory_file import read_directory
from routing.places import Gazetteer, Place

EXAMPLES = Path(routing.__file__).parent / "data" / "directory"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def seed() -> Directory:
    return Directory.seed()


@pytest.fixture(scope="module")
def enrolled() -> Directory:
    files = [read_directory(path) for path in sorted(EXAMPLES.glob("*.yaml"))]
    governments = [each for file in files for each in file.governments]
    return Directory.from_parts(governments, [unit for file in files for unit in file.units])


def place(gazetteer: Gazetteer, code: str) -> Place:
    found = gazetteer.by_code(code)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("sector", "code", "words", "agency"),
    [
        ("transport", "36.04", (), "Dinas Perhubungan Kabupaten Serang"),
        ("transport", "36.04", ("kereta",), "PT Kereta Api Indonesia (Persero)"),
        ("public_works", "36.04", ("lubang",), "Dinas Pekerjaan Umum dan Penataan Ruang Kabupaten Serang"),
        ("public_works", "36.04", ("jalan", "nasional"), "Kementerian Pekerjaan Umum"),
        ("public_works", "36.04", ("jalan provinsi",), "Dinas Pekerjaan Umum dan Penataan Ruang Provinsi Banten"),
        ("public_works", "36.04", ("gerbang tol",), "PT Jasa Marga (Persero) Tbk"),
        ("civil_registration", "35.78", ("ktp",), "Dinas Kependudukan dan Pencatatan Sipil Kota Surabaya"),
        ("civil_registration", "31.74.01", ("ktp",), "Dinas Kependudukan dan Pencatatan Sipil Provinsi DKI Jakarta"),
        ("education", "36.04", ("sd",), "Dinas Pendidikan Kabupaten Serang"),
        ("education", "36.04", ("sma",), "Dinas Pendidikan Provinsi Banten"),
        ("education", "34.71", ("smk",), "Dinas Pendidikan Daerah Istimewa Yogyakarta"),
        ("revenue", "11.71", ("pajak kendaraan",), "Badan Pendapatan Daerah Aceh"),
        ("water_utility", "32.73", (), "Perumda Air Minum Kota Bandung"),
        ("electricity", "94.01", (), "PT PLN (Persero)"),
        ("bpjs_health", "94.01", (), "BPJS Kesehatan"),
        ("immigration", "51.71", (), "Kementerian Imigrasi dan Pemasyarakatan"),
        ("police", "51.71", (), "Kepolisian Negara Republik Indonesia"),
        ("land", "51.71", (), "Kementerian Agraria dan Tata Ruang/Badan Pertanahan Nasional"),
        ("territorial", "36.73.05.1001", (), "Kelurahan Cipocok Jaya, Kota Serang"),
        ("territorial", "36.04.05.2001", (), "Desa Kramatwatu, Kabupaten Serang"),
        ("territorial", "94.01.01", (), "Distrik Nabire, Kabupaten Nabire"),
        ("disaster_fire", "36.04", ("damkar",), "Dinas Pemadam Kebakaran dan Penyelamatan Kabupaten Serang"),
    ],
)
def test_the_template_names_the_owner_where_nobody_is_enrolled(
    seed: Directory, gazetteer: Gazetteer, sector: str, code: str, words: tuple[str, ...], agency: str
) -> None:
    owner = seed.owners(sector, place(gazetteer, code), words)[0]
    assert owner.agency == agency


def test_every_sector_has_an_owner_in_every_regency(seed: Directory, gazetteer: Gazetteer) -> None:
    regencies = [place(gazetteer, code) for code in gazetteer.areas.below("", REGENCY)]
    assert len(regencies) == 514
    for sector in seed.jurisdiction.sectors:
        for regency in regencies:
            first = seed.owners(sector, regency)[0]
            assert first.agency
            assert first.government
            assert "None" not in first.agency


def test_there_are_34_sectors_and_other(seed: Directory) -> None:
    assert len(seed.jurisdiction.sectors) == 35


def test_an_unknown_place_still_has_a_visible_owner(seed: Directory) -> None:
    first, *others = seed.owners("transport", Place())
    assert first == Owner(None, "Dinas Perhubungan kabupaten/kota setempat")
    assert "Kementerian Perhubungan" in [owner.agency for owner in others]
    for sector in seed.jurisdiction.sectors:
        assert seed.owners(sector, Place())


def test_an_unknown_sector_goes_to_the_secretariat(seed: Directory, gazetteer: Gazetteer) -> None:
    assert seed.owners("no_such_sector", place(gazetteer, "36.73"))[0].agency == "Sekretariat Daerah Kota Serang"


def test_street_lamps_are_with_housing_in_one_city_and_with_transport_in_the_next(
    enrolled: Directory, gazetteer: Gazetteer
) -> None:
    serang = enrolled.owners("transport", place(gazetteer, "36.73"), ("lampu jalan",))[0]
    cilegon = enrolled.owners("housing", place(gazetteer, "36.72"), ("lampu jalan",))[0]
    assert serang.unit == "36.73-dprkp"
    assert cilegon.unit == "36.72-dishub"
    assert enrolled.owners("transport", place(gazetteer, "36.73"), ("angkot",))[0].unit == "36.73-dishub"


def test_an_enrolled_unit_is_named_with_its_government(enrolled: Directory, gazetteer: Gazetteer) -> None:
    owner = enrolled.owners("public_works", place(gazetteer, "36.73.05"))[0]
    assert owner == Owner(
        "36.73",
        "Dinas Pekerjaan Umum dan Penataan Ruang Kota Serang",
        "36.73-dpupr",
        "Dinas Pekerjaan Umum dan Penataan Ruang",
    )


def test_the_kecamatan_itself_owns_what_is_territorial(enrolled: Directory, gazetteer: Gazetteer) -> None:
    assert enrolled.owners("territorial", place(gazetteer, "36.73.05.1001"))[0].unit == "36.73.05"
    assert enrolled.owners("territorial", place(gazetteer, "36.73"))[0].unit == "36.73-tapem"


def test_accusations_are_examined_by_the_inspectorate(enrolled: Directory) -> None:
    local = enrolled.inspectorate_of("36.73")
    police = enrolled.inspectorate_of("polri")
    assert local is not None
    assert police is not None
    assert local.unit == "36.73-inspektorat"
    assert police.unit_name == "Divisi Profesi dan Pengamanan Kepolisian Negara Republik Indonesia"
    assert enrolled.inspectorate_of("12.71") is None


def test_every_national_body_has_somebody_who_examines_it(seed: Directory) -> None:
    for code in seed.governments:
        assert seed.inspectorate_of(code) is not None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("lapor ke dishub dan satpol pp", ["Dinas Perhubungan", "Satuan Polisi Pamong Praja"]),
        ("dinas perhbungan tidak respon", ["Dinas Perhubungan"]),
        ("kementrian agama tolong", ["Kementerian Agama"]),
        ("PDAM mati, BPJS Ketenagakerjaan juga", ["Perumda Air Minum", "BPJS Ketenagakerjaan"]),
        ("tolong perbaiki jalan berlubang", []),
        ("", []),
    ],
)
def test_agencies_named_in_a_text_are_found(seed: Directory, text: str, names: list[str]) -> None:
    assert [mention.name for mention in seed.mentioned(text)] == names


def test_stored_bodies_replace_the_packaged_ones() -> None:
    own = read_directory(
        "governments: [{code: pln, name: PLN Baru, level: body, served: true, sectors: [electricity]}]"
    )
    directory = Directory.from_parts(own.governments, own.units)
    assert directory.governments["pln"].name == "PLN Baru"
    assert directory.governments["pln"].served
    assert directory.owners("electricity", Place())[0].agency == "PLN Baru"
    assert "kai" in directory.governments
