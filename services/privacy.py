"""People and their own data: what they decide, everything that is held about them, and being forgotten."""

from __future__ import annotations

from domain.privacy import CONFIRM_WITHIN, CONSENT_VERSION, Extra
from domain.refusals import StaleStep
from services.caller import Caller
from services.erasing import Eraser
from services.held_data import held_data
from services.office import Office
from services.privacy_sheets import ChoicesSheet, ErasureSheet, HeldDataSheet
from storage.tables_privacy import Consent
from storage.unit_of_work import UnitOfWork


class Privacy:
    """The rights of a person over their data (UU 27/2022): access, restriction, withdrawal of consent, erasure."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def choices(self, by: Caller) -> ChoicesSheet:
        """What the person has decided."""
        async with self._office.database.reading() as work:
            return await _choices(work, by)

    async def consent(self, by: Caller, extra: Extra, *, given: bool) -> ChoicesSheet:
        """Keeps an answer with its wording and its time; the same answer twice is one."""
        async with self._office.database.work(by.cause) as work:
            if await work.privacy.agrees(by.person_id, extra) is not given:
                now = self._office.clock()
                answer = Consent(person_id=by.person_id, extra=extra, given=given, version=CONSENT_VERSION, at=now)
                work.privacy.add(answer)
                await work.flush()
            sheet = await _choices(work, by)
            await work.commit()
            return sheet

    async def restrict(self, by: Caller, *, restricted: bool) -> ChoicesSheet:
        """Closes to the public what the person filed and keeps it from learning and surveys, or opens it again."""
        async with self._office.database.work(by.cause) as work:
            wish = await work.privacy.wishing(by.person_id)
            wish.restricted_at = (wish.restricted_at or self._office.clock()) if restricted else None
            await work.flush()
            sheet = await _choices(work, by)
            await work.commit()
            return sheet

    async def everything(self, by: Caller) -> HeldDataSheet:
        """Everything that is held about the caller, the processing log of each complaint included."""
        async with self._office.database.reading() as work:
            return await held_data(self._office, work, by.person_id)

    async def ask_erasure(self, by: Caller) -> ErasureSheet:
        """First step: what would go and what would stay; from here the confirming word is waited for."""
        async with self._office.database.work(by.cause) as work:
            sheet = await _reach(work, by)
            wish = await work.privacy.wishing(by.person_id)
            wish.erasure_asked_at = self._office.clock() if sheet.possible else None
            await work.commit()
            return sheet

    async def keep(self, by: Caller) -> None:
        """Gives up an erasure that was asked for: its word means nothing any more."""
        async with self._office.database.work(by.cause) as work:
            wish = await work.privacy.wishing(by.person_id)
            wish.erasure_asked_at = None
            await work.commit()

    async def erase(self, by: Caller) -> ErasureSheet:
        """Second step: forgets the caller, for good; with a legal hold or on duty nothing changes.

        Raises `StaleStep` when it was not asked for within the last half hour.
        """
        async with self._office.database.work(by.cause) as work:
            wish, now = await work.privacy.wish_of(by.person_id), self._office.clock()
            asked_at = wish.erasure_asked_at if wish else None
            if asked_at is None or asked_at < now - CONFIRM_WITHIN:
                raise StaleStep
            sheet = await _reach(work, by)
            if sheet.possible:
                await Eraser(work, now).person(by.person_id)
            await work.commit()
            return sheet


async def _choices(work: UnitOfWork, by: Caller) -> ChoicesSheet:
    wish = await work.privacy.wish_of(by.person_id)
    survey = await work.privacy.agrees(by.person_id, Extra.SURVEY)
    return ChoicesSheet(survey=survey, restricted=bool(wish and wish.restricted_at))


async def _reach(work: UnitOfWork, by: Caller) -> ErasureSheet:
    filed = await work.erasures.all_of(by.person_id)
    held = await work.privacy.held_among([complaint.id for complaint in filed])
    return ErasureSheet(
        complaints=len(filed),
        drafts=len(await work.drafts.unsent_of(by.person_id)),
        held=tuple(complaint.number for complaint in filed if complaint.id in held),
        on_duty=bool(await work.staff.memberships_of(by.person_id)),
    )
