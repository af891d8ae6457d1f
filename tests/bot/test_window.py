"""The window for operators: what a scrape shows after real work, and what it never shows."""

from datetime import timedelta

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer, unused_port
from prometheus_client.parser import text_string_to_metric_families

from bot.mend import Mend
from bot.metrics import SILENT_S, Metrics
from bot.window import Window, looking_in
from domain.lifecycle import Role
from domain.messages import Notice
from scheduler.jobs import jobs_of
from scheduler.timetable import Timetable
from storage.engine import Database
from storage.queries.pulse import BACKUP
from tests.bot.wiring import settings_for
from tests.conftest import FakeClock
from tests.services.conftest import Town, clock, matcher, town  # noqa: F401 (the town is theirs)


class Stopwatch:
    """Seconds that pass when somebody says so."""

    def __init__(self) -> None:
        """Begins."""
        self.seconds = 0.0

    def __call__(self) -> float:
        """The seconds."""
        return self.seconds


def figures(page: str) -> dict[str, float]:
    """Every sample by its name and labels."""
    return {
        sample.name + "".join(f" {key}={value}" for key, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


async def scrape(database: Database, clock: FakeClock, metrics: Metrics) -> dict[str, float]:  # noqa: F811
    async with TestClient(TestServer(Window(database, clock, metrics).application())) as client:
        answer = await client.get("/metrics")
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/plain")
        return figures(await answer.text())


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
async def test_the_figures_move_when_a_complaint_is_filed_and_name_nobody(
    town: Town,  # noqa: F811
    clock: FakeClock,  # noqa: F811
) -> None:
    metrics = Metrics()
    town.office.watch = metrics
    before = await scrape(town.office.database, clock, metrics)
    await town.hires(30, Role.COORDINATOR)
    await town.files(await town.meets(10, "Sari Wulandari"))
    clock.advance(minutes=3)
    timetable = Timetable(jobs_of(town.timekeeping), town.office.database, clock, watch=metrics)
    await timetable.tick()
    database = town.office.database
    page = metrics.page(await _pulse(database, clock)).decode()
    after = await scrape(database, clock, metrics)
    assert (before["lapor_outbox_due kind=receipt"], after["lapor_outbox_due kind=receipt"]) == (0, 1)
    assert after["lapor_outbox_oldest_due_seconds kind=receipt"] == 180
    assert after["lapor_outbox state=queued"] >= 2
    assert (before["lapor_routing_score_count"], after["lapor_routing_score_count"]) == (0, 1)
    assert after["lapor_routed_total confident=no"] + after["lapor_routed_total confident=yes"] == 1
    assert after["lapor_job_age_seconds job=remind"] == 0
    assert after["lapor_database_up"] == 1
    assert after["process_resident_memory_bytes"] > 1_000_000
    assert "Wulandari" not in page
    assert "Lampu" not in page


async def _pulse(database: Database, clock: FakeClock) -> object:  # noqa: F811
    async with database.reading() as work:
        return await work.pulses.at(clock())


def test_what_is_delivered_and_worked_is_counted_with_its_lateness() -> None:
    metrics = Metrics()
    metrics.delivered(Notice.RECEIPT, "sent", timedelta(seconds=1.5))
    metrics.delivered(Notice.RECEIPT, "flooded", timedelta(seconds=40))
    metrics.worked("worked", timedelta(milliseconds=120))
    metrics.worked("failed", timedelta(seconds=9))
    found = figures(metrics.page(None).decode())
    assert found["lapor_deliveries_total kind=receipt outcome=sent"] == 1
    assert found["lapor_deliveries_total kind=receipt outcome=flooded"] == 1
    assert found["lapor_delivery_late_seconds_sum kind=receipt"] == 1.5
    assert found["lapor_answer_seconds_bucket le=0.15"] == 1
    assert found["lapor_updates_total outcome=failed"] == 1
    assert found["lapor_database_up"] == 0


async def test_health_is_503_while_a_part_is_stuck_or_the_database_is_away(
    register: Database,
    clock: FakeClock,  # noqa: F811
) -> None:
    stopwatch = Stopwatch()
    metrics = Metrics(stopwatch)
    async with TestClient(TestServer(Window(register, clock, metrics).application())) as client:
        metrics.beat("inbox")
        answer = await client.get("/healthz")
        assert (answer.status, await answer.json()) == (200, {"ok": True, "database": True, "stuck": []})
        stopwatch.seconds = SILENT_S + 1
        metrics.beat("delivery")
        answer = await client.get("/healthz")
        assert (answer.status, await answer.json()) == (503, {"ok": False, "database": True, "stuck": ["inbox"]})
        assert (await client.get("/")).status == 404
        assert (await client.post("/metrics")).status == 405
    away = Database.open("sqlite:////nowhere/at/all.sqlite3", register.keyring, clock)
    async with TestClient(TestServer(Window(away, clock, Metrics()).application())) as client:
        answer = await client.get("/healthz")
        assert (answer.status, (await answer.json())["database"]) == (503, False)
    await away.dispose()


async def test_the_window_is_shut_unless_a_port_is_named_and_then_opens_on_this_machine_only(
    register: Database,
    url: str,
    clock: FakeClock,  # noqa: F811
) -> None:
    shut = settings_for(url, "http://127.0.0.1:1")
    assert (shut.lapor_metrics_port, shut.lapor_metrics_host) == (None, "127.0.0.1")
    async with looking_in(shut, register, clock, Metrics()):
        pass
    port = unused_port()
    settings = shut.model_copy(update={"lapor_metrics_port": port})
    async with looking_in(settings, register, clock, Metrics()):
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz") as answer:
            assert answer.status == 200
        with pytest.raises(Mend, match="a port of its own"):
            async with looking_in(settings, register, clock, Metrics()):
                pass


async def test_a_backup_and_its_age_are_shown(register: Database, clock: FakeClock) -> None:  # noqa: F811
    assert (await scrape(register, clock, Metrics()))["lapor_backup_age_seconds"] == -1
    async with register.work() as work:
        await work.job_runs.ran(BACKUP, clock(), 1)
        await work.commit()
    clock.advance(hours=1)
    assert (await scrape(register, clock, Metrics()))["lapor_backup_age_seconds"] == 3600
