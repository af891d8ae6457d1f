"""What Alembic runs: the migrations, on the connection that `storage.migrate` hands over."""

from typing import Any, Literal

from alembic import context as alembic
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON

from storage.tables import Base
from storage.tables_audit import AuditRow
from storage.tables_campaigns import Campaign
from storage.tables_canned import CannedReply
from storage.tables_complaints import Complaint
from storage.tables_drafts import Draft
from storage.tables_emergency import EmergencyNumber
from storage.tables_evidence import Attachment
from storage.tables_exports import Export
from storage.tables_groups import UnitGroup
from storage.tables_messages import OutboxMessage
from storage.tables_offices import Government
from storage.tables_people import Person
from storage.tables_practice import Practice
from storage.tables_privacy import Consent
from storage.tables_routing import RoutingOverlay
from storage.tables_support import Support
from storage.tables_teamwork import Participation
from storage.tables_telling import HeardMessage
from storage.tables_time import HolidayRow
from storage.types import ENUM_LENGTH, TextEnum, UtcDateTime

EVERY_FILE_OF_TABLES = (
    Base,
    Attachment,
    AuditRow,
    Campaign,
    CannedReply,
    Complaint,
    Consent,
    Draft,
    EmergencyNumber,
    Export,
    Government,
    HeardMessage,
    HolidayRow,
    OutboxMessage,
    Participation,
    Person,
    Practice,
    RoutingOverlay,
    Support,
    UnitGroup,
)


def plainly(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Writes our own types as what they are in SQL: a migration must not change when the program does."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, TextEnum):
        return f"sa.String(length={ENUM_LENGTH})"
    if kind == "type" and isinstance(item, JSON):
        context.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


alembic.configure(
    connection=alembic.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite alters a table by making it anew.
    render_as_batch=True,
    render_item=plainly,
)
with alembic.begin_transaction():
    alembic.run_migrations()
