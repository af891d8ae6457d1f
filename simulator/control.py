"""The control API over HTTP: how phones, tests and the demo reach this Telegram from any process."""

from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from simulator.accounts import Person
from simulator.acts import act, seen_by
from simulator.botapi import BotApi
from simulator.faults import Fault
from simulator.hands import Hand
from simulator.limits import Limits
from simulator.refusals import Refusal


@dataclass
class Control:
    """The door through which people come."""

    api: BotApi

    def routes(self) -> list[web.RouteDef]:
        """Returns the addresses under /control."""
        return [
            web.post("/control/phones/{act}", self._act),
            web.post("/control/screen", self._screen),
            web.post("/control/groups", self._found_group),
            web.get("/control/files/{file_id}", self._file),
            web.post("/control/faults", self._order_fault),
            web.delete("/control/faults", self._clear_faults),
            web.post("/control/repeat", self._repeat),
            web.post("/control/swap", self._swap),
            web.post("/control/updates", self._put_update),
            web.post("/control/limits", self._limit),
            web.post("/control/clock", self._move_clock),
            web.get("/control/calls", self._calls),
            web.get("/control/state", self._state),
        ]

    async def _act(self, request: web.Request) -> web.Response:
        try:
            return web.json_response(act(self.api.world, request.match_info["act"], await request.json()))
        except Refusal as refusal:
            return web.json_response({"error": refusal.description}, status=refusal.status)

    async def _screen(self, request: web.Request) -> web.Response:
        """Answers at once, or as soon as the chat is beyond the revision `after`, at most `wait` seconds later."""
        body = await request.json()
        hand, after = Hand.of(self.api.world, body), body.get("after", -1)
        await hand.world.bell.wait_until(lambda: hand.chat.revision > after, float(body.get("wait", 0)))
        return web.json_response(seen_by(hand))

    async def _found_group(self, request: web.Request) -> web.Response:
        body = await request.json()
        founder = Person.from_json(body["person"])
        self.api.world.chat_of(founder)
        group = self.api.world.found_group(
            body["title"], founder, is_super=bool(body["supergroup"]), is_forum=bool(body["forum"])
        )
        return web.json_response({"id": group.id})

    async def _file(self, request: web.Request) -> web.Response:
        stored = self.api.world.files.files.get(request.match_info["file_id"])
        if stored is None:
            return web.json_response({"error": "no such file"}, status=404)
        return web.Response(body=stored.content, content_type="application/octet-stream")

    async def _order_fault(self, request: web.Request) -> web.Response:
        self.api.faults.order(Fault.from_json(await request.json()))
        return web.json_response({})

    async def _clear_faults(self, _: web.Request) -> web.Response:
        self.api.faults.clear()
        self.api.world.updates.untwist()
        return web.json_response({})

    async def _repeat(self, request: web.Request) -> web.Response:
        self.api.world.updates.repeat(int((await request.json())["times"]))
        return web.json_response({})

    async def _swap(self, request: web.Request) -> web.Response:
        self.api.world.updates.swap(int((await request.json())["times"]))
        return web.json_response({})

    async def _put_update(self, request: web.Request) -> web.Response:
        """Adds an update as it stands, however wrong."""
        body = await request.json()
        self.api.world.updates.put(body["kind"], body["payload"])
        return web.json_response({})

    async def _limit(self, request: web.Request) -> web.Response:
        self.api.gate.set(Limits(**await request.json()))
        return web.json_response({})

    async def _move_clock(self, request: web.Request) -> web.Response:
        self.api.world.moves_clock(timedelta(seconds=float((await request.json())["seconds"])))
        return await self._state(request)

    async def _calls(self, request: web.Request) -> web.Response:
        """Answers at once, or as soon as there were `times` calls of a method, at most `wait` seconds later."""
        method, times = request.query.get("method", ""), int(request.query.get("times", 0))
        wait = float(request.query.get("wait", 0))
        await self.api.world.bell.wait_until(lambda: len(self.api.calls_of(method)) >= times, wait)
        return web.json_response([call.as_json() for call in self.api.calls_of(method)])

    async def _state(self, _: web.Request) -> web.Response:
        world = self.api.world
        state = {"now": world.now().isoformat(), "pending_updates": len(world.updates)}
        state |= {"messages": world.last_message_id, "sent": self.api.gate.passed}
        return web.json_response(state | {"bot": world.bot.as_user()})
