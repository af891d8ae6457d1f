"""What stands in units, compose file and image exists: every command, option, setting and folder that they name."""

from __future__ import annotations

import re
import tomllib
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from typer.main import get_command

from bot.cli import build
from bot.settings import Settings

HOUSE = Path(__file__).parents[2]
UNITS = sorted((HOUSE / "deploy/systemd").glob("*.service"))
TIMERS = sorted((HOUSE / "deploy/systemd").glob("*.timer"))
DOCKERFILE = (HOUSE / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((HOUSE / "compose.yaml").read_text(encoding="utf-8"))
LAPOR = {name: each for name, each in COMPOSE["services"].items() if name != "postgres"}

SETTING = re.compile(r"\b((?:LAPOR|TELEGRAM)_[A-Z_]+|DATABASE_URL)\b")
NOT_OURS = {"POSTGRES_PASSWORD", "MPLCONFIGDIR"}

HARDENED = {
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "SystemCallFilter": "@system-service",
    "UMask": "0077",
    "User": "laporbot",
}


def demand(words: list[str]) -> None:
    """The command line knows these words: a command, its subcommand, its options."""
    command: Any = get_command(build())
    rest = list(words)
    while isinstance(command, typer.core.TyperGroup):
        assert rest[0] in command.commands, words
        command = command.commands[rest.pop(0)]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in rest if word.startswith("--")} <= known, words


def unit(file: Path) -> ConfigParser:
    """A unit, of which every line was understood."""
    read = ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(file, encoding="utf-8")
    return read


def lines_of(file: Path, name: str) -> list[str]:
    """All values of a name that may stand several times."""
    found = (line.partition("=") for line in file.read_text(encoding="utf-8").splitlines())
    return [value for key, _, value in found if key == name]


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_a_unit_starts_a_command_that_exists_with_nothing_that_it_does_not_need(file: Path) -> None:
    service = unit(file)["Service"]
    program, *words = service["ExecStart"].split()
    assert program == "/opt/laporbot/.venv/bin/lapor"
    demand(words)
    assert {name: service.get(name) for name in HARDENED} == HARDENED
    assert service["EnvironmentFile"] == "/etc/laporbot/env", "keys stand in no unit"


@pytest.mark.parametrize("file", [*UNITS, HOUSE / "compose.yaml", HOUSE / "Dockerfile"], ids=lambda file: file.name)
def test_every_setting_that_is_named_exists(file: Path) -> None:
    named = set(SETTING.findall(file.read_text(encoding="utf-8")))
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_settings_of_units_and_services_are_read_as_they_stand() -> None:
    for file in UNITS:
        given = dict(line.partition("=")[::2] for line in lines_of(file, "Environment"))
        settings = {name.lower(): value.replace("%i", "8081") for name, value in given.items() if name not in NOT_OURS}
        Settings(_env_file=None, **settings)  # type: ignore[call-arg,arg-type]
    for service in LAPOR.values():
        Settings(_env_file=None, **{name.lower(): value for name, value in service["environment"].items()})  # type: ignore[call-arg]


def test_two_processes_of_one_machine_show_their_figures_at_ports_of_their_own() -> None:
    ports = [value for file in UNITS for value in lines_of(file, "Environment") if "METRICS_PORT" in value]
    assert len(ports) == len(set(ports)) == len(UNITS) - 1, "all but the backup have one"


def test_every_timer_starts_a_unit_that_is_there() -> None:
    assert TIMERS
    for file in TIMERS:
        assert HOUSE / "deploy/systemd" / unit(file)["Timer"]["Unit"] in UNITS


def test_the_compose_file_runs_commands_that_exist_and_publishes_no_port() -> None:
    for service in LAPOR.values():
        demand(service["command"])
        assert service["cap_drop"] == ["ALL"]
        assert service["read_only"] is True
    assert not any("ports" in service for service in COMPOSE["services"].values())
    mounted = {volume.split(":")[0] for service in COMPOSE["services"].values() for volume in service["volumes"]}
    assert mounted == set(COMPOSE["volumes"])


def test_the_image_holds_every_package_and_runs_as_nobody_in_particular() -> None:
    packages = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = set(packages["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    assert set(re.findall(r"^COPY (\w+) \1$", DOCKERFILE, re.MULTILINE)) == wanted
    kept = (HOUSE / ".dockerignore").read_text(encoding="utf-8")
    assert all(f"!{package}\n" in kept for package in wanted)
    final = DOCKERFILE.rpartition("FROM ")[2]
    assert re.search(r"^USER [1-9]\d+$", final, re.MULTILINE)
    demand(re.findall(r'^CMD \["(\w+)"\]$', final, re.MULTILINE))
    assert "TOKEN" not in DOCKERFILE
    assert "KEYS" not in DOCKERFILE
