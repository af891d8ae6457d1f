"""Files that people sent: where each belongs, how far it has come, which bytes it stands for."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, select, update

from domain.drafting import FILE_MAX, DraftState
from domain.evidence import FetchState
from storage.queries.base import Queries, grouped
from storage.tables_drafts import Draft
from storage.tables_evidence import Attachment, StoredFile

FileRow = tuple[Attachment, StoredFile | None]
"""A file with what of it lies in our store, if anything does yet."""


HomeColumn = Literal["draft_id", "composed_by", "event_id"]
"""The column that says where a file belongs."""


def _rows(*where: ColumnElement[bool]) -> Select[Attachment, StoredFile]:
    return (
        select(Attachment, StoredFile)
        .outerjoin(StoredFile, StoredFile.id == Attachment.stored_id)
        .where(*where, Attachment.state != FetchState.DOUBLE)
        .order_by(Attachment.id)
    )


_OF_DRAFT = _rows(Attachment.draft_id == bindparam("draft"))


class Evidence(Queries):
    """Queries on attachments and stored files. A double of a file of the same complaint is not listed."""

    _came = False
    """Whether a file has come in this unit of work."""

    def add(self, row: Attachment | StoredFile) -> None:
        """Keeps a new row with the unit of work."""
        self._session.add(row)
        self._came = True

    async def get(self, attachment_id: int) -> Attachment | None:
        """The file of this id; None once it is erased."""
        return await self._session.get(Attachment, attachment_id)

    async def ahead(self, complaint_ids: Collection[int]) -> None:
        """Reads the files of several complaints at once."""
        rows = await self._rows(self._among(Attachment.complaint_id, complaint_ids))
        self._ahead = grouped(complaint_ids, rows, lambda row: row[0].complaint_id or 0)

    async def of_complaint(self, complaint_id: int) -> Sequence[FileRow]:
        """The files of a complaint in the order they came."""
        if complaint_id in self._ahead:
            return self._ahead[complaint_id]
        return await self._rows(Attachment.complaint_id == complaint_id)

    async def of_draft(self, draft: Draft) -> Sequence[FileRow]:
        """The files of a draft in the order they came."""
        if draft.has_files is False and not self._came:
            return ()
        await self._session.flush()
        return [(file, stored) for file, stored in await self._session.execute(_OF_DRAFT, {"draft": draft.id})]

    async def of_composition(self, person_id: int) -> Sequence[FileRow]:
        """The files that go with the words that somebody is writing."""
        return await self._rows(Attachment.composed_by == person_id)

    async def of_event(self, complaint_id: int, event_id: int) -> Sequence[FileRow]:
        """The files that came with one line of a complaint's timeline."""
        return await self._rows(Attachment.complaint_id == complaint_id, Attachment.event_id == event_id)

    async def names_in(self, column: HomeColumn, home_id: int | None) -> set[str]:
        """What Telegram calls the files of a draft, a composition or an event, doubles among them."""
        where = getattr(Attachment, column) == home_id
        return set(await self._session.scalars(select(Attachment.file_unique_id).where(where)))

    async def has_double(self, file: Attachment, stored_id: int) -> bool:
        """Whether the same draft, composition or complaint has these bytes already."""
        homes = (Attachment.complaint_id, Attachment.draft_id, Attachment.composed_by)
        home = next((column for column in homes if getattr(file, column.key) is not None), None)
        if home is None:
            return False
        same = (home == getattr(file, home.key), Attachment.stored_id == stored_id, Attachment.id != file.id)
        return await self._session.scalar(select(Attachment.id).where(*same).limit(1)) is not None

    async def of_album(self, person_id: int, album: str, since: datetime) -> Attachment | None:
        """The latest file of an album that somebody sent since an instant."""
        statement = (
            select(Attachment)
            .where(Attachment.person_id == person_id, Attachment.album == album, Attachment.added_at >= since)
            .order_by(Attachment.id.desc())
            .limit(1)
        )
        return await self._session.scalar(statement)

    async def hand_over(self, draft_id: int, complaint_id: int, event_id: int | None = None) -> None:
        """Gives the files of a draft to the complaint that it has become, or to a line of another one's timeline."""
        await self._set(Attachment.draft_id == draft_id, complaint_id=complaint_id, event_id=event_id)

    async def sent_along(self, person_id: int, complaint_id: int, event_id: int) -> None:
        """Gives the files of a composition to the event that it has become."""
        composed = Attachment.composed_by == person_id
        await self._set(composed, complaint_id=complaint_id, event_id=event_id, composed_by=None)

    async def claim_owed(self, now: datetime, limit: int, lease: timedelta) -> Sequence[Attachment]:
        """Takes files that are to be fetched, each with one attempt more; others may try them after the lease."""
        due = (
            select(Attachment)
            .where(Attachment.state == FetchState.OWED, Attachment.fetch_at <= now)
            .order_by(Attachment.fetch_at, Attachment.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = (await self._session.scalars(due)).all()
        for row in rows:
            row.fetch_at = now + lease
            row.attempts += 1
        return rows

    async def sent_since(self, person_id: int, since: datetime) -> int:
        """Bytes of what somebody sent since an instant; what Telegram tells no size of may be as large as it takes."""
        size = func.coalesce(Attachment.size, FILE_MAX)
        sent = select(func.sum(size)).where(Attachment.person_id == person_id, Attachment.added_at >= since)
        return int(await self._session.scalar(sent) or 0)

    async def stored(self, stored_id: int) -> StoredFile | None:
        """What lies in our store under this id."""
        return await self._session.get(StoredFile, stored_id)

    async def stored_with(self, digest: str) -> StoredFile | None:
        """The stored file that came in with this content (a digest in hexadecimal)."""
        known = self._keyring.indexes(digest)
        return await self._session.scalar(select(StoredFile).where(StoredFile.fingerprint.in_(known)).limit(1))

    async def stored_as(self, file_unique_id: str) -> StoredFile | None:
        """The stored file that Telegram calls by this name, whoever sent it."""
        statement = (
            select(StoredFile)
            .join(Attachment, Attachment.stored_id == StoredFile.id)
            .where(Attachment.file_unique_id == file_unique_id)
            .limit(1)
        )
        return await self._session.scalar(statement)

    def fingerprint(self, digest: str) -> str:
        """The blind index of a content: who steals the table cannot ask whether a known picture is in it."""
        return self._keyring.index(digest)

    def seal_digest(self, digest: str) -> bytes:
        """Seals the digest of a content, for `digest_sealed`: another key makes the fingerprint anew from it."""
        return self._keyring.encrypt(digest)

    async def keys(self) -> Sequence[str]:
        """The keys of all stored files."""
        return (await self._session.scalars(select(StoredFile.key))).all()

    async def used(self) -> int:
        """Bytes that all stored files weigh together, before they are sealed."""
        return int(await self._session.scalar(select(func.coalesce(func.sum(StoredFile.size), 0))) or 0)

    async def counts(self) -> dict[FetchState, int]:
        """How many files are in each state; a state without any is left out."""
        rows = await self._session.execute(select(Attachment.state, func.count()).group_by(Attachment.state))
        return dict(iter(rows))

    async def forget_composition(self, person_id: int) -> None:
        """Forgets the files of words that were given up."""
        await self._forget(Attachment.composed_by == person_id)

    async def forget_discarded(self) -> None:
        """Forgets the files of drafts that were thrown away."""
        thrown = select(Draft.id).where(Draft.state == DraftState.DISCARDED)
        await self._forget(Attachment.draft_id.in_(thrown))

    async def drop_unused(self) -> list[str]:
        """Forgets stored files that no attachment stands for any more; returns the keys of their bytes."""
        used = select(Attachment.stored_id).where(Attachment.stored_id.is_not(None))
        unused = delete(StoredFile).where(StoredFile.id.not_in(used)).returning(StoredFile.key)
        return list(await self._session.scalars(unused.execution_options(synchronize_session=False)))

    async def unknown_among(self, keys: Iterable[str]) -> list[str]:
        """Those of the keys that no stored file has."""
        known = set(await self._session.scalars(select(StoredFile.key)))
        return [key for key in keys if key not in known]

    def seal_name(self, name: str | None) -> bytes | None:
        """Seals a file's name, for `file_name_sealed`: people write their own names into it."""
        return self._seal(name)

    def open_name(self, file: Attachment) -> str | None:
        """The name that the sender's machine gave the file."""
        return self._open(file.file_name_sealed)

    async def _rows(self, *where: ColumnElement[bool]) -> Sequence[FileRow]:
        await self._session.flush()
        return [(file, stored) for file, stored in await self._session.execute(_rows(*where))]

    async def _set(self, which: ColumnElement[bool], **values: int | None) -> None:
        await self._session.flush()
        await self._session.execute(update(Attachment).where(which).values(**values))

    async def _forget(self, which: ColumnElement[bool]) -> None:
        await self._session.flush()
        await self._session.execute(delete(Attachment).where(which).execution_options(synchronize_session=False))
