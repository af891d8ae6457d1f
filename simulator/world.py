"""The state of this Telegram: people, chats, files, updates, and the clock they live by."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from simulator.accounts import Bot, Person
from simulator.bell import Bell
from simulator.chats import Chat, Message, PrivateChat
from simulator.commands import CommandMenus
from simulator.files import FileStore
from simulator.groups import Group
from simulator.keyboards import is_inline
from simulator.refusals import bad_request
from simulator.updates import UpdateQueue

Clock = Callable[[], datetime]

# Telegram lets a bot answer a tap for a short while only.
ANSWER_WITHIN = timedelta(seconds=30)


def system_clock() -> datetime:
    """Returns the present instant."""
    return datetime.now(UTC)


@dataclass
class Webhook:
    """Where updates are brought, and what went wrong there last."""

    url: str
    secret: str = ""
    connections: int = 40
    last_error_at: int = 0
    last_error: str = ""


@dataclass
class Query:
    """A tap on a button that waits for its answer."""

    id: str
    chat: Chat
    person: Person
    asked_at: datetime
    answered: bool = False


@dataclass
class World:
    """Everything that is; the bot's methods and the people's acts are the only ones who change it."""

    bot: Bot
    clock: Clock = system_clock
    shift: timedelta = timedelta()
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    files: FileStore = field(default_factory=FileStore)
    updates: UpdateQueue = field(default_factory=UpdateQueue)
    webhook: Webhook | None = None
    menus: CommandMenus = field(default_factory=CommandMenus)
    last_message_id: int = 0
    last_query_id: int = 4_000_000_000
    last_group: int = 5_000_000
    bell: Bell = field(default_factory=Bell)

    def __post_init__(self) -> None:
        self.files.bot_id = self.bot.id

    def now(self) -> datetime:
        """Returns the present instant of this world: the clock, moved by what was ordered."""
        return self.clock() + self.shift

    def seconds(self) -> int:
        """Returns the present instant as Telegram writes it: whole seconds since 1970."""
        return int(self.now().timestamp())

    def moves_clock(self, by: timedelta) -> None:
        """Moves the clock; every screen shows the time."""
        self.shift += by
        for chat in self.chats.values():
            self.refresh(chat)

    def chat_of(self, person: Person) -> PrivateChat:
        """Returns a person's private chat with the bot; the newest profile counts."""
        chat = self.chats.setdefault(person.id, PrivateChat(person=person))
        if not isinstance(chat, PrivateChat):
            raise TypeError(f"{person.id} is not the id of a person")
        chat.person = person
        return chat

    def group(self, number: int) -> Group:
        """Returns a group; raises `Refusal` 400 if there is none."""
        found = self.known_chat(number)
        if not isinstance(found, Group):
            raise bad_request("chat not found")
        return found

    def found_group(self, title: str, founder: Person, *, is_super: bool, is_forum: bool) -> Group:
        """Makes a group with nobody in it but its founder."""
        self.last_group += 1
        number = -1_000_000_000_000 - self.last_group if is_super else -self.last_group
        group = Group(number=number, title=title, bot=self.bot, is_super=is_super, is_forum=is_forum)
        group.admit(founder, "creator")
        self.chats[group.id] = group
        return group

    def known_chat(self, chat_id: int | None) -> Chat:
        """Returns the chat a bot means; raises `Refusal` 400 for one that it cannot know."""
        chat = self.chats.get(chat_id or 0)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def reachable_chat(self, chat_id: int | None) -> Chat:
        """Returns the chat a bot may write to; raises `Refusal` 403 where it is not allowed."""
        chat = self.known_chat(chat_id)
        chat.demand_open()
        return chat

    def post(
        self,
        chat: Chat,
        sender: Bot | Person,
        content: dict[str, Any],
        reply_to: Message | None = None,
        markup: dict[str, Any] | None = None,
        thread: int | None = None,
    ) -> Message:
        """Puts a new message into a chat, or into a topic of it."""
        self.last_message_id += 1
        message = Message(self.last_message_id, chat, sender, self.seconds(), content, reply_to, thread=thread)
        chat.messages[message.id] = message
        if is_inline(markup):
            message.markup = markup
        elif markup:
            message.markup = markup
            self._show_keyboard(chat, markup)
        self.touch(message)
        return message

    def touch(self, message: Message) -> None:
        """Marks that a message looks different from now on."""
        self.refresh(message.chat)
        message.revision = message.chat.revision

    def refresh(self, chat: Chat) -> None:
        """Marks that a chat looks different from now on, and tells everybody who watches."""
        chat.revision += 1
        self.bell.ring()

    def tell_bots_place(self, chat: Chat, by: Person | Bot, before: dict[str, Any], after: dict[str, Any]) -> None:
        """Tells the bot that its place in a chat is another one from now on."""
        change = {"chat": chat.as_json(), "from": by.as_user(), "date": self.seconds()}
        self.updates.put("my_chat_member", change | {"old_chat_member": before, "new_chat_member": after})
        self.refresh(chat)

    def ask(self, chat: Chat, person: Person) -> Query:
        """Opens a tap's query."""
        self.last_query_id += 1
        query = Query(str(self.last_query_id), chat, person, self.now())
        self.queries[query.id] = query
        return query

    def is_too_old(self, query: Query) -> bool:
        """Tells whether a tap can no longer be answered."""
        return query.answered or self.now() - query.asked_at > ANSWER_WITHIN

    def close(self) -> None:
        """Lets everybody who waits go home."""
        self.updates.close()
        self.bell.close()

    @staticmethod
    def _show_keyboard(chat: Chat, markup: dict[str, Any]) -> None:
        if "keyboard" in markup:
            chat.keyboard = markup
        elif markup.get("remove_keyboard"):
            chat.keyboard = None
