"""Done with a proof: subjects in which a unit shows what it has done beside saying so."""

from __future__ import annotations

from domain.drafting import FileKind, Purpose
from storage.seed.proof import seed_proof
from storage.tables_complaints import Complaint
from storage.tables_drafts import Composition
from storage.unit_of_work import UnitOfWork


async def lacking(work: UnitOfWork, row: Composition, complaint: Complaint) -> tuple[FileKind, ...]:
    """The sorts of file of which one is still wanted beside these words; none when nothing is."""
    wanted = seed_proof().get(complaint.sector or "", frozenset()) if row.purpose is Purpose.DONE else frozenset()
    if not wanted:
        return ()
    sent = {file.kind for file, _ in await work.evidence.of_composition(row.person_id)}
    return () if sent & wanted else tuple(kind for kind in FileKind if kind in wanted)
