"""The server itself: both doors on one loopback port."""

import asyncio
from contextlib import suppress

from aiohttp import web

from simulator.accounts import Bot
from simulator.botapi import BotApi
from simulator.client import Telegram
from simulator.control import Control
from simulator.files import UPLOAD_LIMIT
from simulator.guard import own_pages_only
from simulator.limits import FloodGate, Limits
from simulator.webhooks import Bringer
from simulator.world import Clock, World, system_clock

TOKEN = "42:TEST-token"

_ROOM_FOR_FIELDS = 1024 * 1024
_GOODBYE_SECONDS = 0.5


class SimulatedTelegram(Telegram):
    """A Telegram on a loopback port for as long as it is entered; port 0 takes a free one."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        bot_name: str = "LaporBot",
        bot_username: str = "lapor_uji_bot",
        clock: Clock = system_clock,
        limits: Limits | None = None,
        port: int = 0,
    ) -> None:
        super().__init__("")
        self.token = token
        self.world = World(Bot(token, bot_name, bot_username), clock)
        self.api = BotApi(self.world, gate=FloodGate(limits or Limits()))
        self._port = port
        self._runner: web.AppRunner | None = None
        self._bringing: asyncio.Future[None] | None = None

    async def __aenter__(self) -> "SimulatedTelegram":
        app = web.Application(client_max_size=UPLOAD_LIMIT + _ROOM_FOR_FIELDS, middlewares=[own_pages_only])
        app.add_routes([*self.api.routes(), *Control(self.api).routes()])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_GOODBYE_SECONDS)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        await super().__aenter__()
        self._bringing = asyncio.ensure_future(Bringer(self.world).run())
        return self

    async def __aexit__(self, *error: object) -> None:
        await super().__aexit__(*error)
        if self._bringing:
            self._bringing.cancel()
            with suppress(asyncio.CancelledError):
                await self._bringing
        self.world.close()
        if self._runner:
            await self._runner.cleanup()
