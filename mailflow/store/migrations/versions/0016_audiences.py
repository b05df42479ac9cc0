"""Each message has an audience, and the database refuses one for somebody outside of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("outbox", sa.Column("audience", sa.String(10), server_default="", nullable=False))
    op.create_table(
        "stopped_letters",
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("notice", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("why", sa.String(40), nullable=False),
        sa.Column("mail_id", number, nullable=True),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_stopped_letters_mail_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_stopped_letters")),
    )
    for statement in GUARDED[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)


AUDIENCES = "'public', 'partner', 'internal', 'personal'"
_IN_FORCE = "(select max(id) from masters where kind = 'staff')"
_REHEARSED = (
    "new.audience = 'internal' and exists (select 1 from meta where key = 'redirect_to' "
    "and value <> '' and lower(value) = lower(new.recipient))"
)
_AGENT = "customer_service"

GUARDED = {
    "sqlite": [
        "create trigger outbox_has_audience before insert on outbox "
        f"when new.audience not in ({AUDIENCES}) "
        "begin select raise(abort, 'outbox: a message without an audience'); end",
        "create trigger outbox_stays_inside before insert on outbox "
        "when new.audience in ('internal', 'personal') and not exists ("
        "select 1 from masters, json_each(masters.rows) as person "
        f"where masters.id = {_IN_FORCE} "
        "and lower(trim(json_extract(person.value, '$.email'))) = lower(new.recipient) "
        "and (new.audience = 'internal' or "
        f"lower(trim(json_extract(person.value, '$.role'))) = '{_AGENT}')"
        f") and not ({_REHEARSED}) "
        "begin select raise(abort, 'outbox: not for them'); end",
        "create trigger outbox_keeps_recipient before update of recipient, audience on outbox "
        "when new.recipient <> old.recipient or new.audience <> old.audience "
        "begin select raise(abort, 'outbox: whom a message is for never changes'); end",
    ],
    "postgresql": [
        "create function outbox_stays_inside() returns trigger language plpgsql as $$ begin "
        f"if new.audience not in ({AUDIENCES}) then "
        "raise exception 'outbox: a message without an audience' using errcode = '23514'; end if; "
        "if new.audience in ('internal', 'personal') and not exists ("
        "select 1 from masters, json_array_elements(masters.rows) as person "
        f"where masters.id = {_IN_FORCE} "
        "and lower(trim(person ->> 'email')) = lower(new.recipient) "
        f"and (new.audience = 'internal' or lower(trim(person ->> 'role')) = '{_AGENT}')"
        f") and not ({_REHEARSED}) then "
        "raise exception 'outbox: not for them' using errcode = '23514'; end if; "
        "return new; end $$",
        "create trigger outbox_stays_inside before insert on outbox "
        "for each row execute function outbox_stays_inside()",
        "create function outbox_keeps_recipient() returns trigger language plpgsql as $$ begin "
        "raise exception 'outbox: whom a message is for never changes' using errcode = '23514'; "
        "end $$",
        "create trigger outbox_keeps_recipient before update of recipient, audience on outbox "
        "for each row when (new.recipient <> old.recipient or new.audience <> old.audience) "
        "execute function outbox_keeps_recipient()",
    ],
}
