"""A bot that speaks bare HTTP, and a clock that is moved by hand."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from simulator import Bubble, Phone

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class HandClock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.instant = MORNING

    def __call__(self) -> datetime:
        return self.instant

    def moves(self, **by: float) -> None:
        self.instant += timedelta(**by)


@dataclass
class BareBot:
    """Calls the Bot API without a library; an answer is the whole body."""

    url: str
    token: str
    session: aiohttp.ClientSession

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", json=parameters) as response:
            answer = await response.json()
            assert response.status == answer.get("error_code", 200)
            return answer

    async def does(self, method: str, **parameters: Any) -> Any:
        answer = await self.call(method, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **parameters: Any) -> tuple[int, str]:
        answer = await self.call(method, **parameters)
        assert not answer["ok"], answer
        return answer["error_code"], answer["description"]

    async def uploads(self, method: str, files: dict[str, bytes], **fields: str) -> dict[str, Any]:
        form = aiohttp.FormData(fields)
        for name, content in files.items():
            form.add_field(name, io.BytesIO(content), filename=f"{name}.jpg")
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", data=form) as response:
            return await response.json()

    async def downloads(self, file_id: str) -> bytes:
        path = (await self.does("getFile", file_id=file_id))["file_path"]
        async with self.session.get(f"{self.url}/file/bot{self.token}/{path}") as response:
            assert response.status == 200
            return await response.read()

    async def updates(self, **parameters: Any) -> list[dict[str, Any]]:
        return await self.does("getUpdates", **parameters)

    async def catches_up(self) -> None:
        """Confirms whatever has come until now."""
        waiting = await self.updates()
        if waiting:
            await self.updates(offset=waiting[-1]["update_id"] + 1)


YES_NO = {
    "inline_keyboard": [[{"text": "✅ Kirim", "callback_data": "send"}, {"text": "Batal", "callback_data": "cancel"}]]
}


async def asked(bot: BareBot, siti: Phone, text: str = "Kirim sekarang?") -> Bubble:
    await bot.does("sendMessage", chat_id=siti.id, text=text, reply_markup=YES_NO)
    return await siti.sees(text)
