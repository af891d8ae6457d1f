"""A citizen tells what is wrong: one draft, one open question at a time, nothing lost until it is sent or discarded."""

from __future__ import annotations

from domain.drafting import GIVEN_UP, MENDABLE, SPOKEN, UNDECIDED, DraftState, Step
from domain.lifecycle import Kind
from domain.refusals import DraftMissing, NotUnderstood, StaleStep
from routing.alarm import danger
from services.answering import CONCLUSIONS, open_draft
from services.caller import Caller
from services.draft_sheets import DraftSheet, Receipt
from services.drafting import DraftDesk
from services.fairness import within_complaints
from services.hearing import claim, hear
from services.registering import Registrar
from services.shelf import Home, NewFile, Shelf
from services.telling_where import TellingWhere
from storage.tables_drafts import Draft


class Intake(TellingWhere):
    """Everything that can be done with a draft. Each method is one transaction and gives the draft as it then stands.

    Raises `DraftMissing` when there is none (or another than a button speaks of), `StaleStep` when the answer belongs
    to another question, and `NotUnderstood` with the name of a hint when it does not fit; then nothing has changed.
    """

    async def current(self, by: Caller) -> DraftSheet | None:
        """The draft under way, if there is one."""
        async with self._office.database.reading() as work:
            desk = DraftDesk(self._office, work)
            draft = await work.drafts.open_of(by.person_id)
            return None if draft is None else await desk.sheet(draft)

    async def begin(self, by: Caller, text: str = "", *, instead: bool = False) -> DraftSheet:
        """Opens a draft, or takes up the one that is open; a text given becomes its description if it has none.

        A text for another complaint than the open one begins its own draft; the open one is kept for later.
        `instead`: words that were begun for a complaint give way to it.
        """
        async with self._office.database.work(by.cause) as work:
            desk = DraftDesk(self._office, work)
            draft = await work.drafts.open_of(by.person_id)
            aside = draft is not None and bool(draft.text) and not desk.is_short(text)
            if draft is not None and aside:
                await desk.put_aside(draft)
                draft = None
            resumed = draft is not None
            if draft is None:
                draft = await desk.new(by)
            # A cry for help is no description, but a draft to go on with.
            if text.strip() and not draft.text and not (desk.is_short(text) and danger(text)):
                desk.describe(draft, text)
                desk.advance(draft)
                await hear(work, draft, Step.TEXT, by, text.strip())
                await claim(work, draft, text)
            if instead:
                await work.drafts.discard_composition(by.person_id)
            sheet = await desk.sheet(draft, resumed=resumed, aside=aside)
            await work.commit()
            return sheet

    async def describe(self, by: Caller, text: str) -> DraftSheet:
        """Takes the description."""
        return await self._answer(by, Step.TEXT, lambda desk, draft: desk.describe(draft, text), words=text.strip())

    async def let_listen(self, by: Caller, draft_id: int) -> DraftSheet:
        """Goes on without a description: somebody will listen to the recording; raises `NotUnderstood` without one."""
        async with self._office.database.work(by.cause) as work:
            desk = DraftDesk(self._office, work)
            draft = await open_draft(work, by, draft_id)
            if draft.step is not Step.TEXT:
                raise StaleStep
            if not any(file.kind in SPOKEN for file, _ in await work.evidence.of_draft(draft)):
                raise NotUnderstood("voice_missing")
            draft.voiced = True
            desk.advance(draft)
            sheet = await desk.sheet(draft)
            await work.commit()
            return sheet

    async def choose_kind(self, by: Caller, draft_id: int, kind: Kind) -> DraftSheet:
        """Takes what the citizen says it is."""

        def change(_desk: DraftDesk, draft: Draft) -> None:
            draft.kind = kind

        return await self._answer(by, Step.KIND, change, draft_id)

    async def attach(self, by: Caller, file: NewFile, caption: str = "") -> DraftSheet:
        """Keeps a file at any step, opening a draft if there is none; the caption describes if nothing else does.

        Its bytes are fetched and cleaned by themselves: the dialogue waits for nothing.
        """
        file.demand_light()
        async with self._office.database.work(by.cause) as work:
            desk = DraftDesk(self._office, work)
            draft = await work.drafts.open_of(by.person_id) or await desk.new(by)
            await Shelf(work, self._office.clock(), self._office.limits).put(
                by.person_id, file, Home(draft_id=draft.id)
            )
            draft.updated_at = self._office.clock()
            if desk.add_words(draft, caption):
                desk.advance(draft)
            await hear(work, draft, Step.TEXT, by, caption.strip() if caption.strip() in draft.text else "", more=True)
            sheet = await desk.sheet(draft)
            await work.commit()
            return sheet

    async def finish_evidence(self, by: Caller, draft_id: int) -> DraftSheet:
        """Goes on: there is no (more) evidence to add now."""

        def change(_desk: DraftDesk, draft: Draft) -> None:
            draft.evidence_finished = True

        return await self._answer(by, Step.EVIDENCE, change, draft_id)

    async def switch(self, by: Caller, draft_id: int, which: str) -> DraftSheet:
        """Turns one of the two switches over: `anonymous` or `secret`; the question stays open."""

        def change(_desk: DraftDesk, draft: Draft) -> None:
            match which:
                case "anonymous":
                    draft.anonymous = not draft.anonymous
                    # A name told before is forgotten: an anonymous complaint carries none.
                    draft.shown_name_sealed, draft.name_asked = None, False
                case "secret":
                    draft.secret = not draft.secret
                case _:
                    raise NotUnderstood("choice_unknown")

        return await self._answer(by, Step.PRIVACY, change, draft_id)

    async def finish_privacy(self, by: Caller, draft_id: int) -> DraftSheet:
        """Goes on with the two switches as they stand."""

        def change(_desk: DraftDesk, draft: Draft) -> None:
            draft.privacy_finished = True

        return await self._answer(by, Step.PRIVACY, change, draft_id)

    async def name(self, by: Caller, words: str | None, draft_id: int | None = None) -> DraftSheet:
        """Takes the name that the officer may see; None skips it."""
        return await self._answer(by, Step.NAME, lambda desk, draft: desk.name(draft, words), draft_id)

    async def pick_agency(self, by: Caller, draft_id: int, index: int | None) -> DraftSheet:
        """Takes one of the agencies proposed, or "tidak tahu" (None)."""

        def change(_desk: DraftDesk, draft: Draft) -> None:
            if index is not None and not 0 <= index < len(draft.suggestions or ()):
                raise NotUnderstood("choice_unknown")
            draft.chosen = UNDECIDED if index is None else index

        return await self._answer(by, Step.AGENCY, change, draft_id)

    async def edit(self, by: Caller, draft_id: int, step: Step) -> DraftSheet:
        """Asks one question again from the review; what was answered stays until it is answered anew."""
        async with self._office.database.work(by.cause) as work:
            desk = DraftDesk(self._office, work)
            draft = await open_draft(work, by, draft_id)
            if step is Step.REVIEW and (draft.editing or draft.step is Step.SIMILAR):
                desk.leave_as_it_was(draft)
            elif draft.step is Step.REVIEW and step is not Step.REVIEW:
                desk.ask_again(draft, step)
            else:
                raise StaleStep
            sheet = await desk.sheet(draft)
            await work.commit()
            return sheet

    async def submit(self, by: Caller, draft_id: int) -> Receipt:
        """Enters the draft into the register; a second tap gives the same number again."""
        async with self._office.database.work(by.cause) as work:
            draft = await work.drafts.get(draft_id)
            if draft is None or draft.person_id != by.person_id or draft.state in GIVEN_UP:
                raise DraftMissing
            if draft.complaint_id is not None:
                sent = await work.complaints.get(draft.complaint_id)
                return Receipt(sent.number, repeated=True)
            if draft.step not in (Step.REVIEW, Step.SIMILAR):
                raise StaleStep
            await within_complaints(self._office, work, by.person_id)
            complaint = await Registrar(self._office, work).register(draft)
            await work.heard.sent(draft.id, complaint.id)
            await work.commit()
            return Receipt(complaint.number, repeated=False)

    async def discard(self, by: Caller, draft_id: int | None = None) -> None:
        """Throws the draft away, because its writer says so."""
        async with self._office.database.work(by.cause) as work:
            draft = await open_draft(work, by, draft_id)
            draft.state = DraftState.DISCARDED
            await work.heard.forget_draft(draft.id)
            draft.updated_at = self._office.clock()
            await work.commit()

    async def take_words(self, by: Caller, text: str, asked: Step) -> DraftSheet:
        """Takes free text for the question that stands open; at a choice a longer text goes on with the description.

        So does a cry for help at any question: it names no place, no day and nobody.
        """
        match asked:
            case Step.TEXT:
                return await self.describe(by, text)
            case _ if danger(text):
                return await self._go_on(by, text)
            case Step.PLACE | Step.PLACE_CHOICE | Step.REGENCY:
                return await self.place(by, text)
            case Step.TIME:
                return await self.occurred(by, text)
            case Step.NAME:
                return await self.name(by, text)
            case _:
                return await self._go_on(by, text)

    async def _go_on(self, by: Caller, text: str) -> DraftSheet:
        """Adds to the description: Telegram cuts a long story into messages, and people remember more later."""
        async with self._office.database.work(by.cause) as work:
            desk = DraftDesk(self._office, work)
            draft = await open_draft(work, by)
            if not desk.add_words(draft, text):
                raise NotUnderstood("choice_unknown")
            # The question stays, unless it followed from what was told before, or the story has answered it.
            if draft.step in CONCLUSIONS or draft.step in MENDABLE:
                desk.advance(draft)
            await hear(work, draft, Step.TEXT, by, text.strip(), more=True)
            sheet = await desk.sheet(draft)
            await work.commit()
            return sheet
