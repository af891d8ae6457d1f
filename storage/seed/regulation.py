"""Reads the versions of the regulation from `regulation.toml` beside this file."""

import tomllib
from pathlib import Path

from domain.regulation import Regulation, RegulationInvalid, parse_regulations

FILE = Path(__file__).with_name("regulation.toml")


def seed_regulations(file: Path = FILE) -> tuple[Regulation, ...]:
    """The versions, oldest first; raises RegulationInvalid that names the file, the key and the mend."""
    try:
        return parse_regulations(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, RegulationInvalid) as error:
        raise RegulationInvalid(f"{file.name}: {error}") from error
