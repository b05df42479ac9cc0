"""A mail that is read is then proven, or not, to be its sender's; a report of a mail system is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from mailflow.config import Config
from mailflow.domain.archived import MOST_KEPT, FileText, says_archive
from mailflow.domain.bounce import Bounce
from mailflow.domain.document import Reading
from mailflow.domain.mail import Head, MailKind
from mailflow.domain.proof import Belief, telling
from mailflow.keys import DnsKeys, Told, untold
from mailflow.parsers.sandbox import ChildError, Named, Pending, ReadingFailed, Sandbox
from mailflow.rules.personal import PERSONAL

SIGNERS = Named("mailflow.parsers.signers", "signers_of")
PAPER_TEXT = Named("mailflow.parsers.paper_text", "text_of")
BOUNCE = Named("mailflow.parsers.bounces", "bounce_of")


class Keys(Protocol):
    """The door to the DNS."""

    def find(self, name: str) -> str | None:
        """The text record under a name, or None."""
        ...


@dataclass(slots=True)
class Proving:
    """A reading under way; its result says who signed the mail. Signatures are checked in the
    sandbox like everything a stranger wrote; the keys are fetched here, for it has no network.
    Without `keys` nothing is to be proven. What a mail system reports nobody needs to prove: it
    moves nothing, and a person hears of it.
    """

    begun: Pending[Reading]
    raw: bytes
    sandbox: Sandbox
    keys: Keys | None
    _proven: Reading | None = None

    def result(self) -> Reading:
        """Raises what `Pending.result` raises."""
        if self._proven is None:
            reading = self.begun.result()
            if reading.head.kind is MailKind.BOUNCE:
                bounce = self.sandbox.call(BOUNCE, self.raw, returns=Bounce)
                self._proven = replace(reading, bounce=bounce)
            elif self.keys is not None:
                self._proven = replace(reading, head=self._signed(reading.head, self.keys))
            else:
                self._proven = reading
            if self._proven.head.kind in PERSONAL and says_archive(self._proven.head.subject):
                self._proven = replace(self._proven, texts=tuple(self._texts(self._proven)))
        return self._proven

    def _texts(self, reading: Reading) -> Iterator[FileText]:
        """A file that cannot be read, or ends the child, is kept all the same: by its name."""
        for file in reading.attached[:MOST_KEPT]:
            with suppress(ReadingFailed, ChildError):
                text = self.sandbox.call(PAPER_TEXT, self.raw, file.sha256, returns=str)
                yield FileText(file.sha256, text)

    def _signed(self, head: Head, keys: Keys) -> Head:
        names = [s.key_name for s in telling(head.signatures, head.sender or "")]
        records = {name: record for name in names if (record := keys.find(name)) is not None}
        if not records:
            return head
        domains = self.sandbox.call(SIGNERS, self.raw, records, returns=list[str])
        return replace(head, signed_by=tuple(domains))


def belief_of(config: Config) -> Belief:
    return Belief(config.trust == "from", config.authentication.authserv_id)


def keys_of(config: Config, told: Told = untold) -> DnsKeys | None:
    """None where the From line is believed anyway: then nothing is looked up."""
    return None if config.trust == "from" else DnsKeys(config.authentication.nameservers, told)
