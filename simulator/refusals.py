"""What the Bot API says when it does not do what was asked."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Refusal(Exception):
    """An error answer of the Bot API: the HTTP status, its sentence and, for floods, the seconds to wait."""

    status: int
    description: str
    retry_after: int | None = None
    parameters: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Returns the body that both libraries expect."""
        body: dict[str, object] = {"ok": False, "error_code": self.status, "description": self.description}
        parameters = self.parameters | ({} if self.retry_after is None else {"retry_after": self.retry_after})
        if parameters:
            body["parameters"] = parameters
        return body


def bad_request(reason: str) -> Refusal:
    """Returns the refusal of a request that makes no sense, with Telegram's own words for it."""
    return Refusal(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refusal:
    """Returns the refusal of a message to a person who cannot be reached."""
    return Refusal(403, f"Forbidden: {reason}")


def flood(retry_after: int) -> Refusal:
    """Returns the refusal of one message too many; `retry_after` is in seconds."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after)
