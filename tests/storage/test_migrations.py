"""The migrations: up, down and up again, and the same tables as the models."""

import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, inspect

from storage import migrate
from storage.engine import async_url, create_engine
from storage.tables import Base
from tests.conftest import Place


async def seen(url: str, look):
    """What a synchronous look at the database shows."""
    engine = create_engine(async_url(url), writes=True)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(look)
    finally:
        await engine.dispose()


def differences(connection: Connection) -> list:
    """What Alembic would write into a new migration."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return compare_metadata(context, Base.metadata)


def table_names(connection: Connection) -> set[str]:
    """The tables that exist, without Alembic's own."""
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def checks_in_database(connection: Connection) -> dict[str, set[str]]:
    """Every CHECK by name, with the words it allows."""
    look = inspect(connection)
    return {
        check["name"]: set(re.findall(r"'(\w+)'", check["sqltext"]))
        for table in Base.metadata.tables
        for check in look.get_check_constraints(table)
    }


def checks_in_models() -> dict[str, set[str]]:
    """The same, as the models have them."""
    return {
        f"ck_{table.name}_{check.name}".replace(f"ck_{table.name}_ck_{table.name}_", f"ck_{table.name}_"): set(
            re.findall(r"'(\w+)'", str(check.sqltext))
        )
        for table in Base.metadata.tables.values()
        for check in table.constraints
        if isinstance(check, CheckConstraint)
    }


@pytest.fixture
async def empty_url(place: Place):
    """A database without a single table."""
    url = await place.empty()
    yield url
    await place.forget(url)


async def test_every_revision_goes_up_down_and_up_again(empty_url: str):
    for revision in migrate.revisions():
        await migrate.upgrade(empty_url, revision)
        after_first = await seen(empty_url, table_names)
        await migrate.downgrade(empty_url, "-1")
        await migrate.upgrade(empty_url, revision)
        assert await seen(empty_url, table_names) == after_first
        assert await migrate.current(empty_url) == revision


async def test_going_down_to_base_leaves_no_table(empty_url: str):
    await migrate.upgrade(empty_url)
    assert await seen(empty_url, table_names)
    await migrate.downgrade(empty_url, "base")
    assert await seen(empty_url, table_names) == set()


async def test_models_and_migrations_draw_the_same_tables(database_url: str):
    assert await seen(database_url, differences) == []


async def test_models_and_migrations_allow_the_same_words(database_url: str):
    assert await seen(database_url, checks_in_database) == checks_in_models()


async def test_a_new_database_lacks_every_revision_and_an_upgraded_one_none(empty_url: str):
    assert await migrate.pending(empty_url) == migrate.revisions()
    await migrate.upgrade(empty_url)
    assert await migrate.pending(empty_url) == ()


async def test_upgrading_twice_changes_nothing(empty_url: str):
    await migrate.upgrade(empty_url)
    await migrate.upgrade(empty_url)
    assert (await migrate.current(empty_url),) == migrate.heads()


def test_there_is_one_line_of_revisions():
    assert len(migrate.heads()) == 1
