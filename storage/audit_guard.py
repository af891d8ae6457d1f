"""Makes the database itself refuse to change or remove a line of the audit log."""

from __future__ import annotations

from sqlalchemy import Connection, inspect

from storage.tables_audit import AuditRow

_LOG = AuditRow.__tablename__
_WHY = "the audit log is append-only"

_SQLITE = tuple(
    f"CREATE TRIGGER IF NOT EXISTS {_LOG}_no_{act.lower()} BEFORE {act} ON {_LOG}"
    f" BEGIN SELECT RAISE(ABORT, '{_WHY}'); END"
    for act in ("UPDATE", "DELETE")
)

_POSTGRESQL = (
    f"CREATE OR REPLACE FUNCTION {_LOG}_refuses() RETURNS trigger LANGUAGE plpgsql"
    f" AS $$ BEGIN RAISE EXCEPTION '{_WHY}'; END $$",
    f"DROP TRIGGER IF EXISTS {_LOG}_no_change ON {_LOG}",
    f"DROP TRIGGER IF EXISTS {_LOG}_no_truncate ON {_LOG}",
    f"CREATE TRIGGER {_LOG}_no_change BEFORE UPDATE OR DELETE ON {_LOG} FOR EACH ROW EXECUTE FUNCTION {_LOG}_refuses()",
    f"CREATE TRIGGER {_LOG}_no_truncate BEFORE TRUNCATE ON {_LOG} FOR EACH STATEMENT EXECUTE FUNCTION {_LOG}_refuses()",
)


def guard_log(connection: Connection) -> None:
    """Sets the guards where they are missing; without the table there is nothing to guard. Run after migrations."""
    if not inspect(connection).has_table(_LOG):
        return
    for statement in _POSTGRESQL if connection.dialect.name == "postgresql" else _SQLITE:
        connection.exec_driver_sql(statement)
