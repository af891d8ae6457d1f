"""Evidence: files fetched into our own store, cleaned, opened for those who may, and erased."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.evidence import FetchState, Problem, Sort, claims_image, sort_of
from domain.lifecycle import Action
from domain.messages import Notice
from domain.refusals import StaleStep
from services.caller import Caller
from services.case_sheets import CaseSheet
from services.cleaning import cleaned
from services.moves import Mover, Words
from services.office import Office
from services.reading import Reader
from services.seeking import find
from services.shelf import Home, NewFile, Shelf
from storage.crypto import CannotOpen
from storage.files import FileGone, FileStore
from storage.tables_complaints import Complaint
from storage.tables_evidence import Attachment, StoredFile
from storage.unit_of_work import UnitOfWork

TRIES = 6
"""How often Telegram may refuse a file before it counts as lost; a road that is closed is no refusal."""

FETCH_LEASE = timedelta(minutes=2)
"""How long a file that is being fetched is left to whoever began."""

FIRST_REST = timedelta(seconds=5)
LONGEST_REST = timedelta(minutes=10)

SIBLING_WITHIN = timedelta(hours=1)
"""How late a photo of an album may come and still belong to it; they have been seen to come eleven seconds late."""

ORPHAN_AFTER_S = 3600
"""Seconds after which bytes that no row knows are taken away: bytes lie on disk before their row does."""

GIGABYTE = 1024**3

log = logging.getLogger(__name__)


class NoRoom(Exception):
    """The store has reached its limit; what is owed stays owed."""


@dataclass(frozen=True)
class Examined:
    """What came in, as it will be kept."""

    digest: str
    sort: Sort
    content: bytes
    cleaned: bool

    @classmethod
    def of(cls, content: bytes) -> Examined:
        """Tells the sort by the content and cleans what can be cleaned; it blocks for as long as that takes."""
        sort = sort_of(content)
        fresh = cleaned(content, sort)
        return cls(hashlib.sha256(content).hexdigest(), sort, fresh or content, fresh is not None)


class Evidence:
    """What is done with files once they have come in. Bytes are read and written outside of any transaction."""

    def __init__(self, office: Office, files: FileStore, limit: int = 10 * GIGABYTE) -> None:
        """Works on the shared register and on one store, which may hold `limit` bytes."""
        self._office = office
        self._files = files
        self.limit = limit
        self._one_picture_at_a_time = asyncio.Semaphore(1)

    @property
    def files(self) -> FileStore:
        """Where the bytes lie."""
        return self._files

    async def owed(self, now: datetime, limit: int) -> Sequence[tuple[int, str]]:
        """Takes files that are to be fetched: their ids and Telegram's handles.

        The attempt is counted before it is made: a file that ends the process that looks at it is lost after `TRIES`.
        """
        async with self._office.database.work(brief=True) as work:
            claimed = []
            for file in await work.evidence.claim_owed(now, limit, FETCH_LEASE):
                if file.attempts > TRIES:
                    await self._lose(work, file)
                else:
                    claimed.append((file.id, file.file_id))
            await work.commit()
            return claimed

    async def keep(self, attachment_id: int, content: bytes) -> None:
        """Keeps what was fetched, once, cleaned where that is possible; raises `NoRoom` and `OSError`.

        The sender of a picture that is none is told so, kindly; it is kept all the same.
        """
        async with self._one_picture_at_a_time:
            found = await asyncio.to_thread(Examined.of, content)
        async with self._office.database.reading() as work:
            known = await work.evidence.stored_with(found.digest)
            if known is None and await work.evidence.used() + len(found.content) > self.limit:
                raise NoRoom
        key = None if known else await asyncio.to_thread(self._files.put, found.content)
        async with self._office.database.work() as work:
            file = await work.evidence.get(attachment_id)
            # Somebody may have erased it, or fetched it too, meanwhile.
            if file is not None and file.state is FetchState.OWED:
                await self._enter(work, file, found, key)
            await work.commit()

    async def _enter(self, work: UnitOfWork, file: Attachment, found: Examined, key: str | None) -> None:
        stored = await work.evidence.stored_with(found.digest)
        if stored is None:
            if key is None:
                # What was known a moment ago has just been erased: it is fetched again.
                return
            stored = StoredFile(
                fingerprint=work.evidence.fingerprint(found.digest),
                digest_sealed=work.evidence.seal_digest(found.digest),
                key=key,
                sort=found.sort,
                cleaned=found.cleaned,
                size=len(found.content),
            )
            work.evidence.add(stored)
            await work.flush()
        double = await work.evidence.has_double(file, stored.id)
        file.stored_id, file.state = stored.id, FetchState.DOUBLE if double else FetchState.KEPT
        image = claims_image(file.kind, work.evidence.open_name(file), file.media_type)
        if image and not found.cleaned and not double:
            await self._tell(work, file, Problem.NO_IMAGE)

    async def put_off(self, attachment_id: int, *, refused: bool) -> None:
        """Leaves a file for later; one that Telegram has refused `TRIES` times is lost, and its sender is told."""
        async with self._office.database.work() as work:
            file = await work.evidence.get(attachment_id)
            if file is not None and file.state is FetchState.OWED:
                # Counted when it was taken; a road that is closed is given back.
                file.attempts -= 0 if refused else 1
                if file.attempts >= TRIES:
                    await self._lose(work, file)
                else:
                    rest = min(LONGEST_REST, FIRST_REST * (2**file.attempts))
                    file.fetch_at = self._office.clock() + rest
            await work.commit()

    async def give_up(self, attachment_id: int) -> None:
        """The file can never be fetched; that is seen, and its sender is told."""
        async with self._office.database.work() as work:
            file = await work.evidence.get(attachment_id)
            if file is not None and file.state is FetchState.OWED:
                await self._lose(work, file)
            await work.commit()

    async def _lose(self, work: UnitOfWork, file: Attachment) -> None:
        file.state = FetchState.LOST
        await self._tell(work, file, Problem.LOST)

    async def _tell(self, work: UnitOfWork, file: Attachment, problem: Problem) -> None:
        key = f"{Notice.FILE_PROBLEM}:{file.id}"
        data = {"problem": problem.value, "kind": file.kind.value}
        await work.outbox.add(key, file.person_id, Notice.FILE_PROBLEM, self._office.clock(), data=data)

    async def bytes_of(self, stored_id: int) -> bytes | None:
        """What lies in the store; None when it is gone."""
        async with self._office.database.reading() as work:
            stored = await work.evidence.stored(stored_id)
        if stored is None:
            return None
        try:
            return await asyncio.to_thread(self._files.get, stored.key)
        except (FileGone, CannotOpen) as error:
            log.error("stored_file=%d cannot be read: %s", stored_id, type(error).__name__)
            return None

    async def uploaded(self, stored_id: int, handle: str) -> None:
        """Remembers Telegram's name of our own upload: the next reader gets it without another one."""
        async with self._office.database.work() as work:
            stored = await work.evidence.stored(stored_id)
            if stored is not None:
                stored.handle = handle
            await work.commit()

    async def ask(self, by: Caller, number: str) -> CaseSheet:
        """Owes the asker the files of a complaint that they may read; two taps within ten seconds are one."""
        async with self._office.database.work(by.cause) as work:
            complaint = await find(work, self._office, by.actor, number)
            await self._owe(work, by, complaint)
            sheet = await Reader(self._office, work, by.actor).case(complaint)
            await work.commit()
            return sheet

    async def _owe(self, work: UnitOfWork, by: Caller, complaint: Complaint) -> None:
        now = self._office.clock()
        key = f"{Notice.FILES}:{complaint.id}:{by.person_id}:{int(now.timestamp()) // 10}"
        await work.outbox.add(key, by.person_id, Notice.FILES, now, complaint_id=complaint.id)

    async def release(self, by: Caller, number: str, attachment_id: int) -> CaseSheet:
        """A coordinator opens a withheld file for the unit, which is written into the timeline; the unit is told.

        Raises `StaleStep` for a file that is not there or was released before, and what `allow` raises.
        """
        async with self._office.database.work(by.cause) as work:
            complaint = await find(work, self._office, by.actor, number)
            rows = await work.evidence.of_complaint(complaint.id)
            place = next((at for at, (file, _) in enumerate(rows, start=1) if file.id == attachment_id), None)
            if place is None or rows[place - 1][0].released_at is not None:
                raise StaleStep
            words = Words(data={"file": place})
            await Mover(self._office, work).move(complaint, by.actor, Action.RELEASE_FILE, words)
            rows[place - 1][0].released_at = self._office.clock()
            sheet = await Reader(self._office, work, by.actor).case(complaint)
            await work.commit()
            return sheet

    async def home_of(self, by: Caller, album: str) -> str | None:
        """The number of the complaint that an album's earlier photos have gone to already; None while they wait."""
        async with self._office.database.reading() as work:
            complaint_id = await _gone_to(work, await self._earlier(work, by, album))
            return (await work.complaints.get(complaint_id)).number if complaint_id is not None else None

    async def join(self, by: Caller, file: NewFile) -> int:
        """Lets a late photo of an album follow its siblings to their complaint; returns how many are there now."""
        async with self._office.database.work(by.cause) as work:
            earlier = await self._earlier(work, by, file.album or "")
            if earlier is None or await _gone_to(work, earlier) is None:
                raise StaleStep
            home = Home.of(earlier)
            await Shelf(work, self._office.clock(), self._office.limits).put(
                by.person_id, file, home, by_staff=earlier.by_staff
            )
            count = len(await work.evidence.names_in(home.column, home.id))
            await work.commit()
            return count

    async def _earlier(self, work: UnitOfWork, by: Caller, album: str) -> Attachment | None:
        return await work.evidence.of_album(by.person_id, album, self._office.clock() - SIBLING_WITHIN)

    async def sweep(self, _now: datetime) -> int:
        """Takes away what nobody needs: files of discarded drafts, bytes for which nothing stands; returns how many.

        Whoever erases a person or a complaint deletes its rows; the bytes go here, unless somebody else sent the same.
        """
        async with self._office.database.work() as work:
            await work.evidence.forget_discarded()
            keys = await work.evidence.drop_unused()
            await work.commit()
        lying = await asyncio.to_thread(lambda: list(self._files.older_than(ORPHAN_AFTER_S)))
        async with self._office.database.reading() as work:
            orphans = await work.evidence.unknown_among(lying)
        await self._burn({*keys, *orphans})
        return len({*keys, *orphans})

    async def _burn(self, keys: Iterable[str]) -> None:
        for key in keys:
            await asyncio.to_thread(self._files.erase, key)


async def _gone_to(work: UnitOfWork, file: Attachment | None) -> int | None:
    """The complaint that a file belongs to, or is on its way to with words that were sent."""
    if file is None or file.composed_by is None:
        return file.complaint_id if file else None
    words = await work.drafts.composition_of(file.composed_by)
    return words.complaint_id if words and words.leaves_at else None
