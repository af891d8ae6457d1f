"""Who somebody is at Telegram: found by a blind index, opened only to deliver."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, exists, select, update

from storage.queries.base import Queries, in_both
from storage.tables import Base
from storage.tables_messages import ChatLease
from storage.tables_people import Identity, Person

_IDENTITIES, _PEOPLE = Base.metadata.tables["identities"], Base.metadata.tables["people"]

# Every update goes through this: built once, it costs half.
_SEEN = in_both(
    lambda among: (
        update(_PEOPLE)
        .where(among(_PEOPLE.c.id, "people"), exists().where(_IDENTITIES.c.person_id == _PEOPLE.c.id))
        .values(last_seen_at=bindparam("now"))
        .returning(_PEOPLE.c.id)
    )
)


class Identities(Queries):
    """The only queries that seal and open identities."""

    async def meet(
        self,
        chat_id: int,
        now: datetime,
        *,
        name: str | None = None,
        username: str | None = None,
        locale: str = "id",
    ) -> Person:
        """The person of a private chat, made at the first meeting in the language given; names are kept sealed."""
        identity = await self._identity(chat_id)
        if identity is None:
            return await self._make(chat_id, now, name, username, locale)
        person = await self._session.get_one(Person, identity.person_id)
        person.last_seen_at = now
        self._renew(identity, chat_id, name, username)
        return person

    async def seen(self, person_ids: Collection[int], now: datetime) -> Collection[int]:
        """Some people have spoken; returns those whose identity was not erased meanwhile."""
        spoken = {"people": list(person_ids), "now": now}
        return (await self._session.scalars(_SEEN[self._on_postgresql], spoken)).all()

    async def person_of(self, chat_id: int) -> Person | None:
        """The person of a private chat, if we have met."""
        identity = await self._identity(chat_id)
        return None if identity is None else await self._session.get_one(Person, identity.person_id)

    async def behind(self, chat_index: str) -> int | None:
        """The number of the person whose private chat has this blind index."""
        found = await self._session.scalar(select(Identity.person_id).where(Identity.chat_index == chat_index))
        if found is not None:
            return found
        # During a rotation the chat and its person may stand under different keys for a while.
        sealed = await self._session.scalar(select(ChatLease.chat_key_sealed).where(ChatLease.chat_index == chat_index))
        key = self._open(sealed)
        identity = await self._identity(int(key)) if key and key.removeprefix("-").isdigit() else None
        return identity.person_id if identity else None

    async def ahead(self, person_ids: Collection[int]) -> None:
        """Reads the identities of several people at once; each stays sealed until it is asked for."""
        rows = await self._session.scalars(select(Identity).where(self._among(Identity.person_id, person_ids)))
        self._read = rows.all()

    async def chat_id_of(self, person_id: int) -> int | None:
        """Opens where a person is written to; None when the identity was erased."""
        identity = await self._session.get(Identity, person_id)
        return None if identity is None else int(self._keyring.decrypt(identity.chat_id_sealed))

    async def names_of(self, person_id: int) -> tuple[str | None, str | None]:
        """Name and username at Telegram, for the person themselves and for forgetting them."""
        identity = await self._session.get(Identity, person_id)
        if identity is None:
            return None, None
        return self._open(identity.name_sealed), self._open(identity.username_sealed)

    async def staff_name_of(self, person_id: int) -> str | None:
        """The name under which a member of staff was invited."""
        identity = await self._session.get(Identity, person_id)
        return None if identity is None else self._open(identity.staff_name_sealed)

    async def name_staff(self, person_id: int, staff_name: str | None) -> None:
        """Keeps the name under which a member of staff was invited."""
        identity = await self._session.get_one(Identity, person_id)
        identity.staff_name_sealed = self._seal(staff_name)

    async def _identity(self, chat_id: int) -> Identity | None:
        """Looks under every key: the row may still stand under one that is being replaced."""
        return await self._session.scalar(
            select(Identity).where(Identity.chat_index.in_(self._keyring.indexes(str(chat_id))))
        )

    async def _make(self, chat_id: int, now: datetime, name: str | None, username: str | None, locale: str) -> Person:
        person = Person(created_at=now, last_seen_at=now, locale=locale)
        self._session.add(person)
        await self._session.flush()
        identity = Identity(
            person_id=person.id,
            chat_index=self._keyring.index(str(chat_id)),
            chat_id_sealed=self._keyring.encrypt(str(chat_id)),
            name_sealed=self._seal(name),
            username_sealed=self._seal(username),
        )
        self._session.add(identity)
        await self._session.flush()
        return person

    def _renew(self, identity: Identity, chat_id: int, name: str | None, username: str | None) -> None:
        """Writes only what changed: two sealings of one value differ, and most updates change nothing."""
        newest = self._keyring.index(str(chat_id))
        if identity.chat_index != newest:
            identity.chat_index = newest
            identity.chat_id_sealed = self._keyring.encrypt(str(chat_id))
        if self._open(identity.name_sealed) != name:
            identity.name_sealed = self._seal(name)
        if self._open(identity.username_sealed) != username:
            identity.username_sealed = self._seal(username)
