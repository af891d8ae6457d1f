"""A Telegram reached over its control API, from the same process or from another one."""

import itertools
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from simulator.accounts import Person
from simulator.faults import ANY_METHOD
from simulator.group_phone import GroupPhone, Room
from simulator.limits import Limits
from simulator.phone import CannotDo, Phone

Json = dict[str, Any]


@dataclass(frozen=True)
class SeenCall:
    """One call that the bot made; `status` 0: the connection was closed; None: not answered yet."""

    method: str
    parameters: Json
    files: list[str]
    status: int | None
    description: str


class Telegram:
    """Gives out phones, orders faults, moves the clock; `url` is the address for bots as well."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.faults = FaultOrders(self)
        self._ids = itertools.count(700_001)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "Telegram":
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    def phone(
        self,
        first_name: str,
        last_name: str | None = None,
        *,
        user_id: int | None = None,
        username: str | None = None,
        language_code: str | None = "id",
    ) -> Phone:
        """Returns the phone of a pretend person; one id is one person, in whichever process."""
        return Phone(self, Person(user_id or next(self._ids), first_name, last_name, username, language_code))

    async def group(self, title: str, founder: Phone, *, forum: bool = False, supergroup: bool = True) -> GroupPhone:
        """Makes a group with its founder in it and returns the founder's phone there; the bot is not in it yet."""
        if forum and not supergroup:
            raise CannotDo("Only a supergroup can have topics")
        order = {"title": title, "person": vars(founder.person), "forum": forum, "supergroup": supergroup}
        return GroupPhone(founder, Room((await self.post("groups", order))["id"], title))

    async def calls(self, method: str = "", *, times: int = 0, within: float = 0) -> list[SeenCall]:
        """Returns the calls that the bot made, oldest first, perhaps of one method only.

        With `times` it first waits until there were so many; fails if that takes more than `within` seconds.
        """
        answer = await self.request("GET", f"calls?method={method}&times={times}&wait={within}")
        if len(answer) < times:
            raise AssertionError(f"{len(answer)} instead of {times} calls of {method} within {within} s")
        return [SeenCall(**call) for call in answer]

    async def pending_updates(self) -> int:
        """Returns how many updates the bot has not confirmed yet."""
        return int((await self.request("GET", "state"))["pending_updates"])

    async def now(self) -> datetime:
        """Returns the instant that this Telegram believes in."""
        return datetime.fromisoformat((await self.request("GET", "state"))["now"])

    async def moves_clock(self, by: timedelta) -> datetime:
        """Moves this Telegram's clock and returns the new instant."""
        answer = await self.post("clock", {"seconds": by.total_seconds()})
        return datetime.fromisoformat(answer["now"])

    async def limits(self, limits: Limits) -> None:
        """Changes the flood limits."""
        await self.post("limits", asdict(limits))

    async def post(self, path: str, body: Json) -> Any:
        """Orders something over the control API."""
        return await self.request("POST", path, body)

    async def download(self, file_id: str) -> bytes:
        """Returns the bytes of a file."""
        async with self._open().get(f"{self.url}/control/files/{file_id}") as response:
            if response.status != 200:
                raise CannotDo(f"There is no file {file_id}")
            return await response.read()

    async def request(self, verb: str, path: str, body: Json | None = None) -> Any:
        """Returns the answer to a control request; raises `CannotDo` when it is refused."""
        async with self._open().request(verb, f"{self.url}/control/{path}", json=body) as response:
            answer = await response.json()
            if response.status != 200:
                raise CannotDo(answer.get("error", f"control/{path}: {response.status}"))
            return answer

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise CannotDo("Enter this Telegram first: async with Telegram(url) as telegram")
        return self._session


class FaultOrders:
    """Orders what goes wrong with the next `times` calls (`ALWAYS`: until cleared), to one chat if it is named."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    async def fail(
        self,
        method: str = ANY_METHOD,
        times: int = 1,
        *,
        status: int = 500,
        description: str = "Internal Server Error",
        retry_after: int | None = None,
        chat_id: int | None = None,
    ) -> None:
        """Answers with an error, without doing the work; `retry_after` is in seconds."""
        error = {"status": status, "description": description, "retry_after": retry_after}
        await self._order("fail", method, times, chat_id, **error)

    async def flood(
        self, method: str = ANY_METHOD, times: int = 1, *, retry_after: int = 1, chat_id: int | None = None
    ) -> None:
        """Answers 429: come again after so many seconds."""
        words = f"Too Many Requests: retry after {retry_after}"
        await self.fail(method, times, status=429, description=words, retry_after=retry_after, chat_id=chat_id)

    async def delay(
        self, method: str = ANY_METHOD, times: int = 1, *, seconds: float, chat_id: int | None = None
    ) -> None:
        """Waits before the work is done."""
        await self._order("delay", method, times, chat_id, seconds=seconds)

    async def drop_answer(self, method: str = ANY_METHOD, times: int = 1, *, chat_id: int | None = None) -> None:
        """Does the work and closes the connection instead of answering."""
        await self._order("drop_answer", method, times, chat_id)

    async def drop_request(self, method: str = ANY_METHOD, times: int = 1, *, chat_id: int | None = None) -> None:
        """Closes the connection without doing the work."""
        await self._order("drop_request", method, times, chat_id)

    async def deliver_twice(self, times: int = 1) -> None:
        """Delivers the next confirmed updates once more, with the same update_id."""
        await self._telegram.post("repeat", {"times": times})

    async def deliver_swapped(self, times: int = 1) -> None:
        """Brings an update to the webhook only after the one that follows it, so many times."""
        await self._telegram.post("swap", {"times": times})

    async def deliver(self, kind: str, payload: Json) -> None:
        """Delivers an update as it stands, however wrong: no phone could send it."""
        await self._telegram.post("updates", {"kind": kind, "payload": payload})

    async def clear(self) -> None:
        """Takes all orders back."""
        await self._telegram.request("DELETE", "faults")

    async def _order(self, effect: str, method: str, times: int, chat_id: int | None, **more: Any) -> None:
        order = {"effect": effect, "method": method, "times": times, "chat_id": chat_id} | more
        await self._telegram.post("faults", order)
