"""Registers that come by mail: proposed, and applied or ended by one word."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import sqlalchemy as sa

from mailflow.domain.coming import ComingRegister
from mailflow.domain.master import Row
from mailflow.domain.register_change import ProposalState, RegisterProposal
from mailflow.store.connection import Pen
from mailflow.store.masters import load_in
from mailflow.store.tables import mails, masters, register_proposals

CURRENT = (
    sa.select(masters.c.id, masters.c.rows)
    .where(masters.c.kind == sa.bindparam("of"))
    .order_by(masters.c.id.desc())
    .limit(1)
)
PROPOSE = sa.insert(register_proposals)
PROPOSAL = sa.select(register_proposals).where(register_proposals.c.number == sa.bindparam("of"))
WAITING = (
    sa.select(register_proposals.c.number)
    .join(mails, mails.c.id == register_proposals.c.mail_id)
    .where(
        mails.c.sender == sa.bindparam("sender"),
        register_proposals.c.kind == sa.bindparam("of_kind"),
        register_proposals.c.state == ProposalState.PROPOSED.value,
    )
    .order_by(register_proposals.c.id)
)
ALL_WAITING = (
    sa.select(
        *(register_proposals.c.number, register_proposals.c.kind, mails.c.sender.label("by")),
        mails.c.received.label("since"),
    )
    .join(mails, mails.c.id == register_proposals.c.mail_id)
    .where(register_proposals.c.state == ProposalState.PROPOSED.value)
    .order_by(register_proposals.c.id)
)
END = sa.update(register_proposals).where(
    register_proposals.c.number == sa.bindparam("of"),
    register_proposals.c.state == ProposalState.PROPOSED.value,
)


class NotProposed(Exception):
    """A register is decided that was decided before; nothing of it is committed."""


class SqlRegisters:
    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._connection = pen.connection

    def current(self, kind: str) -> tuple[int, Sequence[Row]]:
        row = self._connection.execute(CURRENT, {"of": kind}).first()
        return (row.id, row.rows) if row else (0, ())

    def propose(self, proposal: RegisterProposal) -> None:
        row = {
            "number": proposal.number,
            "mail_id": proposal.mail_id,
            "kind": proposal.kind,
            "base": proposal.base or None,
            "rows": [dict(each) for each in proposal.rows],
            "state": proposal.state.value,
        }
        self._connection.execute(PROPOSE, row)
        told = f"M{proposal.mail_id}"
        self._pen.note("register", proposal.number, ("", proposal.state.value), told)

    def proposal(self, number: str) -> RegisterProposal | None:
        row = self._connection.execute(PROPOSAL, {"of": number}).first()
        if row is None:
            return None
        return RegisterProposal(
            number=row.number,
            mail_id=row.mail_id,
            kind=row.kind,
            base=row.base or 0,
            rows=tuple(row.rows),
            state=ProposalState(row.state),
        )

    def waiting_of(self, sender: str, kind: str) -> tuple[str, ...]:
        values = {"sender": sender, "of_kind": kind}
        return tuple(self._connection.execute(WAITING, values).scalars())

    def waiting(self) -> tuple[ComingRegister, ...]:
        return tuple(ComingRegister(**r._mapping) for r in self._connection.execute(ALL_WAITING))

    def apply(self, proposal: RegisterProposal, reason: str) -> None:
        self.end(proposal.number, ProposalState.APPLIED, reason)
        rows = [dict(row) for row in proposal.rows]
        said = json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()
        sha256 = hashlib.sha256(said).hexdigest()
        load_in(self._pen, proposal.kind, sha256, rows, why=f"{proposal.number} {reason}")

    def end(self, number: str, state: ProposalState, reason: str) -> None:
        if not self._connection.execute(END, {"of": number, "state": state.value}).rowcount:
            raise NotProposed(f"register {number} is decided already")
        self._pen.note("register", number, (ProposalState.PROPOSED.value, state.value), reason)
