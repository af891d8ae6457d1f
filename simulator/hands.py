"""A person's hand on a phone: in which chat, and in which topic of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator.accounts import Person
from simulator.chats import Chat, Message, PrivateChat
from simulator.groups import Group
from simulator.refusals import Refusal, bad_request
from simulator.world import World

Json = dict[str, Any]


@dataclass
class Hand:
    """Who acts, and where."""

    world: World
    person: Person
    chat: Chat
    thread: int | None = None

    @classmethod
    def of(cls, world: World, order: Json) -> "Hand":
        """Returns the hand that a control request names; without a chat it is the private one with the bot."""
        person = Person.from_json(order["person"])
        private = world.chat_of(person)
        chat = world.group(order["chat"]) if order.get("chat") else private
        return cls(world, person, chat, order.get("thread"))

    @property
    def group(self) -> Group:
        """The group in which the person is; raises `Refusal` where this is none, or the person has left it."""
        if not isinstance(self.chat, Group):
            raise Refusal(409, "This is done in a group: take phone.inside(group)")
        self.demand_inside()
        return self.chat

    @property
    def private(self) -> PrivateChat:
        """The private chat with the bot."""
        return self.world.chat_of(self.person)

    def demand_inside(self) -> None:
        """Raises `Refusal` 409 when the person can write nothing here."""
        if isinstance(self.chat, Group):
            member = self.chat.member(self.person.id)
            if member is None or not member.inside:
                raise Refusal(409, f"{self.person.first_name} is not in {self.chat.title}")
        elif self.private.blocked or self.private.deactivated:
            raise Refusal(409, f"{self.person.first_name} has blocked the bot or is gone: unblocks() or starts() first")

    def write(self, content: Json, reply_to: int | None = None) -> Message:
        """Puts a message of the person into the chat; the bot is told if it may hear it."""
        self.demand_inside()
        self.private.started = self.private.started or self.chat is self.private
        answered = self.chat.messages.get(reply_to or 0)
        thread = self.thread or (answered.thread if answered else None)
        if isinstance(self.chat, Group) and thread:
            self._demand_topic(self.chat, thread)
        message = self.world.post(self.chat, self.person, content, answered, thread=thread)
        if isinstance(self.chat, Group):
            member = self.chat.member(self.person.id)
            message.masked = member is not None and member.anonymous
        if self.is_heard(message):
            self.world.updates.put("message", message.as_json())
        return message

    def is_heard(self, message: Message) -> bool:
        """Tells whether the bot is told of this message."""
        return not isinstance(self.chat, Group) or self.chat.is_heard(message)

    def announce(self, message: Message) -> Message:
        """Tells the bot of a line that says what somebody did; such lines are never hidden from it."""
        if isinstance(self.chat, Group) and self.chat.bots_place.inside:
            self.world.updates.put("message", message.as_json())
        return message

    def _demand_topic(self, group: Group, thread: int) -> None:
        topic = group.topics.get(thread)
        member = group.member(self.person.id)
        if topic is None:
            raise bad_request("there is no such topic any more")
        if topic.closed and not (member and member.may("can_manage_topics")):
            raise bad_request(f"the topic {topic.name} is closed")


Act = Callable[[Hand, Json], list[Message]]
