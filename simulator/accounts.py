"""Who takes part: the bot and the people."""

from dataclasses import dataclass, fields
from typing import Any


@dataclass
class Bot:
    """The bot's own account."""

    token: str
    name: str
    username: str

    @property
    def id(self) -> int:
        return int(self.token.partition(":")[0])

    def as_user(self) -> dict[str, Any]:
        """Returns the bot as it stands in messages."""
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}

    def as_me(self) -> dict[str, Any]:
        """Returns what getMe answers."""
        return self.as_user() | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }


@dataclass
class Person:
    """One pretend person; what is None is left out, as Telegram leaves it out."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None

    @classmethod
    def from_json(cls, profile: dict[str, Any]) -> "Person":
        """Returns the person whom a phone describes."""
        return cls(**{field.name: profile.get(field.name) for field in fields(cls)})  # type: ignore[arg-type]  # a phone always names id and first_name

    def as_user(self) -> dict[str, Any]:
        """Returns the person as the sender of a message."""
        user = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        return user | self._known("last_name", "username", "language_code")

    def as_chat(self) -> dict[str, Any]:
        """Returns the person as a private chat."""
        chat = {"id": self.id, "type": "private", "first_name": self.first_name}
        return chat | self._known("last_name", "username")

    def _known(self, *names: str) -> dict[str, Any]:
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}
