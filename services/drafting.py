"""The work on one draft within one unit of work: keeping answers, finding the next question, proposing agencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from domain.drafting import DRAFTS_MAX, FILES_MAX, STORY_MAX, TEXT_MIN, DraftState, FileKind, FileState, Step, next_step
from domain.refusals import NotUnderstood
from routing.hints import Hint, respecting
from routing.places import Place, PlaceMatch, clear, time_zone_of
from routing.suggestion import Suggestions
from services.arriving import Arriving
from services.caller import Caller
from services.office import HOME_ZONE, Office
from services.previewing import as_officer, as_public, telling_phrases
from services.reading import candidate_sheets, file_sheets, place_sheet
from services.sheets import DraftSheet
from storage.tables import Attachment, Draft
from storage.unit_of_work import UnitOfWork

PLACE_CHOICES = 5
"""How many places of one name are offered at most."""

QUESTION = "question."
"""How the keys of questions between two offices begin."""


@dataclass(frozen=True)
class NewFile:
    """A file that has just come in; `size` in bytes where Telegram says it."""

    kind: FileKind
    file_id: str
    file_unique_id: str
    name: str | None = None
    size: int | None = None


def place_of(stored: dict[str, Any] | None) -> Place | None:
    """The recognised place of a draft or a complaint; None while there is none."""
    return Place(**stored) if stored else None


def _names_regency(words: str, place: Place) -> bool:
    """Whether somebody's words name the kabupaten or kota of a place."""
    bare = (place.regency or "").casefold().removeprefix("kabupaten ").removeprefix("kota ").strip()
    return bool(bare) and bare in words.casefold()


def _asked(found: Suggestions, others: int) -> str | None:
    """The name of the question between the first two candidates, if both are shown."""
    if found.question is None or not others:
        return None
    return found.question.key.removeprefix(QUESTION)


def forget_agencies(draft: Draft) -> None:
    """What was proposed for another text or place is not proposed for this one."""
    draft.suggestions, draft.chosen = None, None


@dataclass
class DraftDesk:
    """Works on drafts within one unit of work."""

    office: Office
    work: UnitOfWork

    async def new(self, by: Caller) -> Draft:
        """Opens a draft at its first question; raises `NotUnderstood("drafts_many")`."""
        if len(await self.work.drafts.waiting(by.person_id)) >= DRAFTS_MAX:
            raise NotUnderstood("drafts_many")
        now = self.office.clock()
        draft = Draft(
            person_id=by.person_id,
            state=DraftState.OPEN,
            step=Step.TEXT,
            text="",
            place_choices=[],
            time_finished=False,
            evidence_finished=False,
            privacy_finished=False,
            anonymous=False,
            secret=False,
            name_asked=False,
            editing=False,
            confident=False,
            accuses=False,
            created_at=now,
            updated_at=now,
        )
        self.work.drafts.add(draft)
        await self.work.flush()
        await Arriving(self.office, self.work).fill(draft)
        return draft

    async def take_hint(self, draft: Draft) -> None:
        """Gives an open draft what the link says by which its writer came; a question that is answered stays so."""
        if await Arriving(self.office, self.work).fill(draft):
            if draft.chosen is None:
                forget_agencies(draft)
            if not draft.editing and draft.text:
                self.advance(draft)

    async def put_aside(self, draft: Draft) -> None:
        """Keeps a draft for later; one in which nothing was told is not worth keeping."""
        told = draft.text or draft.place_text or draft.place or await self.work.drafts.attachments(draft.id)
        draft.state = DraftState.KEPT if told else DraftState.DISCARDED
        await self.work.flush()

    def describe(self, draft: Draft, text: str) -> None:
        """Keeps the description; raises `NotUnderstood` by its length."""
        said = text.strip()
        if len(said) < TEXT_MIN:
            raise NotUnderstood("text_short")
        if len(said) > STORY_MAX:
            raise NotUnderstood("story_long")
        draft.text = said
        forget_agencies(draft)
        if draft.place is None and not draft.place_choices:
            named = self.office.matcher.gazetteer.mentions(said)
            # The person confirms what the description names, the program does not assume it.
            self._offer(draft, [match for match in named if match.place.regency])

    @staticmethod
    def is_short(text: str) -> bool:
        """Whether a text is too short to tell anybody what is wrong."""
        return len(text.strip()) < TEXT_MIN

    def add_words(self, draft: Draft, text: str) -> bool:
        """Begins the description or goes on with it; returns False for a text too short to be part of one.

        Raises `NotUnderstood("story_long")` when both together are too long.
        """
        if self.is_short(text):
            return False
        self.describe(draft, "\n\n".join(part for part in (draft.text, text.strip()) if part))
        return True

    def leave_as_it_was(self, draft: Draft) -> None:
        """Goes back to the review: the answer that was to be mended still stands."""
        draft.evidence_finished = draft.privacy_finished = True
        self.advance(draft)

    def settle_place(self, draft: Draft, matches: Sequence[PlaceMatch]) -> None:
        """Takes the one place that is surely meant, or offers those that may be.

        A name that many places could have ("rumah pak lurah" is a village of Cirebon) is only taken when the words
        name its kabupaten or kota as well; else the person confirms it.
        """
        place = clear(matches)
        if place is not None and not _names_regency(draft.place_text or "", place):
            place = None
        draft.place = None if place is None else asdict(place)
        self._offer(draft, [] if place else matches)
        forget_agencies(draft)

    @staticmethod
    def _offer(draft: Draft, matches: Sequence[PlaceMatch]) -> None:
        draft.place_choices = [asdict(match.place) for match in matches[:PLACE_CHOICES]]

    def advance(self, draft: Draft) -> None:
        """Finds the next open question; agencies are proposed when it comes to them."""
        draft.step = next_step(draft)
        draft.editing = False
        draft.updated_at = self.office.clock()
        if draft.step in (Step.AGENCY, Step.REVIEW) and draft.suggestions is None:
            matcher = self.office.matcher
            found = matcher.suggest(draft.text, place_of(draft.place))
            found = respecting(found, Hint(**(draft.hint or {})), matcher.directory)
            # An office for which none of the person's words speak would only puzzle them.
            spoken_for = [candidate for candidate in found.candidates[1:] if candidate.because]
            draft.suggestions = [asdict(candidate) for candidate in (*found.candidates[:1], *spoken_for)]
            draft.confident, draft.accuses = found.confident, found.accuses
            draft.question = _asked(found, len(spoken_for))

    def ask_again(self, draft: Draft, step: Step) -> None:
        """Opens one question again; its answer stays until it is answered anew."""
        draft.step = Step.PLACE if step is Step.PLACE_CHOICE else step
        draft.editing = True
        match step:
            case Step.EVIDENCE:
                draft.evidence_finished = False
            case Step.PRIVACY:
                draft.privacy_finished = False
            case _:
                pass

    def name(self, draft: Draft, name: str | None) -> None:
        """Keeps, sealed, the name that the officer may see."""
        draft.shown_name_sealed = self.work.drafts.seal_name(name)
        draft.name_asked = True

    async def attach(self, draft: Draft, file: NewFile) -> None:
        """Keeps a file once. A photo has lost its metadata at Telegram; all else waits for inspection.

        Raises `NotUnderstood("files_many")` when there are `FILES_MAX` already.
        """
        known = {kept.file_unique_id for kept in await self.work.drafts.attachments(draft.id)}
        if file.file_unique_id in known:
            return
        if len(known) >= FILES_MAX:
            raise NotUnderstood("files_many")
        row = Attachment(
            draft_id=draft.id,
            kind=file.kind,
            state=FileState.OPEN if file.kind is FileKind.PHOTO else FileState.WAITING,
            file_id=file.file_id,
            file_unique_id=file.file_unique_id,
            file_name_sealed=self.work.drafts.seal_name(file.name),
            size=file.size,
            added_at=self.office.clock(),
        )
        self.work.drafts.add(row)
        draft.updated_at = self.office.clock()
        await self.work.flush()

    def today(self, draft: Draft) -> date:
        """The date where it happened, or in Jakarta while that is not known."""
        code = (draft.place or {}).get("code")
        return self.office.clock().astimezone(ZoneInfo(time_zone_of(code) if code else HOME_ZONE)).date()

    async def sheet(self, draft: Draft, *, resumed: bool = False, aside: bool = False) -> DraftSheet:
        """The draft for the person who tells it."""
        files = await self.work.drafts.attachments(draft.id)
        name = self.work.drafts.open_name(draft)
        leaving = draft.step is Step.REVIEW
        choices = (place_sheet(None, choice) for choice in draft.place_choices)
        return DraftSheet(
            id=draft.id,
            step=draft.step,
            text=draft.text,
            kind=draft.kind,
            place=place_sheet(draft.place_text, draft.place),
            place_choices=tuple(choice.label or "" for choice in choices if choice),
            occurred=draft.occurred_text,
            occurred_on=draft.occurred_on,
            files=file_sheets(files, own=True),
            anonymous=draft.anonymous,
            secret=draft.secret,
            shown_name=name,
            candidates=candidate_sheets(draft.suggestions),
            confident=draft.confident,
            chosen=draft.chosen,
            accuses=draft.accuses,
            editing=draft.editing,
            resumed=resumed,
            aside=aside,
            question=draft.question if draft.suggestions else None,
            officer=as_officer(draft, files, name) if leaving else None,
            public=as_public(draft) if leaving else None,
            telling=telling_phrases(draft) if leaving else (),
        )
