"""Reads the rhythm of automatic words from `cadence.toml` beside this file."""

import tomllib
from pathlib import Path

from domain.cadence import Cadence, CadenceInvalid, parse_cadence

FILE = Path(__file__).with_name("cadence.toml")


def seed_cadence(file: Path = FILE) -> Cadence:
    """The rhythm; raises CadenceInvalid that names the file, the key and the mend."""
    try:
        return parse_cadence(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, CadenceInvalid) as error:
        raise CadenceInvalid(f"{file.name}: {error}") from error
