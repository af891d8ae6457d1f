"""A phone inside a group: whatever a phone does and sees, there, and what only groups know."""

from dataclasses import dataclass

from simulator.phone import Phone
from simulator.screen import Bubble


@dataclass(frozen=True)
class Room:
    """A group, known by its id; `title` is for people."""

    id: int
    title: str


class GroupPhone(Phone):
    """One person's phone in one group, and perhaps in one topic of it.

    `says`, `replies`, `taps`, `sends_photo`, `sees` and all the others of `Phone` happen here. Where
    an account is asked for, nobody named means the bot.
    """

    def __init__(self, phone: Phone, room: Room, topic: int | None = None) -> None:
        super().__init__(phone.line, phone.person)
        self.room = room
        self.where = {"chat": room.id, "thread": topic}

    def in_topic(self, topic: int | None) -> "GroupPhone":
        """Returns this phone in a topic: it writes there and sees only what stands there."""
        return GroupPhone(self, self.room, topic)

    async def admits(self, whom: Phone | None = None) -> None:
        """Lets somebody in."""
        await self._act("admits", whom=_named(whom))

    async def removes(self, whom: Phone | None = None) -> None:
        """Puts somebody out; who names the own phone leaves."""
        await self._act("removes", whom=_named(whom))

    async def promotes(self, whom: Phone | None = None, *, anonymous: bool = False, **rights: bool) -> None:
        """Makes somebody an administrator: `promotes(can_manage_topics=True)`; `anonymous` ones write as the group."""
        await self._act("promotes", whom=_named(whom), anonymous=anonymous, rights=rights)

    async def demotes(self, whom: Phone | None = None) -> None:
        """Makes somebody an ordinary member."""
        await self._act("demotes", whom=_named(whom))

    async def silences(self, whom: Phone | None = None) -> None:
        """Takes the right to write from somebody."""
        await self._act("silences", whom=_named(whom))

    async def opens_topic(self, name: str) -> int:
        """Opens a topic and returns its id."""
        return (await self._act("opens_topic", name=name))[-1].id

    async def renames_topic(self, topic: int, name: str) -> None:
        """Gives a topic another name."""
        await self._act("renames_topic", topic=topic, name=name)

    async def closes_topic(self, topic: int) -> None:
        """Closes a topic: only administrators of topics may write there."""
        await self._act("closes_topic", topic=topic)

    async def reopens_topic(self, topic: int) -> None:
        """Opens a closed topic again."""
        await self._act("reopens_topic", topic=topic)

    async def deletes_topic(self, topic: int) -> None:
        """Deletes a topic with everything in it; the bot is not told."""
        await self._act("deletes_topic", topic=topic)

    async def switches_topics(self, on: bool) -> None:
        """Makes a forum of the group, or takes the topics away."""
        await self._act("switches_topics", on=on)

    async def deletes(self, message: Bubble) -> None:
        """Deletes a message for everybody; the bot is not told."""
        await self._act("deletes_message", message=message.id)

    async def upgrades(self) -> Room:
        """Makes a supergroup of the group and returns it; the old id answers no more."""
        lines = await self._act("upgrades")
        return Room(int(lines[0].content["migrate_to_chat_id"]), self.room.title)


def _named(whom: Phone | None) -> dict[str, object] | None:
    return None if whom is None else vars(whom.person)
