"""Conversations: a chat, its messages, and what each side may know of them."""

from dataclasses import dataclass, field
from typing import Any

from simulator.accounts import Bot, Person


@dataclass
class Message:
    """One message; `content` holds the Bot API fields that make it what it is (text, photo, location ...)."""

    id: int
    chat: "Chat"
    sender: Bot | Person
    date: int
    content: dict[str, Any]
    reply_to: "Message | None" = None
    markup: dict[str, Any] | None = None
    edit_date: int | None = None
    deleted: bool = False
    revision: int = 0

    def as_json(self, *, with_reply: bool = True) -> dict[str, Any]:
        """Returns the message as the bot receives it; only an inline keyboard is shown to bots."""
        body = {
            "message_id": self.id,
            "from": self.sender.as_user(),
            "chat": self.chat.as_json(),
            "date": self.date,
            **self.content,
        }
        if self.edit_date is not None:
            body["edit_date"] = self.edit_date
        if self.markup and "inline_keyboard" in self.markup:
            body["reply_markup"] = self.markup
        if with_reply and self.reply_to:
            body["reply_to_message"] = self.reply_to.as_json(with_reply=False)
        return body

    def as_inaccessible(self) -> dict[str, Any]:
        """Returns what is left of a deleted message inside a callback query."""
        return {"message_id": self.id, "chat": self.chat.as_json(), "date": 0}

    def as_seen(self, person: Person) -> dict[str, Any]:
        """Returns the message as it stands on a person's screen."""
        return {
            "id": self.id,
            "mine": self.sender.id == person.id,
            "sender": self.sender.as_user()["first_name"],
            "date": self.date,
            "edited": self.edit_date is not None,
            "reply_to": self.reply_to.id if self.reply_to else None,
            "markup": self.markup,
            "revision": self.revision,
            "content": self.content,
        }


@dataclass
class Chat:
    """A private chat of one person with the bot."""

    person: Person
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: dict[str, Any] | None = None
    toasts: list[dict[str, Any]] = field(default_factory=list)
    revision: int = 0

    @property
    def id(self) -> int:
        return self.person.id

    def as_json(self) -> dict[str, Any]:
        """Returns the chat as it stands in messages."""
        return self.person.as_chat()

    def visible(self) -> list[Message]:
        """Returns what has not been deleted, oldest first."""
        return [message for message in self.messages.values() if not message.deleted]
