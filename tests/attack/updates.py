"""Updates as Telegram sends them, and what an attacker makes of them."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

from tests.walker.acts import CODES, ODDITIES, STORIES, forged
from views.taps import Verb

Update = dict[str, Any]

HOSTILE: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**31,
    2**31 - 1,
    -(2**53),
    2**53,
    1e308,
    "",
    "\x00",
    "\ud7ff\uffff",
    "\u202e\u200f\u0301" * 50,
    "<a href='tg://user?id=1'>x</a>",
    "{0.__class__.__init__.__globals__}",
    "%(password)s %n %s",
    "'; DROP TABLE complaints; --",
    "../../../../etc/passwd",
    "C:\\Windows\\con.jpg",
    '=HYPERLINK("http://x")',
    "x" * 5000,
    [],
    {},
    [[[[]]]],
    {"id": {"id": {"id": 1}}},
)
"""What stands where something else should."""

NAMES = (
    "../../etc/passwd",
    "nama\x00.jpg",
    "a" * 300 + ".pdf",
    "<b>.png",
    "..\\..\\x.exe",
    ".",
    "{}.jpg",
    "\u202egpj.exe",
)
"""Names of files that want to be a path, a tag or another sort."""

DATE = 1_775_527_200


def genuine(random: Random, attacker: int, numbers: tuple[str, ...]) -> Update:
    """An update that Telegram could send of somebody who knows the numbers of other people's complaints."""
    makers = (_words, _words, _command, _command, _tap, _tap, _tap, _tap_old, _file, _place, _odd, _edit, _reply)
    maker = random.choice((*makers, _forwarded, _group, _left, _channel))
    return maker(random, attacker, numbers)


def mutated(random: Random, update: Update) -> Update:
    """The same with one to three things changed, doubled or taken away."""
    update = copy.deepcopy(update)
    for _ in range(random.randint(1, 3)):
        if not (places := list(_places(update))):
            break
        holder, key = random.choice(places)
        match random.randrange(4):
            case 0 if isinstance(holder, dict):
                holder.pop(key, None)
            case 1 if isinstance(holder, dict):
                holder[random.choice(("from", "chat", "text", "data", "date", "photo"))] = random.choice(HOSTILE)
            case _:
                holder[key] = copy.deepcopy(random.choice(HOSTILE))
    return update


def _places(node: Any) -> Any:
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in steps:
        yield node, key
        yield from _places(value)


def _message(random: Random, who: int, **content: Any) -> dict[str, Any]:
    return {
        "message_id": random.randint(1, 10**6),
        "date": DATE,
        "chat": {"id": who, "type": "private"},
        "from": _person(random, who),
        **content,
    }


def _person(random: Random, who: int) -> dict[str, Any]:
    name = random.choice(("Sari", "<b>&", "{0}", "\u202eirdna", "%s"))
    return {"id": who, "is_bot": False, "first_name": name, "language_code": random.choice(("id", "en", "in", "xx-YY"))}


def _argument(random: Random, numbers: tuple[str, ...]) -> str:
    return random.choice((*numbers, *CODES, *ODDITIES[:8], f"{random.choice(numbers)} {random.choice(STORIES)}"))


def _words(random: Random, who: int, numbers: tuple[str, ...]) -> Update:
    return {"message": _message(random, who, text=random.choice((*STORIES, *ODDITIES, *numbers)))}


def _command(random: Random, who: int, numbers: tuple[str, ...]) -> Update:
    command = random.choice(COMMANDS)
    text = f"/{command} {_argument(random, numbers)}".strip()
    return {"message": _message(random, who, text=text, entities=[_entity(len(command) + 1)])}


def _entity(length: int) -> dict[str, Any]:
    return {"type": "bot_command", "offset": 0, "length": length}


COMMANDS = (
    "start lapor draf baru batal laporan lacak bantuan bahasa privasi dataku hapus kenapa antrean lihat balas selesai"
    " verifikasi belum terusan gabung umumkan ajukan permintaan catatan tambahunit colek ringkasan bukaidentitas"
    " undang staf statistik wilayah latihan jawaban ekspor cek hubungkan perpanjang kembalikan tunda kelas tuduhan"
).split()
"""What an attacker has read in somebody's menu."""


def _tap(random: Random, who: int, numbers: tuple[str, ...]) -> Update:
    data = forged(random, (*CODES, *numbers, *map(str, range(1, 9))))
    under = _message(random, who, text="?")
    return {"callback_query": _query(random, who, data=data, message=under)}


def _tap_old(random: Random, who: int, numbers: tuple[str, ...]) -> Update:
    verb, number = random.choice(tuple(Verb)), random.choice(numbers)
    gone = {"chat": {"id": who, "type": "private"}, "message_id": 5, "date": 0}
    under = random.choice(({"message": gone}, {"inline_message_id": "AAAA"}, {}))
    return {"callback_query": _query(random, who, data=f"1:{verb}:{number}"[:64], **under)}


def _query(random: Random, who: int, **content: Any) -> dict[str, Any]:
    return {"id": str(random.randint(1, 10**9)), "from": _person(random, who), "chat_instance": "1", **content}


def _file(random: Random, who: int, numbers: tuple[str, ...]) -> Update:
    unique = f"u{random.randint(1, 20)}"
    file = {"file_id": unique, "file_unique_id": unique, "file_size": random.choice((1, 10**5, 3 * 10**7))}
    measured = file | {"width": 9, "height": 9, "duration": 1}
    content: dict[str, Any] = random.choice(
        (
            {"photo": [measured]},
            {"document": file | {"file_name": random.choice(NAMES), "mime_type": random.choice(NAMES)}},
            {"video": measured},
            {"voice": measured},
            {"photo": [measured], "media_group_id": "7", "caption": random.choice(STORIES)},
        )
    )
    return {"message": _message(random, who, **content)}


def _place(random: Random, who: int, numbers: tuple[str, ...]) -> Update:
    where = {"latitude": random.uniform(-90, 90), "longitude": random.uniform(-180, 180)}
    return {"message": _message(random, who, location=where)}


def _odd(random: Random, who: int, numbers: tuple[str, ...]) -> Update:
    contents: tuple[dict[str, Any], ...] = (
        {"contact": {"phone_number": "+62", "first_name": "Budi"}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"web_app_data": {"data": "{}", "button_text": "x"}},
        {"new_chat_title": "x"},
        {"migrate_to_chat_id": -100123},
        {},
    )
    return {"message": _message(random, who, **random.choice(contents))}


def _edit(random: Random, who: int, numbers: tuple[str, ...]) -> Update:
    return {"edited_message": _message(random, who, text=random.choice(STORIES), edit_date=DATE)}


def _reply(random: Random, who: int, numbers: tuple[str, ...]) -> Update:
    about = _message(random, who, text=f"Laporan {random.choice(numbers)}")
    about["from"] = {"id": 42, "is_bot": True, "first_name": "Lapor"}
    return {"message": _message(random, who, text=random.choice(STORIES), reply_to_message=about)}


def _forwarded(random: Random, who: int, numbers: tuple[str, ...]) -> Update:
    origin = {"type": "hidden_user", "date": DATE, "sender_user_name": "Ibu Rahasia"}
    return {"message": _message(random, who, text=random.choice(numbers), forward_origin=origin)}


def _group(random: Random, who: int, numbers: tuple[str, ...]) -> Update:
    message = _message(random, who, text=f"/{random.choice(COMMANDS)} {_argument(random, numbers)}")
    message["chat"] = {"id": -100777, "type": random.choice(("group", "supergroup")), "title": "<b>{}"}
    if random.random() < 0.3:
        message |= {"sender_chat": message["chat"], "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}}
    return {"message": message}


def _left(random: Random, who: int, numbers: tuple[str, ...]) -> Update:
    bot = {"id": 42, "is_bot": True, "first_name": "Lapor"}
    was, now = {"status": "member", "user": bot}, {"status": "kicked", "user": bot, "until_date": 0}
    chat = {"id": who, "type": "private"}
    change = {"chat": chat, "from": _person(random, who), "date": DATE, "old_chat_member": was, "new_chat_member": now}
    return {"my_chat_member": change}


def _channel(random: Random, who: int, numbers: tuple[str, ...]) -> Update:
    post = {"message_id": 1, "date": DATE, "chat": {"id": -1009, "type": "channel", "title": "x"}, "text": numbers[0]}
    return {"channel_post": post}
