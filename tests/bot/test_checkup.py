"""The doctor's findings: what is well, what somebody should look at, what does not work."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.beginnings import bring_up
from bot.checkup import examine
from bot.checkup_running import BACKUP_OLD, BACKUP_VERY_OLD, DISK_LOW, DISK_OUT, LATE, VERY_LATE, _room
from bot.checkup_telegram import about_webhook
from bot.findings import Finding, State
from bot.getme import WebhookInfo
from bot.house import open_house
from bot.mend import Mend
from bot.settings import Settings
from domain.lifecycle import Role
from domain.messages import Notice
from services.people import TelegramPerson
from simulator.server import SimulatedTelegram
from storage.crypto import new_key
from storage.queries.inbox import Arrived
from storage.queries.pulse import BACKUP
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
    assert "lapor staff invite officer" in found["units"].mend


async def test_a_clock_that_agrees_with_telegrams_is_well(settings: Settings, clock: FakeClock) -> None:
    assert (await findings(settings, clock))["clock"].state is State.GOOD


async def test_a_desk_that_nobody_reads_is_red(settings: Settings, clock: FakeClock) -> None:
    await bring_up(settings, clock)
    async with open_house(settings, clock) as house:
        await house.services.directory.load(SERANG)
    found = await findings(settings, clock)
    assert found["SP4N desk"].state is State.RED
    assert "lapor staff invite coordinator" in found["coordinators"].mend


async def test_keys_that_do_not_open_the_identities_are_red(settings: Settings, clock: FakeClock) -> None:
    async with open_house(settings, clock) as house:
        by = await house.services.people.meet(TelegramPerson(701, "Sari"))
        token = await house.services.directory.invite(Role.NATIONAL_ADMIN, None, None, "Sari")
        await house.services.directory.redeem(by, token)
    other = settings.model_copy(update={"lapor_keys": type(settings.lapor_keys)(new_key())})  # type: ignore[misc]
    found = await findings(other, clock)
    assert found["keys"].state is State.RED
    assert "older key" in found["keys"].mend
    with pytest.raises(Mend, match="older key"):
        async with open_house(other, clock) as house:
            await house.services.staffing.everybody()


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
    assert "call them" in found.mend


async def test_what_was_set_aside_or_failed_warns(settings: Settings, clock: FakeClock) -> None:
    async with open_house(settings, clock) as house, house.database.work() as work:
        person = await work.identities.meet(701, clock())
        await work.outbox.add("x", person.id, Notice.RECEIPT, clock())
        await work.outbox.claim_due("test", clock(), 1, clock() - clock())
        await work.outbox.expire(clock())
        await work.commit()
    found = await findings(settings, clock)
    assert found["inbox"].state is State.GOOD
    assert (found["undelivered"].state, "1 are uncertain" in found["undelivered"].says) == (State.WARNING, True)
    assert "lapor outbox retry" in found["undelivered"].mend


async def test_a_telegram_that_is_away_is_red_and_the_rest_is_looked_at_all_the_same(
    url: str, clock: FakeClock
) -> None:
    found = await findings(settings_for(url, "http://127.0.0.1:9"), clock)
    assert found["token"].state is State.RED
    assert "TEST-token" not in str(found["token"])
    assert found["database"].state is State.GOOD


async def test_a_refused_token_is_red_with_the_mend(url: str, telegram: SimulatedTelegram, clock: FakeClock) -> None:
    found = await findings(settings_for(url, telegram.url, token="43:other"), clock)
    assert "ask @BotFather" in found["token"].mend


async def test_updates_that_wait_too_long_are_red_with_their_age(settings: Settings, clock: FakeClock) -> None:
    async with open_house(settings, clock) as house:
        async with house.database.work() as work:
            await work.inbox.store([Arrived(1, "701", "{}")], clock())
            await work.commit()
        for age, state in ((LATE / 2, State.GOOD), (LATE * 1.5, State.WARNING), (VERY_LATE, State.RED)):
            clock.advance(seconds=age.total_seconds())
            assert (await findings(settings, clock))["inbox"].state is state


async def test_messages_that_should_have_left_are_red_and_those_for_tomorrow_are_not_counted(
    settings: Settings, clock: FakeClock
) -> None:
    async with open_house(settings, clock) as house, house.database.work() as work:
        person = await work.identities.meet(701, clock())
        await work.outbox.add("now", person.id, Notice.RECEIPT, clock())
        await work.outbox.add("later", person.id, Notice.DIGEST, clock(), not_before=clock() + timedelta(days=1))
        await work.commit()
    clock.advance(hours=1)
    found = (await findings(settings, clock))["outbox"]
    assert (found.state, found.says) == (State.RED, "1 messages are due, the oldest for 60 minutes")


async def test_jobs_that_nobody_runs_are_red_and_a_fresh_register_only_warns(
    settings: Settings, clock: FakeClock
) -> None:
    assert (await findings(settings, clock))["jobs"].state is State.WARNING
    async with open_house(settings, clock) as house, house.database.work() as work:
        await work.job_runs.ran("digests", clock(), 0)
        await work.commit()
    clock.advance(hours=1)
    found = (await findings(settings, clock))["jobs"]
    assert (found.state, found.says) == (State.RED, "overdue: digests")


async def test_an_old_backup_warns_and_a_very_old_one_is_red(settings: Settings, clock: FakeClock) -> None:
    assert (await findings(settings, clock))["backups"].state is State.WARNING
    async with open_house(settings, clock) as house, house.database.work() as work:
        await work.job_runs.ran(BACKUP, clock(), 1)
        await work.commit()
    for age, state in ((timedelta(), State.GOOD), (BACKUP_OLD, State.WARNING), (BACKUP_VERY_OLD, State.RED)):
        clock.advance(seconds=age.total_seconds() + 1)
        assert (await findings(settings, clock))["backups"].state is state


async def test_a_group_in_which_nothing_arrives_is_named_with_the_reason(settings: Settings, clock: FakeClock) -> None:
    async with open_house(settings, clock) as house:
        await house.services.directory.load(SERANG)
        async with house.database.work() as work:
            group = await work.groups.connect((await work.directory.units())[0].id, -1001, clock(), topics=False)
            group.lost_at, group.error = clock(), "bot was kicked"
            await work.commit()
    found = (await findings(settings, clock))["groups"]
    assert (found.state, "bot was kicked" in found.says) == (State.WARNING, True)


def test_little_room_on_a_disk_warns_and_hardly_any_is_red() -> None:
    states = [_room("disk", free).state for free in (DISK_LOW, DISK_LOW - 1, DISK_OUT - 1)]
    assert states == [State.GOOD, State.WARNING, State.RED]


HERE = "https://lapor.example.go.id/telegram"


@pytest.mark.parametrize(
    ("info", "wanted", "state", "says"),
    [
        (WebhookInfo(""), None, State.GOOD, "fetched"),
        (WebhookInfo("", pending=5000), None, State.RED, "5000 updates wait"),
        (WebhookInfo("https://old.example/x"), None, State.RED, "stale: Telegram sends to old.example"),
        (WebhookInfo(HERE), HERE, State.GOOD, "lapor.example.go.id"),
        (WebhookInfo(""), HERE, State.RED, "none is set"),
        (WebhookInfo("https://old.example/x"), HERE, State.RED, "another address"),
        (WebhookInfo(HERE, 3, datetime(2026, 4, 7, tzinfo=UTC), "Connection refused"), HERE, State.RED, "refused"),
        (WebhookInfo(HERE, 0, datetime(2026, 4, 1, tzinfo=UTC), "Connection refused"), HERE, State.GOOD, "set to"),
    ],
)
def test_a_webhook_is_where_the_settings_say_or_red(
    info: WebhookInfo, wanted: str | None, state: State, says: str
) -> None:
    found = about_webhook(info, wanted, datetime(2026, 4, 7, 0, 30, tzinfo=UTC))
    assert found.state is state
    assert says in found.says
    assert bool(found.mend) is (state is not State.GOOD)


def test_a_finding_is_one_line_for_people_and_an_object_for_machines() -> None:
    found = Finding("inbox", State.RED, "5 wait", "start it")
    assert str(found) == "RED   inbox: 5 wait. MEND: start it"
    assert found.fields() == {"subject": "inbox", "state": "red", "says": "5 wait", "mend": "start it"}
