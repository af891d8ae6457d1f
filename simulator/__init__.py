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

Faults are ordered: `await telegram.faults.fail("sendMessage", times=3, status=502)`, `.flood(retry_after=7)`,
`.delay(seconds=2)`, `.drop_answer(...)`, `.drop_request(...)`, `.deliver_twice()`, `.clear()`.
Tests also ask: `telegram.calls("sendMessage")`, `telegram.pending_updates()`, `telegram.moves_clock(by)`.

Flood limits are on (30 a second over all, 1 a second per chat with a burst of 20, in real seconds);
`SimulatedTelegram(limits=Limits.off())` or `python -m simulator --no-limits` for stories told faster than people type.
"""

from simulator.client import FaultOrders, SeenCall, Telegram
from simulator.faults import ALWAYS
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
    "Limits",
    "Phone",
    "Screen",
    "SeenCall",
    "SimulatedTelegram",
    "Telegram",
    "jpeg",
]
