"""Reads how long things are kept from `retention.toml` beside this file."""

import tomllib
from pathlib import Path

from domain.privacy import Retention, RetentionInvalid, parse_retention

FILE = Path(__file__).with_name("retention.toml")


def seed_retention(file: Path = FILE) -> Retention:
    """The periods; raises `RetentionInvalid` that names the file, the key and the mend."""
    try:
        return parse_retention(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, RetentionInvalid) as error:
        raise RetentionInvalid(f"{file.name}: {error}") from error
