"""Each message says whose consumers stand in it, and the database refuses one for anybody but who calls them."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("regions", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "consumer_agents",
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("region", "address", name=op.f("pk_consumer_agents")),
    )
    connection = op.get_bind()
    newest = "select masters.rows from masters where kind = 'staff' order by id desc limit 1"
    found = connection.execute(sa.text(newest)).scalar() or []
    rows = json.loads(found) if isinstance(found, str) else found
    agents = {
        (region, address)
        for row in rows
        if row.get("role", "").strip().casefold() == "customer_service"
        and (address := row.get("email", "").strip().casefold())
        for region in _regions(row) or [""]
    }
    insert = sa.text("insert into consumer_agents (region, address) values (:region, :address)")
    if agents:
        told = [{"region": region, "address": address} for region, address in sorted(agents)]
        connection.execute(insert, told)
    for statement in CALLED[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def _regions(row: dict[str, str]) -> list[str]:
    said = row.get("regions", "").replace("，", ",").replace("、", ",")
    return [each.strip() for each in said.split(",") if each.strip()]


_NOT_CALLED_BY = (
    "not exists (select 1 from consumer_agents as mine where mine.address = lower(new.recipient) "
    "and (mine.region = {0} or mine.region = '' and not exists ("
    "select 1 from consumer_agents as named where named.region = {0})))"
)

CALLED = {
    "sqlite": [
        "create trigger outbox_consumers_are_called before insert on outbox "
        "when (new.audience = 'personal' or new.regions <> '') and (new.regions in ('', '[]') "
        "or exists (select 1 from json_each(new.regions) as told "
        f"where {_NOT_CALLED_BY.format('told.value')})) "
        "begin select raise(abort, 'outbox: not for them'); end",
        "create trigger outbox_keeps_regions before update of regions on outbox "
        "when new.regions <> old.regions "
        "begin select raise(abort, 'outbox: whom a message is for never changes'); end",
    ],
    "postgresql": [
        "create function outbox_consumers_are_called() returns trigger language plpgsql as $$ begin "
        "if new.audience <> 'personal' and new.regions = '' then return new; end if; "
        "if new.regions in ('', '[]') or exists ("
        "select 1 from json_array_elements_text(new.regions::json) as told(region) "
        f"where {_NOT_CALLED_BY.format('told.region')}) then "
        "raise exception 'outbox: not for them' using errcode = '23514'; end if; return new; end $$",
        "create trigger outbox_consumers_are_called before insert on outbox "
        "for each row execute function outbox_consumers_are_called()",
        "create trigger outbox_keeps_regions before update of regions on outbox "
        "for each row when (new.regions <> old.regions) execute function outbox_keeps_recipient()",
    ],
}
