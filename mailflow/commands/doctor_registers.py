"""Whether the register files are as new as what mails changed, and which prices are still to come."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from mailflow.commands.examination import Line
from mailflow.commands.saying import clock
from mailflow.config import Config
from mailflow.domain.master import MasterKind, Row, prices_of
from mailflow.master import MasterError, read_master
from mailflow.store.mailed import mailed_rows


def mailed(config: Config) -> Iterator[Line]:
    """A file that a mail has overtaken is not in force, and would undo the mail once it changes."""
    files = {kind: config.path(path) for kind, path in config.master.paths()}
    try:
        hashes = {k: hashlib.sha256(path.read_bytes()).hexdigest() for k, path in files.items()}
    except OSError:
        return  # told with the master data
    found = mailed_rows(config.database_url, hashes)
    for kind, rows in found.items():
        if kind in files:
            yield Line(
                None,
                f"{files[kind]}: older than what a mail changed, {len(rows)} rows are in force: "
                f"`mailflow export {kind} FILE` writes them; a change of the file as it is undoes the mail",
            )
    if not any(kind in files for kind in found):
        yield Line(True, "no mail changed a register since its file was loaded")
    yield from _to_come(config, found.get(MasterKind.PRICES))


def _to_come(config: Config, in_force: Sequence[Row] | None) -> Iterator[Line]:
    if in_force is None and config.master.prices:
        try:
            in_force = read_master(MasterKind.PRICES, config.path(config.master.prices)).rows
        except MasterError:
            return  # told with the master data
    today = clock().astimezone(config.zone).date()
    coming = sorted(p.since for p in prices_of(in_force or ()) if p.since > today)
    if coming:
        first = sum(day == coming[0] for day in coming)
        yield Line(True, f"{len(coming)} prices are to come, {first} of them on {coming[0]}")
