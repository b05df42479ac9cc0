"""Whether those who stand in for others, and those who do the steps of requests, are there."""

from __future__ import annotations

from collections.abc import Iterator

from mailflow.commands.examination import Line
from mailflow.config import Config
from mailflow.domain.master import MasterKind
from mailflow.master import MasterError, read_master


def deputies(config: Config) -> Iterator[Line]:
    """Who is asked in place of another has to be in the staff register."""
    staff = _staff(config)
    if staff is None:
        return
    known = {address for address, _ in staff}
    named = config.asking.deputies
    strange = [a for a in (*named, *named.values()) if a.casefold() not in known]
    for address in dict.fromkeys(strange):
        yield Line(False, f"{address}: not in the staff register: add a line, or name another")
    if not named:
        yield Line(None, "none named: what nobody answers goes to all digests (asking.deputies)")
    elif not strange:
        yield Line(True, f"{len(named)} people have a deputy")


def owners(config: Config) -> Iterator[Line]:
    """Where nobody has the role of a step, a sales admin is asked in its place."""
    staff = _staff(config)
    if staff is None:
        return
    had = {role for _, role in staff}
    lacking: dict[str, list[str]] = {}
    for code, kind in config.requests.items():
        for name, step in kind.steps.items():
            if step.owner not in had:
                lacking.setdefault(step.owner, []).append(f"{code}.{name}")
    for role, steps in lacking.items():
        yield Line(
            None,
            f"{', '.join(steps)}: nobody is {role}, a sales admin is asked instead: add a line to the "
            "staff register, or name another role",
        )
    if config.requests and not lacking:
        yield Line(True, f"{len(config.requests)} kinds, each step has somebody")


def _staff(config: Config) -> tuple[tuple[str, str], ...] | None:
    """Address, in small letters, and role of each line; None where the table cannot be read, which
    the master data tell."""
    try:
        table = read_master(MasterKind.STAFF, config.path(config.master.staff))
    except MasterError:
        return None
    return tuple((str(row["email"]).casefold(), str(row["role"])) for row in table.rows)
