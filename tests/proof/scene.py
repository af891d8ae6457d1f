"""A register, a Telegram and our programs as processes of their own, and a crowd of citizens before them."""

from __future__ import annotations

import asyncio
import socket
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from bot.beginnings import bring_up
from bot.house import open_house
from domain.lifecycle import Role
from simulator.client import Telegram
from simulator.phone import Phone
from storage.crypto import Keyring
from storage.engine import Database
from tests.conftest import TEST_KEY
from tests.e2e.house import DIRECTORIES, MORNING, SERANG, settings_for
from tests.e2e.killable import Killable, Orders, Plan, ShiftedClock
from tests.planted import DOOR
from tests.proof.citizens import Crowd
from tests.proof.clocks import Clocks
from tests.proof.front import front
from tests.proof.invariants import Findings, examine, quiet, undone

PATIENCE_S = 240.0
"""Seconds that citizens wait for an answer whatever happens, and that all have to become quiet in the end."""

CHAT_LEASE_S = 10.0
"""Seconds for which a dead process holds a chat here; a minute and a half in earnest."""

STAFF = {"Dewi": (Role.COORDINATOR, None), "Agus": (Role.COORDINATOR, None), "Rina": (Role.OFFICER, "dprkp")}
"""Who is invited; Dewi comes at once, the others when a proof has work for them."""


@dataclass
class Scene:
    """What a proof speaks to. `coordinator` is somebody who only reads."""

    telegram: Telegram
    register: Database
    processes: list[Killable]
    orders: Orders
    crowd: Crowd
    coordinator: Phone
    random: Random
    clocks: Clocks
    invitations: dict[str, str]
    poisoned: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    def counted(self, what: str) -> None:
        """Counts something for the table."""
        self.counts[what] = self.counts.get(what, 0) + 1

    async def becomes_quiet(self) -> Findings:
        """Lets everybody come to an end, and looks whether all is as it must be."""
        # The desk is one chat, to which one card a second may leave: the more was filed, the longer that takes.
        await quiet(self.register, PATIENCE_S + self.crowd.filed)
        findings = await examine(self.register, self.crowd, self.clocks, [self.coordinator], self.poisoned)
        findings.counts.update(self.counts)
        return findings

    @asynccontextmanager
    async def under_load(self) -> AsyncIterator[None]:
        """Citizens file while this is entered; at its end they finish what they have begun."""
        load = asyncio.ensure_future(self.crowd.files())
        try:
            yield
        finally:
            self.crowd.ends()
            await load

    async def files_more(self, number: int, within: float = PATIENCE_S) -> None:
        """Waits until so many more receipts have come."""
        wanted = self.crowd.filed + number
        async with asyncio.timeout(within):
            while self.crowd.filed < wanted and not self.crowd.stuck:  # noqa: ASYNC110 (tasks that wake nobody)
                await asyncio.sleep(0.2)


@asynccontextmanager
async def telegram_process() -> AsyncIterator[Telegram]:
    """A Telegram that outlives whatever we do."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "simulator", "--no-limits", stdout=PIPE)
    assert process.stdout is not None
    try:
        url = (await process.stdout.readline()).decode().strip()
        async with Telegram(url) as telegram:
            yield telegram
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def scene(
    database_url: str, folder: Path, kinds: Sequence[str], *, citizens: int, seed: int, webhook: bool = False
) -> AsyncIterator[Scene]:
    """Furnishes the register, starts the processes, invites a coordinator; ends everything."""
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(telegram_process())
        invitations = await _furnish(database_url, telegram.url)
        more = await _doors(stack, kinds, webhook)
        plans = [
            Plan(kind, database_url, telegram.url, _orders(folder, place), more[place], CHAT_LEASE_S)
            for place, kind in enumerate(kinds)
        ]
        processes = [Killable(plan) for plan in plans]
        clocks = Clocks(processes)
        clocks.show(MORNING)
        register = Database.open(database_url, Keyring.parse(TEST_KEY), ShiftedClock(plans[0].orders.shift))
        stack.push_async_callback(register.dispose)
        for process in processes:
            stack.push_async_callback(process.is_killed)
            await process.starts()
        coordinator = telegram.phone("Dewi")
        await coordinator.starts(invitations["Dewi"])
        await coordinator.sees_new("Selamat bergabung", within=PATIENCE_S)
        crowd = Crowd.of(telegram, citizens, PATIENCE_S, partial(undone, register))
        orders = plans[0].orders
        yield Scene(telegram, register, processes, orders, crowd, coordinator, Random(seed), clocks, invitations)


async def _furnish(database_url: str, telegram_url: str) -> dict[str, str]:
    """Makes Kota Serang; returns the words by which its people may begin."""
    settings = settings_for(database_url, telegram_url)
    await bring_up(settings, lambda: MORNING)
    async with open_house(settings, lambda: MORNING) as house:
        await house.services.directory.load(DIRECTORIES / "kota-serang.yaml")
        invite = house.services.directory.invite
        return {name: await invite(role, SERANG, unit, name) for name, (role, unit) in STAFF.items()}


async def _doors(stack: AsyncExitStack, kinds: Sequence[str], webhook: bool) -> list[dict[str, Any]]:
    """The settings of each process: with webhooks, all that listen stand behind one address."""
    if not webhook:
        return [{} for _ in kinds]
    ports = {place: _free_port() for place, kind in enumerate(kinds) if kind != "scheduler"}
    public = await stack.enter_async_context(front(list(ports.values())))
    url = f"http://127.0.0.1:{public}/masuk"
    shared = {"lapor_webhook_url": url, "lapor_webhook_secret": DOOR}
    return [shared | {"lapor_webhook_port": ports[place]} if place in ports else {} for place, _ in enumerate(kinds)]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _orders(folder: Path, place: int) -> Orders:
    own = folder / f"process-{place}"
    own.mkdir(exist_ok=True)
    return Orders(own)
