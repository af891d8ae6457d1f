"""Plays citizens against a simulated Telegram, in a process of its own: `python -m benchmarks.kit.load URL WHAT ...`.

`flood DIALOGUES FIRST` writes whole dialogues as fast as they are taken; `taps RATE SECONDS FIRST` and `texts ...` keep
a rate and print the milliseconds from each tap or text to its answer, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import deque
from time import perf_counter, process_time
from typing import Any

from simulator import Telegram

HANDS = 6
"""Dialogues that a flood writes side by side."""

GIVES_UP_S = 20

_TROUBLES = (
    "Lampu jalan sudah seminggu mati dan gelap sekali kalau malam",
    "Sampah menumpuk di pinggir jalan dan baunya masuk ke rumah",
    "Saluran air tersumbat, jalan tergenang setiap kali hujan",
    "Jalan berlubang besar, pengendara motor sering jatuh",
    "Antrean puskesmas sangat lama dan petugas loket sering tidak ada",
    "Air PDAM keruh dan mati setiap pagi sejak bulan lalu",
    "Pungutan parkir liar di depan pasar, tukang parkir memaksa",
    "KTP saya belum jadi padahal sudah tiga bulan direkam",
)
_LANDMARKS = ("SD Negeri", "Masjid", "Pasar", "Balai Desa", "Puskesmas", "Gang", "Perumahan Blok", "Jembatan")
_PLACES = ("Cipocok Jaya", "Taktakan", "Walantaka", "Kasemen", "Curug", "Serang")

TAPS = ("Saya mengerti", "Pengaduan", "Kemarin", "Tidak ada", "Lanjut", "Lewati", "Tidak tahu", "Kirim")
"""The buttons of a filing dialogue, in its order."""

Step = tuple[str, str]


def dialogue(number: int) -> list[Step]:
    """A whole filing dialogue by texts: the same for everybody who is measured."""
    story, place = _told(number)
    typed = (story, "mengerti", "1", place, "kemarin", "tidak ada", "lanjut", "lewati", "tidak tahu", "kirim")
    return [("says", text) for text in typed]


def tapped(number: int) -> list[Step]:
    """The same as people do it: three texts, the rest taps."""
    story, place = _told(number)
    understands, complains, *rest = TAPS
    begins: list[Step] = [("says", story), ("taps", understands), ("taps", complains), ("says", place)]
    return begins + [("taps", label) for label in rest]


def _told(number: int) -> tuple[str, str]:
    dice = random.Random(number)
    near = f"{dice.choice(_LANDMARKS)} {dice.randrange(1, 400)}"
    return f"{dice.choice(_TROUBLES)}, di dekat {near}", f"{near}, {dice.choice(_PLACES)}, Kota Serang"


class Chat:
    """One pretend person, by the control API."""

    def __init__(self, telegram: Telegram, number: int) -> None:
        self._telegram = telegram
        name = {"first_name": f"Warga {number}", "last_name": None, "username": None, "language_code": "id"}
        self._person = {"id": number, **name}
        self._revision = -1
        self._seen: list[dict[str, Any]] = []

    async def does(self, step: Step) -> None:
        """Writes, or taps the newest button that begins so; does not wait for an answer."""
        kind, words = step
        if kind == "says":
            await self._act("says", text=words)
        else:
            message, data = self._buttons()[words]
            await self._act("taps", data=data, message=message)

    def fits(self, step: Step) -> bool:
        """Whether it can be done now: what the story told already is not asked, and its button never comes."""
        return step[0] == "says" or step[1] in self._buttons()

    async def answered(self) -> bool:
        """Waits for the next message of the bot; False when none comes."""
        known = max((message["id"] for message in self._seen), default=0)
        over = perf_counter() + GIVES_UP_S
        while (left := over - perf_counter()) > 0:
            body = {"person": self._person, "after": self._revision, "wait": left}
            screen = await self._telegram.post("screen", body)
            self._revision, self._seen = screen["revision"], screen["messages"]
            if any(message["id"] > known and not message["mine"] for message in self._seen):
                return True
        return False

    def _buttons(self) -> dict[str, tuple[int, str]]:
        """Every label that a tapped dialogue knows, with the newest button that holds it."""
        found: dict[str, tuple[int, str]] = {}
        for message in self._seen:
            for row in (message["markup"] or {}).get("inline_keyboard", ()):
                for button in row:
                    known = (label for label in TAPS if label.casefold() in button["text"].casefold())
                    found |= dict.fromkeys(known, (message["id"], button["callback_data"]))
        return found

    async def _act(self, act: str, **details: Any) -> None:
        answer = await self._telegram.post(f"phones/{act}", {"person": self._person, "details": details})
        self._revision = answer["revision"]


async def flood(telegram: Telegram, dialogues: int, first: int) -> None:
    """Every dialogue in its order, several side by side, nobody waiting for an answer."""
    waiting = deque(range(first, first + dialogues))

    async def hand() -> None:
        while waiting:
            number = waiting.popleft()
            chat = Chat(telegram, number)
            for step in dialogue(number):
                await chat.does(step)

    async with asyncio.TaskGroup() as hands:
        for _ in range(HANDS):
            hands.create_task(hand())


class Steady:
    """Keeps a rate of updates, whoever is ready taking the next step of their dialogue."""

    def __init__(self, telegram: Telegram, first: int, *, taps: bool) -> None:
        self._telegram = telegram
        self._next = first
        self._taps = taps
        self._ready: deque[tuple[Chat, deque[Step]]] = deque()
        self.spent: list[float] = []
        self.unanswered = 0

    async def run(self, rate: float, seconds: float) -> None:
        """Acts at even intervals; an answer that is late delays nobody else."""
        began, count = perf_counter(), 0
        async with asyncio.TaskGroup() as acts:
            while (now := perf_counter()) < began + seconds:
                if now < began + count / rate:
                    await asyncio.sleep(began + count / rate - now)
                count += 1
                acts.create_task(self._step(*(self._ready.popleft() if self._ready else self._somebody())))

    def _somebody(self) -> tuple[Chat, deque[Step]]:
        self._next += 1
        return Chat(self._telegram, self._next), deque((tapped if self._taps else dialogue)(self._next))

    async def _step(self, chat: Chat, steps: deque[Step]) -> None:
        began = perf_counter()
        while len(steps) > 1 and not chat.fits(steps[0]):
            steps.popleft()
        await chat.does(steps.popleft())
        if await chat.answered():
            self.spent.append(1_000 * (perf_counter() - began))
            if steps:
                self._ready.append((chat, steps))
        else:
            self.unanswered += 1


async def main(url: str, what: str, *given: str) -> None:
    """Prints what came of it as one line of JSON."""
    async with Telegram(url) as telegram:
        if what == "flood":
            await flood(telegram, int(given[0]), int(given[1]))
            found: dict[str, Any] = {"written": int(given[0])}
        else:
            steady = Steady(telegram, int(given[2]), taps=what == "taps")
            await steady.run(float(given[0]), float(given[1]))
            found = {"spent": [round(each, 1) for each in steady.spent], "unanswered": steady.unanswered}
    print(json.dumps(found | {"cpu_s": process_time()}))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
