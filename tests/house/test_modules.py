"""The house rules that no linter knows."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).parents[2]
PACKAGES = tuple(
    tomllib.loads((HOUSE / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
)
LONGEST = 400
"""Lines of a file that still fits a head."""

VAGUE = {"utils", "helpers", "misc", "common", "manager", "util", "helper"}
TOKEN = re.compile(r"\b\d{5,}:[A-Za-z0-9_-]{30,}")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        for file in sorted((HOUSE / package).rglob("*.py")):
            if "versions" not in file.parts:
                yield file


def everything() -> Iterator[Path]:
    yield from sources()
    for folder in ("tests", "benchmarks"):
        yield from sorted((HOUSE / folder).rglob("*.py"))


def name(file: Path) -> str:
    return str(file.relative_to(HOUSE))


def caption(file: Path) -> str:
    return (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def test_every_module_opens_with_its_caption() -> None:
    assert [name(file) for file in everything() if not re.fullmatch(r"[A-Z/`].{14,}[.:;!?]", caption(file))] == []


def test_every_file_fits_a_head() -> None:
    lengths = {name(file): len(file.read_text(encoding="utf-8").splitlines()) for file in everything()}
    assert {file: length for file, length in lengths.items() if length > LONGEST} == {}


def test_every_file_is_named_for_what_is_in_it() -> None:
    assert [name(file) for file in everything() if VAGUE & set(file.stem.split("_"))] == []


def test_nothing_is_left_for_later() -> None:
    assert [name(file) for file in sources() if UNFINISHED.search(file.read_text(encoding="utf-8"))] == []


def test_tasks_are_begun_in_task_groups_only() -> None:
    """A task that nobody waits for loses its errors. What only plays an office may."""
    lonely = re.compile(r"(asyncio|loop|get_running_loop\(\))\.(create_task|ensure_future)\(|[^.\w]ensure_future\(")
    found = [name(file) for file in sources() if lonely.search(file.read_text(encoding="utf-8"))]
    assert [file for file in found if not file.startswith(("simulator/", "bot/demo/"))] == []


def test_the_environment_is_read_in_one_file() -> None:
    reading = re.compile(r"os\.(environ|getenv)|environ\[")
    found = {name(file) for file in sources() if reading.search(file.read_text(encoding="utf-8"))}
    assert {file for file in found if not file.startswith("simulator/")} <= {"bot/settings.py"}


def test_time_is_asked_of_a_clock_and_not_of_the_machine() -> None:
    asking = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.time\(")
    below = ("domain", "services", "views", "routing", "handlers")
    found = [
        name(file)
        for file in sources()
        if name(file).startswith(below) and asking.search(file.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_nothing_that_looks_like_a_real_token_lies_in_the_tree() -> None:
    kinds = ("*.py", "*.md", "*.toml", "*.yaml", "*.yml", "*.po", ".env.example", "Makefile", "Dockerfile")
    files = [
        file
        for kind in kinds
        for file in HOUSE.rglob(kind)
        if not {".venv", ".tools", ".git"} & set(file.relative_to(HOUSE).parts)
    ]
    assert files
    assert [name(file) for file in files if TOKEN.search(file.read_text(encoding="utf-8"))] == []
