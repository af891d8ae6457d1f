"""The tables of evidence: the files that people sent, and what of them lies in our own store."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.drafting import FileKind
from domain.evidence import FetchState, Sort
from storage.tables import Base
from storage.types import INDEX_LENGTH, Sealed, UtcDateTime, enum_column, one_of


class StoredFile(Base):
    """Bytes in our store, kept once whoever sent them; `fingerprint` is a blind index of what came in,
    made from the digest that stands sealed beside it.

    `cleaned`: the bytes are a picture drawn anew. `handle` is Telegram's name of our own upload.
    """

    __tablename__ = "stored_files"
    __table_args__ = (one_of("sort", Sort),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(INDEX_LENGTH), unique=True)
    digest_sealed: Mapped[bytes] = mapped_column(Sealed)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    sort: Mapped[Sort] = mapped_column(enum_column(Sort))
    cleaned: Mapped[bool]
    size: Mapped[int] = mapped_column(BigInteger)
    handle: Mapped[str | None] = mapped_column(Text)


class Attachment(Base):
    """A file that a person sent: to a draft, to words being written (`composed_by`), to a complaint or an event of it.

    `album` is Telegram's mark of what was sent together. A file that is `OWED` is fetched after `fetch_at`.
    """

    __tablename__ = "attachments"
    __table_args__ = (
        one_of("kind", FileKind),
        one_of("state", FetchState),
        UniqueConstraint("draft_id", "file_unique_id"),
        Index("ix_attachments_complaint", "complaint_id"),
        Index("ix_attachments_composed_by", "composed_by"),
        Index("ix_attachments_owed", "state", "fetch_at"),
        Index("ix_attachments_album", "person_id", "album"),
        Index("ix_attachments_stored", "stored_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("drafts.id"))
    composed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("timeline.id"))
    kind: Mapped[FileKind] = mapped_column(enum_column(FileKind))
    file_id: Mapped[str] = mapped_column(Text)
    file_unique_id: Mapped[str] = mapped_column(String(64))
    album: Mapped[str | None] = mapped_column(String(64))
    file_name_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    media_type: Mapped[str | None] = mapped_column(String(100))
    size: Mapped[int | None] = mapped_column(BigInteger)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_staff: Mapped[bool] = mapped_column(default=False)
    state: Mapped[FetchState] = mapped_column(enum_column(FetchState), default=FetchState.OWED)
    attempts: Mapped[int] = mapped_column(default=0)
    fetch_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stored_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
