"""Asks Telegram who we are and how updates reach us, without the weight of a Telegram library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from bot.mend import Mend
from bot.settings import Settings

PATIENCE = aiohttp.ClientTimeout(total=10)
REFUSED = (401, 404)


class Away(Exception):
    """Telegram could not be asked; the message says why and carries no address, since that holds the token."""


@dataclass(frozen=True)
class Me:
    """The bot's name, and Telegram's time of day if it said any."""

    username: str
    telegram_time: datetime | None


@dataclass(frozen=True)
class WebhookInfo:
    """Where Telegram sends updates (empty: they are fetched), how many wait there, and its last trouble."""

    url: str
    pending: int = 0
    failed_at: datetime | None = None
    error: str | None = None


async def who_are_we(settings: Settings) -> Me:
    """Calls getMe; raises `Mend` when the token is missing or refused, `Away` when nobody answers."""
    result, said = await _ask(settings, "getMe")
    username = result.get("username")
    if not username:
        raise Away("TELEGRAM_API_URL answers, but not as a Bot API server: check the address")
    return Me(username, parsedate_to_datetime(said) if said else None)


async def webhook_info(settings: Settings) -> WebhookInfo:
    """Calls getWebhookInfo; raises as `who_are_we`."""
    result, _ = await _ask(settings, "getWebhookInfo")
    failed = result.get("last_error_date")
    return WebhookInfo(
        url=str(result.get("url") or ""),
        pending=int(result.get("pending_update_count") or 0),
        failed_at=datetime.fromtimestamp(failed, UTC) if isinstance(failed, int) else None,
        error=result.get("last_error_message"),
    )


async def _ask(settings: Settings, method: str) -> tuple[dict[str, Any], str | None]:
    """The result of a method, and Telegram's time as its answer says it."""
    url = f"{settings.telegram_api_url}/bot{settings.token}/{method}"
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE, connector=_connector(settings.proxy)) as session,
            session.get(url) as response,
        ):
            if response.status in REFUSED:
                raise Mend("TELEGRAM_TOKEN is refused by Telegram: ask @BotFather for the current one")
            answer = await response.json(content_type=None)
            said = response.headers.get("Date")
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        raise Away(
            f"no answer from TELEGRAM_API_URL ({type(error).__name__}): check the network and TELEGRAM_PROXY"
        ) from None
    result = answer.get("result") if isinstance(answer, dict) else None
    return (result if isinstance(result, dict) else {}), said


def _connector(proxy: str | None) -> aiohttp.BaseConnector | None:
    if proxy is None:
        return None
    from aiohttp_socks import ProxyConnector

    connector: aiohttp.BaseConnector = ProxyConnector.from_url(proxy)
    return connector
