"""The work on one draft within one unit of work: keeping answers, finding the next question, proposing agencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from domain.drafting import (
    DRAFTS_MAX,
    NAME_MAX,
    STORY_MAX,
    TEXT_MIN,
    UNDECIDED,
    DraftState,
    Step,
    next_step,
)
from domain.lifecycle import OPEN_STATUSES
from domain.permissions import Actor
from domain.refusals import NotUnderstood
from domain.when import happened_on, is_future, mentioned
from routing.hints import Hint, respecting
from routing.places import Place, PlaceMatch, time_zone_of
from routing.suggestion import Suggestions
from services.arriving import Arriving
from services.caller import Caller
from services.fairness import within_drafts
from services.office import HOME_ZONE, Office
from services.placing import Placed, Placing
from services.previewing import as_officer, as_public, telling_phrases
from services.reading import Reader, candidate_sheets, file_sheets, place_sheet
from services.sheets import DraftSheet
from services.shelf import Home, NewFile, Shelf
from services.similar import Similar, may_be_offered
from services.support_sheets import SimilarLine
from storage.tables import Draft
from storage.tables_telling import HeardMessage
from storage.unit_of_work import UnitOfWork

PLACE_CHOICES = 5
"""How many places of one name are offered at most."""

PLACE, TIME = "place", "time"
"""What a story may tell besides what is wrong; kept in `Draft.noticed`."""

QUESTION = "question."
"""How the keys of questions between two offices begin."""


def place_of(stored: dict[str, Any] | None) -> Place | None:
    """The recognised place of a draft or a complaint; None while there is none."""
    return Place(**stored) if stored else None


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
    understood: bool = False
    """Whether a story has just told where or when, so that this must be shown."""

    async def new(self, by: Caller) -> Draft:
        """Opens a draft at its first question; raises `NotUnderstood("drafts_many")` or `Enough`."""
        if len(await self.work.drafts.waiting(by.person_id)) >= DRAFTS_MAX:
            raise NotUnderstood("drafts_many")
        await within_drafts(self.office, self.work, by.person_id)
        now = self.office.clock()
        draft = Draft(
            person_id=by.person_id,
            state=DraftState.OPEN,
            step=Step.TEXT,
            text="",
            voiced=False,
            place_choices=[],
            noticed=[],
            time_finished=False,
            evidence_finished=False,
            similar=[],
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
        told = draft.text or draft.place_text or draft.place or await self.work.evidence.of_draft(draft.id)
        draft.state = DraftState.KEPT if told else DraftState.DISCARDED
        await self.work.flush()

    def describe(self, draft: Draft, text: str) -> None:
        """Keeps the description; raises `NotUnderstood` by its length."""
        said = text.strip()
        if len(said) < TEXT_MIN:
            raise NotUnderstood("text_short")
        if len(said) > STORY_MAX:
            raise NotUnderstood("story_long")
        before, draft.text = list(draft.noticed), said
        forget_agencies(draft)
        self._notice(draft)
        self.understood = draft.noticed != before

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

    def take_place(self, draft: Draft, words: str) -> None:
        """Takes the answer to "di mana": one place, some to choose among, or words whose kabupaten must be asked."""
        draft.place_text = words.strip()
        self._settle(draft, self._placing.address(words, draft.text))

    def take_regency(self, draft: Draft, words: str) -> None:
        """Takes the kabupaten or kota of a landmark; raises `NotUnderstood("regency_unknown")`."""
        found = self._placing.regency(words)
        if found.place is None and not found.offered:
            raise NotUnderstood("regency_unknown")
        said = words.strip()
        known = ", ".join(part for part in (found.place.district, found.place.regency) if part) if found.place else ""
        if said.casefold() not in known.casefold():
            draft.place_text = f"{draft.place_text}, {said}"
        self._settle(draft, found)

    def take_time(self, draft: Draft, words: str) -> None:
        """Takes when it happened; raises `NotUnderstood("time_future")` for a day that is still to come."""
        today = self.today(draft)
        if is_future(words, today):
            raise NotUnderstood("time_future")
        draft.occurred_text, draft.occurred_on = words.strip()[:200], happened_on(words, today)
        self.time_told(draft)

    @staticmethod
    def time_told(draft: Draft) -> None:
        """The person has said when; the story has no say in it any more."""
        draft.time_finished = True
        draft.noticed = [each for each in draft.noticed if each != TIME]

    @staticmethod
    def place_told(draft: Draft) -> None:
        """The person has said where."""
        draft.place_choices = []
        draft.noticed = [each for each in draft.noticed if each != PLACE]
        forget_agencies(draft)

    def _settle(self, draft: Draft, found: Placed) -> None:
        self.place_told(draft)
        draft.place = None if found.place is None else asdict(found.place)
        self._offer(draft, found.offered)

    def _notice(self, draft: Draft) -> None:
        """Takes from the story where and when it happened, if it clearly says so; that is shown and can be mended."""
        self._unnotice(draft)
        if draft.place is None and not draft.place_text:
            found = self._placing.story(draft.text)
            if found.place is not None:
                draft.place, draft.place_choices = asdict(found.place), []
                draft.noticed = [*draft.noticed, PLACE]
            elif not draft.place_choices:
                # The person confirms what may be meant, the program does not assume it.
                self._offer(draft, found.offered)
        when = None if draft.time_finished else mentioned(draft.text, self.today(draft))
        if when is not None:
            draft.occurred_text, draft.occurred_on, draft.time_finished = when.words[:200], when.on, True
            draft.noticed = [*draft.noticed, TIME]

    @staticmethod
    def _unnotice(draft: Draft) -> None:
        """What an older wording of the story said is forgotten with it."""
        if PLACE in draft.noticed:
            draft.place = None
        if TIME in draft.noticed:
            draft.occurred_text, draft.occurred_on, draft.time_finished = None, None, False
        draft.noticed = []

    @property
    def _placing(self) -> Placing:
        return Placing(self.office.matcher.gazetteer)

    async def hear(self, draft: Draft, step: Step, by: Caller, words: str | None, *, more: bool = False) -> None:
        """Notes from which message an answer came; with `more` it goes on with what was told before."""
        if not more:
            for each in {step, Step.REGENCY} if step is Step.PLACE else {step}:
                await self.work.heard.forget(draft.id, each)
        if by.message_id is not None:
            await self.work.heard.note(
                HeardMessage(
                    person_id=by.person_id,
                    message_id=by.message_id,
                    draft_id=draft.id,
                    step=step,
                    # A name is sealed where it is kept, and not kept twice.
                    words=None if step is Step.NAME else words,
                )
            )

    @staticmethod
    def _offer(draft: Draft, matches: Sequence[PlaceMatch]) -> None:
        draft.place_choices = [asdict(match.place) for match in matches[:PLACE_CHOICES]]

    def advance(self, draft: Draft) -> None:
        """Finds the next open question; agencies are proposed when it comes to them."""
        draft.step = next_step(draft)
        draft.editing = False
        draft.updated_at = self.office.clock()
        if draft.step is Step.AGENCY and not draft.text:
            # A recording names no office until somebody has listened.
            draft.suggestions, draft.chosen = [], UNDECIDED
            draft.step = next_step(draft)
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
        draft.step = Step.PLACE if step in (Step.PLACE_CHOICE, Step.REGENCY) else step
        draft.editing = True
        match step:
            case Step.EVIDENCE:
                draft.evidence_finished = False
            case Step.PRIVACY:
                draft.privacy_finished = False
            case _:
                pass

    def name(self, draft: Draft, words: str | None) -> None:
        """Keeps, sealed, the name that the officer may see; raises `NotUnderstood("name_long")`."""
        name = " ".join((words or "").split()) or None
        if name and len(name) > NAME_MAX:
            raise NotUnderstood("name_long")
        draft.shown_name_sealed = self.work.drafts.seal_name(name)
        draft.name_asked = True

    async def claim(self, draft: Draft, text: str) -> None:
        """Words that were meant for a complaint and begin a draft instead: their messages speak of the draft now."""
        for heard in await self.work.heard.waiting(draft.person_id):
            if heard.words and heard.words in text:
                heard.draft_id, heard.complaint_id, heard.step = draft.id, None, Step.TEXT

    async def attach(self, draft: Draft, file: NewFile) -> None:
        """Keeps a file with the draft, once; raises `NotUnderstood("files_many")` when there are too many already."""
        await Shelf(self.work, self.office.clock()).put(draft.person_id, file, Home(draft_id=draft.id))
        draft.updated_at = self.office.clock()

    def today(self, draft: Draft) -> date:
        """The date where it happened, or in Jakarta while that is not known."""
        code = (draft.place or {}).get("code")
        return self.office.clock().astimezone(ZoneInfo(time_zone_of(code) if code else HOME_ZONE)).date()

    async def sheet(self, draft: Draft, *, resumed: bool = False, aside: bool = False) -> DraftSheet:
        """The draft for the person who tells it."""
        files = await self.work.evidence.of_draft(draft.id)
        name = self.work.drafts.open_name(draft)
        leaving = draft.step is Step.REVIEW
        choices = (place_sheet(None, choice) for choice in draft.place_choices)
        return DraftSheet(
            id=draft.id,
            step=draft.step,
            text=draft.text,
            voiced=draft.voiced,
            kind=draft.kind,
            place=place_sheet(draft.place_text, draft.place),
            place_choices=tuple(choice.label or "" for choice in choices if choice),
            occurred=draft.occurred_text,
            occurred_on=draft.occurred_on,
            files=file_sheets(files, sheltered=False, looks=(False,)),
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
            understood=tuple(draft.noticed) if self.understood else (),
            question=draft.question if draft.suggestions else None,
            officer=as_officer(draft, files, name) if leaving else None,
            public=as_public(draft) if leaving else None,
            telling=telling_phrases(draft) if leaving else (),
            similar=await self._similar(draft),
        )

    async def look_around(self, draft: Draft) -> bool:
        """Asks, before sending, whether somebody has told of the same already; returns False when nobody has."""
        draft.similar = [each.id for each in await Similar(self.office, self.work).to_draft(draft)]
        if draft.similar:
            draft.step, draft.editing = Step.SIMILAR, False
            draft.updated_at = self.office.clock()
        return bool(draft.similar)

    async def _similar(self, draft: Draft) -> tuple[SimilarLine, ...]:
        """What was found when the draft was about to be sent, as far as it is still open."""
        if draft.step is not Step.SIMILAR:
            return ()
        found = [await self.work.complaints.get(complaint_id) for complaint_id in draft.similar]
        still = [each for each in found if each.status in OPEN_STATUSES and may_be_offered(each, draft.person_id)]
        return await Reader(self.office, self.work, Actor(draft.person_id)).similar_lines(still)
