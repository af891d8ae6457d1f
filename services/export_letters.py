"""An export that was asked for in chat, opened just before it leaves."""

from __future__ import annotations

from domain.permissions import Actor, at_desk
from services.export_sheets import ExportSheet, Form
from services.exporting import export_rows, wanted_of
from services.office import Office
from storage.tables_messages import OutboxMessage
from storage.unit_of_work import UnitOfWork


async def open_export(office: Office, work: UnitOfWork, actor: Actor, message: OutboxMessage) -> ExportSheet | None:
    """What the file will hold; None for whoever has left that desk meanwhile."""
    row = await work.exports.get(message.data["export_id"])
    if row is None or row.first is None or row.last is None or not at_desk(actor, row.government_id):
        return None
    government = await office.government(work, row.government_id)
    if government is None:
        return None
    found = await work.exports.noted(row.id, actor, wanted_of(row, government))
    rows = await export_rows(work, found)
    return ExportSheet(government.name, row.first, row.last, Form(row.form), rows)
