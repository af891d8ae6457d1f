"""Reads what figures may tell from `figures.toml` beside this file."""

import tomllib
from pathlib import Path

from domain.figures import Measuring, MeasuringInvalid, parse_measuring

FILE = Path(__file__).with_name("figures.toml")


def seed_measuring(file: Path = FILE) -> Measuring:
    """The thresholds; raises MeasuringInvalid that names the file, the key and the mend."""
    try:
        return parse_measuring(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, MeasuringInvalid) as error:
        raise MeasuringInvalid(f"{file.name}: {error}") from error
