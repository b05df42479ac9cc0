"""The door to registers that come by mail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from mailflow.domain.coming import ComingRegister
from mailflow.domain.master import Row
from mailflow.domain.register_change import ProposalState, RegisterProposal


class Registers(Protocol):
    """Versions of master tables within a write transaction."""

    def current(self, kind: str) -> tuple[int, Sequence[Row]]:
        """The number and the rows of the version in force; 0 and none where there is none."""
        ...

    def propose(self, proposal: RegisterProposal) -> None: ...
    def proposal(self, number: str) -> RegisterProposal | None: ...
    def waiting_of(self, sender: str, kind: str) -> tuple[str, ...]:
        """Numbers of what this address has proposed of a table and nobody has decided."""
        ...

    def waiting(self) -> tuple[ComingRegister, ...]:
        """All that nobody has decided, the oldest first; `by` is the address it came from."""
        ...

    def apply(self, proposal: RegisterProposal, reason: str) -> None:
        """Its table is in force from now on; raises where it is decided already."""
        ...

    def end(self, number: str, state: ProposalState, reason: str) -> None:
        """It will never be applied; raises where it is decided already."""
        ...
