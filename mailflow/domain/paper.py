"""A paper of the library: an inspection report, a licence, a brochure, as the index names it (S13)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mailflow.domain.audience import Audience, Content
from mailflow.domain.batch import batch_key
from mailflow.domain.value import dataclass

CLASSES = {
    "public": Audience.PUBLIC,
    "partner": Audience.PARTNER,
    "internal": Audience.INTERNAL,
    "公开": Audience.PUBLIC,
    "伙伴": Audience.PARTNER,
    "经销商": Audience.PARTNER,
    "内部": Audience.INTERNAL,
}
"""How an index says who may have a paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """`file` is a name below the library's folder, with `/` between; `batches` those it is about.

    `product` is as the index names it. `valid_until` is its last day; None: for good.
    """

    title: str
    audience: Audience
    file: str
    batches: tuple[str, ...] = ()
    product: str = ""
    valid_until: date | None = None

    @property
    def content(self) -> Content:
        return Content(self.audience)

    @property
    def name(self) -> str:
        """Title, batches and product, as people tell it from others."""
        more = (*self.batches, self.product)
        return " ".join((self.title, *(word for word in more if word and word not in self.title)))

    @property
    def file_name(self) -> str:
        return self.file.rpartition("/")[2]

    def is_valid_on(self, day: date) -> bool:
        return self.valid_until is None or day <= self.valid_until

    def is_of_batch(self, batch: str) -> bool:
        return batch_key(batch) in map(batch_key, self.batches)


def is_below(file: str) -> bool:
    """Whether a name can only be one below its folder: no way up, no root, no drive."""
    parts = file.split("/")
    is_plain = file.isprintable() and not any(sign in file for sign in '\\:*?"<>|')
    return is_plain and all(part.strip(". ") for part in parts)


class PaperVerdict(StrEnum):
    """What became of a request for a paper; the reason of its mail."""

    SENT = "paper-sent"
    WHICH = "paper-which"
    """Several may be meant: asked which."""
    BARRED = "paper-barred"
    """There is one, not for him: told whom to ask."""
    EXPIRED = "paper-expired"
    ABSENT = "paper-absent"
    """The index names none."""
    LOST = "paper-lost"
    """The index names it, and its file is not there."""


TOLD_TO_ADMIN = (
    PaperVerdict.BARRED,
    PaperVerdict.EXPIRED,
    PaperVerdict.ABSENT,
    PaperVerdict.LOST,
)
"""What a person of the desk has to look after."""
