"""Phones in a browser: a page on a loopback port that shows what some phones see and does what is tapped there."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import aiohttp
from aiohttp import web

from simulator.client import Telegram
from simulator.files import UPLOAD_LIMIT
from simulator.guard import Handler, own_pages_only
from simulator.phone import CannotDo, Phone

Json = dict[str, Any]

# A file travels as base64 inside JSON, which makes four letters of three bytes.
_ROOM = UPLOAD_LIMIT * 4 // 3 + 1024 * 1024
_LOOK_S = 20
_GOODBYE_S = 0.5

_TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
}
_PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"GIF8": "image/gif", b"RIFF": "image/webp"}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class Seat:
    """A phone on the page: its short name for addresses, and what its owner does here."""

    name: str
    role: str
    phone: Phone


@dataclass(frozen=True)
class Step:
    """A button that moves the clock."""

    name: str
    label: str
    move: Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Area:
    """An area on the map; `outline` holds its rings as polylines in Google's format at 1e-4, one space between two."""

    name: str
    outline: str


@dataclass(frozen=True)
class Surroundings:
    """What a Telegram alone does not know: how time is moved, the map, where it begins, and the zone of the clocks."""

    steps: Sequence[Step] = ()
    areas: Callable[[], list[Area]] = list
    home: tuple[float, float] = (-2.5, 118.0)
    zone: str = "Asia/Jakarta"


class PhonesPage:
    """The page for as long as it is entered; `url` is its address. Port 0 takes a free one."""

    def __init__(
        self, telegram: Telegram, seats: Sequence[Seat], around: Surroundings | None = None, port: int = 0
    ) -> None:
        self.url = ""
        self._telegram = telegram
        self._seats = {seat.name: seat for seat in seats}
        self._around = around or Surroundings()
        self._port = port
        self._moving = asyncio.Lock()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> "PhonesPage":
        app = web.Application(client_max_size=_ROOM, middlewares=[_with_headers, own_pages_only])
        app.add_routes(self._routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_GOODBYE_S)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner:
            await self._runner.cleanup()

    def _routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self._asset),
            web.get("/web/{file}", self._asset),
            web.get("/cast", self._cast),
            web.get("/areas", self._areas),
            web.get("/events", self._events),
            web.get("/files/{file_id}/{name}", self._file),
            web.post("/phones/{seat}/{act:[a-z_]+}", self._act),
            web.post("/clock/{step}", self._move_clock),
        ]

    async def _asset(self, request: web.Request) -> web.Response:
        name = request.match_info.get("file", "index.html")
        found = next((file for file in files("simulator").joinpath("web").iterdir() if file.name == name), None)
        kind = _TYPES.get(name.rpartition(".")[2])
        if found is None or kind is None:
            raise web.HTTPNotFound
        return web.Response(body=found.read_bytes(), content_type=kind, charset="utf-8")

    async def _cast(self, _: web.Request) -> web.Response:
        state = await self._telegram.request("GET", "state")
        seats = [
            {"name": seat.name, "role": seat.role, "id": seat.phone.id, "first_name": seat.phone.person.first_name}
            for seat in self._seats.values()
        ]
        steps = [{"name": step.name, "label": step.label} for step in self._around.steps]
        around = {"zone": self._around.zone, "home": self._around.home}
        return web.json_response({"bot": state["bot"], "seats": seats, "steps": steps} | around)

    async def _areas(self, _: web.Request) -> web.Response:
        answer = web.json_response([asdict(area) for area in await asyncio.to_thread(self._around.areas)])
        answer.enable_compression()
        return answer

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Sends every screen, and sends it again whenever it has changed (server-sent events)."""
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"} | _HEADERS)
        await stream.prepare(request)
        try:
            async with asyncio.TaskGroup() as group:
                for seat in self._seats.values():
                    group.create_task(self._follow(seat, stream))
        except* (ConnectionError, aiohttp.ClientError, CannotDo):
            # The browser has gone, or Telegram has; a browser that is still there asks again by itself.
            pass
        return stream

    async def _follow(self, seat: Seat, stream: web.StreamResponse) -> None:
        known = -1
        while True:
            look = {"person": vars(seat.phone.person), "after": known, "wait": _LOOK_S}
            screen = await self._telegram.post("screen", look)
            changed, known = screen["revision"] > known, screen["revision"]
            data = json.dumps({"seat": seat.name} | screen)
            await stream.write(f"event: screen\ndata: {data}\n\n".encode() if changed else b": still here\n\n")

    async def _file(self, request: web.Request) -> web.Response:
        try:
            content = await self._telegram.download(request.match_info["file_id"])
        except CannotDo as missing:
            raise web.HTTPNotFound from missing
        kind = next((kind for magic, kind in _PICTURES.items() if content.startswith(magic)), None)
        answer = web.Response(body=content, content_type=kind or "application/octet-stream")
        if kind is None or "download" in request.query:
            name = quote(request.match_info["name"], safe="")
            answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return answer

    async def _act(self, request: web.Request) -> web.Response:
        seat = self._seats.get(request.match_info["seat"])
        if seat is None:
            raise web.HTTPNotFound
        order = {"person": vars(seat.phone.person), "details": await _json(request)}
        try:
            return web.json_response(await self._telegram.post(f"phones/{request.match_info['act']}", order))
        except CannotDo as refused:
            return web.json_response({"error": str(refused)}, status=409)

    async def _move_clock(self, request: web.Request) -> web.Response:
        await _json(request)
        step = next((step for step in self._around.steps if step.name == request.match_info["step"]), None)
        if step is None:
            raise web.HTTPNotFound
        async with self._moving:
            await step.move()
        return web.json_response({"now": (await self._telegram.now()).isoformat()})


async def _json(request: web.Request) -> Json:
    """The body; a form of another page cannot send this content type, so it is asked for."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    body = await request.json()
    return body if isinstance(body, dict) else {}


@web.middleware
async def _with_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        answer = await handler(request)
    except web.HTTPException as refused:
        answer = web.json_response({"error": refused.reason}, status=refused.status)
    if not answer.prepared:
        answer.headers.update(_HEADERS)
    return answer
