"""What must be true whatever went wrong: asked of the register and of everybody's screen once all is quiet."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sqlalchemy import select

from domain.messages import InboxState, Notice, OutboxState
from simulator.phone import Phone
from storage.engine import Database
from storage.tables_complaints import Complaint
from storage.tables_groups import GroupCard
from storage.tables_messages import InboxUpdate, OutboxMessage
from tests.proof.citizens import Crowd
from tests.proof.clocks import Clocks

LOOK_EVERY_S = 0.5


@dataclass
class Findings:
    """What was broken, and what was counted."""

    broken: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def demand(self, true: bool, otherwise: str) -> None:
        """Notes what is not as it must be."""
        if not true:
            self.broken.append(otherwise)


async def quiet(register: Database, within: float) -> bool:
    """Waits until nothing is to be worked and nothing to be sent; False when it does not become so."""
    for _ in range(int(within / LOOK_EVERY_S)):
        if not await undone(register):
            return True
        await asyncio.sleep(LOOK_EVERY_S)
    return False


async def undone(register: Database) -> str:
    """What is to be worked or sent now, in words; nothing when all is quiet."""
    async with register.reading() as unit:
        waiting = await unit.inbox.waiting()
        rows = (await unit._session.scalars(select(OutboxMessage))).all()
        cards = (await unit._session.scalars(select(GroupCard).where(GroupCard.due_at <= register.clock()))).all()
    owed = [f"{row.kind} {row.state}" for row in rows if _unfinished(row, register)]
    return f"{waiting} updates, {owed}, {len(cards)} cards" if waiting or owed or cards else ""


def _unfinished(row: OutboxMessage, register: Database) -> bool:
    """Whether it should have left by now; cards wait for the office to open."""
    due = row.state is OutboxState.QUEUED and row.not_before <= register.clock()
    return due or row.state is OutboxState.SENDING


async def examine(
    register: Database, crowd: Crowd, clocks: Clocks, silent: Sequence[Phone] = (), poison: int = 0
) -> Findings:
    """Looks at everything. `silent` are people who only read; `poison` updates must have been set aside."""
    findings = Findings()
    await _complaints(register, crowd, findings)
    await _order(register, clocks, findings, poison)
    await _messages(register, [*(each.phone for each in crowd.citizens), *silent], findings)
    await _groups(register, findings)
    for phone in silent:
        await _nothing_twice(register, phone, findings)
    return findings


async def _complaints(register: Database, crowd: Crowd, findings: Findings) -> None:
    """Every accepted text has exactly one complaint, and its writer the number of it."""
    async with register.reading() as unit:
        rows = (await unit._session.scalars(select(Complaint))).all()
    numbers = {row.number: row.text for row in rows}
    times = Counter(row.text for row in rows)
    for citizen in crowd.citizens:
        for text, number in zip(citizen.told, citizen.numbers, strict=False):
            findings.demand(times[text] == 1, f"{times[text]} complaints of: {text}")
            findings.demand(numbers.get(number) == text, f"the receipt {number} is for another text than: {text}")
    told = Counter(text for citizen in crowd.citizens for text in citizen.told)
    findings.demand(all(text in told for text in times), f"complaints that nobody told: {set(times) - set(told)}")
    findings.demand(not crowd.stuck, f"left without an answer: {len(crowd.stuck)}, such as\n{crowd.stuck[:1]}")
    findings.counts["complaints"] = len(rows)
    async with register.reading() as unit:
        owed = select(OutboxMessage).where(OutboxMessage.kind == Notice.RECEIPT)
        receipts = (await unit._session.scalars(owed)).all()
    missing = [(row.state, row.attempts, row.error) for row in receipts if row.state is not OutboxState.SENT]
    findings.demand(not missing, f"receipts that did not arrive: {missing}")


async def _order(register: Database, clocks: Clocks, findings: Findings, poison: int) -> None:
    """Each chat was worked in the order in which it spoke, and nothing was set aside but poison."""
    async with register.reading() as unit:
        rows = (await unit._session.scalars(select(InboxUpdate).order_by(InboxUpdate.update_id))).all()
    chats = defaultdict(list)
    for row in rows:
        if row.worked_at is not None:
            chats[row.chat_index].append((row.update_id, clocks.really(row.worked_at)))
    for worked in chats.values():
        late = [number for (number, at), (_, after) in pairwise(worked) if at > after]
        findings.demand(not late, f"worked out of order: {late}")
    dead = [row for row in rows if row.state is InboxState.DEAD]
    findings.demand(len(dead) == poison, f"set aside: {[(row.update_id, row.error) for row in dead]}")
    new = [(row.update_id, row.attempts, row.error, row.not_before) for row in rows if row.state is InboxState.NEW]
    findings.demand(not new, f"not worked: {new}")
    findings.counts["updates"] = len(rows)


async def _messages(register: Database, phones: Sequence[Phone], findings: Findings) -> None:
    """Every owed message was sent at least once, or is visibly not sent; receipts and questions are owed once."""
    async with register.reading() as unit:
        rows = (await unit._session.scalars(select(OutboxMessage))).all()
        chats = {row.person_id: await unit.identities.chat_id_of(row.person_id) for row in rows}
    screens = {phone.id: {bubble.id for bubble in await phone.messages()} for phone in phones}
    for row in rows:
        findings.counts[row.state.value] += 1
        findings.demand(not _unfinished(row, register), f"{row.kind} {row.id} is still {row.state}: {row.error}")
        shown = screens.get(chats[row.person_id] or 0)
        if row.state is OutboxState.SENT and shown is not None:
            findings.demand(row.message_id in shown, f"{row.kind} {row.id} counts as sent and did not arrive")
    for kind in (Notice.RECEIPT, Notice.ASK_OUTCOME):
        times = Counter(row.complaint_id for row in rows if row.kind is kind)
        findings.demand(max(times.values(), default=1) == 1, f"{kind} was owed twice: {times.most_common(3)}")


async def _nothing_twice(register: Database, phone: Phone, findings: Findings) -> None:
    """Whoever never speaks gets nothing but what is owed: each once, or once more where its kind prefers that."""
    async with register.reading() as unit:
        person = await unit.identities.person_of(phone.id)
        assert person is not None
        rows = (await unit._session.scalars(select(OutboxMessage).where(OutboxMessage.person_id == person.id))).all()
    most = sum(1 + row.repeated for row in rows if row.state in (OutboxState.SENT, OutboxState.UNCERTAIN))
    theirs = [bubble for bubble in await phone.messages() if not bubble.mine]
    # The greeting after the invitation is a screen and not a letter.
    findings.demand(len(theirs) <= most + 1, f"{phone.person.first_name} has {len(theirs)} messages of {most} owed")
    repeated = [row.kind for row in rows if row.repeated and not row.kind.once_more]
    findings.demand(not repeated, f"sent again although it must not be: {repeated}")
    findings.counts["sent once more"] += sum(row.repeated for row in rows)


async def _groups(register: Database, findings: Findings) -> None:
    """Groups have got whatever is due there."""
    async with register.reading() as unit:
        cards = (await unit._session.scalars(select(GroupCard))).all()
    late = [card.id for card in cards if card.due_at is not None and card.due_at <= register.clock()]
    findings.demand(not late, f"still owed to groups: {late}")
    if cards:
        findings.counts["cards in groups"] = len(cards)
