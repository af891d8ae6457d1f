"""The work on one draft within one unit of work: keeping answers, finding the next question, proposing agencies."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

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
from routing.hints import Hint, respecting
from routing.places import Place
from routing.suggestion import Suggestions
from services.arriving import Arriving
from services.caller import Caller
from services.draft_sheets import DraftSheet
from services.fairness import within_drafts
from services.listing import Lister
from services.occurrence import Occurrence, forget_agencies
from services.office import Office
from services.previewing import as_officer, as_public, telling_phrases
from services.similar import Similar, may_be_offered
from services.support_sheets import SimilarLine
from services.told import candidate_sheets, file_sheets, occurred_of, place_sheet
from storage.tables_drafts import Draft
from storage.unit_of_work import UnitOfWork

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
        told = draft.text or draft.place_text or draft.place or await self.work.evidence.of_draft(draft)
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
        self.occurrence(draft).read_story()
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

    def occurrence(self, draft: Draft) -> Occurrence:
        """Where and when it happened."""
        return Occurrence(self.office, draft)

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
            self.office.watch.routed(found.candidates[0].score if found.candidates else 0.0, confident=found.confident)
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

    async def sheet(self, draft: Draft, *, resumed: bool = False, aside: bool = False) -> DraftSheet:
        """The draft for the person who tells it."""
        files = await self.work.evidence.of_draft(draft)
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
            occurred=occurred_of(draft),
            files=file_sheets(files, sheltered=False, looks=(False,)),
            anonymous=draft.anonymous,
            secret=draft.secret,
            shown_name=name,
            candidates=candidate_sheets(draft.suggestions),
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
        return await Lister(self.office, self.work, Actor(draft.person_id)).similar_lines(still)
