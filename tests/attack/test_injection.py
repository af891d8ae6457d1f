"""Words that want to be markup or a format are shown as the words that they are."""

from itertools import product

from domain.lifecycle import Kind, Role
from tests.handlers.staff.conftest import DEWI, LAMP, RINA, Town

HOSTILE = (
    "<a href='tg://user?id=1'>lampu</a> & <b>",
    "{0.__class__.__init__.__globals__} {number} {text}",
    "%(token)s %s %n %x",
    "\\u003cscript\\u003e `rm -rf` $(id) ${HOME}",
)


async def test_hostile_words_reach_every_reader_as_they_were_written(town: Town) -> None:
    dewi, rina = await town.hires(DEWI, Role.COORDINATOR), await town.hires(RINA, Role.OFFICER, "dprkp")
    sari = town.phone(7001)
    number = await town.files(f"{LAMP} {' '.join(HOSTILE)}")
    await town.forwards(number)
    await town.delivers()
    reply = f"Lampu diganti 9 April 2026 oleh regu 2. {' '.join(HOSTILE)}"
    readings = (
        await dewi.says(f"/lihat {number}"),
        await rina.says(f"/lihat {number}"),
        await sari.says(f"/lacak {number}"),
        await rina.says(f"/balas {number} {reply}"),
    )
    for words, read in product(HOSTILE, readings):
        assert words in read


async def test_a_name_that_is_markup_is_a_name(town: Town) -> None:
    intake, by = town.house.services.intake, await town.caller(7001)
    sheet = await intake.begin(by, LAMP)
    sheet = await intake.choose_kind(by, sheet.id, Kind.COMPLAINT)
    await intake.place(by, "Cipocok Jaya, Kota Serang")
    await intake.pick_time(by, sheet.id, "yesterday")
    await intake.finish_evidence(by, sheet.id)
    await intake.finish_privacy(by, sheet.id)
    await intake.name(by, "<b>{0}%s</b>", sheet.id)
    await intake.pick_agency(by, sheet.id, 0)
    dewi = await town.hires(DEWI, Role.COORDINATOR)
    number = (await intake.submit(by, sheet.id)).number
    assert "<b>{0}%s</b>" in await dewi.says(f"/lihat {number}")
