"""Files, from phones to the bot and back."""

import hashlib

import pytest

from simulator import Phone, jpeg
from simulator.files import FileStore
from simulator.pictures import picture_size
from tests.simulator.bare_bot import BareBot

MEGABYTE = 1024 * 1024


async def test_photo_comes_in_several_sizes_and_can_be_fetched(bot: BareBot, siti: Phone) -> None:
    await siti.sends_photo(jpeg(1280, 960, shade=90), caption="Jalan berlubang")
    message = (await bot.updates())[-1]["message"]
    assert message["caption"] == "Jalan berlubang"
    assert [(size["width"], size["height"]) for size in message["photo"]] == [
        (90, 68),
        (320, 240),
        (800, 600),
        (1280, 960),
    ]
    assert await bot.downloads(message["photo"][-1]["file_id"]) == jpeg(1280, 960, shade=90)


async def test_same_photo_has_new_ids_but_the_same_unique_id(bot: BareBot, siti: Phone) -> None:
    first, again = [(await siti.sends_photo()).content["photo"][-1] for _ in range(2)]
    other = (await siti.sends_photo(jpeg(note="lain"))).content["photo"][-1]
    assert first["file_id"] != again["file_id"]
    assert first["file_unique_id"] == again["file_unique_id"] != other["file_unique_id"]


async def test_file_over_20_megabytes_cannot_be_fetched(bot: BareBot, siti: Phone) -> None:
    heavy = await siti.sends_document("laporan.pdf", size=25 * MEGABYTE)
    message = (await bot.updates())[-1]["message"]
    assert message["document"]["file_size"] == 25 * MEGABYTE
    assert message["document"]["mime_type"] == "application/pdf"
    assert await bot.refused("getFile", file_id=heavy.file_id) == (400, "Bad Request: file is too big")


async def test_file_that_nobody_sent_cannot_be_fetched(bot: BareBot) -> None:
    status, reason = await bot.refused("getFile", file_id="nobody")
    assert (status, reason) == (400, "Bad Request: wrong file_id or the file is temporarily unavailable")


async def test_path_that_leads_nowhere_is_not_found(bot: BareBot) -> None:
    async with bot.session.get(f"{bot.url}/file/bot{bot.token}/photos/file_9.jpg") as response:
        assert response.status == 404
    async with bot.session.get(f"{bot.url}/file/botWRONG/photos/file_9.jpg") as response:
        assert response.status == 401


@pytest.mark.parametrize("part", ["photo", "berkas"])
async def test_bot_uploads_a_photo_by_name_or_by_attachment(bot: BareBot, siti: Phone, part: str) -> None:
    fields = {"chat_id": str(siti.id), "caption": "Bukti"}
    if part != "photo":
        fields["photo"] = f"attach://{part}"
    answer = await bot.uploads("sendPhoto", {part: jpeg(shade=10)}, **fields)
    assert answer["ok"]
    assert await siti.downloads(await siti.sees("Bukti")) == jpeg(shade=10)


async def test_bot_uploads_a_document(bot: BareBot, siti: Phone) -> None:
    await bot.uploads("sendDocument", {"document": b"isi"}, chat_id=str(siti.id), caption="Surat")
    letter = await siti.sees("Surat")
    assert (letter.kind, letter.content["document"]["file_name"]) == ("document", "document.jpg")
    assert await siti.downloads(letter) == b"isi"


async def test_bot_sends_a_file_again_by_its_id(bot: BareBot, siti: Phone) -> None:
    voice = await siti.sends_voice(b"OggS suara")
    sent = await bot.does("sendVoice", chat_id=siti.id, voice=voice.file_id)
    assert sent["voice"]["duration"] == 7
    assert await siti.downloads(await siti.sees()) == b"OggS suara"


async def test_file_id_of_another_kind_is_refused(bot: BareBot, siti: Phone) -> None:
    letter = await siti.sends_document("surat.pdf")
    answer = await bot.refused("sendPhoto", chat_id=siti.id, photo=letter.file_id)
    assert answer == (400, "Bad Request: can't use file of type Document as Photo")


@pytest.mark.parametrize(
    ("photo", "reason"),
    [
        ("", "there is no photo in the request"),
        ("attach://nothing", "there is no photo in the request"),
        ("https://contoh.id/foto.jpg", "failed to get HTTP URL content"),
        ("nobody", "wrong remote file identifier specified: Wrong string length"),
    ],
)
async def test_photo_that_is_not_there_is_refused(bot: BareBot, siti: Phone, photo: str, reason: str) -> None:
    assert await bot.refused("sendPhoto", chat_id=siti.id, photo=photo) == (400, f"Bad Request: {reason}")


async def test_what_is_no_picture_is_no_photo(bot: BareBot, siti: Phone) -> None:
    answer = await bot.uploads("sendPhoto", {"photo": b"no picture"}, chat_id=str(siti.id))
    assert answer["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_empty_file_is_refused(bot: BareBot, siti: Phone) -> None:
    answer = await bot.uploads("sendDocument", {"document": b""}, chat_id=str(siti.id))
    assert answer["description"] == "Bad Request: file must be non-empty"


async def test_upload_over_50_megabytes_is_too_large(bot: BareBot, siti: Phone) -> None:
    answer = await bot.uploads("sendDocument", {"document": bytes(50 * MEGABYTE + 1)}, chat_id=str(siti.id))
    assert (answer["error_code"], answer["description"]) == (413, "Request Entity Too Large")


async def test_photo_over_10_megabytes_is_refused(bot: BareBot, siti: Phone) -> None:
    heavy = jpeg() + bytes(10 * MEGABYTE)
    answer = await bot.uploads("sendPhoto", {"photo": heavy}, chat_id=str(siti.id))
    assert answer["error_code"] == 400
    assert "too big for a photo" in answer["description"]


async def test_bot_sends_an_album(bot: BareBot, siti: Phone) -> None:
    first = await siti.sends_photo()
    media = [
        {"type": "photo", "media": first.file_id, "caption": "<b>Satu</b>", "parse_mode": "HTML"},
        {"type": "photo", "media": first.file_id},
    ]
    sent = await bot.does("sendMediaGroup", chat_id=siti.id, media=media)
    assert len({message["media_group_id"] for message in sent}) == 1
    assert sent[0]["caption_entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    assert (await bot.refused("sendMediaGroup", chat_id=siti.id, media=media[:1]))[0] == 400


async def test_bot_copies_a_message_without_its_sender(bot: BareBot, siti: Phone) -> None:
    photo = await siti.sends_photo(caption="asli")
    copied = await bot.does(
        "copyMessage", chat_id=siti.id, from_chat_id=siti.id, message_id=photo.id, caption="salinan"
    )
    seen = await siti.sees("salinan")
    assert (seen.id, seen.kind, seen.sender) == (copied["message_id"], "photo", "LaporBot")


def test_jpegs_name_their_size() -> None:
    assert picture_size(jpeg(640, 481, shade=0)) == (640, 481)
    assert picture_size(jpeg(8, 8, shade=255, note="x")) == (8, 8)
    assert picture_size(b"") is None


def test_shade_and_note_make_different_files() -> None:
    made = [jpeg(shade=shade, note=note) for shade in (0, 128, 255) for note in ("", "x")]
    assert len({hashlib.sha256(content).digest() for content in made}) == 6


def test_small_photo_keeps_its_own_size_as_the_largest() -> None:
    kept = FileStore().keep("photo", jpeg(100, 50))
    assert [(size["width"], size["height"]) for size in kept["photo"]] == [(90, 45), (100, 50)]
