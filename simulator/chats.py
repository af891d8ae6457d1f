"""Conversations: a chat, its messages, and what each side may know of them."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any

from simulator.accounts import Bot, Person
from simulator.refusals import bad_request, forbidden

Json = dict[str, Any]


@dataclass
class Message:
    """One message; `content` holds the Bot API fields that make it what it is (text, photo, location ...)."""

    id: int
    chat: "Chat"
    sender: Bot | Person
    date: int
    content: Json
    reply_to: "Message | None" = None
    markup: Json | None = None
    thread: int | None = None
    masked: bool = False
    edit_date: int | None = None
    deleted: bool = False
    revision: int = 0

    def as_json(self, *, with_reply: bool = True) -> Json:
        """Returns the message as the bot receives it; only an inline keyboard is shown to bots."""
        body = {
            "message_id": self.id,
            "from": self.sender.as_user(),
            "chat": self.chat.as_json(),
            "date": self.date,
            **self.content,
            **self.chat.marks_of(self),
        }
        if self.edit_date is not None:
            body["edit_date"] = self.edit_date
        if self.markup and "inline_keyboard" in self.markup:
            body["reply_markup"] = self.markup
        answered = self.reply_to or self.chat.opening_of(self)
        if with_reply and answered:
            body["reply_to_message"] = answered.as_json(with_reply=False)
        return body

    def as_inaccessible(self) -> Json:
        """Returns what is left of a deleted message inside a callback query."""
        return {"message_id": self.id, "chat": self.chat.as_json(), "date": 0}

    def as_seen(self, person: Person) -> Json:
        """Returns the message as it stands on a person's screen."""
        return {
            "id": self.id,
            "mine": self.sender.id == person.id,
            "sender": self.chat.name_of(self),
            "date": self.date,
            "edited": self.edit_date is not None,
            "reply_to": self.reply_to.id if self.reply_to else None,
            "thread": self.thread,
            "markup": self.markup,
            "revision": self.revision,
            "content": self.content,
        }


@dataclass
class Chat(ABC):
    """What every chat has: messages, the keyboard that the bot has put below it, and who was told what by a tap."""

    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: Json | None = None
    toasts: dict[int, list[Json]] = field(default_factory=dict)
    revision: int = 0

    @property
    @abstractmethod
    def id(self) -> int:
        """The number by which bots name the chat."""

    @abstractmethod
    def as_json(self) -> Json:
        """Returns the chat as it stands in messages."""

    def as_full_json(self) -> Json:
        """Returns what getChat adds to it."""
        return {}

    def visible(self) -> list[Message]:
        """Returns what has not been deleted, oldest first."""
        return [message for message in self.messages.values() if not message.deleted]

    def found(self, message_id: int | None) -> Message | None:
        """Returns a message that has not been deleted, or None."""
        message = self.messages.get(message_id or 0)
        return None if message is None or message.deleted else message

    def marks_of(self, _: Message) -> Json:
        """Returns what this kind of chat adds to a message as the bot receives it."""
        return {}

    def opening_of(self, _: Message) -> Message | None:
        """Returns the message that a plain one is taken to answer, if this kind of chat has such a thing."""
        return None

    def name_of(self, message: Message) -> str:
        """Returns whom people see as the sender."""
        return str(message.sender.as_user()["first_name"])

    @abstractmethod
    def demand_known(self) -> None:
        """Raises `Refusal` where the bot can know nothing of the chat."""

    @abstractmethod
    def demand_open(self) -> None:
        """Raises `Refusal` when the bot may not write here."""

    def demand_thread(self, thread: int | None) -> None:
        """Raises `Refusal` 400 when there is no such topic to write in."""
        if thread:
            raise bad_request("message thread not found")

    def may_delete(self, _: Message) -> bool:
        """Tells whether the bot has the right to delete a message that is young enough."""
        return True


@dataclass
class PrivateChat(Chat):
    """A private chat of one person with the bot."""

    person: Person = field(kw_only=True)
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    @property
    def id(self) -> int:
        return self.person.id

    def as_json(self) -> Json:
        return self.person.as_chat()

    def demand_known(self) -> None:
        if not self.started:
            raise bad_request("chat not found")

    def demand_open(self) -> None:
        if self.deactivated:
            raise forbidden("user is deactivated")
        if self.blocked:
            raise forbidden("bot was blocked by the user")
        if not self.started:
            raise forbidden("bot can't initiate conversation with a user")
