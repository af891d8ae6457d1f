"""A Telegram on this machine: Bot API over HTTP and pretend phones.

    async with SimulatedTelegram() as telegram:          # in this process, on a free loopback port
        bot = Bot(telegram.token, ...)                    # any Bot API client; its base address is telegram.url
        warga = telegram.phone("Siti")                    # one pretend person
        await warga.says("/lapor")
        await warga.taps("Kirim")                         # waits for the button, newest message first
        receipt = await warga.sees("Nomor laporan")       # waits, returns the message (a Bubble)

    async with Telegram(url) as telegram: ...             # the same, against `python -m simulator --port N`

Phones do: says, replies, starts, opens (a t.me link), edits, forwards, taps, forges, sends_photo, sends_album,
sends_document, sends_video, sends_video_note, sends_voice, sends_sticker, sends_location, sends_contact,
sends_poll, blocks, unblocks, deletes_account. They see: sees, sees_new, sees_toast, sees_button,
sees_nothing_new, does_not_see, screen, messages, toasts, commands, downloads. All of them are awaited.

Groups: `desk = await telegram.group("Dinas PU", budi, forum=True)` is Budi's phone inside; `await desk.admits()` lets
the bot in, `await desk.admits(rina)` somebody else, `GroupPhone(rina, desk.room)` is her phone there. Beside all that
phones do, these know admits, removes, promotes, demotes, silences, opens_topic, renames_topic, closes_topic,
reopens_topic, deletes_topic, switches_topics, deletes, upgrades, in_topic.

Faults are ordered: `await telegram.faults.fail("sendMessage", times=3, status=502)`, `.flood(retry_after=7)`,
`.delay(seconds=2)`, `.drop_answer(...)`, `.drop_request(...)`, `.deliver_twice()`, `.deliver_swapped()`,
`.deliver(kind, payload)` (an update that no phone could send), `.clear()`.
Tests also ask: `telegram.calls("sendMessage")`, `telegram.pending_updates()`, `telegram.moves_clock(by)`.

Updates are fetched by getUpdates, or brought by setWebhook to an address on this machine, with the secret token, again
and again until they are taken. A method call inside the answer to a webhook is not obeyed.

Flood limits are on (30 a second over all, 1 a second per chat with a burst of 20, 20 a minute per group, all in real
seconds); `SimulatedTelegram(limits=Limits.off())` or `python -m simulator --no-limits` for stories told faster than
people type.

`PhonesPage(telegram, seats)` of `simulator.page` shows phones in a browser.
"""

from simulator.client import FaultOrders, SeenCall, Telegram
from simulator.faults import ALWAYS
from simulator.group_phone import GroupPhone, Room
from simulator.limits import Limits
from simulator.phone import CannotDo, Phone
from simulator.pictures import jpeg
from simulator.screen import Bubble, Button, Screen
from simulator.server import TOKEN, SimulatedTelegram

__all__ = [
    "ALWAYS",
    "TOKEN",
    "Bubble",
    "Button",
    "CannotDo",
    "FaultOrders",
    "GroupPhone",
    "Limits",
    "Phone",
    "Room",
    "Screen",
    "SeenCall",
    "SimulatedTelegram",
    "Telegram",
    "jpeg",
]
