"""The register"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the tables here."""
    op.create_table(
        "audit_log",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_log")),
    )
    with op.batch_alter_table("audit_log", schema=None) as batch_op:
        batch_op.create_index("ix_audit_log_complaint", ["complaint_id", "number"], unique=False)

    op.create_table(
        "campaign_counts",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("drafts", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", "on", name=op.f("pk_campaign_counts")),
    )
    op.create_table(
        "chat_leases",
        sa.Column("chat_index", sa.String(length=64), nullable=False),
        sa.Column("chat_key_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("leased_by", sa.String(length=80), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("chat_index", name=op.f("pk_chat_leases")),
    )
    op.create_table(
        "emergency_numbers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("dangers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("area_code", sa.String(length=20), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_numbers")),
    )
    op.create_table(
        "governments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("time_zone", sa.String(length=40), nullable=False),
        sa.Column("parent_code", sa.String(length=60), nullable=True),
        sa.Column("aliases", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("served", sa.Boolean(), nullable=False),
        sa.Column("direct_forwarding", sa.Boolean(), nullable=False),
        sa.Column("promise", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("office_hours", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_governments")),
        sa.UniqueConstraint("code", name=op.f("uq_governments_code")),
    )
    op.create_table(
        "holidays",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("estimated", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holidays")),
    )
    with op.batch_alter_table("holidays", schema=None) as batch_op:
        batch_op.create_index(
            "uq_holidays_on_in_force",
            ["on"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat_index", sa.String(length=64), nullable=False),
        sa.Column("payload_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('new', 'done', 'dead')", name=op.f("ck_inbox_state_known")),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_inbox")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_chat_received", ["chat_index", "received_at"], unique=False)
        batch_op.create_index("ix_inbox_state_chat", ["state", "chat_index", "update_id"], unique=False)

    op.create_table(
        "job_runs",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("busy_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_runs")),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unreachable_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notice_version", sa.String(length=20), nullable=True),
        sa.Column("notice_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("menu", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index("ix_people_unreachable", ["unreachable_since"], unique=False)

    op.create_table(
        "stored_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("digest_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("sort", sa.String(length=40), nullable=False),
        sa.Column("cleaned", sa.Boolean(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "sort IN ('jpg', 'png', 'webp', 'gif', 'heic', 'pdf', 'mp4', 'webm', 'ogg', 'mp3', 'm4a', 'bin')",
            name=op.f("ck_stored_files_sort_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_files")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_stored_files_fingerprint")),
        sa.UniqueConstraint("key", name=op.f("uq_stored_files_key")),
    )
    op.create_table(
        "arrivals",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_arrivals_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_arrivals")),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("extra", sa.String(length=40), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("extra IN ('survey')", name=op.f("ck_consents_extra_known")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_consents_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.create_index("ix_consents_person", ["person_id", "extra", "id"], unique=False)

    op.create_table(
        "erasures",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("complaints", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_erasures_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_erasures")),
    )
    op.create_table(
        "exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("government_id", sa.Integer(), nullable=True),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("inspectorate", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["government_id"], ["governments.id"], name=op.f("fk_exports_government_id_governments")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_exports_person_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
    )
    op.create_table(
        "floods",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_floods_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_floods")),
    )
    op.create_table(
        "identities",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("chat_index", sa.String(length=64), nullable=False),
        sa.Column("chat_id_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("username_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("staff_name_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_identities_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_identities")),
        sa.UniqueConstraint("chat_index", name=op.f("uq_identities_chat_index")),
    )
    op.create_table(
        "practices",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("complaint_class", sa.String(length=40), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "complaint_class IN ('information', 'aspiration', 'ordinary', 'supervisory')",
            name=op.f("ck_practices_complaint_class_known"),
        ),
        sa.CheckConstraint(
            "step IN ('card', 'taken', 'reply', 'reply_held', 'reply_preview', 'sent', 'done', 'done_held', 'done_preview', 'unit_end', 'desk_card', 'proposal', 'classes', 'forwarded', 'astray', 'units', 'mended', 'desk_end')",
            name=op.f("ck_practices_step_known"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_practices_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_practices")),
    )
    with op.batch_alter_table("practices", schema=None) as batch_op:
        batch_op.create_index("ix_practices_touched", ["touched_at"], unique=False)

    op.create_table(
        "routing_overlays",
        sa.Column("government_id", sa.Integer(), nullable=False),
        sa.Column("weights", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("complaints", sa.Integer(), nullable=False),
        sa.Column("corrections", sa.Integer(), nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["government_id"], ["governments.id"], name=op.f("fk_routing_overlays_government_id_governments")
        ),
        sa.PrimaryKeyConstraint("government_id", name=op.f("pk_routing_overlays")),
    )
    op.create_table(
        "shown_choices",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("choices_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_shown_choices_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_shown_choices")),
    )
    with op.batch_alter_table("shown_choices", schema=None) as batch_op:
        batch_op.create_index("ix_shown_choices_shown", ["shown_at"], unique=False)

    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("government_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sectors", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("topics", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("aliases", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("parent_code", sa.String(length=60), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["government_id"], ["governments.id"], name=op.f("fk_units_government_id_governments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("government_id", "code", name=op.f("uq_units_government_id_code")),
    )
    op.create_table(
        "wishes",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("erasure_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("restricted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_wishes_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_wishes")),
    )
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("headline", sa.String(length=80), nullable=True),
        sa.Column("government_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("sector", sa.String(length=40), nullable=True),
        sa.Column("place_text", sa.Text(), nullable=True),
        sa.Column("place", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["government_id"], ["governments.id"], name=op.f("fk_campaigns_government_id_governments")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_campaigns_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("name", name=op.f("uq_campaigns_name")),
    )
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_canned_replies_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_replies")),
    )
    with op.batch_alter_table("canned_replies", schema=None) as batch_op:
        batch_op.create_index("ix_canned_replies_unit", ["unit_id", "title"], unique=False)

    op.create_table(
        "complaints",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("complaint_class", sa.String(length=40), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("held_from", sa.String(length=40), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("voiced", sa.Boolean(), nullable=False),
        sa.Column("place_text", sa.Text(), nullable=True),
        sa.Column("place", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("occurred_text", sa.Text(), nullable=True),
        sa.Column("occurred_on", sa.Date(), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("shown_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("government_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("sector", sa.String(length=40), nullable=True),
        sa.Column("suggestions", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("confident", sa.Boolean(), nullable=False),
        sa.Column("chosen", sa.Integer(), nullable=True),
        sa.Column("accuses", sa.Boolean(), nullable=False),
        sa.Column(
            "accused_unit_ids", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("flags", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("at_arbiter", sa.Boolean(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("arbitrated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archive_reason", sa.String(length=40), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=64), nullable=True),
        sa.Column("regency_code", sa.String(length=5), nullable=True),
        sa.Column("district_code", sa.String(length=8), nullable=True),
        sa.Column("supporters", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sp4n_tracking_id", sa.String(length=20), nullable=True),
        sa.Column("regulation_version", sa.String(length=40), nullable=False),
        sa.Column("outcome_resolved", sa.Boolean(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_followed_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "complaint_class IN ('information', 'aspiration', 'ordinary', 'supervisory')",
            name=op.f("ck_complaints_complaint_class_known"),
        ),
        sa.CheckConstraint(
            "kind IN ('complaint', 'aspiration', 'information')", name=op.f("ck_complaints_kind_known")
        ),
        sa.CheckConstraint(
            "status IN ('submitted', 'forwarded', 'in_progress', 'done', 'closed', 'on_hold', 'archived', 'merged', 'withdrawn')",
            name=op.f("ck_complaints_status_known"),
        ),
        sa.CheckConstraint("round >= 1", name=op.f("ck_complaints_round_positive")),
        sa.ForeignKeyConstraint(
            ["government_id"], ["governments.id"], name=op.f("fk_complaints_government_id_governments")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["complaints.id"], name=op.f("fk_complaints_merged_into_id_complaints")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_complaints_person_id_people")),
        sa.ForeignKeyConstraint(["taken_by"], ["people.id"], name=op.f("fk_complaints_taken_by_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_complaints_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaints")),
        sa.UniqueConstraint("number", name=op.f("uq_complaints_number")),
    )
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.create_index("ix_complaints_government_done", ["government_id", "done_at"], unique=False)
        batch_op.create_index(
            "ix_complaints_government_received", ["government_id", "received_at"], unique=False
        )
        batch_op.create_index(
            "ix_complaints_government_status", ["government_id", "status", "id"], unique=False
        )
        batch_op.create_index("ix_complaints_person_id", ["person_id", "id"], unique=False)
        batch_op.create_index("ix_complaints_place", ["regency_code", "status", "received_at"], unique=False)
        batch_op.create_index("ix_complaints_received", ["received_at"], unique=False)
        batch_op.create_index("ix_complaints_status", ["status", "id"], unique=False)
        batch_op.create_index("ix_complaints_taken_by", ["taken_by"], unique=False)
        batch_op.create_index("ix_complaints_unit_status", ["unit_id", "status", "id"], unique=False)

    op.create_table(
        "group_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_group_codes_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_group_codes_code_hash")),
    )
    op.create_table(
        "invites",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("government_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("province", sa.String(length=2), nullable=True),
        sa.Column("staff_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.Integer(), nullable=True),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "role IN ('citizen', 'supporter', 'officer', 'unit_head', 'coordinator', 'inspector', 'participant', 'province_hub', 'national_admin', 'observer', 'system')",
            name=op.f("ck_invites_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["government_id"], ["governments.id"], name=op.f("fk_invites_government_id_governments")
        ),
        sa.ForeignKeyConstraint(["invited_by"], ["people.id"], name=op.f("fk_invites_invited_by_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_invites_unit_id_units")),
        sa.ForeignKeyConstraint(["used_by"], ["people.id"], name=op.f("fk_invites_used_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invites")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invites_token_hash")),
    )
    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("government_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("province", sa.String(length=2), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('citizen', 'supporter', 'officer', 'unit_head', 'coordinator', 'inspector', 'participant', 'province_hub', 'national_admin', 'observer', 'system')",
            name=op.f("ck_memberships_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["government_id"], ["governments.id"], name=op.f("fk_memberships_government_id_governments")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_memberships_person_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_memberships_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index("ix_memberships_government_role", ["government_id", "role"], unique=False)
        batch_op.create_index("ix_memberships_person", ["person_id"], unique=False)
        batch_op.create_index("ix_memberships_unit", ["unit_id"], unique=False)

    op.create_table(
        "unit_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("chat_index", sa.String(length=64), nullable=False),
        sa.Column("chat_id_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("topics", sa.Boolean(), nullable=False),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lost_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.Column("error_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hinted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unit_groups_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_groups")),
        sa.UniqueConstraint("chat_index", name=op.f("uq_unit_groups_chat_index")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_unit_groups_unit_id")),
    )
    with op.batch_alter_table("unit_groups", schema=None) as batch_op:
        batch_op.create_index("ix_unit_groups_turn", ["lost_at", "not_before"], unique=False)

    op.create_table(
        "canned_writings",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_canned_writings_person_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"],
            ["canned_replies.id"],
            name=op.f("fk_canned_writings_reply_id_canned_replies"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_canned_writings_unit_id_units")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_canned_writings")),
    )
    op.create_table(
        "clocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("limit_days", sa.Integer(), nullable=False),
        sa.Column("regulation_version", sa.String(length=40), nullable=False),
        sa.Column("time_zone", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("original_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_days", sa.Integer(), nullable=True),
        sa.Column("pauses", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("extensions", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('verify', 'first_follow_up', 'resolve', 'react')", name=op.f("ck_clocks_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_clocks_complaint_id_complaints")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clocks")),
    )
    with op.batch_alter_table("clocks", schema=None) as batch_op:
        batch_op.create_index("ix_clocks_complaint", ["complaint_id", "kind"], unique=False)
        batch_op.create_index(
            "ix_clocks_due",
            ["kind", "due_at"],
            unique=False,
            sqlite_where=sa.text("stopped_at IS NULL"),
            postgresql_where=sa.text("stopped_at IS NULL"),
        )
        batch_op.create_index(
            "ix_clocks_late",
            ["stopped_at"],
            unique=False,
            sqlite_where=sa.text("stopped_at > due_at"),
            postgresql_where=sa.text("stopped_at > due_at"),
        )
        batch_op.create_index(
            "ix_clocks_paused",
            ["complaint_id"],
            unique=False,
            sqlite_where=sa.text("paused_at IS NOT NULL AND stopped_at IS NULL"),
            postgresql_where=sa.text("paused_at IS NOT NULL AND stopped_at IS NULL"),
        )
        batch_op.create_index(
            "ix_clocks_running",
            ["complaint_id", "due_at"],
            unique=False,
            sqlite_where=sa.text("stopped_at IS NULL AND paused_at IS NULL"),
            postgresql_where=sa.text("stopped_at IS NULL AND paused_at IS NULL"),
        )

    op.create_table(
        "compositions",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('follow_up', 'done', 'add_information', 'answer', 'hold', 'archive', 'return', 'pass_on', 'forward', 'gist', 'reopen', 'object', 'withdraw', 'ask_citizen', 'record_sp4n', 'announce', 'note', 'request', 'refuse')",
            name=op.f("ck_compositions_purpose_known"),
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_compositions_complaint_id_complaints")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_compositions_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_compositions")),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("editing", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("voiced", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("place_text", sa.Text(), nullable=True),
        sa.Column("place", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("place_choices", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("occurred_text", sa.Text(), nullable=True),
        sa.Column("occurred_on", sa.Date(), nullable=True),
        sa.Column("time_finished", sa.Boolean(), nullable=False),
        sa.Column("noticed", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("evidence_finished", sa.Boolean(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("privacy_finished", sa.Boolean(), nullable=False),
        sa.Column("shown_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name_asked", sa.Boolean(), nullable=False),
        sa.Column("suggestions", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("confident", sa.Boolean(), nullable=False),
        sa.Column("accuses", sa.Boolean(), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=True),
        sa.Column("similar", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("chosen", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=64), nullable=True),
        sa.Column("hint", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'kept', 'sent', 'discarded', 'supported')", name=op.f("ck_drafts_state_known")
        ),
        sa.CheckConstraint(
            "step IN ('text', 'kind', 'place', 'place_choice', 'regency', 'time', 'evidence', 'privacy', 'name', 'agency', 'review', 'similar')",
            name=op.f("ck_drafts_step_known"),
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_drafts_complaint_id_complaints")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_drafts_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index("ix_drafts_person_state", ["person_id", "state"], unique=False)

    op.create_table(
        "exported_complaints",
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaints.id"],
            name=op.f("fk_exported_complaints_complaint_id_complaints"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["export_id"],
            ["exports.id"],
            name=op.f("fk_exported_complaints_export_id_exports"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("export_id", "complaint_id", name=op.f("pk_exported_complaints")),
    )
    with op.batch_alter_table("exported_complaints", schema=None) as batch_op:
        batch_op.create_index("ix_exported_complaints_complaint", ["complaint_id"], unique=False)

    op.create_table(
        "legal_holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_legal_holds_complaint_id_complaints")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
    )
    with op.batch_alter_table("legal_holds", schema=None) as batch_op:
        batch_op.create_index("ix_legal_holds_complaint", ["complaint_id"], unique=False)

    op.create_table(
        "looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("government_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('citizen', 'supporter', 'officer', 'unit_head', 'coordinator', 'inspector', 'participant', 'province_hub', 'national_admin', 'observer', 'system')",
            name=op.f("ck_looks_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_looks_complaint_id_complaints")
        ),
        sa.ForeignKeyConstraint(
            ["government_id"], ["governments.id"], name=op.f("fk_looks_government_id_governments")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_looks_person_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_looks_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_looks")),
    )
    with op.batch_alter_table("looks", schema=None) as batch_op:
        batch_op.create_index("ix_looks_complaint", ["complaint_id", "id"], unique=False)

    op.create_table(
        "participations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_participations_complaint_id_complaints")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_participations_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participations")),
        sa.UniqueConstraint("complaint_id", "unit_id", name=op.f("uq_participations_complaint_id_unit_id")),
    )
    with op.batch_alter_table("participations", schema=None) as batch_op:
        batch_op.create_index("ix_participations_unit", ["unit_id"], unique=False)

    op.create_table(
        "ratings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("satisfaction", sa.String(length=40), nullable=False),
        sa.Column("first_rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "satisfaction IN ('very_satisfied', 'satisfied', 'fairly_satisfied', 'dissatisfied')",
            name=op.f("ck_ratings_satisfaction_known"),
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_ratings_complaint_id_complaints")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratings")),
        sa.UniqueConstraint("complaint_id", "round", name=op.f("uq_ratings_complaint_id_round")),
    )
    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.create_index("ix_ratings_rated", ["satisfaction", "rated_at"], unique=False)

    op.create_table(
        "requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('return', 'reforward', 'add_unit', 'extension', 'ask_citizen', 'change_class', 'make_secret', 'merge', 'archive', 'reopen')",
            name=op.f("ck_requests_kind_known"),
        ),
        sa.CheckConstraint("state IN ('open', 'granted', 'refused')", name=op.f("ck_requests_state_known")),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_requests_asked_by_people")),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_requests_complaint_id_complaints")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_requests_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
    )
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.create_index("ix_requests_complaint", ["complaint_id"], unique=False)
        batch_op.create_index("ix_requests_state_due", ["state", "due_at"], unique=False)

    op.create_table(
        "reveals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("second_needed", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_reveals_asked_by_people")),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_reveals_complaint_id_complaints")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_reveals_decided_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reveals")),
    )
    with op.batch_alter_table("reveals", schema=None) as batch_op:
        batch_op.create_index("ix_reveals_complaint", ["complaint_id", "id"], unique=False)

    op.create_table(
        "supports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_supports_complaint_id_complaints")
        ),
        sa.ForeignKeyConstraint(
            ["merged_id"], ["complaints.id"], name=op.f("fk_supports_merged_id_complaints")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_supports_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supports")),
        sa.UniqueConstraint("complaint_id", "person_id", name=op.f("uq_supports_complaint_id_person_id")),
    )
    with op.batch_alter_table("supports", schema=None) as batch_op:
        batch_op.create_index("ix_supports_merged", ["merged_id"], unique=False)
        batch_op.create_index("ix_supports_person", ["person_id", "id"], unique=False)

    op.create_table(
        "timeline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("from_status", sa.String(length=40), nullable=True),
        sa.Column("to_status", sa.String(length=40), nullable=False),
        sa.Column("visibility", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("substantive", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "visibility IN ('public', 'citizen', 'staff')", name=op.f("ck_timeline_visibility_known")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_timeline_complaint_id_complaints")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_timeline_person_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_timeline_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timeline")),
    )
    with op.batch_alter_table("timeline", schema=None) as batch_op:
        batch_op.create_index("ix_timeline_action_at", ["action", "at"], unique=False)
        batch_op.create_index(
            "ix_timeline_asked",
            ["complaint_id", "id"],
            unique=False,
            sqlite_where=sa.text("action = 'ask_citizen'"),
            postgresql_where=sa.text("action = 'ask_citizen'"),
        )
        batch_op.create_index("ix_timeline_complaint", ["complaint_id", "id"], unique=False)
        batch_op.create_index(
            "ix_timeline_hollow",
            ["at"],
            unique=False,
            sqlite_where=sa.text("substantive IS 0"),
            postgresql_where=sa.text("substantive IS FALSE"),
        )
        batch_op.create_index("ix_timeline_person_action", ["person_id", "action", "id"], unique=False)
        batch_op.create_index(
            "ix_timeline_replies",
            ["complaint_id", "unit_id", "substantive"],
            unique=False,
            sqlite_where=sa.text("substantive IS NOT NULL"),
            postgresql_where=sa.text("substantive IS NOT NULL"),
        )

    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("composed_by", sa.Integer(), nullable=True),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("file_unique_id", sa.String(length=64), nullable=False),
        sa.Column("album", sa.String(length=64), nullable=True),
        sa.Column("file_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("media_type", sa.String(length=100), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_staff", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fetch_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_id", sa.Integer(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('photo', 'document', 'video', 'voice')", name=op.f("ck_attachments_kind_known")
        ),
        sa.CheckConstraint(
            "state IN ('owed', 'kept', 'lost', 'double')", name=op.f("ck_attachments_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_attachments_complaint_id_complaints")
        ),
        sa.ForeignKeyConstraint(
            ["composed_by"], ["people.id"], name=op.f("fk_attachments_composed_by_people")
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_attachments_draft_id_drafts")),
        sa.ForeignKeyConstraint(["event_id"], ["timeline.id"], name=op.f("fk_attachments_event_id_timeline")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_attachments_person_id_people")),
        sa.ForeignKeyConstraint(
            ["stored_id"], ["stored_files.id"], name=op.f("fk_attachments_stored_id_stored_files")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint(
            "draft_id", "file_unique_id", name=op.f("uq_attachments_draft_id_file_unique_id")
        ),
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.create_index("ix_attachments_album", ["person_id", "album"], unique=False)
        batch_op.create_index("ix_attachments_complaint", ["complaint_id"], unique=False)
        batch_op.create_index("ix_attachments_composed_by", ["composed_by"], unique=False)
        batch_op.create_index("ix_attachments_owed", ["state", "fetch_at"], unique=False)
        batch_op.create_index("ix_attachments_stored", ["stored_id"], unique=False)

    op.create_table(
        "escalations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clock_id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "tier IN ('citizen', 'supporter', 'officer', 'unit_head', 'coordinator', 'inspector', 'participant', 'province_hub', 'national_admin', 'observer', 'system')",
            name=op.f("ck_escalations_tier_known"),
        ),
        sa.ForeignKeyConstraint(["clock_id"], ["clocks.id"], name=op.f("fk_escalations_clock_id_clocks")),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_escalations_complaint_id_complaints")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalations")),
        sa.UniqueConstraint("clock_id", "tier", name=op.f("uq_escalations_clock_id_tier")),
    )
    op.create_table(
        "group_cards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("arrival_id", sa.Integer(), nullable=True),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("titled", sa.Boolean(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("owed", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["arrival_id"], ["timeline.id"], name=op.f("fk_group_cards_arrival_id_timeline")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_group_cards_complaint_id_complaints")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["unit_groups.id"],
            name=op.f("fk_group_cards_group_id_unit_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_cards")),
        sa.UniqueConstraint("group_id", "complaint_id", name=op.f("uq_group_cards_group_id_complaint_id")),
    )
    with op.batch_alter_table("group_cards", schema=None) as batch_op:
        batch_op.create_index("ix_group_cards_complaint", ["complaint_id"], unique=False)
        batch_op.create_index("ix_group_cards_due", ["group_id", "due_at"], unique=False)
        batch_op.create_index("ix_group_cards_message", ["group_id", "message_id"], unique=False)
        batch_op.create_index("ix_group_cards_thread", ["group_id", "thread_id"], unique=False)

    op.create_table(
        "heard_messages",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(length=40), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "step IN ('text', 'kind', 'place', 'place_choice', 'regency', 'time', 'evidence', 'privacy', 'name', 'agency', 'review', 'similar')",
            name=op.f("ck_heard_messages_step_known"),
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_heard_messages_complaint_id_complaints")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_heard_messages_draft_id_drafts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_heard_messages_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "message_id", name=op.f("pk_heard_messages")),
    )
    with op.batch_alter_table("heard_messages", schema=None) as batch_op:
        batch_op.create_index("ix_heard_messages_draft", ["draft_id", "step"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unique_key", sa.String(length=120), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_by", sa.String(length=80), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('receipt', 'update', 'card', 'desk_card', 'desk_update', 'reminder', 'digest', 'apology', 'resume', 'late', 'ask_outcome', 'dates_moved', 'escalation', 'request', 'weekly', 'supported', 'files', 'file_problem', 'open', 'unsent', 'quiet', 'given_back', 'group', 'export', 'staffing')",
            name=op.f("ck_outbox_kind_known"),
        ),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'uncertain', 'blocked', 'failed')",
            name=op.f("ck_outbox_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_outbox_complaint_id_complaints")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["timeline.id"], name=op.f("fk_outbox_event_id_timeline")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_outbox_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("unique_key", name=op.f("uq_outbox_unique_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_doubtful",
            ["state", "id"],
            unique=False,
            sqlite_where=sa.text(
                "state IN ('failed', 'uncertain') AND coalesce(error, '') <> 'dropped: no longer true'"
            ),
            postgresql_where=sa.text(
                "state IN ('failed', 'uncertain') AND coalesce(error, '') <> 'dropped: no longer true'"
            ),
        )
        batch_op.create_index("ix_outbox_due", ["state", "priority", "not_before", "id"], unique=False)
        batch_op.create_index("ix_outbox_person", ["person_id", "state"], unique=False)
        batch_op.create_index("ix_outbox_person_message", ["person_id", "message_id"], unique=False)
        batch_op.create_index("ix_outbox_sent", ["sent_at"], unique=False)
        batch_op.create_index(
            "ix_outbox_waiting",
            ["person_id"],
            unique=False,
            sqlite_where=sa.text("state IN ('queued', 'sending')"),
            postgresql_where=sa.text("state IN ('queued', 'sending')"),
        )


def downgrade() -> None:
    """Takes the tables back."""
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_waiting",
            sqlite_where=sa.text("state IN ('queued', 'sending')"),
            postgresql_where=sa.text("state IN ('queued', 'sending')"),
        )
        batch_op.drop_index("ix_outbox_sent")
        batch_op.drop_index("ix_outbox_person_message")
        batch_op.drop_index("ix_outbox_person")
        batch_op.drop_index("ix_outbox_due")
        batch_op.drop_index(
            "ix_outbox_doubtful",
            sqlite_where=sa.text(
                "state IN ('failed', 'uncertain') AND coalesce(error, '') <> 'dropped: no longer true'"
            ),
            postgresql_where=sa.text(
                "state IN ('failed', 'uncertain') AND coalesce(error, '') <> 'dropped: no longer true'"
            ),
        )

    op.drop_table("outbox")
    with op.batch_alter_table("heard_messages", schema=None) as batch_op:
        batch_op.drop_index("ix_heard_messages_draft")

    op.drop_table("heard_messages")
    with op.batch_alter_table("group_cards", schema=None) as batch_op:
        batch_op.drop_index("ix_group_cards_thread")
        batch_op.drop_index("ix_group_cards_message")
        batch_op.drop_index("ix_group_cards_due")
        batch_op.drop_index("ix_group_cards_complaint")

    op.drop_table("group_cards")
    op.drop_table("escalations")
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.drop_index("ix_attachments_stored")
        batch_op.drop_index("ix_attachments_owed")
        batch_op.drop_index("ix_attachments_composed_by")
        batch_op.drop_index("ix_attachments_complaint")
        batch_op.drop_index("ix_attachments_album")

    op.drop_table("attachments")
    with op.batch_alter_table("timeline", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_timeline_replies",
            sqlite_where=sa.text("substantive IS NOT NULL"),
            postgresql_where=sa.text("substantive IS NOT NULL"),
        )
        batch_op.drop_index("ix_timeline_person_action")
        batch_op.drop_index(
            "ix_timeline_hollow",
            sqlite_where=sa.text("substantive IS 0"),
            postgresql_where=sa.text("substantive IS FALSE"),
        )
        batch_op.drop_index("ix_timeline_complaint")
        batch_op.drop_index(
            "ix_timeline_asked",
            sqlite_where=sa.text("action = 'ask_citizen'"),
            postgresql_where=sa.text("action = 'ask_citizen'"),
        )
        batch_op.drop_index("ix_timeline_action_at")

    op.drop_table("timeline")
    with op.batch_alter_table("supports", schema=None) as batch_op:
        batch_op.drop_index("ix_supports_person")
        batch_op.drop_index("ix_supports_merged")

    op.drop_table("supports")
    with op.batch_alter_table("reveals", schema=None) as batch_op:
        batch_op.drop_index("ix_reveals_complaint")

    op.drop_table("reveals")
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.drop_index("ix_requests_state_due")
        batch_op.drop_index("ix_requests_complaint")

    op.drop_table("requests")
    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.drop_index("ix_ratings_rated")

    op.drop_table("ratings")
    with op.batch_alter_table("participations", schema=None) as batch_op:
        batch_op.drop_index("ix_participations_unit")

    op.drop_table("participations")
    with op.batch_alter_table("looks", schema=None) as batch_op:
        batch_op.drop_index("ix_looks_complaint")

    op.drop_table("looks")
    with op.batch_alter_table("legal_holds", schema=None) as batch_op:
        batch_op.drop_index("ix_legal_holds_complaint")

    op.drop_table("legal_holds")
    with op.batch_alter_table("exported_complaints", schema=None) as batch_op:
        batch_op.drop_index("ix_exported_complaints_complaint")

    op.drop_table("exported_complaints")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index("ix_drafts_person_state")

    op.drop_table("drafts")
    op.drop_table("compositions")
    with op.batch_alter_table("clocks", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_clocks_running",
            sqlite_where=sa.text("stopped_at IS NULL AND paused_at IS NULL"),
            postgresql_where=sa.text("stopped_at IS NULL AND paused_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_clocks_paused",
            sqlite_where=sa.text("paused_at IS NOT NULL AND stopped_at IS NULL"),
            postgresql_where=sa.text("paused_at IS NOT NULL AND stopped_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_clocks_late",
            sqlite_where=sa.text("stopped_at > due_at"),
            postgresql_where=sa.text("stopped_at > due_at"),
        )
        batch_op.drop_index(
            "ix_clocks_due",
            sqlite_where=sa.text("stopped_at IS NULL"),
            postgresql_where=sa.text("stopped_at IS NULL"),
        )
        batch_op.drop_index("ix_clocks_complaint")

    op.drop_table("clocks")
    op.drop_table("canned_writings")
    with op.batch_alter_table("unit_groups", schema=None) as batch_op:
        batch_op.drop_index("ix_unit_groups_turn")

    op.drop_table("unit_groups")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index("ix_memberships_unit")
        batch_op.drop_index("ix_memberships_person")
        batch_op.drop_index("ix_memberships_government_role")

    op.drop_table("memberships")
    op.drop_table("invites")
    op.drop_table("group_codes")
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.drop_index("ix_complaints_unit_status")
        batch_op.drop_index("ix_complaints_taken_by")
        batch_op.drop_index("ix_complaints_status")
        batch_op.drop_index("ix_complaints_received")
        batch_op.drop_index("ix_complaints_place")
        batch_op.drop_index("ix_complaints_person_id")
        batch_op.drop_index("ix_complaints_government_status")
        batch_op.drop_index("ix_complaints_government_received")
        batch_op.drop_index("ix_complaints_government_done")

    op.drop_table("complaints")
    with op.batch_alter_table("canned_replies", schema=None) as batch_op:
        batch_op.drop_index("ix_canned_replies_unit")

    op.drop_table("canned_replies")
    op.drop_table("campaigns")
    op.drop_table("wishes")
    op.drop_table("units")
    with op.batch_alter_table("shown_choices", schema=None) as batch_op:
        batch_op.drop_index("ix_shown_choices_shown")

    op.drop_table("shown_choices")
    op.drop_table("routing_overlays")
    with op.batch_alter_table("practices", schema=None) as batch_op:
        batch_op.drop_index("ix_practices_touched")

    op.drop_table("practices")
    op.drop_table("identities")
    op.drop_table("floods")
    op.drop_table("exports")
    op.drop_table("erasures")
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.drop_index("ix_consents_person")

    op.drop_table("consents")
    op.drop_table("arrivals")
    op.drop_table("stored_files")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index("ix_people_unreachable")

    op.drop_table("people")
    op.drop_table("leases")
    op.drop_table("job_runs")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_state_chat")
        batch_op.drop_index("ix_inbox_chat_received")

    op.drop_table("inbox")
    with op.batch_alter_table("holidays", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_holidays_on_in_force",
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.drop_table("holidays")
    op.drop_table("governments")
    op.drop_table("emergency_numbers")
    op.drop_table("chat_leases")
    op.drop_table("campaign_counts")
    with op.batch_alter_table("audit_log", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_log_complaint")

    op.drop_table("audit_log")
