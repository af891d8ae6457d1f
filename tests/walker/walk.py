"""A walk: people of every role do whatever can be done, in any order, and after each step the house must stand."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from aiogram import Dispatcher
from sqlalchemy import select

from bot.app import dispatcher
from domain.lifecycle import Role
from domain.messages import OutboxState
from handlers.current import current_screen
from handlers.showing import SpeakingBot, keyboard
from locales.translator import own_sentences, words_for
from scheduler.jobs import jobs_of
from storage.crypto import CannotOpen
from storage.tables import Base
from storage.tables_messages import OutboxMessage
from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import Town
from tests.walker import acts
from views.letters import render
from views.spoken import noted

STAFF = (
    (7101, Role.CITIZEN, None),
    (7102, Role.CITIZEN, None),
    (7103, Role.OFFICER, "dprkp"),
    (7104, Role.OFFICER, "dishub"),
    (7105, Role.COORDINATOR, None),
)
Deed = tuple[str, Callable[[], Awaitable[str]]]
"""What somebody does, in words and in fact; the answer comes back."""

REPLACING = frozenset({"says", "chooses", "edits", "taps"})
"""Acts after which somebody's own words may rightly be gone: they are replaced or thrown away."""

NOT_TAKEN = (
    "refusal.",
    "fallback.",
    "desk.ask_number",
    "desk.no_",
    "case.ask_number",
    "case.slip",
    "clock.",
    "emergency.kept_before",
)
"""Sentences that say that words were not taken."""


class Fell(AssertionError):
    """Something that must not happen has happened; the message tells the steps that led there."""


class Alarm(logging.Handler):
    """Keeps every error that is logged."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps the sentence."""
        self.heard.append(record.getMessage())


class Walker(Warga):
    """Somebody with a phone, as the walk sees them."""

    def meets(self, bot: SpeakingBot, dispatcher: Dispatcher) -> None:
        """Talks with a new process; what was written stands in the chat as before."""
        self._bot, self._dispatcher = bot, dispatcher

    def has_read(self) -> bool:
        """Whether anything has come yet."""
        return bool(self._seen())

    def buttons(self) -> list[tuple[str, str]]:
        """The choices under the newest message: what they read and what they say."""
        keyboard = self.newest.reply_markup if self.has_read() else None
        rows = keyboard.inline_keyboard if keyboard else ()
        return [(button.text, str(button.callback_data)) for row in rows for button in row]


@dataclass
class Walk:
    """One walk through a town, told by a seed."""

    town: Town
    seed: int
    told: list[str] = field(default_factory=list)
    people: dict[int, Walker] = field(default_factory=dict)
    stale: list[str] = field(default_factory=lambda: ["1:help"])
    tokens: dict[str, int] = field(default_factory=dict)
    busy: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.alarm = Alarm()
        self.refusals = _opening_words()

    async def go(self, steps: int) -> None:
        """Takes so many steps; raises `Fell` with the way there."""
        logging.getLogger().addHandler(self.alarm)
        try:
            await self._begin()
            for _ in range(steps):
                await self._step()
            await self._nothing_lost()
        except Fell:
            raise
        except Exception as error:
            raise Fell(self._story(f"{type(error).__name__}: {error}")) from error
        finally:
            logging.getLogger().removeHandler(self.alarm)

    async def _begin(self) -> None:
        for chat_id, role, unit in STAFF:
            if role is not Role.CITIZEN:
                await self.town.hires(chat_id, role, unit)
        await self._restarts()
        self.commands = sorted(set(acts.commands_of(self.dispatcher)))
        for _ in range(2):
            self.stale.append(f"1:show:{await self.town.files()}")

    async def _restarts(self) -> None:
        """The process begins anew: what it only remembered is gone."""
        self.bot = SpeakingBot("42:TEST-token", session=self.town.desk)
        # Routers belong to one dispatcher; a new process has new ones.
        self.dispatcher = dispatcher(self.town.house.services)
        for chat_id, *_ in STAFF:
            if chat_id in self.people:
                self.people[chat_id].meets(self.bot, self.dispatcher)
            else:
                language = "en" if chat_id % 2 == 0 else "id"
                self.people[chat_id] = Walker(
                    self.bot,
                    self.town.desk,
                    self.dispatcher,
                    self.town.clock,
                    self.town.house.database,
                    chat_id,
                    language,
                )

    async def _step(self) -> None:
        self.town.clock.advance(seconds=self.random.randint(2, 90))
        chance = self.random.random()
        if chance < 0.02:
            await self._waits()
        elif chance < 0.03:
            self.told.append("the process begins anew")
            await self._restarts()
        else:
            await self._acts()
        await self._delivers()
        for person in self.people.values():
            await self._goes_on(person)
        if self.alarm.heard:
            raise Fell(self._story(f"logged: {self.alarm.heard}"))
        if self.random.random() < 0.05:
            await self._nothing_lost()

    async def _waits(self) -> None:
        days = self.random.choice((0.1, 0.5, 1, 3, 8))
        self.told.append(f"{days} days pass")
        self.town.clock.advance(days=days)
        for job in jobs_of(self.town.house.timekeeping):
            await job.act(self.town.clock())

    async def _acts(self) -> None:
        chat_id = self.random.choice(tuple(self.people))
        person = self.people[chat_id]
        name, act = self._pick(person)
        self.told.append(f"{chat_id} {name}")
        if name.split()[0] in REPLACING:
            self.busy.add(chat_id)
        before = len(person._seen())
        answer = await act()
        if not answer.strip():
            # Files come by delivery.
            await self._delivers()
            answer = person.reads() if len(person._seen()) > before else ""
        self._remember_buttons(person)
        if not answer.strip() and not await self._is_owed(chat_id):
            raise Fell(self._story("no answer"))
        await self._is_kept(chat_id, name, answer)

    async def _is_owed(self, chat_id: int) -> bool:
        """Whether the answer comes by delivery, as files do."""
        by, now = await self.town.caller(chat_id), self.town.clock()
        owed = select(OutboxMessage.id).where(
            OutboxMessage.person_id == by.person_id,
            OutboxMessage.state == OutboxState.QUEUED,
            OutboxMessage.not_before <= now,
        )
        async with self.town.house.database.reading() as work:
            return (await work._session.execute(owed)).first() is not None

    def _pick(self, person: Walker) -> Deed:
        """One of the things that the person can do just now, the likely ones more often."""
        ways = {
            self._taps: 34 if person.buttons() else 0,
            self._chooses: 10 if person.buttons() else 0,
            self._says: 18,
            self._commands: 12,
            self._hands_in: 5,
            self._locates: 3,
            self._sends_oddly: 5,
            self._edits: 2,
            self._taps_stale: 3,
            self._forges: 2,
            self._replies: 3 if person.has_read() else 0,
        }
        return self.random.choices(list(ways), list(ways.values()))[0](person)

    def _taps(self, person: Walker) -> Deed:
        data = self.random.choice(person.buttons())[1]
        return f"taps {data}", lambda: person.presses(data)

    def _chooses(self, person: Walker) -> Deed:
        labels = person.buttons()
        place = self.random.randint(1, len(labels))
        text = self.random.choice((str(place), f"{place}.", f"nomor {place}", labels[place - 1][0]))
        return f"chooses {text}", lambda: person.says(text)

    def _says(self, person: Walker) -> Deed:
        text = self._text()
        return f"says {text!r}", lambda: person.says(text)

    def _replies(self, person: Walker) -> Deed:
        text, earlier = self._text(), person.newest
        return f"says {text!r} in reply", lambda: person.says(text, reply_to=earlier)

    def _edits(self, person: Walker) -> Deed:
        text, known = self._text(), self.random.choice((None, person.sent or None))
        return f"edits {text!r}", lambda: person.edits(text, known)

    def _commands(self, person: Walker) -> Deed:
        text = f"/{self.random.choice(self.commands)} {self._argument()}".strip()
        return f"command {text}", lambda: person.says(text)

    def _hands_in(self, person: Walker) -> Deed:
        if self.random.random() < 0.5:
            unique, caption = f"p{self.random.randint(1, 9)}", self.random.choice(("", "Lihat ini"))
            return "file photo", lambda: person.photographs(unique, caption)
        sort, size = self.random.choice(acts.FILES), self.random.choice((1000, 25_000_000))
        return f"file {sort} {size}", lambda: person.hands_in(sort, size)

    def _locates(self, person: Walker) -> Deed:
        latitude, longitude = self.random.choice(acts.POINTS)
        where = {"latitude": latitude, "longitude": longitude}
        return f"place {where}", lambda: person.sends(location=where)

    def _sends_oddly(self, person: Walker) -> Deed:
        content = self.random.choice(acts.UNUSABLE)
        return f"odd {next(iter(content))}", lambda: person.sends(**content)

    def _taps_stale(self, person: Walker) -> Deed:
        data = self.random.choice(self.stale)
        return f"stale {data}", lambda: person.presses(data)

    def _forges(self, person: Walker) -> Deed:
        data = acts.forged(self.random, acts.CODES + tuple(self._numbers()))
        return f"forged {data!r}", lambda: person.presses(data)

    def _text(self) -> str:
        random = self.random
        kind = random.choices((acts.STORIES, acts.PLACES, acts.TIMES, acts.ODDITIES), (6, 2, 2, 1))[0]
        text = random.choice(kind) or "."
        return f"{text} zq{len(self.told)}qz" if kind is acts.STORIES else text

    def _argument(self) -> str:
        random = self.random
        number = random.choice((*self._numbers(), "7KM-3QX-PW9"))
        return random.choice(("", number, f"{number} {self._text()}", f"{number} 5 menunggu suku cadang", self._text()))

    def _numbers(self) -> list[str]:
        return [data.split(":")[2] for data in self.stale if data.startswith("1:show:")]

    def _remember_buttons(self, person: Walker) -> None:
        known = set(self.stale)
        self.stale += [data for _, data in person.buttons() if data not in known]

    async def _is_kept(self, chat_id: int, name: str, answer: str) -> None:
        """Words are stored somewhere, or their writer reads that they were not taken."""
        for token in {part for part in name.replace("'", " ").split() if part.startswith("zq") and part.endswith("qz")}:
            if token in await self._everything():
                self.tokens[token] = chat_id
            elif not name.startswith(("edits", "command")) and not any(words in answer for words in self.refusals):
                raise Fell(self._story(f"words are gone without a word about it; the answer was:\n{answer}"))

    async def _nothing_lost(self) -> None:
        """What was stored is stored still, unless its writer has replaced it."""
        kept = await self._everything()
        for token, owner in list(self.tokens.items()):
            if token not in kept:
                if owner not in self.busy:
                    raise Fell(self._story(f"the words {token} of {owner} are gone"))
                del self.tokens[token]
        self.busy.clear()

    async def _everything(self) -> str:
        """Everything in the register, opened."""
        async with self.town.house.database.reading() as work:
            return "\n".join(
                [
                    opened
                    for mapper in Base.registry.mappers
                    for row in (await work._session.execute(select(mapper.local_table))).all()
                    for opened in (self._opened(value) for value in row)
                    if opened
                ]
            )

    def _opened(self, value: Any) -> str:
        if not isinstance(value, bytes):
            return str(value) if isinstance(value, str | dict | list) else ""
        try:
            return self.town.house.database.keyring.decrypt(value)
        except CannotOpen:
            return ""

    async def _goes_on(self, person: Walker) -> None:
        """There is a question, a choice, or a command to go on with."""
        if not person.has_read() or person.buttons() or "/" in person.reads():
            return
        by = await self.town.caller(person.id)
        if await current_screen(by, self.town.house.services, words_for(by.locale)) is None:
            raise Fell(self._story(f"a dead end for {person.id}:\n{person.reads()}"))

    async def _delivers(self) -> None:
        """Brings what is owed; a letter's choices can be typed."""
        while True:
            async with self.town.house.database.work() as work:
                rows = await work.outbox.claim_due("walk", self.town.clock(), 50, timedelta(seconds=30))
                await work.commit()
            if not rows:
                return
            for row in rows:
                await self._brings(row)
            self.town.clock.advance(seconds=2)

    async def _brings(self, row: Any) -> None:
        letter = await self.town.house.letters.open(row)
        if letter is None:
            async with self.town.house.database.work() as work:
                await work.outbox.failed(row.id, "no longer true")
                await work.commit()
            return
        screen = render(letter, words_for(letter.locale))
        message = await self.bot.send_message(
            letter.chat_id, screen.text, parse_mode="HTML", reply_markup=keyboard(screen)
        )
        async with self.town.house.database.work() as work:
            await work.outbox.sent({row.id: message.message_id}, self.town.clock())
            await work.shown.keep({row.person_id: noted(screen.choices)}, self.town.clock())
            await work.commit()

    def _story(self, what: str) -> str:
        way = "\n".join(self.told[-25:])
        return f"{what}\nseed {self.seed}, step {len(self.told)}; the last steps:\n{way}"


def _opening_words() -> tuple[str, ...]:
    """How sentences begin that say that something was not taken, in every language."""
    found = (
        re.sub(r"</?[a-z]+>", "", text.partition("{")[0]).partition("\n")[0]
        for language in ("id", "en")
        for key, text in own_sentences(language).items()
        if key.startswith(NOT_TAKEN)
    )
    return tuple(sorted({text[:40] for text in found if len(text) > 12}))
