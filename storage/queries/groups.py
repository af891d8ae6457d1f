"""The groups of units and the cards in them: found by a blind index, opened only to deliver."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select, update

from storage.queries.base import Queries
from storage.tables_groups import GroupCard, GroupCode, UnitGroup


class Groups(Queries):
    """Queries on groups. Cards are locked when they are read to be changed: delivery and people meet at them."""

    async def of_unit(self, unit_id: int) -> UnitGroup | None:
        """The group of a unit, reachable or not."""
        return await self._session.scalar(select(UnitGroup).where(UnitGroup.unit_id == unit_id))

    async def of_chat(self, chat_id: int) -> UnitGroup | None:
        """The group that a chat is; looks under every key, since one may be in the place of another just now."""
        indexes = self._keyring.indexes(str(chat_id))
        return await self._session.scalar(select(UnitGroup).where(UnitGroup.chat_index.in_(indexes)))

    async def get(self, group_id: int) -> UnitGroup | None:
        """The group of this id, read anew."""
        return await self._session.get(UnitGroup, group_id, populate_existing=True)

    async def lost(self, unit_ids: Sequence[int]) -> Sequence[UnitGroup]:
        """The groups of some units in which nothing arrives."""
        found = select(UnitGroup).where(UnitGroup.unit_id.in_(unit_ids), UnitGroup.lost_at.is_not(None))
        return (await self._session.scalars(found.order_by(UnitGroup.id))).all()

    async def ailing(self, since: datetime) -> Sequence[UnitGroup]:
        """The groups in which nothing arrives, or something went wrong since an instant."""
        ailing = or_(UnitGroup.lost_at.is_not(None), UnitGroup.error_at >= since)
        return (await self._session.scalars(select(UnitGroup).where(ailing).order_by(UnitGroup.id))).all()

    async def hush(self, now: datetime) -> None:
        """Lets nothing be said that a lost register may have said, and withdraws codes; cards still change."""
        quietly = {"synchronize_session": False}
        await self._session.execute(update(GroupCard).values(owed=[]), execution_options=quietly)
        unused = update(GroupCode).where(GroupCode.used_at.is_(None), GroupCode.expires_at > now)
        await self._session.execute(unused.values(expires_at=now), execution_options=quietly)

    def chat_id_of(self, group: UnitGroup) -> int:
        """Opens where the group is written to."""
        return int(self._keyring.decrypt(group.chat_id_sealed))

    async def connect(self, unit_id: int, chat_id: int, now: datetime, *, topics: bool) -> UnitGroup:
        """Makes a chat the group of a unit that has none."""
        group = UnitGroup(unit_id=unit_id, topics=topics, connected_at=now, not_before=now)
        self._place(group, chat_id)
        self._session.add(group)
        await self._session.flush()
        return group

    def move(self, group: UnitGroup, chat_id: int) -> None:
        """The chat has another id now."""
        self._place(group, chat_id)

    async def end(self, group: UnitGroup) -> None:
        """Forgets a group and its cards."""
        await self._session.flush()
        await self._session.execute(delete(GroupCard).where(GroupCard.group_id == group.id))
        await self._session.delete(group)
        await self._session.flush()

    async def card(self, group_id: int, complaint_id: int) -> GroupCard | None:
        """The card of a complaint in a group, locked."""
        return await self._locked(
            select(GroupCard).where(GroupCard.group_id == group_id, GroupCard.complaint_id == complaint_id)
        )

    async def card_of(self, group_id: int, complaint_id: int) -> GroupCard:
        """The same, made if there is none yet."""
        await self._session.flush()
        new = self._insert(GroupCard).values(
            group_id=group_id, complaint_id=complaint_id, announced=False, closed=False, titled=False
        )
        await self._session.execute(
            new.values(wanted=0, shown=0, attempts=0, owed=[]).on_conflict_do_nothing(
                index_elements=[GroupCard.group_id, GroupCard.complaint_id]
            )
        )
        card = await self.card(group_id, complaint_id)
        if card is None:
            raise LookupError("a card that was just written is not there")
        return card

    async def card_by_id(self, card_id: int) -> GroupCard | None:
        """A card by its own id, locked; None once its group is forgotten."""
        return await self._locked(select(GroupCard).where(GroupCard.id == card_id))

    async def cards_of_complaint(self, complaint_id: int) -> Sequence[tuple[GroupCard, UnitGroup]]:
        """Every card of a complaint with its group, locked."""
        rows = await self._session.execute(
            select(GroupCard, UnitGroup)
            .join(UnitGroup, UnitGroup.id == GroupCard.group_id)
            .where(GroupCard.complaint_id == complaint_id)
            .order_by(GroupCard.id)
            .with_for_update(of=GroupCard)
            .execution_options(populate_existing=True)
        )
        return [(card, group) for card, group in rows]

    async def cards_of(self, group_id: int) -> Sequence[GroupCard]:
        """Every card of a group, locked."""
        found = select(GroupCard).where(GroupCard.group_id == group_id).order_by(GroupCard.id)
        held = found.with_for_update().execution_options(populate_existing=True)
        return (await self._session.scalars(held)).all()

    async def card_at(self, group_id: int, message_id: int) -> GroupCard | None:
        """The card that a message is."""
        return await self._session.scalar(
            select(GroupCard).where(GroupCard.group_id == group_id, GroupCard.message_id == message_id)
        )

    async def card_in(self, group_id: int, thread_id: int) -> GroupCard | None:
        """The card that a topic was opened for."""
        return await self._session.scalar(
            select(GroupCard).where(GroupCard.group_id == group_id, GroupCard.thread_id == thread_id)
        )

    async def due_cards(self, group_id: int, now: datetime) -> Sequence[GroupCard]:
        """The cards of a group that wait for something, the longest first, locked."""
        due = select(GroupCard).where(GroupCard.group_id == group_id, GroupCard.due_at <= now)
        held = due.order_by(GroupCard.due_at, GroupCard.id).with_for_update()
        return (await self._session.scalars(held.execution_options(populate_existing=True))).all()

    async def waiting(self, group_id: int) -> int:
        """How many cards of a group wait for something."""
        count = select(func.count()).where(GroupCard.group_id == group_id, GroupCard.due_at.is_not(None))
        return await self._session.scalar(count) or 0

    async def any_due(self, now: datetime) -> bool:
        """Whether it is the turn of any group."""
        return await self._session.scalar(select(UnitGroup.id).where(_its_turn(now)).limit(1)) is not None

    async def claim(self, now: datetime, limit: int, lease: timedelta) -> Sequence[UnitGroup]:
        """Takes groups whose turn it is and where something is due; each is held until it is recorded or runs out."""
        found = await self._session.scalars(
            select(UnitGroup)
            .where(_its_turn(now))
            .order_by(UnitGroup.not_before, UnitGroup.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        )
        groups = found.all()
        for group in groups:
            group.leased_until = now + lease
        return groups

    async def add_code(self, code_hash: str, unit_id: int, now: datetime, expires_at: datetime) -> None:
        """Keeps a code, and forgets those that have run out."""
        await self._session.execute(delete(GroupCode).where(GroupCode.expires_at <= now))
        self._session.add(GroupCode(code_hash=code_hash, unit_id=unit_id, expires_at=expires_at))
        await self._session.flush()

    async def use_code(self, code_hash: str, unit_ids: Sequence[int], now: datetime) -> int | None:
        """Uses a code of one of these units up, once; returns its unit, or None for any other code."""
        return await self._session.scalar(
            update(GroupCode)
            .where(
                GroupCode.code_hash == code_hash,
                GroupCode.unit_id.in_(unit_ids),
                GroupCode.used_at.is_(None),
                GroupCode.expires_at > now,
            )
            .values(used_at=now)
            .returning(GroupCode.unit_id)
            .execution_options(synchronize_session=False)
        )

    async def _locked(self, found: Select[GroupCard]) -> GroupCard | None:
        await self._session.flush()
        held = found.with_for_update().execution_options(populate_existing=True)
        return (await self._session.scalars(held)).one_or_none()

    def _place(self, group: UnitGroup, chat_id: int) -> None:
        group.chat_index = self._keyring.index(str(chat_id))
        group.chat_id_sealed = self._keyring.encrypt(str(chat_id))


def _its_turn(now: datetime) -> ColumnElement[bool]:
    return and_(
        UnitGroup.lost_at.is_(None),
        UnitGroup.not_before <= now,
        or_(UnitGroup.leased_until.is_(None), UnitGroup.leased_until <= now),
        exists().where(GroupCard.group_id == UnitGroup.id, GroupCard.due_at <= now),
    )
