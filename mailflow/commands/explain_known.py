"""What is known when files are explained: the registers as they are in force, names and settlements."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from mailflow.commands.ahead import Begun, opened
from mailflow.domain.settlement import Settlement
from mailflow.master import read_master, register_from
from mailflow.reading import make_known
from mailflow.store.mailed import mailed_rows


def with_mailed(begun: Begun) -> Begun:
    """With each table as a mail has it, where one changed it since its file did."""
    config = begun.config
    files = {kind: config.path(file) for kind, file in config.master.paths()}
    hashes = {kind: hashlib.sha256(file.read_bytes()).hexdigest() for kind, file in files.items()}
    mailed = mailed_rows(config.database_url, hashes)
    if not mailed:
        return begun
    own = {kind: read_master(kind, file).rows for kind, file in files.items() if kind not in mailed}
    return replace(begun, register=register_from({**own, **mailed}))


def read_again(before: Begun, now: Begun, settlements: Sequence[Settlement]) -> Begun:
    """The first file was begun before anything was known of the books: where they have more names,
    or what somebody settled, it is read once more."""
    if not settlements and now.register is before.register:
        return now
    make_known(now.sandbox, now.register, settlements)
    return replace(now, first=opened(now.sandbox, now.first.path))
