"""Names, handles, telephones and titles that are planted in the register stand in no figure, letter or screen of it."""

from domain.drafting import Purpose, Satisfaction
from domain.figures import Period
from domain.lifecycle import Role
from domain.messages import Notice
from domain.scopes import scopes_of
from locales.translator import words_for
from services.caller import Caller
from services.figures import Evaluation
from services.overview import Overview
from services.people import TelegramPerson
from services.regions import Regions
from tests.conftest import FakeClock
from tests.services.conftest import Town, jakarta
from views import evaluation, overview, regions
from views.letters import render

WORDS = words_for("id")
NAME, HANDLE, PHONE, TITLE = "Zubaidah Kertarajasa", "zubaidah_k77", "081299887766", "Lampu jalan jingga"
STORY = f"{TITLE} di gang Wijayakusuma mati, kata {NAME}, hubungi {PHONE} atau @{HANDLE}"
STAFF_NAMES = tuple(f"Staf {chat_id}" for chat_id in (20, 30, 40, 41, 42))
PLANTED = (NAME, "Zubaidah", HANDLE, PHONE, TITLE, "jingga", "Wijayakusuma", "Ibu Sari", *STAFF_NAMES)
FIGURES = {Notice.WEEKLY, Notice.QUIET}
CLIMBED = Notice.ESCALATION


async def watching(town: Town) -> dict[str, Caller]:
    """Those who see how many there are, and none of them."""
    return {
        "hub": await town.hires(40, Role.PROVINCE_HUB),
        "national": await town.hires(41, Role.NATIONAL_ADMIN, government=None),
        "observer": await town.hires(42, Role.OBSERVER, government=None),
    }


async def screens_of(town: Town, people: dict[str, Caller]) -> dict[str, str]:
    """Every screen of figures, as it would be sent."""
    shown = {}
    for name, by in people.items():
        shown[f"{name} whose"] = overview.ask_scope(await Overview(town.office).choices(by), WORDS).text
        for scope in scopes_of(by.actor):
            for period in Period:
                sheet = await Overview(town.office).of(by, scope, period)
                shown[f"{name} {scope} {period}"] = overview.overview(sheet, WORDS).text
                shown[f"{name} {scope} {period} drawn"] = overview.chart_says(sheet.figures, WORDS)
        provinces = await Regions(town.office).provinces(by)
        shown[f"{name} provinces"] = regions.provinces(provinces, 0, WORDS).text
        for each in provinces:
            sheet_of = await Regions(town.office).province(by, each.province)
            shown[f"{name} {each.name}"] = regions.region(sheet_of, 0, WORDS).text
    shown["page"] = evaluation.page(await Evaluation(town.office).of("36.73", town.office.clock().date()), WORDS)
    return shown


async def letters_to(town: Town, clock: FakeClock, *people: Caller) -> dict[str, str]:
    """Every letter that is owed to some people, as it would be sent."""
    async with town.office.database.reading() as work:
        chats = {await work.identities.chat_id_of(each.person_id) for each in people}
    return {
        f"{letter.kind} to {letter.chat_id}": render(letter, WORDS).text
        for letter in await town.owed(clock)
        if letter.kind in FIGURES or letter.chat_id in chats
    }


async def test_what_is_planted_in_the_register_stands_in_no_figure_letter_or_screen(
    town: Town, clock: FakeClock
) -> None:
    officer, coordinator = await town.hires(20, Role.OFFICER, "dprkp"), await town.hires(30, Role.COORDINATOR)
    people = await watching(town)
    writers = [await town.people.meet(TelegramPerson(50 + each, NAME, HANDLE, "id")) for each in range(6)]
    numbers = [(await town.files(by, STORY)).number for by in writers]
    for number in numbers:
        proposal = await town.oversight.propose(coordinator, number)
        [unit_id] = officer.actor.units
        proposal = await town.oversight.choose_unit(coordinator, proposal.serial, unit_id)
        await town.oversight.forward(coordinator, proposal.serial)
    await town.does(officer, numbers[0], Purpose.DONE, f"{TITLE} milik {NAME} sudah diganti 8 April pukul 10.00.")
    await town.tracking.confirm(writers[0], numbers[0])
    await town.tracking.rate(writers[0], numbers[0], Satisfaction.DISSATISFIED)
    await town.owed(clock)
    shown = {}
    # Weeks in which nobody comes: lateness climbs to the top day by day, and the government falls silent.
    for day in ("2026-05-04", "2026-05-05", "2026-05-06", "2026-05-07"):
        clock.set(jakarta(f"{day} 10:00"))
        await town.timekeeping.escalate(clock())
        await town.timekeeping.weekly(clock())
        shown |= await letters_to(town, clock, *people.values())
    async with town.office.database.reading() as work:
        government = await work.directory.government_by_code("36.73")
    assert government is not None
    await Regions(town.office).remind(people["hub"], government.id)
    clock.advance(hours=1)
    shown |= await letters_to(town, clock, *people.values())
    shown |= await screens_of(town, {**people, "officer": officer, "coordinator": coordinator})
    kinds = {key.partition(" ")[0] for key in shown}
    assert {Notice.WEEKLY, Notice.QUIET, Notice.ESCALATION} <= kinds
    assert {f"{Notice.ESCALATION} to {chat_id}" for chat_id in (40, 41)} <= shown.keys()
    found = {key: planted for key, text in shown.items() for planted in PLANTED if planted.lower() in text.lower()}
    assert found == {}
    told = {key: text for key, text in shown.items() if key.partition(" ")[0] != CLIMBED}
    assert [key for key, text in told.items() for number in numbers if number in text] == []
