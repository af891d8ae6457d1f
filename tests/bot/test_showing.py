"""Showing: the words arrive, whatever became of the message that was tapped."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.types import CallbackQuery, Chat, InaccessibleMessage, Message, Update, User

from bot.telegram import open_line
from domain.drafting import FileKind
from handlers.showing import SpeakingBot, Told, show
from locales.translator import Html
from simulator.phone import Phone
from simulator.server import SimulatedTelegram
from tests.bot.wiring import settings_for
from views.screen import Button, File, Screen, choice_screen
from views.taps import Verb, tap

QUESTION = choice_screen(Html("Sudah beres?"), (Button("Sudah", tap(Verb.CONFIRM, "X")),))
NEXT = Screen(Html("Terima <b>kasih</b>"))


class Chatting:
    """One phone and the bot that it talks to."""

    def __init__(self, bot: SpeakingBot, phone: Phone) -> None:
        self.bot, self.phone = bot, phone
        self._offset = 0

    async def heard(self) -> Update:
        """The next update."""
        [update, *_] = await self.bot.get_updates(offset=self._offset, timeout=10)
        self._offset = update.update_id + 1
        return update

    async def said(self) -> Message:
        message = (await self.heard()).message
        assert message is not None
        return message

    async def asked(self) -> None:
        """Shows the question."""
        await self.phone.starts()
        await show(await self.said(), QUESTION)

    async def tapped(self) -> CallbackQuery:
        await self.phone.taps("Sudah")
        query = (await self.heard()).callback_query
        assert query is not None
        await query.answer()
        return query


@pytest.fixture
async def sari(telegram: SimulatedTelegram) -> AsyncIterator[Chatting]:
    """Sari and the bot."""
    bot = open_line(settings_for("sqlite:///unused.sqlite3", telegram.url))
    yield Chatting(bot, telegram.phone("Sari"))
    await bot.session.close()


async def test_a_tap_is_answered_by_a_new_message_and_the_old_one_loses_its_buttons(sari: Chatting) -> None:
    await sari.asked()
    await show(await sari.tapped(), NEXT)
    question, answer = (await sari.phone.messages())[-2:]
    assert "Sudah beres?" in question.text
    assert not question.buttons
    assert answer.text == "Terima kasih"


async def test_a_switch_stays_in_its_place(sari: Chatting) -> None:
    await sari.asked()
    before = len(await sari.phone.messages())
    await show(await sari.tapped(), NEXT, in_place=True)
    messages = await sari.phone.messages()
    assert len(messages) == before
    assert messages[-1].text == "Terima kasih"


async def test_a_switch_that_changes_nothing_is_no_error_and_no_second_message(sari: Chatting) -> None:
    await sari.asked()
    before = len(await sari.phone.messages())
    await show(await sari.tapped(), QUESTION, in_place=True)
    assert len(await sari.phone.messages()) == before


@pytest.mark.parametrize("in_place", [True, False])
async def test_a_tap_on_a_message_that_telegram_no_longer_opens_is_answered_all_the_same(
    sari: Chatting, in_place: bool
) -> None:
    await sari.asked()
    query = await sari.tapped()
    gone = InaccessibleMessage(chat=Chat(id=sari.phone.id, type="private"), message_id=1, date=0)
    await show(query.model_copy(update={"message": gone}).as_(sari.bot), NEXT, in_place=in_place)
    assert (await sari.phone.messages())[-1].text == "Terima kasih"


async def test_a_tap_without_its_message_is_answered_to_the_person(sari: Chatting) -> None:
    await sari.asked()
    await show((await sari.tapped()).model_copy(update={"message": None}).as_(sari.bot), NEXT)
    assert (await sari.phone.messages())[-1].text == "Terima kasih"


async def test_broken_markup_goes_out_as_plain_words_and_the_log_names_the_screen_by_its_buttons(
    sari: Chatting, caplog: pytest.LogCaptureFixture
) -> None:
    await sari.phone.starts()
    await show(await sari.said(), choice_screen(Html("Ibu <b>Sari &amp; anak"), QUESTION.rows[0]))
    assert "Ibu Sari & anak" in (await sari.phone.messages())[-1].text
    assert "solved" in caplog.text
    assert "Sari" not in caplog.text


async def test_words_that_are_too_long_are_cut_and_not_lost(sari: Chatting) -> None:
    await sari.phone.starts()
    await show(await sari.said(), Screen(Html("😀" * 3000)))
    assert (await sari.phone.messages())[-1].text.endswith("😀…")


async def test_a_file_that_telegram_refuses_does_not_hold_up_the_words(sari: Chatting) -> None:
    await sari.phone.starts()
    await show(await sari.said(), Screen(Html("Ini laporannya"), files=(File(FileKind.PHOTO, "of-another-bot"),)))
    assert (await sari.phone.messages())[-1].text == "Ini laporannya"


async def test_a_point_goes_before_the_words_so_that_the_buttons_stand_at_the_end(sari: Chatting) -> None:
    await sari.phone.starts()
    await show(await sari.said(), Screen(QUESTION.text, QUESTION.rows, location=(-6.1, 106.1)))
    assert (await sari.phone.messages())[-1].buttons


async def test_the_choices_of_the_newest_screen_are_handed_over_once_for_typing(sari: Chatting) -> None:
    assert sari.bot.hand_over(sari.phone.id) is None
    sari.bot.hears(sari.phone.id, 7)
    await sari.asked()
    assert sari.bot.hand_over(sari.phone.id) == Told(7, QUESTION.choices)
    assert sari.bot.hand_over(sari.phone.id) is None
    sari.bot.hears(sari.phone.id, 7)
    await show(await sari.tapped(), NEXT)
    assert sari.bot.hand_over(sari.phone.id) == Told(7, ())
    sari.bot.hears(sari.phone.id, 7)
    assert sari.bot.hand_over(sari.phone.id) == Told(7, None), "nothing was shown since: what stood there stands there"


async def test_a_short_flood_limit_is_waited_out(sari: Chatting, telegram: SimulatedTelegram) -> None:
    await sari.phone.starts()
    message = await sari.said()
    await telegram.faults.flood("sendMessage", retry_after=1)
    await show(message, NEXT)
    assert (await sari.phone.messages())[-1].text == "Terima kasih"


def test_a_message_that_was_made_without_its_bot_is_a_slip_of_the_programmer() -> None:
    from handlers.showing import bot_of

    user: Any = User(id=1, is_bot=False, first_name="Sari")
    lost = Message(message_id=1, date=datetime.now(UTC), chat=Chat(id=1, type="private"), from_user=user)
    with pytest.raises(RuntimeError, match="without its bot"):
        bot_of(lost)
