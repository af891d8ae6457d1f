"""What is written about the house is true of it."""

import re
from pathlib import Path

import typer
from typer.main import get_command

from bot.cli import build
from bot.commands.diagram import BEGIN, END, block, put
from domain.lifecycle import Action, Status
from views.menus import MENUS

HOUSE = Path(__file__).parents[2]
README = (HOUSE / "README.md").read_text(encoding="utf-8")
GLOSSARY = (HOUSE / "docs/glossary.md").read_text(encoding="utf-8")

CORE = {
    "pengaduan": "Complaint",
    "nomor laporan": "number",
    "pelapor": "Citizen",
    "instansi": "Agency",
    "OPD": "Unit",
    "pejabat penghubung": "Officer",
    "admin koordinator": "Coordinator",
    "verifikasi": "verify",
    "disposisi": "forward",
    "tindak lanjut": "follow up",
    "tunda": "hold",
    "arsip": "archive",
    "bukan wewenang": "return",
    "permintaan": "request",
    "tenggat": "deadline",
    "hari kerja": "working day",
    "cuti bersama": "joint leave",
    "riwayat": "timeline",
    "dukungan": "support",
    "terlambat": "overdue",
    "eskalasi": "escalate",
    "anonim": "anonymous",
    "rahasia": "secret",
    "buka identitas": "reveal",
}


def commands() -> set[str]:
    """Every command of the operator that is not hidden, with its group before it."""
    root = get_command(build())
    assert isinstance(root, typer.core.TyperGroup)
    shown = {name: command for name, command in root.commands.items() if not command.hidden}
    return {
        f"{name} {part}".rstrip()
        for name, command in shown.items()
        for part in (command.commands if isinstance(command, typer.core.TyperGroup) else [""])
    }


def test_the_diagram_of_the_readme_is_drawn_from_the_lifecycle_table() -> None:
    assert put(README) == README, 'run "lapor diagram --into README.md"'


def test_the_diagram_names_every_status() -> None:
    assert all(re.search(rf"\b{status.value}\b", block()) for status in Status)
    assert Action.MARK_DONE.value in block()


def test_the_diagram_replaces_only_what_stands_between_its_markers() -> None:
    assert put(f"a\n{BEGIN}\nold\n{END}\nb") == f"a\n{BEGIN}\n{block()}\n{END}\nb"


def test_every_command_of_the_operator_is_told_of_somewhere() -> None:
    written = README + "".join(file.read_text(encoding="utf-8") for file in (HOUSE / "docs").rglob("*.md"))
    assert sorted(command for command in commands() if f"lapor {command}" not in written) == []


def test_every_command_that_a_document_names_exists() -> None:
    groups = {command.partition(" ")[0] for command in commands()} | {"diagram"}
    for file in (HOUSE / "README.md", *sorted((HOUSE / "docs").rglob("*.md"))):
        named = set(re.findall(r"(?:`|bin/)lapor ([a-z0-9]+)", file.read_text(encoding="utf-8")))
        assert named - groups == set(), file.name


def test_the_core_words_stand_in_the_glossary_on_one_line_with_their_word_in_code() -> None:
    lines = GLOSSARY.splitlines()
    missing = [said for said, code in CORE.items() if not any(said in line and code in line for line in lines)]
    assert missing == []


def test_every_menu_offers_help_and_a_way_to_stop() -> None:
    assert all({"bantuan", "batal", "lapor"} <= set(menu) for menu in MENUS.values())


def test_the_documents_do_not_speak_of_how_they_came_about() -> None:
    own = re.compile(r"/work/|\bsession\b|\bclaude\b|\bsub-?agent\b", re.IGNORECASE)
    files = [HOUSE / "README.md", *(HOUSE / "docs").rglob("*.md")]
    assert [file.name for file in files if own.search(file.read_text(encoding="utf-8"))] == []


def test_every_test_that_the_page_of_security_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`", (HOUSE / "docs/security.md").read_text(encoding="utf-8"))
    assert len(named) > 10
    assert [name for name in named if not (HOUSE / name).exists()] == []
