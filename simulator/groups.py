"""Groups and supergroups: their members, their topics, what the bot hears there and where it may write."""

import re
from dataclasses import dataclass, field
from typing import Any

from simulator.accounts import Bot, Person
from simulator.chats import Chat, Message
from simulator.members import ANONYMOUS, PERMISSIONS, Member, Status
from simulator.refusals import Refusal, bad_request, forbidden

Json = dict[str, Any]

ICON_COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)

_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,64}(@\w+)?")


@dataclass
class Topic:
    """A topic of a forum; its id is that of the message that opened it."""

    id: int
    name: str
    icon_color: int = ICON_COLOURS[0]
    icon_custom_emoji_id: str = ""
    closed: bool = False

    def as_json(self) -> Json:
        """Returns the ForumTopic that bots are shown."""
        body = {"message_thread_id": self.id} | self.as_created()
        return body | ({"icon_custom_emoji_id": self.icon_custom_emoji_id} if self.icon_custom_emoji_id else {})

    def as_created(self) -> Json:
        """Returns what the message that opened it says."""
        return {"name": self.name, "icon_color": self.icon_color}


@dataclass
class Group(Chat):
    """A group, or a supergroup, which alone can have topics."""

    number: int = field(kw_only=True)
    title: str = field(kw_only=True)
    bot: Bot = field(kw_only=True)
    is_super: bool = True
    is_forum: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    upgraded_to: int | None = None

    @property
    def id(self) -> int:
        return self.number

    def as_json(self) -> Json:
        body: Json = {"id": self.id, "type": self.kind, "title": self.title}
        return body | ({"is_forum": True} if self.is_forum else {})

    def as_full_json(self) -> Json:
        return {"permissions": {name: given for name, given in PERMISSIONS.items() if name != "can_edit_tag"}}

    @property
    def kind(self) -> str:
        return "supergroup" if self.is_super else "group"

    def member(self, account_id: int | None) -> Member | None:
        """Returns somebody's place here, also of those who have left; None for strangers."""
        return self.members.get(account_id or 0)

    @property
    def bots_place(self) -> Member:
        """The bot's place here; it has left a group where it never was."""
        return self.members.get(self.bot.id) or Member(self.bot, "left")

    def marks_of(self, message: Message) -> Json:
        marks: Json = {}
        if message.thread:
            marks |= {"message_thread_id": message.thread, "is_topic_message": True}
        if message.masked:
            marks |= {"from": ANONYMOUS, "sender_chat": self.as_json()}
        return marks

    def opening_of(self, message: Message) -> Message | None:
        """Whatever is written in a topic answers the message that opened it, unless it answers another one."""
        if message.thread is None or message.thread == message.id:
            return None
        return self.messages.get(message.thread)

    def name_of(self, message: Message) -> str:
        return self.title if message.masked else super().name_of(message)

    # What the bot hears

    def is_heard(self, message: Message) -> bool:
        """Tells whether the bot is told of a person's message: privacy mode hides plain ones from it.

        An administrator hears everything; else the bot hears commands, mentions of it and answers to it.
        """
        place = self.bots_place
        if not place.inside:
            return False
        return place.rules or self._is_answer(message) or self._is_addressed(message)

    def _is_answer(self, message: Message) -> bool:
        return message.reply_to is not None and message.reply_to.sender is self.bot

    def _is_addressed(self, message: Message) -> bool:
        text = str(message.content.get("text") or message.content.get("caption") or "")
        named = f"@{self.bot.username}".casefold()
        command = _COMMAND.match(text)
        if command:
            return command[1] is None or command[1].casefold() == named
        return named in text.casefold()

    # Where the bot may write

    def demand_known(self) -> None:
        place = self.bots_place
        if self.upgraded_to:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refusal(400, words, parameters={"migrate_to_chat_id": self.upgraded_to})
        if place.status == "kicked":
            raise forbidden(f"bot was kicked from the {self.kind} chat")
        if not place.inside:
            raise forbidden(f"bot is not a member of the {self.kind} chat")

    def demand_open(self) -> None:
        self.demand_known()
        place = self.bots_place
        if place.status == "restricted" and not place.rights.get("can_send_messages"):
            raise bad_request("not enough rights to send text messages to the chat")

    def demand_thread(self, thread: int | None) -> None:
        if not thread:
            return
        topic = self.topics.get(thread)
        if topic is None:
            raise bad_request("message thread not found")
        if topic.closed and not self.bots_place.may("can_manage_topics"):
            raise bad_request("TOPIC_CLOSED")

    def may_delete(self, message: Message) -> bool:
        return message.sender is self.bot or self.bots_place.may("can_delete_messages")

    def with_topic(self, thread: int | None) -> Topic:
        """Returns a topic that is there; raises `Refusal` 400 if it is not."""
        topic = self.topics.get(thread or 0)
        if topic is None:
            raise bad_request("TOPIC_ID_INVALID")
        return topic

    def admit(self, account: Person | Bot, status: Status = "member") -> Member:
        """Lets somebody in, or gives them another place."""
        member = self.members.setdefault(account.id, Member(account))
        member.status = status
        return member
