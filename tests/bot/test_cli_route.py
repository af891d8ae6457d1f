"""`lapor route` as an operator runs it: a process of its own, with nothing set and no database."""

import asyncio
import json
import os
import pty
import sys
from asyncio.subprocess import PIPE
from pathlib import Path
from typing import Any

import routing
from tests.eavesdropping import ended, overhear

SERANG = Path(routing.__file__).parent / "data/directory/kota-serang.yaml"
LAPOR = Path(sys.executable).with_name("lapor")
PATIENCE_S = 60
LAMP = {"id": 7, "text": "Lampu jalan di depan gang mati", "place": {"regency": "Kota Serang"}}


async def route(folder: Path, given: bytes, *arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    """Runs the command in an empty folder and environment; returns its status, its answers and what it said."""
    process = await asyncio.create_subprocess_exec(
        LAPOR, "route", *arguments, cwd=folder, env={}, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    async with asyncio.timeout(PATIENCE_S):
        out, said = await ended(process, given)
    assert os.listdir(folder) == []
    return process.returncode or 0, [json.loads(line) for line in out.splitlines()], said


def line(**changes: object) -> bytes:
    return json.dumps(LAMP | changes).encode() + b"\n"


async def test_complaints_are_answered_without_settings_and_without_a_database(tmp_path: Path) -> None:
    status, (answer,), said = await route(tmp_path, line())
    assert (status, said) == (0, "")
    assert answer["id"] == 7
    assert answer["suggestions"][0]["sector"] == "transport"
    assert answer["suggestions"][0]["unit"] is None


async def test_a_directory_file_names_the_unit_that_has_it_there(tmp_path: Path) -> None:
    _, (answer,), _ = await route(tmp_path, line(), "--directory", str(SERANG))
    assert "Perumahan" in answer["suggestions"][0]["unit"]


async def test_bad_lines_make_the_exit_status_1_and_are_counted(tmp_path: Path) -> None:
    status, answers, said = await route(tmp_path, line() + b"\nnope\n" + line(id=8))
    assert status == 1
    assert [answer.get("id", answer.get("line")) for answer in answers] == [7, 2, 3, 8]
    assert said == "lapor: 2 of 4 lines could not be answered; each says why\n"


async def test_nothing_in_is_nothing_out(tmp_path: Path) -> None:
    assert await route(tmp_path, b"") == (0, [], "")


async def test_a_directory_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    status, answers, said = await route(tmp_path, line(), "--directory", "nowhere.yaml")
    assert (status, answers) == (2, [])
    assert said == "lapor: nowhere.yaml cannot be read: No such file or directory\n"


async def test_an_answer_is_there_before_the_next_line_is_asked(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        LAPOR, "route", cwd=tmp_path, env={}, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE_S):
        for number in (1, 2):
            process.stdin.write(line(id=number))
            assert json.loads(await process.stdout.readline())["id"] == number
        process.stdin.close()
        assert await ended(process) == (b"", "")
    assert process.returncode == 0


async def test_a_reader_who_has_had_enough_ends_it_without_a_word(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        "/bin/sh", "-c", f"{LAPOR} route | head -n 1", cwd=tmp_path, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    async with asyncio.timeout(PATIENCE_S):
        out, said = await ended(process, line() * 2000)
    assert len(out.splitlines()) == 1
    assert said == ""


async def test_a_terminal_sees_how_far_it_is_and_the_answers_stay_clean(tmp_path: Path) -> None:
    (tmp_path / "complaints.jsonl").write_bytes(line() * 3)
    ours, theirs = pty.openpty()
    with (tmp_path / "complaints.jsonl").open("rb") as given:
        process = await asyncio.create_subprocess_exec(
            LAPOR, "route", cwd=tmp_path, env={"TERM": "xterm"}, stdin=given, stdout=PIPE, stderr=theirs
        )
    os.close(theirs)
    async with asyncio.timeout(PATIENCE_S):
        out, _ = await ended(process)
    shown = overhear(os.read(ours, 100_000).decode())
    os.close(ours)
    assert [json.loads(each)["id"] for each in out.splitlines()] == [7, 7, 7]
    assert "3 complaints" in shown


async def test_it_loads_no_line_to_telegram_and_no_database() -> None:
    code = (
        "import sys, bot.cli, bot.commands.route, routing.json_lines; bot.cli.build(); "
        "heavy = ('aiogram', 'telegram', 'sqlalchemy', 'aiohttp', 'rich'); "
        "print([name for name in sys.modules if name.split('.')[0] in heavy])"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=PIPE, stderr=PIPE)
    out, _ = await ended(process)
    assert out.decode().strip() == "[]"
