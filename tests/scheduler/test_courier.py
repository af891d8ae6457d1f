"""The courier carries screens with their files, and names every way in which the road or Telegram answers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from domain.drafting import FileKind
from locales.translator import Html
from scheduler.delivery_courier import Courier, plain_words
from scheduler.delivery_outcome import (
    LockedOut,
    NoRoad,
    Outcome,
    Refused,
    Sent,
    Uncertain,
    Unreachable,
    Unwell,
    outcome_of,
)
from simulator import Limits, Phone, SimulatedTelegram, jpeg
from simulator.screen import Bubble
from simulator.server import TOKEN
from views.screen import Button, Document, File, Screen
from views.taps import Verb, tap

BUTTON = ((Button("Lihat laporan", tap(Verb.SHOW, "A")),),)
TYPED = BUTTON[0]


@pytest.fixture
async def courier(telegram: SimulatedTelegram) -> AsyncIterator[Courier]:
    courier = Courier(TOKEN, telegram.url)
    yield courier
    await courier.close()


@pytest.fixture
async def photos(siti: Phone) -> tuple[File, ...]:
    """Three photographs that Telegram knows."""
    album = await siti.sends_album(3)
    return tuple(File(FileKind.PHOTO, str(bubble.file_id)) for bubble in album)


async def received(phone: Phone) -> list[Bubble]:
    return [bubble for bubble in await phone.messages() if not bubble.mine]


async def test_one_photo_carries_the_text_and_the_buttons(
    courier: Courier, siti: Phone, photos: tuple[File, ...]
) -> None:
    outcome = await courier.send(siti.id, Screen(Html("<b>Laporan</b>"), BUTTON, photos[:1]), "card")
    (bubble,) = await received(siti)
    assert (bubble.kind, bubble.text, bubble.labels) == ("photo", "Laporan", ["Lihat laporan"])
    assert outcome == Sent(bubble.id, TYPED)


async def test_a_text_too_long_for_a_caption_follows_the_photo_and_has_the_buttons(
    courier: Courier, siti: Phone, photos: tuple[File, ...]
) -> None:
    outcome = await courier.send(siti.id, Screen(Html("a" * 1025), BUTTON, photos[:1]), "card")
    photo, text = await received(siti)
    assert (photo.kind, photo.labels) == ("photo", [])
    assert (text.kind, text.labels) == ("text", ["Lihat laporan"])
    assert outcome == Sent(text.id, TYPED)


async def test_markup_does_not_count_for_the_length_of_a_caption(
    courier: Courier, siti: Phone, photos: tuple[File, ...]
) -> None:
    await courier.send(siti.id, Screen(Html("<b>" + "&amp;" * 1000 + "</b>"), (), photos[:1]), "card")
    (bubble,) = await received(siti)
    assert bubble.text == "&" * 1000


async def test_several_files_and_the_place_come_before_the_text(
    courier: Courier, telegram: SimulatedTelegram, siti: Phone, photos: tuple[File, ...]
) -> None:
    voice = File(FileKind.VOICE, str((await siti.sends_voice()).file_id))
    paper = File(FileKind.DOCUMENT, str((await siti.sends_document("surat.pdf")).file_id))
    film = File(FileKind.VIDEO, str((await siti.sends_video()).file_id))
    screen = Screen(Html("Laporan"), BUTTON, (voice, *photos, paper, film), (-6.9, 107.6))
    outcome = await courier.send(siti.id, screen, "card")
    bubbles = await received(siti)
    kinds = [bubble.kind for bubble in bubbles]
    assert kinds == ["location", "photo", "photo", "photo", "document", "voice", "video", "text"]
    assert outcome == Sent(bubbles[-1].id, TYPED)
    assert len(await telegram.calls("sendMediaGroup")) == 1


@pytest.mark.parametrize("count", [1, 2])
async def test_a_file_that_telegram_does_not_take_holds_up_no_words(
    courier: Courier, siti: Phone, caplog: pytest.LogCaptureFixture, count: int
) -> None:
    dead = tuple(File(FileKind.PHOTO, f"dead-{number}") for number in range(count))
    outcome = await courier.send(siti.id, Screen(Html("Laporan"), BUTTON, dead), "card")
    (bubble,) = await received(siti)
    assert (bubble.text, bubble.labels) == ("Laporan", ["Lihat laporan"])
    assert outcome == Sent(bubble.id, TYPED)
    assert "a file was not taken" in caplog.text


@pytest.mark.parametrize("kind", list(FileKind))
async def test_a_file_of_that_name_on_our_disk_is_never_sent(
    courier: Courier,
    telegram: SimulatedTelegram,
    siti: Phone,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: FileKind,
) -> None:
    (tmp_path / "secret").write_bytes(b"what is ours")
    monkeypatch.chdir(tmp_path)
    files = (File(kind, "secret"), File(kind, "secret"))
    await courier.send(siti.id, Screen(Html("Laporan"), (), files[:1]), "card")
    await courier.send(siti.id, Screen(Html("Laporan"), (), files), "card")
    assert [call.files for call in await telegram.calls() if call.files] == []


async def test_broken_markup_below_a_photo_goes_out_as_plain_words(
    courier: Courier, siti: Phone, photos: tuple[File, ...], caplog: pytest.LogCaptureFixture
) -> None:
    await courier.send(siti.id, Screen(Html("<b>Laporan & <i>foto"), (), photos[:1]), "card")
    (bubble,) = await received(siti)
    assert (bubble.kind, bubble.text) == ("photo", "Laporan & foto")
    assert "template card" in caplog.text


async def test_a_text_that_is_too_long_is_cut_rather_than_lost(courier: Courier, siti: Phone) -> None:
    await courier.send(siti.id, Screen(Html("a" * 5000)), "card")
    (bubble,) = await received(siti)
    assert len(bubble.text) == 4096


async def test_a_drawn_picture_carries_the_text_and_the_buttons(courier: Courier, siti: Phone) -> None:
    screen = Screen(Html("<b>Ringkasan</b>"), BUTTON, picture=jpeg())
    outcome = await courier.send(siti.id, screen, "digest")
    (bubble,) = await received(siti)
    assert (bubble.kind, bubble.text, bubble.labels) == ("photo", "Ringkasan", ["Lihat laporan"])
    assert outcome == Sent(bubble.id, TYPED)
    assert await siti.downloads(bubble) == screen.picture


async def test_a_long_text_follows_its_drawn_picture_and_has_the_buttons(courier: Courier, siti: Phone) -> None:
    outcome = await courier.send(siti.id, Screen(Html("a" * 1025), BUTTON, picture=jpeg()), "digest")
    photo, text = await received(siti)
    assert (photo.kind, photo.labels, text.labels) == ("photo", [], ["Lihat laporan"])
    assert outcome == Sent(text.id, TYPED)


async def test_a_file_that_was_written_for_the_letter_comes_before_its_words(courier: Courier, siti: Phone) -> None:
    screen = Screen(Html("Ini berkasnya"), documents=(Document("laporan.csv", b"a,b"),))
    outcome = await courier.send(siti.id, screen, "export")
    file, text = await received(siti)
    assert (file.kind, file.content["document"]["file_name"]) == ("document", "laporan.csv")
    assert await siti.downloads(file) == b"a,b"
    assert outcome == Sent(text.id, ())


async def test_a_picture_that_telegram_does_not_take_holds_up_no_words(
    courier: Courier, siti: Phone, telegram: SimulatedTelegram
) -> None:
    await telegram.faults.fail("sendPhoto", status=400, description="Bad Request: IMAGE_PROCESS_FAILED")
    await courier.send(siti.id, Screen(Html("Ringkasan"), BUTTON, picture=jpeg()), "digest")
    (bubble,) = await received(siti)
    assert (bubble.kind, bubble.text, bubble.labels) == ("text", "Ringkasan", ["Lihat laporan"])


async def test_a_proxy_of_the_environment_is_not_obeyed(
    telegram: SimulatedTelegram, siti: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    courier = Courier(TOKEN, telegram.url)
    assert isinstance(await courier.send(siti.id, Screen(Html("Laporan")), "card"), Sent)
    await courier.close()


async def test_a_proxy_of_the_settings_is_obeyed(telegram: SimulatedTelegram, siti: Phone) -> None:
    courier = Courier(TOKEN, telegram.url, proxy="http://127.0.0.1:9")
    assert isinstance(await courier.send(siti.id, Screen(Html("Laporan")), "card"), NoRoad)
    await courier.close()


async def test_messages_leave_evenly_below_the_limit_of_telegram(telegram: SimulatedTelegram) -> None:
    await telegram.limits(Limits(overall_per_second=30, chat_per_second=None))
    people = [telegram.phone(f"Warga {turn}") for turn in range(40)]
    courier = Courier(TOKEN, telegram.url)
    outcomes = []
    for phone in people:
        await phone.starts()
        outcomes.append(await courier.send(phone.id, Screen(Html("Laporan")), "card"))
    await courier.close()
    assert all(isinstance(outcome, Sent) for outcome in outcomes)


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Unreachable),
        (BadRequest("Bad Request: chat not found"), Unreachable),
        (BadRequest("Bad Request: CHAT_WRITE_FORBIDDEN"), Refused),
        (caused(NetworkError("Bad Gateway (502)"), TelegramError("not JSON")), Uncertain),
        (NetworkError("Bad Gateway"), Unwell),
        (NetworkError("Gateway Timeout"), Uncertain),
        (TelegramError("Invalid server response"), Uncertain),
        (TimeoutError(), Uncertain),
    ],
)
def test_only_what_certainly_did_not_leave_is_tried_again(
    error: TelegramError | TimeoutError, outcome: type[Outcome]
) -> None:
    assert isinstance(outcome_of(error), outcome)


@pytest.mark.parametrize("token", ["43:TEST-other", "nonsense"])
async def test_an_unknown_token_locks_out(telegram: SimulatedTelegram, siti: Phone, token: str) -> None:
    courier = Courier(token, telegram.url)
    assert await courier.send(siti.id, Screen(Html("Laporan")), "card") == LockedOut()
    await courier.close()


@pytest.mark.parametrize(
    ("markup", "words"),
    [("<b>a</b> &lt;b&gt;", "a <b>"), ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"), ("<b>a", "a"), ('<a href="x">y</a>', "y")],
)
def test_plain_words_are_what_a_reader_sees(markup: str, words: str) -> None:
    assert plain_words(markup) == words
