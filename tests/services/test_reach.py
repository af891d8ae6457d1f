"""Every action by everybody, near and far: what the services answer, over queries that find only what is theirs."""

from dataclasses import replace

import pytest

from domain.lifecycle import Action, Role, Status
from storage.files import FileStore
from storage.rehearsal import rehearsing
from tests.conftest import FakeClock
from tests.services.conftest import Town
from tests.services.reach import DOORS, FILED, LISTS, OPENED, Stage, answer, build, hire, status_for
from tests.storage.places import SqlitePlace

OFFICER, HEAD, INSPECTOR = Role.OFFICER, Role.UNIT_HEAD, Role.INSPECTOR
COORDINATOR, NATION, HUB = Role.COORDINATOR, Role.NATIONAL_ADMIN, Role.PROVINCE_HUB
ACCUSED = (OFFICER, "disdukcapil")

COLUMNS = (
    # The citizen who filed it, and somebody without any part in it.
    ((), "lamp"),
    ((), "lamp"),
    # An officer of the unit, of one that helps, of a sister unit, of the accused unit, of another government.
    *((((OFFICER, unit),), "lamp") for unit in ("dprkp", "dlh", "dishub", "disdukcapil", "cilegon")),
    # A head of the unit, of a sister unit, of the accused unit, of another government.
    *((((HEAD, unit),), "lamp") for unit in ("dprkp", "dishub", "disdukcapil", "cilegon")),
    # An inspector whose unit has it, of a sister unit, of the accused unit, of another government.
    *((((INSPECTOR, unit),), "exam") for unit in ("inspektorat", "dishub", "disdukcapil", "cilegon")),
    # A coordinator of the government, of it and of the accused unit too, of another government.
    (((COORDINATOR, None),), "lamp"),
    (((COORDINATOR, None), ACCUSED), "lamp"),
    (((COORDINATOR, "cilegon"),), "lamp"),
    # The national admin as the arbiter, as that and of the accused unit too, and while it lies with a government.
    (((NATION, None),), "arbiter"),
    (((NATION, None), ACCUSED), "arbiter"),
    (((NATION, None),), "lamp"),
    # A hub of its province, of another province; an observer.
    (((HUB, "36"),), "lamp"),
    (((HUB, "32"),), "lamp"),
    (((Role.OBSERVER, None),), "lamp"),
)

EXPECTED = """
                citiz offic head  insp  coord natio hub   obs
                ox    ohsae osae  osae  oae   oae   oe    o
card            +?    ++??? +???  +???  +??   +??   ??    ?
files           +?    ++??? +???  +???  +??   +??   ??    ?
queue           ..    ++... +...  +...  ...   ...   ..    .
unverified      ..    ..... ....  ....  +..   +..   ..    .
unrouted        ..    ..... ....  ....  +..   +..   ..    .
requests        ..    ..... ....  ....  +..   +..   ..    .
digest          ..    ..... ....  ....  +..   +..   ..    .
add_information +?    --??? -???  -???  -??   -??   ??    ?
answer          +?    --??? -???  -???  -??   -??   ??    ?
support         -+    --+-+ -+-+  -+-+  --+   --+   -+    +
ask_secrecy     +?    --??? -???  -???  -??   -??   ??    ?
withdraw        +?    --??? -???  -???  -??   -??   ??    ?
confirm         +-    ----- ----  ----  ---   ---   --    -
reopen          +?    --??? -???  -???  -??   -??   ??    ?
rate            +-    ----- ----  ----  ---   ---   --    -
object          +?    --??? -???  -???  -??   -??   ??    ?
forward         -?    ????? ????  ????  +??   +??   ??    ?
reforward       -?    --??? -???  -???  +??   +??   ??    ?
pass_on         -?    ????? ????  ????  +??   +??   ??    ?
add_unit        -?    --??? -???  -???  +??   +??   ??    ?
remove_unit     -?    --??? -???  -???  +??   +??   ??    ?
change_class    -?    --??? -???  -???  +??   +??   ??    ?
make_secret     -?    --??? -???  -???  +??   +??   ??    ?
write_gist      -?    ????? ????  ????  +??   +??   ??    ?
hold            -?    --??? -???  -???  +??   +??   ??    ?
resume          -?    --??? -???  -???  +??   +??   ??    ?
extend          -?    --??? -???  -???  +??   +??   ??    ?
archive         -?    --??? -???  -???  +??   +??   ??    ?
merge           -?    --??? -???  -???  +??   +??   ??    ?
announce        -?    --??? -???  -???  +??   +??   ??    ?
decide_request  -?    --??? -???  -???  +??   +??   ??    ?
nudge           --    ----- ----  ----  +--   +--   +-    -
release_file    -?    --??? -???  -???  +??   +??   ??    ?
reveal          -?    --??? -???  +???  +??   +??   ??    ?
accuse          -?    --??? -???  +???  +??   +??   ??    ?
clear           -?    --??? -???  +???  -??   -??   ??    ?
record_sp4n     -?    --??? -???  -???  +??   +??   ??    ?
take            -?    +-??? +???  +???  -??   -??   ??    ?
release         -?    +-??? +???  +???  -??   -??   ??    ?
note            -?    ++??? +???  +???  +??   +??   ??    ?
ask_citizen     -?    +-??? +???  +???  -??   -??   ??    ?
follow_up       -?    +-??? +???  +???  -??   -??   ??    ?
mark_done       -?    +-??? +???  +???  -??   -??   ??    ?
request         -?    +-??? +???  +???  -??   -??   ??    ?
return          -?    +-??? +???  +???  -??   -??   ??    ?
hand_over       -?    --??? -???  -???  -??   -??   ??    ?
escalate        -?    --??? -???  -???  -??   -??   ??    ?
close           -?    --??? -???  -???  -??   -??   ??    ?
"""
"""+ is done, - is refused, ? is answered as a number that does not exist, . is not among what they are shown.

Below each role its scopes: o own, h helps, s sister unit, a of the accused unit (too), e elsewhere, x a stranger.
What anybody may know of a number (that it is there, and where it stands) is refused rather than missing.
"""


@pytest.fixture
def place(sqlite_place: SqlitePlace) -> SqlitePlace:
    """The conditions themselves are compared with the rules on both engines: `tests/storage/test_reach.py`."""
    return sqlite_place


async def test_every_action_by_everybody_near_and_far_is_done_refused_or_answered_as_a_missing_number(
    town: Town, clock: FakeClock
) -> None:
    world, files = await build(town), FileStore.beside(town.office.database, town.folder)
    people = [await hire(town, world, FILED if at == 0 else 100 + at, each[0]) for at, each in enumerate(COLUMNS)]
    found: dict[str, str] = dict.fromkeys((*OPENED, *LISTS, *DOORS), "")
    for by, (_, lies) in zip(people, COLUMNS, strict=True):
        async with rehearsing(town.office.database, clock) as database:
            stage = Stage.of(replace(town.office, database=database), files, world, lies)
            for name, (status, listed) in LISTS.items():
                found[name] += "+" if stage.number(status) in repr(await listed(stage, by)) else "."
            for name, opened in OPENED.items():
                found[name] += await answer(opened, stage, by, stage.number(Status.FORWARDED))
        for action, door in DOORS.items():
            async with rehearsing(town.office.database, clock) as database:
                stage = Stage.of(replace(town.office, database=database), files, world, lies)
                found[action] += await answer(door, stage, by, stage.number(status_for(action)))
    assert set(DOORS) == set(Action)
    assert table(found) == EXPECTED.strip().splitlines()[2:]


WIDTHS = (2, 5, 4, 4, 3, 3, 2, 1)
"""How many columns stand together: citizen, officer, head, inspector, coordinator, nation, hub, observer."""


def table(found: dict[str, str]) -> list[str]:
    """The answers as the table above is written."""
    starts = [sum(WIDTHS[:at]) for at in range(len(WIDTHS))]
    cut = {
        name: [row[at : at + width] for at, width in zip(starts, WIDTHS, strict=True)] for name, row in found.items()
    }
    return [f"{name:16}" + " ".join(f"{block:5}" for block in blocks).rstrip() for name, blocks in cut.items()]
