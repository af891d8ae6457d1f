"""The line that delivery calls by: requests of python-telegram-bot over aiohttp, as the conversation's are."""

from __future__ import annotations

import ssl
from typing import Any

import aiohttp
import certifi
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

NOT_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    ProxyConnectionError,
    ProxyTimeoutError,
    ProxyError,
)
"""Failures of the road before the request was on it."""


class Line(BaseRequest):
    """Connections to Telegram that are kept open. The library's own line, over httpx, costs three times as much.

    It obeys no proxy of the environment, follows no redirection, and calls nothing again.
    """

    def __init__(self, connections: int, patience: float, proxy: str | None = None) -> None:
        """Connects at the first call. `patience` is how many seconds each step may take: to connect, to be answered."""
        self._connections = connections
        self._patience = patience
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may take."""
        return self._patience

    async def initialize(self) -> None:
        """Does nothing: the first call connects."""

    async def shutdown(self) -> None:
        """Hangs up; a later call connects anew."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_steps: Any,
        **_timeouts: Any,
    ) -> tuple[int, bytes]:
        """Calls; raises `TimedOut` and `NetworkError`, their cause one of `NOT_LEFT` if the request never left.

        The one patience of this line goes for every call. No error quotes an address: that holds the token.
        """
        self._session = self._session or self._opened()
        try:
            async with self._session.request(method, url, data=_body(request_data), allow_redirects=False) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut(type(error).__name__) from error
        except (aiohttp.ClientError, OSError, ProxyError) as error:
            raise NetworkError(type(error).__name__) from error

    def _opened(self) -> aiohttp.ClientSession:
        certificates = ssl.create_default_context(cafile=certifi.where())
        connector: aiohttp.BaseConnector = (
            ProxyConnector.from_url(self._proxy, limit=self._connections, ssl=certificates)
            if self._proxy
            else aiohttp.TCPConnector(limit=self._connections, ssl=certificates)
        )
        within = self._patience
        return aiohttp.ClientSession(
            connector=connector,
            timeout=aiohttp.ClientTimeout(total=None, connect=within, sock_connect=within, sock_read=within),
            headers={"User-Agent": self.USER_AGENT},
            cookie_jar=aiohttp.DummyCookieJar(),
        )


def _body(data: RequestData | None) -> aiohttp.FormData | aiohttp.BytesPayload | None:
    if data is None:
        return None
    if not data.contains_files:
        return aiohttp.BytesPayload(data.json_payload, content_type="application/json")
    form = aiohttp.FormData(data.json_parameters)
    for name, (file_name, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form
