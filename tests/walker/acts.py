"""What a walker may do, found in routers, verbs and screens, so that a new conversation is walked as well."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from aiogram import Router
from aiogram.filters import Command

from views.taps import Tap, Verb

STORIES = (
    "Lampu jalan di depan SD Negeri 2 sudah seminggu mati, gelap sekali kalau malam",
    "Jalan berlubang di Kelurahan Cipocok Jaya, Kota Serang, kemarin sore ada yang jatuh",
    "Petugas Disdukcapil minta uang pelicin 200 ribu untuk mengurus KTP saya, ini pungli",
    "Sampah menumpuk di pasar Rau dan baunya sampai ke rumah, NIK saya 3673010101900001",
    "Tolong ada kebakaran rumah di dekat pasar, apinya besar sekali sekarang",
    "Air PDAM mati tiga hari, telepon saya 0812-3456-7890, mohon segera diperbaiki",
    "The street light in front of my house has been dark for a week, please repair it",
    "Bagaimana cara mengurus akta kelahiran anak yang hilang di Kota Serang?",
)
PLACES = ("Cipocok Jaya, Kota Serang", "depan pasar", "Serang", "Jl. Veteran no 5", "Konoha", "Kota Bandung")
TIMES = ("kemarin sore", "3 hari lalu", "12 Maret", "besok", "entah kapan", "Senin lalu", "30 Februari")
ODDITIES = (
    "?",
    "a",
    "<b>&amp;</i>",
    "{text} %s \\n",
    "👍",
    "\u202etxet",
    "ya",
    "tidak",
    "batal",
    "lanjut",
    "kirim",
    "dua",
    "yang ketiga",
    "7KM-3QX-PW9",
    "x" * 4096,
    "panjang " * 500,
)
POINTS = ((-6.12, 106.15), (-7.25, 112.75), (48.85, 2.35), (0.0, 0.0), (-6.1, 106.15))
FILES = ("document", "video", "voice", "audio", "video_note")
UNUSABLE = (
    {"sticker": {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1}
     | {"is_animated": False, "is_video": False}},
    {"contact": {"phone_number": "+62", "first_name": "Budi"}},
    {"dice": {"emoji": "🎲", "value": 3}},
)  # fmt: skip


def commands_of(router: Router) -> Iterator[str]:
    """Every command that some handler of a tree of routers understands."""
    for part in router.chain_tail:
        for handler in part.message.handlers:
            for each in handler.filters or ():
                if isinstance(each.callback, Command):
                    yield from (name for name in each.callback.commands if isinstance(name, str))


def forged(random: Random, words: tuple[str, ...]) -> str:
    """What no screen has shown: a verb that exists with whatever behind it, or rubbish."""
    if random.random() < 0.15:
        return random.choice(("", ":", "1", "1:", "0:send:1", "2:send:1", "1:nonsense", "1:send:" + "9" * 50, "ÿ" * 30))
    arguments = (random.choice(words) for _ in range(random.randint(0, 3)))
    try:
        return Tap(random.choice(tuple(Verb)), tuple(arguments)).pack()
    except ValueError:
        return "1:send:1"


CODES = ("", "0", "1", "2", "7", "-1", "2147483647", "2147483648", "none", "id", "en", "yes", "anonymous", "text")
"""What a forged button may carry besides numbers of complaints."""
