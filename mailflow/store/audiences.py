"""The database's own word on who gets what: a row that must not leave the house cannot be queued.

It knows the registers in force and the one address of a rehearsal, and looks at each new row whose
audience is staff alone or the agent in charge of consumers, and at each that tells of distributors:
one of them has it only where all of those are its own. Where consumers stand in it, it goes to who calls
them in each of their regions and to nobody else. No row changes whom it is for.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from mailflow.domain.access import granted
from mailflow.domain.access_table import Action
from mailflow.domain.barred import Stopped
from mailflow.domain.master import Row, staff_of
from mailflow.store.connection import Pen, get_meta, set_meta
from mailflow.store.tables_outbox import consumer_agents, partner_addresses, stopped_letters

REHEARSAL = "redirect_to"
EVERYWHERE_ELSE = ""
"""The region of an agent whom the register gives none: he calls where nobody is named."""
KNOWN = sa.select(stopped_letters.c.number).where(stopped_letters.c.number == sa.bindparam("of"))
STOP = sa.insert(stopped_letters)


def stop_letter(pen: Pen, stopped: Stopped) -> None:
    if pen.connection.execute(KNOWN, {"of": stopped.number}).first():
        return
    row = {
        "number": stopped.number,
        "notice": stopped.notice,
        "subject_id": stopped.subject_id,
        "revision": stopped.revision,
        "recipient": stopped.recipient,
        "why": stopped.why.value,
        "mail_id": stopped.mail_id,
    }
    pen.connection.execute(STOP, row)


def keep_addresses(pen: Pen, rows: Iterable[Row]) -> None:
    """Those of a customer register that is in force with the transaction of this pen."""
    addresses = {
        code: address
        for row in rows
        if (code := row.get("code", "").strip())
        and (address := row.get("email", "").strip().casefold())
    }
    pen.connection.execute(sa.delete(partner_addresses))
    if addresses:
        told = [{"code": code, "address": address} for code, address in addresses.items()]
        pen.connection.execute(sa.insert(partner_addresses), told)


def keep_agents(pen: Pen, rows: Iterable[Row]) -> None:
    """Those of a staff register that is in force with the transaction of this pen."""
    agents = {
        (region, person.email.casefold())
        for person, _ in granted(staff_of(rows), Action.CALL_CONSUMERS)
        for region in person.regions or (EVERYWHERE_ELSE,)
    }
    pen.connection.execute(sa.delete(consumer_agents))
    if agents:
        told = [{"region": region, "address": address} for region, address in sorted(agents)]
        pen.connection.execute(sa.insert(consumer_agents), told)


def rehearsed(connection: sa.Connection) -> str:
    """The address that gets all letters meanwhile; empty where each goes to whom it is for."""
    return get_meta(connection, REHEARSAL) or ""


def rehearse(pen: Pen, address: str) -> None:
    set_meta(pen.connection, REHEARSAL, address)


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
"""All by dialect, as the migrations make them too."""
