"""Mails come into the house: spooled, fsynced and committed before the mailbox is touched."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mailflow.domain import failpoint
from mailflow.domain.mail import Aside, MailKey
from mailflow.domain.only_head import only_head
from mailflow.domain.withheld import Withheld
from mailflow.ports import (
    Arrival,
    Journal,
    Listed,
    Mailbox,
    MailboxTrouble,
    Spool,
    Store,
    StoreTrouble,
)

DAY, MEGABYTE = timedelta(days=1), 1024 * 1024
BATCH = 50
"""Mails fetched and committed together; a crash fetches at most this many again."""


class NoRoom(Exception):
    """The disk is too full to take a mail in; it stays on the server until there is room."""


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """`since`: older mails are recorded as ignored; `largest` in bytes, by what the server says
    and again by what really comes; `a_day` bytes that are fetched within 24 hours, None: any."""

    since: datetime
    largest: int
    a_day: int | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """The doors of an intake; `told` how many mails were spooled, and of how many."""

    mailbox: Mailbox
    store: Store
    spool: Spool
    limits: IntakeLimits
    told: Callable[[int, int], None]


def take_in(intake: Intake, now: datetime) -> Sequence[str]:
    """Record every mail that the mailbox shows and we do not know. What an operator should hear of it.

    Raises `NoRoom` and `MailboxTrouble` after what came has been recorded.
    """
    mailbox, journal = intake.mailbox, intake.store.journal
    known = journal.known(mailbox.account, mailbox.folder, mailbox.uidvalidity())
    fresh = mailbox.listing(known, now)
    left, large, wanted = _sorted_out(fresh, intake.limits)
    if left:
        journal.record(left, now)
    held = _withheld(mailbox, journal, fresh, now)
    poll = _Poll(intake, now, everything=len(wanted) + len(large))
    waiting = 0
    for batch in _batches(wanted, held, now):
        some = poll.within_budget(batch)
        if some:
            poll.ask(some, held)
        waiting += len(batch) - len(some)
    for start in range(0, len(large), BATCH):
        poll.ask_heads(large[start : start + BATCH])
    journal.completed_poll(now)
    return [*_numbered_anew(intake, known, fresh), *_told_waiting(waiting, intake.limits)]


def _numbered_anew(
    intake: Intake, known: Collection[int], fresh: Sequence[Listed]
) -> Iterator[str]:
    """A server that has no numbers numbers anew each time, and says so at the start (I02)."""
    mailbox = intake.mailbox
    validity, folder = mailbox.uidvalidity(), mailbox.folder
    numbered = not known and fresh and validity > 0
    if numbered and intake.store.journal.knows_otherwise(mailbox.account, folder, validity):
        yield (
            f"mailbox: folder {folder} was numbered anew by its server ({len(fresh)} mails): each is fetched "
            "once more and known by its contents; nothing is done twice"
        )


def _told_waiting(waiting: int, limits: IntakeLimits) -> Iterator[str]:
    if waiting and limits.a_day is not None:
        yield (
            f"mailbox: {limits.a_day // MEGABYTE} MB came within a day (limits.day_megabytes): {waiting} mails "
            "wait on the server until there is room in it"
        )


def _sorted_out(
    fresh: Sequence[Listed], limits: IntakeLimits
) -> tuple[list[Arrival], list[Listed], list[Listed]]:
    """What came before the start, what is too large, and the rest."""
    left, large, wanted = [], [], []
    for mail in fresh:
        if mail.received < limits.since:
            left.append(Arrival(mail.key, mail.received, mail.size, None, "before-start"))
        elif mail.size > limits.largest:
            large.append(mail)
        else:
            wanted.append(mail)
    return left, large, wanted


def _batches(
    wanted: Sequence[Listed], held: Mapping[MailKey, Withheld], now: datetime
) -> Iterator[Sequence[Listed]]:
    """Those that were withheld before come last, each by itself, and only when their time has
    come: no other mail waits for them."""
    new = [mail for mail in wanted if mail.key not in held]
    for start in range(0, len(new), BATCH):
        yield new[start : start + BATCH]
    again = [mail for mail in wanted if mail.key in held and held[mail.key].due <= now]
    for mail in sorted(again, key=lambda mail: held[mail.key].polls):
        yield (mail,)


def _withheld(
    mailbox: Mailbox, journal: Journal, fresh: Sequence[Listed], now: datetime
) -> Mapping[MailKey, Withheld]:
    """Those that are still listed, by their numbers of today.

    A server that numbers anew, or at each session (I01, I02), is recognised by time and size.
    """
    before = {mail.key: mail for mail in journal.withheld(mailbox.account, mailbox.folder)}
    listed = {mail.key for mail in fresh}
    moved: dict[MailKey, MailKey] = {}
    for old in (mail for mail in before.values() if mail.key not in listed):
        alike = [m.key for m in fresh if (m.received, m.size) == (old.received, old.size)]
        if len(alike) == 1 and alike[0] not in (*before, *moved.values()):
            moved[old.key] = alike[0]
    gone = [key for key in before if key not in listed and key not in moved]
    journal.renumber(moved, gone, now)
    still = (replace(m, key=moved.get(m.key, m.key)) for m in before.values())
    return {mail.key: mail for mail in still if mail.key in listed}


@dataclass(slots=True)
class _Poll:
    """One look into the mailbox."""

    intake: Intake
    now: datetime
    everything: int
    taken: int = 0
    fetched: int = 0
    """Bytes, in this look; `before`: within a day before it."""
    before: int | None = None

    def within_budget(self, mails: Sequence[Listed]) -> Sequence[Listed]:
        """As many of them as still may be fetched today; one at least where nothing was (I16)."""
        most = self.intake.limits.a_day
        if most is None:
            return mails
        if self.before is None:
            self.before = self.intake.store.journal.fetched_since(self.now - DAY)
        # Also what is fetched once more, of which no new mail comes.
        fetched = self.before + self.fetched
        fits = [sum(m.size for m in mails[: n + 1]) + fetched <= most for n in range(len(mails))]
        return mails[: max(sum(fits), 0 if fetched else 1)]

    def ask(self, mails: Sequence[Listed], held: Mapping[MailKey, Withheld]) -> None:
        """A server that breaks off does not say at which of them: each is asked for by itself
        next time, and only what was asked for alone was refused."""
        arrivals: list[Arrival] = []
        alone = len(mails) == 1
        try:
            for arrival in self._spooled(mails):
                arrivals.append(arrival)
        except MailboxTrouble:
            self._record(mails, arrivals, held, counts=alone)
            raise
        except StoreTrouble:
            # The spool takes no more: what it has taken counts, and no mail is to blame.
            self._record((), arrivals, held, counts=False)
            raise
        self._record(mails, arrivals, held, counts=True)

    def ask_heads(self, mails: Sequence[Listed]) -> None:
        """Of mails that are too large; where no header comes, a person hears of the mail all the same."""
        heads: dict[MailKey, bytes] = {}
        try:
            for key, head in self.intake.mailbox.heads([mail.key for mail in mails]):
                heads[key] = head
        finally:
            arrivals = [too_large(m, m.size, heads.get(m.key), self.intake.spool) for m in mails]
            self._record((), arrivals, {}, counts=False)

    def _record(
        self,
        mails: Sequence[Listed],
        arrivals: Sequence[Arrival],
        held: Mapping[MailKey, Withheld],
        *,
        counts: bool,
    ) -> None:
        self.intake.spool.settle()
        failpoint.reached("intake.spooled")
        self.intake.store.journal.record(arrivals, self.now)
        failpoint.reached("intake.recorded")
        self.taken += len(arrivals)
        self.intake.told(self.taken, self.everything)
        came = {arrival.key for arrival in arrivals}
        missing = [
            held.get(m.key) or Withheld(m.key, m.size, m.received, self.now)
            for m in mails
            if m.key not in came
        ]
        if missing:
            refused = [mail.refused(self.now) for mail in missing] if counts else missing
            self.intake.store.journal.withhold(refused, self.now)
            failpoint.reached("intake.withheld")

    def _spooled(self, mails: Sequence[Listed]) -> Iterator[Arrival]:
        by_key = {mail.key: mail for mail in mails}
        if not self.intake.spool.has_room(sum(mail.size for mail in mails)):
            raise NoRoom(
                f"spool {self.intake.spool.folder}: its disk is nearly full: free space; mails "
                "wait on the server meanwhile"
            )
        for key, raw in self.intake.mailbox.fetch([mail.key for mail in mails]):
            mail = by_key[key]
            self.fetched += len(raw)
            if len(raw) > self.intake.limits.largest:
                # Some servers only estimate sizes (reliability D11).
                yield too_large(mail, len(raw), raw, self.intake.spool)
            else:
                yield Arrival(key, mail.received, len(raw), self.intake.spool.put(raw))


def too_large(mail: Listed, size: int, beginning: bytes | None, spool: Spool) -> Arrival:
    """Its header alone is kept, as far as there is one: whoever wrote it can be told (D11)."""
    head = only_head(beginning) if beginning else None
    if head is None:
        return Arrival(mail.key, mail.received, size, None, Aside.TOO_LARGE)
    return Arrival(mail.key, mail.received, len(head), spool.put(head))
