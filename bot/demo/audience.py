"""The audience after the story: time moves, phones are looked at and written with, by typed lines."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from datetime import timedelta

from bot.demo.cast import Player
from bot.demo.stage import Stage
from simulator import CannotDo

LOOK_EVERY_S = 1.0
"""Seconds between two looks at what has come on the phones."""

LONGEST = 250
"""Days, hours or minutes that one command may let pass: about a working year at most."""

FORWARD = re.compile(r"maju (\d{1,3}) (menit|jam|hari kerja|hari)")
STEPS = {"menit": timedelta(minutes=1), "jam": timedelta(hours=1), "hari": timedelta(days=1)}
WRITES = re.compile(r"(\w+): *(.+)")
TAPS = re.compile(r"(\w+) ketuk (.+)")
LOOKS = re.compile(r"layar (\w+)")
LEAVES = frozenset({"selesai", "keluar"})


class Audience:
    """Obeys typed lines when there is a terminal to type on, and shows meanwhile whatever comes on the phones."""

    def __init__(self, stage: Stage, phones: str = "") -> None:
        """Knows the players of the story; `phones` is the address where some of their phones can be used."""
        self._stage = stage
        self._phones = phones
        self._players = {player.part.short: player for player in stage.players}

    async def stays(self) -> None:
        """Returns when the audience leaves; without a terminal it stays until it is cancelled."""
        for player in self._stage.players:
            await player.catches_up()
        self._explain()
        watching = asyncio.ensure_future(self._watch())
        listening = self._listen() if sys.stdin.isatty() else asyncio.Event().wait()
        try:
            await listening
        finally:
            watching.cancel()

    def _explain(self) -> None:
        terminal, stage = self._stage.terminal, self._stage
        terminal.begins("audience.title")
        if self._phones:
            terminal.says("audience.phones")
            terminal.lists(self._phones)
        terminal.says("audience.where", url=stage.telegram.url)
        terminal.says("audience.lapor")
        terminal.lists(f"cd {stage.desk.folder}", f"{_lapor()} staff list")
        if sys.stdin.isatty():
            terminal.says("audience.commands", names=", ".join(self._players))
        terminal.says("audience.end")

    async def _watch(self) -> None:
        while True:
            for player in self._stage.players:
                await player.shows_news()
            await asyncio.sleep(LOOK_EVERY_S)

    async def _listen(self) -> None:
        async for line in _lines():
            if line.lower() in LEAVES:
                return
            try:
                await self.obeys(line)
            except CannotDo as refused:
                self._stage.terminal.lists(str(refused))

    async def obeys(self, line: str) -> None:
        """Does what a line says, or explains what can be said."""
        if found := FORWARD.fullmatch(line.lower()):
            await self._forward(int(found[1]), found[2])
        elif (found := LOOKS.fullmatch(line.lower())) and (player := self._players.get(found[1])):
            await player.shows_all()
        elif (found := TAPS.fullmatch(line)) and (player := self._players.get(found[1].lower())):
            await self._tap(player, found[2])
        elif (found := WRITES.fullmatch(line)) and (player := self._players.get(found[1].lower())):
            await player.says(found[2])
        elif line:
            self._stage.terminal.says("audience.commands", names=", ".join(self._players))

    async def _forward(self, count: int, unit: str) -> None:
        if not 1 <= count <= LONGEST:
            self._stage.terminal.says("audience.too_far", longest=LONGEST)
        elif unit in STEPS:
            await self._stage.passes(STEPS[unit] * count)
        else:
            await self._stage.passes_to_morning(count)
        self._stage.terminal.says("audience.now", now=self._stage.now)

    async def _tap(self, player: Player, label: str) -> None:
        if (await player.phone.screen()).with_button(label) is None:
            self._stage.terminal.says("audience.no_button", label=label)
        else:
            await player.taps(label)


def _lapor() -> str:
    """How this program was called, so that the line can be copied."""
    return os.path.abspath(sys.argv[0])


async def _lines() -> AsyncIterator[str]:
    """The lines that are typed, until the input ends; the terminal keeps its mode."""
    loop, typed = asyncio.get_running_loop(), asyncio.Queue[bytes]()
    file = sys.stdin.fileno()
    loop.add_reader(file, lambda: typed.put_nowait(os.read(file, 65536)))
    try:
        while chunk := await typed.get():
            for line in chunk.decode(errors="replace").splitlines():
                yield " ".join(line.split())
    finally:
        loop.remove_reader(file)
