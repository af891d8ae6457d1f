"""`.env.example` holds every setting with a comment, and nothing else."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings

LINES = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8").splitlines()
GIVEN = {
    line.partition("=")[0]: (number, line.partition("=")[2])
    for number, line in enumerate(LINES)
    if re.match(r"[A-Z_]+=", line)
}


def test_every_setting_stands_in_the_example_and_every_line_of_it_is_a_setting() -> None:
    assert set(GIVEN) == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("name", GIVEN)
def test_a_setting_is_explained_right_above_it(name: str) -> None:
    above = LINES[GIVEN[name][0] - 1]
    assert above.startswith("# ")
    assert len(above) > 20


@pytest.mark.parametrize("name", GIVEN)
def test_the_example_shows_the_default(name: str) -> None:
    default = Settings.model_fields[name.lower()].default
    default = default.get_secret_value() if hasattr(default, "get_secret_value") else default
    assert GIVEN[name][1] == ("" if default is None else str(default))
