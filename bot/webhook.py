"""Has updates brought to an address of ours: a door that opens to Telegram only, and its notice at Telegram."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramUnauthorizedError
from aiohttp import web

from bot.mend import Mend
from bot.outage import Outage
from bot.polling import TOKEN_REFUSED
from bot.settings import Address
from bot.storing import WANTED, Keep, Update
from domain.time import Clock
from storage.engine import Database

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

BODY_WITHIN_S = 10
"""Seconds in which a body must have come."""

IDLE_S = 75
"""Seconds that a connection may wait for its next request, or for its first one to be complete."""

GOODBYE_S = 3
"""Seconds that requests under way have at a stop; Telegram brings again what was not answered."""

CONNECTIONS = 40
"""How many updates Telegram may bring side by side."""

GAP = timedelta(seconds=1)
"""How long an update waits for an earlier one that has not come yet."""

LEASE = "webhook"
"""The right to tell Telegram the address; one process holds it."""

LOOK_EVERY = timedelta(seconds=30)
LEASE_TIME = LOOK_EVERY * 2.5

QUIET_S = 60
"""Seconds between two lines in the log about strangers at the door."""

LARGEST_ID = 2**63 - 1


@dataclass
class Door:
    """Takes what Telegram brings: 200 only once it is kept; whoever does not know the secret learns nothing."""

    address: Address
    keep: Keep
    body_within_s: float = BODY_WITHIN_S
    outage: Outage | None = None
    _strangers: int = field(default=0, init=False)
    _said_at: float = field(default=float("-inf"), init=False)

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """Answers one request; nothing of it is read, or kept, before the secret was right."""
        if not self._is_telegram(request):
            self._note_stranger()
            return _refusal(401)
        if request.method != "POST" or request.path != (urlsplit(self.address.url).path or "/"):
            return _refusal(404)
        try:
            async with asyncio.timeout(self.body_within_s):
                update = _update_in(await request.read())
        except TimeoutError:
            return _refusal(408)
        except web.HTTPRequestEntityTooLarge:  # aiohttp reads a megabyte; updates carry no files and are far shorter
            return _refusal(413)
        if update is None:
            log.error("what was brought with the right secret is no update")
            return _refusal(400)
        return await self._keep(update)

    async def _keep(self, update: Update) -> web.Response:
        try:
            await self.keep([update])
        except Exception as error:  # noqa: BLE001 (whatever ails the register, Telegram brings it again)
            log.warning("update=%d could not be kept: %s", update["update_id"], type(error).__name__)
            if self.outage:
                await self.outage.goes_on([update])
            return _refusal(503)
        if self.outage:
            self.outage.over()
        return web.Response()

    def _is_telegram(self, request: web.BaseRequest) -> bool:
        said = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        return hmac.compare_digest(said, self.address.secret.encode())

    def _note_stranger(self) -> None:
        """Says it now and then: strangers must not fill the log."""
        self._strangers += 1
        now = asyncio.get_running_loop().time()
        if now - self._said_at >= QUIET_S:
            log.warning("refused without the right secret: %d", self._strangers)
            self._strangers, self._said_at = 0, now


@dataclass
class Webhook:
    """Listens, and sees to it that Telegram knows where; one process of several tells it."""

    bot: Bot
    address: Address
    database: Database
    clock: Clock
    keep: Keep
    idle_s: float = IDLE_S
    body_within_s: float = BODY_WITHIN_S
    outage: Outage | None = None
    door: Door = field(init=False)
    _name: str = field(default_factory=lambda: f"webhook-{secrets.token_hex(4)}", init=False)
    _told: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        """Makes the door; it is not open yet."""
        self.door = Door(self.address, self.keep, self.body_within_s, self.outage)

    async def run(self) -> None:
        """Listens until cancelled; raises `Mend` when the token is refused or the port is taken."""
        runner = web.ServerRunner(
            web.Server(self.door.answer, access_log=None, keepalive_timeout=self.idle_s, lingering_time=1.0),
            shutdown_timeout=GOODBYE_S,
        )
        await runner.setup()
        try:
            await self._listen(runner)
            while True:
                await self.look()
                await asyncio.sleep(LOOK_EVERY.total_seconds())
        finally:
            await runner.cleanup()
            await self._step_down()

    async def _listen(self, runner: web.ServerRunner) -> None:
        try:
            await web.TCPSite(runner, self.address.host, self.address.port).start()
        except OSError as error:
            where = f"{self.address.host}:{self.address.port}"
            raise Mend(f"cannot listen on {where} ({error.strerror}): change LAPOR_WEBHOOK_HOST or _PORT") from None
        log.info("updates are awaited on %s:%d", self.address.host, self.address.port)

    async def look(self) -> None:
        """Tells Telegram the address if it is ours to tell and Telegram does not know it."""
        try:
            if not await self._lead():
                self._told = False
            elif not self._told or (await self.bot.get_webhook_info()).url != self.address.url:
                await self._tell()
        except TelegramUnauthorizedError:
            raise Mend(TOKEN_REFUSED) from None
        except TelegramBadRequest as error:
            why = "it must be https, known to the world, and on port 443, 80, 88 or 8443"
            log.error("Telegram does not take LAPOR_WEBHOOK_URL (%s): %s", type(error).__name__, why)
        except TelegramAPIError as error:
            log.warning("the webhook could not be told: %s", type(error).__name__)
        except Exception as error:  # noqa: BLE001 (the door must stay open while the register is away)
            log.warning("the webhook could not be looked at: %s", type(error).__name__)

    async def _tell(self) -> None:
        if self._told:
            log.warning("somebody has taken the webhook away: it is set again")
        await self.bot.set_webhook(
            self.address.url,
            secret_token=self.address.secret,
            max_connections=CONNECTIONS,
            allowed_updates=WANTED,
            drop_pending_updates=False,
        )
        self._told = True
        log.info("telegram brings updates now")

    async def _lead(self) -> bool:
        async with self.database.work() as unit:
            fence = await unit.leases.acquire(LEASE, self._name, self.clock(), LEASE_TIME)
            await unit.commit()
        return fence is not None

    async def _step_down(self) -> None:
        try:
            async with self.database.work() as unit:
                await unit.leases.release(LEASE, self._name)
                await unit.commit()
        except Exception as error:  # noqa: BLE001 (an end must not fail because the register is away)
            log.warning("the webhook's lease is left to run out: %s", type(error).__name__)


def _update_in(body: bytes) -> Update | None:
    """What was brought, if it can be an update at all."""
    try:
        found: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    number = found.get("update_id") if isinstance(found, dict) else None
    return found if type(number) is int and 0 <= number <= LARGEST_ID else None


def _refusal(status: int) -> web.Response:
    """Says nothing but a number, and hangs up."""
    refusal = web.Response(status=status, headers={"Server": ""})
    refusal.force_close()
    return refusal
