"""What the doctor asks Telegram: who we are, what time it is there, how updates reach us."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.findings import Finding, good, of_mend, red, warning
from bot.getme import Away, WebhookInfo, webhook_info, who_are_we
from bot.mend import Mend
from bot.settings import Settings
from domain.time import Clock

CLOCK_MAY_DIFFER = timedelta(minutes=1)

PENDING_MANY = 100
"""Updates that wait at Telegram for longer than a moment only while nobody fetches them."""

ERROR_IS_NEWS_FOR = timedelta(hours=1)


async def telegram(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    """Token, clock, webhook; without an answer only that."""
    try:
        me = await who_are_we(settings)
    except (Mend, Away) as reason:
        yield of_mend("token", str(reason))
        return
    yield good("token", f"@{me.username}")
    if me.telegram_time is None:
        yield warning("clock", "Telegram did not say its time, so it was not compared", "compare it by hand")
    elif abs(me.telegram_time - clock()) > CLOCK_MAY_DIFFER:
        yield red("clock", "differs from Telegram's by more than a minute", "switch on time synchronisation (NTP)")
    else:
        yield good("clock", "agrees with Telegram's")
    try:
        yield about_webhook(await webhook_info(settings), settings.lapor_webhook_url, clock())
    except (Mend, Away) as reason:
        yield of_mend("webhook", str(reason))


def about_webhook(info: WebhookInfo, wanted: str | None, now: datetime) -> Finding:
    """How updates reach us: whether that is where the settings say, and whether they pile up."""
    host, waiting = urlsplit(info.url).hostname or "", f"{info.pending} updates wait at Telegram"
    failed = info.failed_at is not None and now - info.failed_at < ERROR_IS_NEWS_FOR
    if wanted and not info.url:
        return red("webhook", f"none is set; {waiting}", 'start "lapor bot": it sets LAPOR_WEBHOOK_URL')
    if wanted and info.url != wanted:
        mend = 'start "lapor bot" anew, or ask who else uses this token'
        return red("webhook", f"Telegram sends to another address ({host})", mend)
    if info.url and not wanted:
        mend = "start lapor: it takes the webhook away. If it comes back, another program uses this token"
        return red("webhook", f"stale: Telegram sends to {host}, but updates are fetched here", mend)
    if info.url and failed:
        mend = f"look at the road to {host}: DNS, certificate, proxy, port, whether lapor bot runs"
        return red("webhook", f"Telegram cannot deliver ({info.error or 'no reason given'}); {waiting}", mend)
    if info.pending >= PENDING_MANY:
        return red("webhook", waiting, "start lapor; if it runs, look at its log for 409 and for a database away")
    return good("webhook", f"{f'set to {host}' if info.url else 'none, updates are fetched'}; {waiting}")
