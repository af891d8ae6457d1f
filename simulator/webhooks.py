"""Webhooks: updates are brought to an address instead of being fetched, and brought again until they are taken."""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from simulator.parameters import Parameters
from simulator.refusals import bad_request
from simulator.world import Webhook, World

Json = dict[str, Any]

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
ANSWER_WITHIN_S = 60
MOST_CONNECTIONS = 100

# Telegram's own pauses are longer; these are long enough to be seen and short enough to be waited for.
REST_S = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)

_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_LOOPBACK = {"127.0.0.1", "localhost"}


def set_webhook(world: World, parameters: Parameters) -> bool:
    """Has updates brought from now on; without an address they are fetched again."""
    url = parameters.text("url")
    if not url:
        return delete_webhook(world, parameters)
    _check(url)
    secret = parameters.text("secret_token")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if "allowed_updates" in parameters.values:
        world.updates.allow(parameters.array("allowed_updates"))
    if parameters.flag("drop_pending_updates"):
        world.updates.forget()
    connections = max(1, min(parameters.integer("max_connections") or 40, MOST_CONNECTIONS))
    world.webhook = Webhook(url, secret, connections)
    world.updates.refuse_pollers("Conflict: terminated by setWebhook request")
    world.updates.ring()
    return True


def delete_webhook(world: World, parameters: Parameters) -> bool:
    """Has updates fetched again."""
    world.webhook = None
    if parameters.flag("drop_pending_updates"):
        world.updates.forget()
    return True


def get_webhook_info(world: World, _: Parameters) -> Json:
    """Says where updates are brought, how many wait, and what went wrong last."""
    hook = world.webhook
    waiting: Json = {"has_custom_certificate": False, "pending_update_count": len(world.updates)}
    if hook is None:
        return {"url": ""} | waiting
    info = {"url": hook.url, "ip_address": "127.0.0.1", "max_connections": hook.connections} | waiting
    if world.updates.allowed:
        info["allowed_updates"] = sorted(world.updates.allowed)
    if hook.last_error:
        info |= {"last_error_date": hook.last_error_at, "last_error_message": hook.last_error}
    return info


def _check(url: str) -> None:
    """Telegram demands https; on this machine alone plain http is taken, there being nobody to listen in."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


@dataclass
class Bringer:
    """Brings waiting updates to the webhook, several at a time; one that is not taken rests and is brought again."""

    world: World
    _under_way: set[int] = field(default_factory=set)
    _failures: dict[int, int] = field(default_factory=dict)

    async def run(self) -> None:
        """Works until it is cancelled."""
        patience = aiohttp.ClientTimeout(total=ANSWER_WITHIN_S)
        async with aiohttp.ClientSession(timeout=patience) as session, asyncio.TaskGroup() as group:
            while True:
                arrived = self.world.updates.arrived
                self._send_off(session, group)
                await arrived.wait()

    def _send_off(self, session: aiohttp.ClientSession, group: asyncio.TaskGroup) -> None:
        hook = self.world.webhook
        while hook and len(self._under_way) < hook.connections:
            update = self.world.updates.next_to_bring(self._under_way)
            if update is None:
                return
            self._under_way.add(update["update_id"])
            group.create_task(self._bring(session, hook, update))

    async def _bring(self, session: aiohttp.ClientSession, hook: Webhook, update: Json) -> None:
        number = update["update_id"]
        problem = await _post(session, hook, update)
        if problem:
            hook.last_error_at, hook.last_error = self.world.seconds(), problem
            failures = self._failures.get(number, 0)
            self._failures[number] = failures + 1
            await asyncio.sleep(REST_S[min(failures, len(REST_S) - 1)])
        else:
            self._failures.pop(number, None)
            self.world.updates.take(number)
        self._under_way.discard(number)
        self.world.updates.ring()


async def _post(session: aiohttp.ClientSession, hook: Webhook, update: Json) -> str:
    """Brings one update; returns what was wrong, or nothing."""
    headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
    try:
        async with session.post(hook.url, json=update, headers=headers, allow_redirects=False) as answer:
            with suppress(aiohttp.ClientError):
                await answer.read()
            taken = 200 <= answer.status < 300
            return "" if taken else f"Wrong response from the webhook: {answer.status} {answer.reason}"
    except aiohttp.ClientConnectorError:
        return "Connection refused"
    except TimeoutError:
        return "Read timeout expired"
    except aiohttp.ClientError:
        return "Connection closed by the remote host"
