"""The doctor's findings: what is well, what somebody should look at, what does not work."""

from datetime import UTC, datetime

import pytest

from bot.beginnings import bring_up
from bot.checkup import Finding, State, examine
from bot.composition import open_house
from bot.mend import Mend
from bot.settings import Settings
from domain.lifecycle import Role
from domain.messages import Notice
from services.people import TelegramPerson
from simulator.server import SimulatedTelegram
from storage.crypto import new_key
from tests.bot.test_cli import SERANG
from tests.bot.wiring import settings_for
from tests.conftest import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    """As late as it is, since Telegram's clock is compared with it."""
    return FakeClock(datetime.now(UTC))


@pytest.fixture
def settings(url: str, telegram: SimulatedTelegram) -> Settings:
    """Settings that fit."""
    return settings_for(url, telegram.url)


async def findings(settings: Settings, clock: FakeClock) -> dict[str, Finding]:
    return {finding.subject: finding async for finding in examine(settings, clock)}


async def test_a_register_that_was_brought_up_and_staffed_is_not_red(settings: Settings, clock: FakeClock) -> None:
    clock.set(clock().replace(month=3, day=2))
    await bring_up(settings, clock)
    async with open_house(settings, clock) as house:
        await house.services.directory.load(SERANG)
        by = await house.services.people.meet(TelegramPerson(701, "Sari"))
        for role, government in ((Role.COORDINATOR, "36.73"), (Role.NATIONAL_ADMIN, None)):
            await house.services.directory.redeem(
                by, await house.services.directory.invite(role, government, None, "Sari")
            )
    found = await findings(settings, clock)
    assert {subject for subject, finding in found.items() if finding.state is State.RED} == {"clock"}
    assert found["keys"].says == "open the identities of 2 members of staff"
    assert found["units"].state is State.WARNING
    assert "lapor invite officer" in found["units"].says


async def test_a_clock_that_agrees_with_telegrams_is_well(settings: Settings, clock: FakeClock) -> None:
    assert (await findings(settings, clock))["clock"].state is State.GOOD


async def test_a_desk_that_nobody_reads_is_red(settings: Settings, clock: FakeClock) -> None:
    await bring_up(settings, clock)
    async with open_house(settings, clock) as house:
        await house.services.directory.load(SERANG)
    found = await findings(settings, clock)
    assert found["SP4N desk"].state is State.RED
    assert "lapor invite coordinator" in found["coordinators"].says


async def test_keys_that_do_not_open_the_identities_are_red(settings: Settings, clock: FakeClock) -> None:
    async with open_house(settings, clock) as house:
        by = await house.services.people.meet(TelegramPerson(701, "Sari"))
        token = await house.services.directory.invite(Role.NATIONAL_ADMIN, None, None, "Sari")
        await house.services.directory.redeem(by, token)
    other = settings.model_copy(update={"lapor_keys": type(settings.lapor_keys)(new_key())})  # type: ignore[misc]
    found = await findings(other, clock)
    assert found["keys"].state is State.RED
    assert "older key" in found["keys"].says
    with pytest.raises(Mend, match="older key"):
        async with open_house(other, clock) as house:
            await house.services.directory.staff()


async def test_a_year_without_holidays_is_red_and_so_is_autumn_without_next_years_joint_leave(
    settings: Settings, clock: FakeClock
) -> None:
    assert (await findings(settings, clock))["holidays"].state is State.RED
    clock.set(datetime(2027, 3, 1, tzinfo=UTC))
    await bring_up(settings, clock)
    assert (await findings(settings, clock))["holidays"].state is State.GOOD
    clock.set(datetime(2027, 10, 1, tzinfo=UTC))
    late = (await findings(settings, clock))["holidays"]
    assert (late.state, "joint leave of 2028" in late.says) == (State.RED, True)


async def test_emergency_numbers_that_nobody_has_checked_warn_and_are_not_hidden(
    settings: Settings, clock: FakeClock
) -> None:
    await bring_up(settings, clock)
    found = (await findings(settings, clock))["emergency numbers"]
    assert found.state is State.WARNING
    assert "call them" in found.says


async def test_what_was_set_aside_or_failed_warns(settings: Settings, clock: FakeClock) -> None:
    async with open_house(settings, clock) as house, house.database.work() as work:
        person = await work.identities.meet(701, clock())
        await work.outbox.add("x", person.id, Notice.RECEIPT, clock())
        await work.outbox.claim_due("test", clock(), 1, clock() - clock())
        await work.outbox.expire(clock())
        await work.commit()
    found = await findings(settings, clock)
    assert found["inbox"].state is State.GOOD
    assert (found["outbox"].state, "1 are uncertain" in found["outbox"].says) == (State.WARNING, True)


async def test_a_telegram_that_is_away_is_red_and_the_rest_is_looked_at_all_the_same(
    url: str, clock: FakeClock
) -> None:
    found = await findings(settings_for(url, "http://127.0.0.1:9"), clock)
    assert found["token"].state is State.RED
    assert "TEST-token" not in str(found["token"])
    assert found["database"].state is State.GOOD


async def test_a_refused_token_is_red_with_the_mend(url: str, telegram: SimulatedTelegram, clock: FakeClock) -> None:
    found = await findings(settings_for(url, telegram.url, token="43:other"), clock)
    assert "ask @BotFather" in found["token"].says
