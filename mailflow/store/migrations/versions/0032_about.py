"""Each message says of which distributors it tells, and the database refuses one for another."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("about", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "partner_addresses",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_partner_addresses")),
    )
    connection = op.get_bind()
    newest = "select masters.rows from masters where kind = 'customers' order by id desc limit 1"
    found = connection.execute(sa.text(newest)).scalar() or []
    rows = json.loads(found) if isinstance(found, str) else found
    addresses = {
        code: address
        for row in rows
        if (code := row.get("code", "").strip())
        and (address := row.get("email", "").strip().casefold())
    }
    insert = sa.text("insert into partner_addresses (code, address) values (:code, :address)")
    if addresses:
        told = [{"code": code, "address": address} for code, address in addresses.items()]
        connection.execute(insert, told)
    for statement in TOLD[connection.dialect.name]:
        connection.exec_driver_sql(statement)


_IN_FORCE = "(select max(id) from masters where kind = 'staff')"
_TRIAL = (
    "exists (select 1 from meta where key = 'redirect_to' and value <> '' "
    "and lower(value) = lower(new.recipient))"
)
_NOT_THEIRS = (
    "not exists (select 1 from partner_addresses "
    "where partner_addresses.code = {} and address = lower(new.recipient))"
)

TOLD = {
    "sqlite": [
        "create trigger outbox_tells_of_theirs before insert on outbox "
        "when new.about <> '' and exists ("
        "select 1 from json_each(new.about) as told "
        f"where {_NOT_THEIRS.format('told.value')}) "
        "and not exists (select 1 from masters, json_each(masters.rows) as person "
        f"where masters.id = {_IN_FORCE} "
        "and lower(trim(json_extract(person.value, '$.email'))) = lower(new.recipient)) "
        f"and not ({_TRIAL}) "
        "begin select raise(abort, 'outbox: not for them'); end",
        "create trigger outbox_keeps_about before update of about on outbox "
        "when new.about <> old.about "
        "begin select raise(abort, 'outbox: whom a message is for never changes'); end",
    ],
    "postgresql": [
        "create function outbox_tells_of_theirs() returns trigger language plpgsql as $$ begin "
        "if new.about <> '' and exists ("
        "select 1 from json_array_elements_text(new.about::json) as told(code) "
        f"where {_NOT_THEIRS.format('told.code')}) "
        "and not exists (select 1 from masters, json_array_elements(masters.rows) as person "
        f"where masters.id = {_IN_FORCE} "
        "and lower(trim(person ->> 'email')) = lower(new.recipient)) "
        f"and not ({_TRIAL}) then "
        "raise exception 'outbox: not for them' using errcode = '23514'; end if; return new; end $$",
        "create trigger outbox_tells_of_theirs before insert on outbox "
        "for each row execute function outbox_tells_of_theirs()",
        "create trigger outbox_keeps_about before update of about on outbox "
        "for each row when (new.about <> old.about) execute function outbox_keeps_recipient()",
    ],
}
