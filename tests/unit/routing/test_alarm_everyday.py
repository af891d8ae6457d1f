"""Danger as people cry for help, and the same words where nobody is in danger: denied, past, feared, or a figure."""

import pytest

from routing.alarm import Danger, danger

CRIES = {
    Danger.FIRE: [
        "tolong rumah tetangga kebakaran sekarang",
        "ada api di pasar, apinya besar banget",
        "kebakaran!!! cepet dong",
        "gudang kebakar min, blm ada damkar",
        "rumah saya terbakar",
        "kompor meledak di warung sebelah",
        "bau gas bocor menyengat sekali di ruko",
        "dari kemarin kebakaran lahan belum padam",
        "ruko kobong pak tulungi",
        "api membesar, warga panik",
    ],
    Danger.SUICIDE: [
        "saya mau bunuh diri saja",
        "teman saya mau gantung diri di kamar kos",
        "udah capek hidup, pengen mati rasanya",
        "lebih baik mati daripada begini terus",
        "gue pengen mengakhiri hidup",
        "anak saya minum racun serangga",
        "ada orang mau lompat dari jembatan",
        "saya tidak mau hidup lagi",
        "sy gak kuat hidup lagi",
    ],
    Danger.VIOLENCE: [
        "suami saya mukulin saya tiap malam, tolong",
        "tetangga dipukuli suaminya sekarang",
        "anak kecil disiksa ibu tirinya",
        "keponakan saya dicabuli gurunya",
        "kemarin saya diperkosa",
        "istri saya korban kdrt",
        "ada begal di jembatan, motor dirampas",
        "ada tawuran pelajar bawa celurit",
        "saya diancam dibunuh mantan pacar",
        "ada orang dibacok di depan minimarket",
        "adik saya diculik",
    ],
    Danger.ACCIDENT: [
        "barusan tabrakan, ada yang tergeletak di jalan",
        "ada kecelakaan motor di tikungan, tolong",
        "anak ketabrak mobil",
        "bapak-bapak kesetrum tiang listrik",
        "kabel listrik putus di jalan, bahaya",
        "orang tertimpa pohon tumbang",
        "truk terguling di tol",
        "laka lantas di simpang lima butuh bantuan",
    ],
    Danger.MEDICAL: [
        "ibu saya pingsan tidak sadarkan diri",
        "tolong butuh ambulans sekarang",
        "bapak saya sesak napas",
        "warga keracunan makanan massal",
        "istri saya mau melahirkan belum ada bidan",
        "anak saya kejang kejang",
    ],
    Danger.DISASTER: [
        "kami terjebak banjir di lantai dua",
        "anak hanyut di kali",
        "longsor menimpa rumah warga",
        "ada yang tenggelam di waduk",
        "air masuk rumah sudah sepinggang",
        "tanggul jebol barusan",
    ],
}

NO_DANGER = [
    "alhamdulillah tidak ada korban jiwa dalam kecelakaan itu",
    "tidak ada kebakaran, hanya bakar sampah",
    "bukan tabrakan, cuma senggolan",
    "belum pernah ada longsor di sini",
    "jalan rusak bikin mati gaya",
    "macetnya bikin mau mati bosan",
    "lampu mati sudah seminggu",
    "listrik mati terus, kulkas rusak",
    "harga cabai meledak",
    "jumlah pengunjung meledak saat lebaran",
    "antrean bikin kepala mau pecah",
    "tahun lalu ada kecelakaan di perempatan ini, mohon dipasang lampu",
    "bulan lalu rumah saya kebakaran, bantuan belum cair",
    "dulu pernah longsor di tebing itu",
    "minggu lalu ada tabrakan karena lubang ini",
    "kemarin kebakaran di gudang sudah padam",
    "dua tahun lalu ibu saya stroke, kartu BPJS belum aktif",
    "3 bulan yang lalu jembatan ambruk dan belum dibangun lagi",
    "rawan begal, mohon lampu jalan",
    "takut terjadi kecelakaan kalau lubang dibiarkan",
    "bisa menyebabkan kebakaran kalau kabelnya dibiarkan",
    "kabel menjuntai berpotensi kesetrum",
    "kalau hujan sering banjir setinggi lutut",
    "jangan sampai ada yang tertabrak dulu baru diperbaiki",
    "mobil pemadam kebakaran rusak sejak januari",
    "dinas pemadam kebakaran belum punya mobil",
    "pelatihan penanggulangan kebakaran kapan diadakan",
    "sosialisasi pencegahan kekerasan seksual di sekolah",
    "asuransi kecelakaan kerja saya ditolak",
    "santunan jasa raharja korban kecelakaan belum cair",
    "kapan jadwal simulasi gempa",
    "pos pemadam kebakaran terlalu jauh",
    "data korban gempa belum diperbarui",
    "harga sembako mencekik leher",
    "semangat petugas membara",
    "proyeknya mati suri",
    "pelayanannya bikin darah tinggi",
    "pasar banjir diskon",
    "pohon mati di taman kota",
    "jalur evakuasi tidak ada rambunya",
    "kebakaran jenggot pejabatnya kalau dikritik",
    "daerah bekas kebakaran belum ditata",
    "anak saya mau ikut lomba mati-matian latihan",
    "nomor ambulans puskesmas tidak bisa dihubungi bulan lalu",
    "surat kematian ayah saya belum jadi",
    "trotoar hancur, pejalan kaki nyaris tertabrak",
    "sinyal hp mati total di desa kami",
    "AC puskesmas mati",
    "uang kas desa hilang tenggelam entah ke mana",
    "guru bilang nilai anak saya kritis",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in CRIES.items() for text in texts])
def test_a_cry_for_help_is_heard(kind: Danger, text: str) -> None:
    assert danger(text) is kind


@pytest.mark.parametrize("text", NO_DANGER)
def test_the_same_words_without_danger_raise_no_alarm(text: str) -> None:
    assert danger(text) is None
