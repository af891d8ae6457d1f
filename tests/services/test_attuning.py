"""What one process changes, another one knows."""

from routing.matcher import AgencyMatcher
from services.attuning import Attuning
from services.directory import Directory
from services.learning import Learning
from services.office import Office
from storage.seed.regulation import seed_regulations
from tests.conftest import FakeClock
from tests.services.conftest import LAMP, SERANG, Town


def another_process(town: Town, clock: FakeClock, matcher: AgencyMatcher) -> Office:
    """The same register, seen by a process that has read nothing of it yet."""
    return Office(town.office.database, clock, seed_regulations(), matcher)


def offices(office: Office) -> set[str | None]:
    """The units that are proposed for a lamp that is dark."""
    return {candidate.unit for candidate in office.matcher.suggest(f"{LAMP} di Kota Serang").candidates}


async def test_a_directory_that_another_process_loads_is_used_without_a_restart(
    town: Town, clock: FakeClock, matcher: AgencyMatcher
) -> None:
    other = another_process(town, clock, matcher)
    attuning = Attuning(other)
    assert await attuning.catch_up()
    assert not await attuning.catch_up(), "nothing has changed"
    assert "36.73-dprkp" in offices(other)
    clock.advance(hours=1)
    renamed = SERANG.read_text(encoding="utf-8").replace("code: dprkp", "code: perkim")
    await Directory(town.office).load(renamed)
    assert await attuning.catch_up()
    assert "36.73-perkim" in offices(other)
    assert "36.73-dprkp" not in offices(other)


async def test_what_another_process_has_learned_is_used_without_a_restart(
    town: Town, clock: FakeClock, matcher: AgencyMatcher
) -> None:
    attuning = Attuning(another_process(town, clock, matcher))
    await attuning.catch_up()
    clock.advance(hours=1)
    await Learning(town.office).learn("36.73")
    assert await attuning.catch_up()
    clock.advance(hours=1)
    await Learning(town.office).forget("36.73")
    assert await attuning.catch_up()
    assert not await attuning.catch_up()
