"""The commands that each role is offered, and the way from a group to the private chat."""

from __future__ import annotations

from html import unescape

from locales.translator import Words
from views.screen import Screen

CITIZEN = ("lapor", "laporan", "dukungan", "lacak", "draf", "batal", "bahasa", "privasi", "bantuan")

UNIT = ("antrean", "lihat", "balas", "selesai", "ajukan", "jawaban", "statistik")
GROUP = ("latihan", "hubungkan", "cek")

MENUS: dict[str, tuple[str, ...]] = {
    "officer": (*UNIT, *GROUP, *CITIZEN),
    "unit_head": (*UNIT, "staf", "undang", *GROUP, *CITIZEN),
    "inspector": (*UNIT, "bukaidentitas", *GROUP, *CITIZEN),
    "coordinator": (
        "verifikasi",
        "terusan",
        "permintaan",
        "lihat",
        "ringkasan",
        "statistik",
        "staf",
        "undang",
        "ekspor",
        "bukaidentitas",
        "latihan",
        *CITIZEN,
    ),
    "national": (
        "verifikasi",
        "permintaan",
        "lihat",
        "ringkasan",
        "statistik",
        "wilayah",
        "staf",
        "undang",
        "bukaidentitas",
        "latihan",
        *CITIZEN,
    ),
    "citizen": CITIZEN,
    "figures": ("wilayah", "statistik", "latihan", *CITIZEN),
}
"""Commands by menu, the daily ones first; whoever works here may complain like everybody else."""


def commands(words: Words, menu: str) -> tuple[tuple[str, str], ...]:
    """Each command with its description in plain words."""
    return tuple((name, unescape(words(f"command.{name}"))) for name in MENUS[menu])


def at_work(words: Words, menu: str) -> tuple[tuple[str, str], ...]:
    """Those among them that an office brings."""
    return tuple(each for each in commands(words, menu) if each[0] not in CITIZEN)


def group_answer(words: Words, username: str) -> Screen:
    """In a group: where to complain without everybody reading along."""
    return Screen(words("group.private_only", link=f"https://t.me/{username}"))
