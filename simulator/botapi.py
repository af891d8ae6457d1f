"""The Bot API over HTTP: finds the method, lets ordered faults happen, answers as Telegram does."""

import asyncio
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any

from aiohttp import web

from simulator.faults import DOWNLOAD, Faults
from simulator.limits import FloodGate
from simulator.methods import FLOOD_PREFIXES, FREE_OF_LIMITS, METHODS, get_updates
from simulator.parameters import Parameters
from simulator.refusals import Refusal
from simulator.world import World

CALLS_REMEMBERED = 10_000


@dataclass
class Call:
    """One call that reached the Bot API, and how it was answered: `status` is None while it is being worked."""

    method: str
    parameters: dict[str, Any]
    files: list[str]
    status: int | None = None
    description: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class _HangUp(Exception):
    """The connection is closed without an answer."""


@dataclass
class BotApi:
    """The door through which bots come."""

    world: World
    faults: Faults = field(default_factory=Faults)
    gate: FloodGate = field(default_factory=FloodGate)
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=CALLS_REMEMBERED))

    def routes(self) -> list[web.RouteDef]:
        """Returns the addresses that bots use."""
        return [
            web.route("*", "/bot{token}/{method}", self._answer_call),
            web.get("/file/bot{token}/{path:.+}", self._answer_download),
        ]

    def calls_of(self, method: str) -> list[Call]:
        """Returns the calls of one method, or all of them; oldest first."""
        return [call for call in self.calls if method.lower() in ("", call.method.lower())]

    async def _answer_call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        try:
            self._check_token(request)
            parameters = await Parameters.of(request)
            return web.json_response({"ok": True, "result": await self._logged(method, parameters)})
        except Refusal as refusal:
            return web.json_response(refusal.as_json(), status=refusal.status)
        except _HangUp:
            return _hang_up(request)

    async def _answer_download(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request)
            await self._meet_faults(DOWNLOAD, None)
            stored = self.world.files.at(request.match_info["path"])
            return web.Response(body=stored.content, content_type="application/octet-stream")
        except Refusal as refusal:
            return web.json_response(refusal.as_json(), status=refusal.status)
        except _HangUp:
            return _hang_up(request)

    def _check_token(self, request: web.Request) -> None:
        if request.match_info["token"] != self.world.bot.token:
            raise Refusal(401, "Unauthorized")

    async def _logged(self, method: str, parameters: Parameters) -> Any:
        call = Call(method, parameters.values, [each.name for each in parameters.uploads.values()])
        self.calls.append(call)
        self.world.bell.ring()
        try:
            result = await self._worked(method, parameters)
            call.status = 200
            return result
        except Refusal as refusal:
            call.status, call.description = refusal.status, refusal.description
            raise
        except _HangUp:
            call.status, call.description = 0, "connection closed"
            raise

    async def _worked(self, method: str, parameters: Parameters) -> Any:
        chat_id = parameters.integer("chat_id")
        await self._meet_faults(method, chat_id)
        self._pass_gate(method, chat_id)
        result = await self._perform(method.lower(), parameters)
        if self.faults.take("drop_answer", method, chat_id):
            raise _HangUp
        return result

    async def _meet_faults(self, method: str, chat_id: int | None) -> None:
        slow = self.faults.take("delay", method, chat_id)
        if slow:
            await asyncio.sleep(slow.seconds)
        if self.faults.take("drop_request", method, chat_id):
            raise _HangUp
        failing = self.faults.take("fail", method, chat_id)
        if failing and failing.refusal:
            raise failing.refusal

    def _pass_gate(self, method: str, chat_id: int | None) -> None:
        name = method.lower()
        if name.startswith(FLOOD_PREFIXES) and name not in FREE_OF_LIMITS:
            self.gate.pass_message(chat_id)

    async def _perform(self, name: str, parameters: Parameters) -> Any:
        if name == "getupdates":
            return await get_updates(self.world, parameters)
        if name not in METHODS:
            raise Refusal(404, "Not Found")
        return METHODS[name](self.world, parameters)


def _hang_up(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()
