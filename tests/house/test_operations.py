"""The pages for the night shift name every figure, every finding and no figure that is not there."""

import re
from pathlib import Path

from bot.metrics import Metrics

HOUSE = Path(__file__).parents[2]
METRICS = (HOUSE / "docs/operations/metrics.md").read_text(encoding="utf-8")
NIGHT = (HOUSE / "docs/operations/README.md").read_text(encoding="utf-8")
SOURCES = "".join(file.read_text(encoding="utf-8") for file in sorted((HOUSE / "bot").glob("checkup*.py")))

HARMLESS = {"database", "directory", "units", "emergency numbers", "outbox", "inbox", "backups", "token"}
"""Findings whose line says all that is to be done, or that stand in the page in other words."""


def shown() -> set[str]:
    """The names under which figures are scraped."""
    families = Metrics().registry.collect()
    return {f"{each.name}_total" if each.type == "counter" else each.name for each in families}


def test_every_figure_stands_in_the_page_and_every_figure_of_the_page_is_there() -> None:
    ours = {name for name in shown() if name.startswith("lapor_")}
    named = {name for name in re.findall(r"\blapor_[a-z_]+", METRICS) if name not in ("lapor_right",)}
    assert ours - named == set()
    assert named - ours == set()


def test_every_finding_of_the_doctor_is_told_of_at_night() -> None:
    found = set(re.findall(r'(?:red|warning)\(\s*"([^"]+)"', SOURCES)) | set(re.findall(r'"(disk) of', SOURCES))
    assert {subject for subject in found - HARMLESS if f"`{subject}`" not in NIGHT} == set()


def test_a_page_of_the_night_shift_links_only_to_pages_that_are_there() -> None:
    folder = HOUSE / "docs/operations"
    for page in folder.glob("*.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (folder / target).exists(), (page.name, target)
