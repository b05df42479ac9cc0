"""Mails and workbooks are read in the sandbox, with the limits of the house and the names it knows."""

from __future__ import annotations

from collections.abc import Sequence

from mailflow.config import Config
from mailflow.domain.document import Reading
from mailflow.domain.naming import KnownNames
from mailflow.domain.picture import Focus, Picture
from mailflow.domain.register import Register
from mailflow.domain.settlement import HeaderSeen, Settlement
from mailflow.outbox.enclosures import CHECKED_LIST, Workshops
from mailflow.parsers.sandbox import READER, Limits, Named, Pending, Remembered, Sandbox

MEGABYTE = 1024 * 1024
READ_MAIL = Named("mailflow.parsers.reader", "read_mail")
READ_FILE = Named("mailflow.parsers.reader", "read_file")
DRAW_MAIL = Named("mailflow.parsers.picture", "picture_of_mail")
DRAW_FILE = Named("mailflow.parsers.picture", "picture_of_file")
HEADERS = Named("mailflow.parsers.header_search", "headers_of")
KNOWN = Remembered("known")
OF_OUR_OWN = Limits(cpu_seconds=80, wall_seconds=120)
"""Of who opens no stranger's file: the stock of five hundred distributors takes half a minute to
write while the machine is at work."""


def sandbox_of(config: Config, *more: str) -> Sandbox:
    """`more` names modules that others need who live on its nursery."""
    limits = config.limits
    return Sandbox(
        Limits(
            memory_bytes=limits.parser_megabytes * MEGABYTE,
            cpu_seconds=max(1, limits.parser_seconds * 2 // 3),
            wall_seconds=limits.parser_seconds,
        ),
        warm=(*READER, *more),
    )


def workshops_of(config: Config) -> Workshops:
    """The children are started by their first call."""
    sandbox = sandbox_of(config, CHECKED_LIST.module)
    return Workshops(sandbox, Sandbox(OF_OUR_OWN, nursery=sandbox.nursery))


def make_known(
    sandbox: Sandbox, register: Register, settlements: Sequence[Settlement] = ()
) -> None:
    """Tell the names by which products and distributors are found, and what was settled of columns;
    to be done before reading."""
    sandbox.remember(KNOWN.key, KnownNames.of(register, settlements))


def begin_headers(sandbox: Sandbox, raw: bytes, header: str) -> Pending[list[HeaderSeen]]:
    return sandbox.submit(HEADERS, raw, header, KNOWN, returns=list[HeaderSeen])


def begin_mail(sandbox: Sandbox, raw: bytes) -> Pending[Reading]:
    return sandbox.submit(READ_MAIL, raw, KNOWN, returns=Reading)


def begin_file(sandbox: Sandbox, name: str, data: bytes) -> Pending[Reading]:
    return sandbox.submit(READ_FILE, name, data, KNOWN, returns=Reading)


def begin_picture_of_mail(sandbox: Sandbox, raw: bytes, focus: Focus) -> Pending[Picture]:
    return sandbox.submit(DRAW_MAIL, raw, focus, returns=Picture)


def begin_picture_of_file(
    sandbox: Sandbox, name: str, data: bytes, focus: Focus
) -> Pending[Picture]:
    return sandbox.submit(DRAW_FILE, name, data, focus, returns=Picture)
