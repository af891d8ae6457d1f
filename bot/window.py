"""The window for operators: /healthz says whether all parts live, /metrics how they fare; numbers only."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.house import House, open_house
from bot.mend import Mend
from bot.metrics import Metrics
from bot.settings import Settings
from domain.time import Clock
from storage.engine import Database
from storage.queries.pulse import Pulse

ANSWER_WITHIN_S = 5
"""Seconds that the database may take before it counts as away."""

FRESH_S = 15
"""Seconds for which a pulse is shown again: whoever asks often costs the database nothing."""

log = logging.getLogger(__name__)


@dataclass
class Window:
    """Answers two paths with GET; there is nothing else."""

    database: Database
    clock: Clock
    metrics: Metrics
    _pulse: Pulse | None = field(default=None, init=False)
    _taken: float = field(default=float("-inf"), init=False)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    def application(self) -> web.Application:
        """The web application."""
        made = web.Application(client_max_size=1024)
        made.router.add_get("/healthz", self.healthz)
        made.router.add_get("/metrics", self.scraped)
        return made

    async def healthz(self, _request: web.Request) -> web.Response:
        """200 while the database answers and every part of this process looks for work; else 503 and which does not."""
        pulse, stuck = await self._look(), self.metrics.stuck()
        well = pulse is not None and not stuck
        told = {"ok": well, "database": pulse is not None, "stuck": sorted(stuck)}
        return web.json_response(told, status=200 if well else 503)

    async def scraped(self, _request: web.Request) -> web.Response:
        """The figures, in the words of Prometheus."""
        page = self.metrics.page(await self._look())
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _look(self) -> Pulse | None:
        """How the queues stand; None while the database is away."""
        async with self._one_at_a_time:
            now = asyncio.get_running_loop().time()
            if now - self._taken >= FRESH_S:
                self._pulse, self._taken = await self._take(), now
            return self._pulse

    async def _take(self) -> Pulse | None:
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S), self.database.reading() as work:
                return await work.pulses.at(self.clock())
        except Exception as error:  # noqa: BLE001 (whatever ails the database, the window says that it is away)
            log.warning("the database did not answer the window: %s", type(error).__name__)
            return None


@asynccontextmanager
async def looking_in(settings: Settings, database: Database, clock: Clock, metrics: Metrics) -> AsyncIterator[None]:
    """Opens the window for as long as the program runs, if the settings name a port; raises `Mend` when it is taken."""
    if settings.lapor_metrics_port is None:
        yield
        return
    runner = web.AppRunner(Window(database, clock, metrics).application(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.lapor_metrics_host, settings.lapor_metrics_port)
        try:
            await site.start()
        except OSError as error:
            raise Mend(
                f"LAPOR_METRICS_PORT {settings.lapor_metrics_port} cannot be opened at LAPOR_METRICS_HOST "
                f"({error.strerror or type(error).__name__}): each process needs a port of its own"
            ) from None
        log.info("window at port=%d", settings.lapor_metrics_port)
        yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def watched_house(settings: Settings) -> AsyncIterator[House]:
    """Opens the house for a process that serves, with whatever it does counted, and its window."""
    metrics = Metrics()
    async with (
        open_house(settings, watch=metrics) as house,
        looking_in(settings, house.database, house.office.clock, metrics),
    ):
        yield house
