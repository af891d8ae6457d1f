"""Scripted citizens: each files one complaint after the other, says every word once, and then waits for the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from domain.ticket import find_numbers
from simulator.client import Telegram
from simulator.phone import Phone
from simulator.screen import Bubble, Screen

PLACE = "Cipocok Jaya, Kota Serang"
RECEIPT = "Tanda terima laporan Anda"

SAME_AGAIN_S = 4.0
"""Seconds for which somebody who sees a question again that they have answered waits for what comes after it."""


AS_LONG_AS_WORK_IS_LEFT = 5
"""How often somebody is patient anew while the register shows that they may still get their answer."""

Undone = Callable[[], Awaitable[str]]
"""What is still to be worked or sent, in words; nothing when all is quiet."""


class Stuck(Exception):
    """Somebody was left without an answer; the text shows what was still undone, and their screen."""


@dataclass(frozen=True)
class Question:
    """What is asked, and what is said or tapped."""

    words: str
    answer: str
    typed: bool = False

    def is_asked_in(self, bubble: Bubble) -> bool:
        """Whether a message asks this, and can be answered."""
        return self.words in bubble and (self.typed or bubble.button(self.answer) is not None)


AGAIN = Question("Tidak ada laporan yang belum selesai ditulis", "/lapor", typed=True)
STORY = Question("Apa yang ingin Anda laporkan", "", typed=True)
QUESTIONS = (
    Question("", "Saya mengerti"),
    AGAIN,
    STORY,
    Question("termasuk yang mana", "Pengaduan"),
    Question("Di mana kejadiannya", PLACE, typed=True),
    Question("Kapan kejadiannya", "Kemarin"),
    Question("Ada foto", "Tidak ada"),
    Question("Siapa yang boleh tahu", "Lanjut"),
    Question("Nama apa yang boleh dilihat", "Lewati"),
    Question("instansi mana", "Tidak tahu"),
    Question("Ada laporan serupa", "Kirim sebagai laporan baru"),
    Question("Periksa dahulu sebelum dikirim", "Kirim laporan"),
)


@dataclass
class Citizen:
    """One person; `told` are the texts that were sent off, `numbers` the receipts that came."""

    phone: Phone
    patience_s: float
    undone: Undone
    told: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)

    async def files(self, text: str) -> str:
        """Tells a whole complaint, from /lapor to the receipt; raises `Stuck` when an answer does not come."""
        answered: set[Question] = set()
        self.told.append(text)
        await self.phone.says("/lapor")
        while True:
            found = await self._next(answered)
            if isinstance(found, str):
                self.numbers.append(found)
                return found
            question, bubble = found
            answered.add(question)
            if question.typed:
                await self.phone.says(question.answer or text)
            else:
                await self.phone.taps(question.answer, message=bubble)

    async def _next(self, answered: set[Question]) -> str | tuple[Question, Bubble]:
        """A receipt's number, or the question that stands open; one that was answered already only after a while."""
        once = {question for question in answered if question.typed} - {AGAIN}
        try:
            return await self.phone._until(lambda screen: self._found(screen, answered), "news", SAME_AGAIN_S)
        except AssertionError:
            pass
        for _ in range(AS_LONG_AS_WORK_IS_LEFT):
            try:
                return await self.phone._until(lambda screen: self._found(screen, once), "an answer", self.patience_s)
            except AssertionError as nothing:
                undone, shown = await self.undone(), nothing
            if not undone:
                break
        raise Stuck(f"undone: {undone or 'nothing'}\n{shown}")

    def _found(self, screen: Screen, without: set[Question]) -> str | tuple[Question, Bubble] | None:
        fresh = [each for each in screen.bubbles if not each.mine and each.revision > self.phone._acted]
        for bubble in sorted(fresh, key=lambda each: each.id, reverse=True):
            if RECEIPT in bubble and (number := find_numbers(bubble.text)[0]) not in self.numbers:
                return number
            for question in QUESTIONS:
                if question not in without and question.is_asked_in(bubble):
                    return question, bubble
        return None


@dataclass
class Crowd:
    """Citizens who file until they are asked to come to an end."""

    citizens: list[Citizen]
    stuck: list[str] = field(default_factory=list)
    _enough: bool = False
    _numbers: Iterator[int] = field(default_factory=count)

    @classmethod
    def of(cls, telegram: Telegram, size: int, patience_s: float, undone: Undone) -> Crowd:
        """So many people, each with a phone."""
        return cls([Citizen(telegram.phone(f"Zuleha {number}"), patience_s, undone) for number in range(size)])

    def ends(self) -> None:
        """Whoever is in the middle of it goes on to the receipt; nobody begins anew."""
        self._enough = True

    async def files(self) -> None:
        """Everybody files until the end."""
        async with asyncio.TaskGroup() as group:
            for citizen in self.citizens:
                group.create_task(self._goes_on(citizen))

    async def _goes_on(self, citizen: Citizen) -> None:
        while not self._enough:
            try:
                await citizen.files(story(next(self._numbers)))
            except Stuck as left:
                self.stuck.append(str(left))
                return

    @property
    def filed(self) -> int:
        """How many receipts have come."""
        return sum(len(citizen.numbers) for citizen in self.citizens)


def story(number: int) -> str:
    """A story that is told once only."""
    return f"Lampu jalan di depan rumah nomor {number} sudah seminggu mati, gelap sekali kalau malam"
