"""Who may get what: each kind of content has an audience, and nobody outside of it gets any (S13)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from mailflow.domain.value import dataclass


class Audience(StrEnum):
    """From the widest to the narrowest."""

    PUBLIC = "public"
    """Whoever stands in the register."""
    PARTNER = "partner"
    """Distributors and staff."""
    INTERNAL = "internal"
    """Staff alone."""
    PERSONAL = "personal"
    """Consumers' data: the agent of customer service who is in charge of their region (S10)."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a letter says or encloses, by whom it may be read.

    `about` are codes of distributors: with any, a distributor may have it only where all of them
    are its own. `region` is that of consumers' data; None: of more than one, which nobody may have.
    """

    audience: Audience
    about: tuple[str, ...] = ()
    region: str | None = None


PUBLIC, PARTNER = Content(Audience.PUBLIC), Content(Audience.PARTNER)
INTERNAL = Content(Audience.INTERNAL)


def about(contents: Iterable[Content]) -> tuple[str, ...]:
    """Of which distributors any of it tells, by code and in order; whoever has all of them may have it
    all."""
    return tuple(sorted({code for content in contents for code in content.about}))


def regions(contents: Iterable[Content]) -> tuple[str, ...]:
    """Of which regions consumers stand in it, in order; none also where they are of more than one, for
    then nobody may have it."""
    personal = {c.region for c in contents if c.audience is Audience.PERSONAL}
    return () if None in personal else tuple(sorted(r for r in personal if r is not None))


def strictest(contents: Iterable[Content]) -> Audience:
    """The audience of all of it together."""
    order = tuple(Audience)
    return max((c.audience for c in contents), key=order.index, default=Audience.PUBLIC)
