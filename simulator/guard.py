"""Who may speak with a server on this machine: programs here, and pages of its own, never a page from elsewhere."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

OURS = {"127.0.0.1", "localhost", "::1"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def own_pages_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers 403 to a request that a page from elsewhere sends, or that came by a name from elsewhere.

    A browser names the page in `Origin` (programs send none), and a name that somebody's DNS points at
    this machine stands in `Host`.
    """
    if _hostname(request.host) not in OURS or not _is_own(request.headers.get("Origin"), request.host):
        return web.json_response({"error": "only for pages and programs of this machine"}, status=403)
    return await handler(request)


def _hostname(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _is_own(origin: str | None, host: str) -> bool:
    return origin in (None, f"http://{host}")
