"""A list of consumers that was taken: who is called back, in which region, and by whom (S10).

Kept is what a call needs and its result is summed by, and nothing else: no address, no birthday, and
no remark, in which anything may stand.
"""

from __future__ import annotations

from dataclasses import field, replace
from datetime import date, datetime
from enum import StrEnum

from mailflow.domain.personal import masked_name, masked_phone
from mailflow.domain.value import dataclass

NUMBER = "XF"
"""What the numbers of lists of consumers begin with, 消费者."""


KEEP_DAYS = 90
"""A list is called within a month; its results are summed up with it and corrected in the next; then
there is no reason to know any more who it was."""
NO_CALLER = "consumers-no-caller"
"""Why a case waits: some of a list stays here until the register names somebody who calls there."""


class ListState(StrEnum):
    """Where a list stands."""

    KEPT = "kept"
    """Some of it waits: nobody is in charge of a region."""
    PASSED = "passed"
    """All of it is with customer service."""
    DELETED = "deleted"
    """Its time is over: nothing of a consumer is there any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumer:
    """One to be called. `key` is his number as a telephone network knows it, `phone` as it is dialled
    in this country; `distributor` is a code, empty where the list does not say whose store it is.

    Whatever prints one shows the row and not the person.
    """

    attachment: str
    cell: str
    region: str
    name: str = field(repr=False)
    phone: str = field(repr=False)
    key: str = field(repr=False)
    baby: str = field(default="", repr=False)
    store_code: str = ""
    store: str = ""
    distributor: str = ""
    product: str = ""

    def masked(self) -> Consumer:
        """As those see him who may not know who he is."""
        return replace(
            self,
            name=masked_name(self.name),
            phone=masked_phone(self.phone),
            key="",
            baby=masked_name(self.baby),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumerList:
    """What of one mail is kept; `sender` is the address it came from."""

    number: str
    mail_id: int
    sender: str
    received: datetime
    rows: tuple[Consumer, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """The consumers of one list in one region: they are passed on together, to one person, once. `kept_back` sheets of it
    were made before and never left: who was in charge was so no longer."""

    number: str
    region: str
    mail_id: int
    rows: tuple[Consumer, ...]
    kept_back: int = 0

    @property
    def stores(self) -> tuple[tuple[str, int], ...]:
        """How many of each store, those with the most first."""
        counted: dict[str, int] = {}
        for row in self.rows:
            name = row.store or row.store_code
            counted[name] = counted.get(name, 0) + 1
        return tuple(sorted(counted.items(), key=lambda each: -each[1]))


@dataclass(frozen=True, slots=True)
class Personal:
    """A mail in which consumers stand, and how long it is kept; `sha256` names its raw bytes, None
    where they were never fetched."""

    mail_id: int
    day: date
    sha256: str | None
    wanted: datetime | None = None
    """When somebody asked that it is deleted before its time."""


@dataclass(frozen=True, slots=True)
class Part:
    """Of a list what is of one region; `agent` is the address of whoever calls, else empty."""

    region: str
    count: int
    agent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptList:
    """A list as its row tells it: how many, never who. `parts` is empty once it is deleted."""

    number: str
    mail_id: int
    sender: str
    count: int
    state: ListState
    parts: tuple[Part, ...] = ()

    @property
    def agents(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.agent for part in self.parts if part.agent))


@dataclass(frozen=True, slots=True)
class KnownConsumer:
    """Where a number was taken before: the list, and who sent it."""

    number: str
    sender: str


def list_number(received: datetime, mail_id: int) -> str:
    """`XF261110-0042`, made from the mail's own number, so that a repeated try names the same."""
    return f"{NUMBER}{received:%y%m%d}-{mail_id:04d}"


def batches_of(taken: ConsumerList) -> tuple[Batch, ...]:
    """By region, in the order of the rows."""
    regions = dict.fromkeys(row.region for row in taken.rows)
    return tuple(
        Batch(
            taken.number,
            region,
            taken.mail_id,
            tuple(row for row in taken.rows if row.region == region),
        )
        for region in regions
    )
