"""`python -m tests.proof.large_folder`: the second look into a folder of ten thousand mails, at a real Dovecot.

Mails lie in the folder as a mailbox that was used for years has them: older than `mailbox.since`. Bytes are
those that Dovecot counts of the session, time is that of a whole pass.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from mailflow.app import open_app
from mailflow.config import load
from mailflow.daemon import one_pass
from mailflow.works import PassReport
from tests.authority import make_authority
from tests.live.dovecot import Dovecot, running_dovecot
from tests.live.machine import wait_until
from tests.proof.machine import heard_logs
from tests.scenarios.house import build_house

COUNT = 10_000
MOST_BYTES = 1_000_000
MOST_SECONDS = 5.0
OLD = datetime(2026, 3, 2, tzinfo=UTC)
NOW = datetime(2026, 11, 10, 1, 0, tzinfo=UTC)
USER = "years"
CONFIG = """\
timezone: Asia/Shanghai
language: zh
mailbox: {{url: "imaps://{user}@127.0.0.1:{port}", password: {{env: LARGE}}, since: "2026-11-01T00:00:00+08:00", ca_file: "{ca}"}}
transport: {{url: "maildir:outbox", sender: "orders@songping.example"}}
database: {{url: "sqlite:///mailflow.db"}}
spool: spool
master: {{products: products.xlsx, customers: customers.xlsx, staff: staff.xlsx}}
trust: from
"""
MAIL = "From: n101@dealer.example\nSubject: old {number}\nMessage-ID: <old-{number}@dealer.example>\n\nold\n"
COUNTED = re.compile(r"imap\(years\).*\bin=(\d+) out=(\d+)")


@dataclass(frozen=True)
class Look:
    """A start and one pass: seconds of the pass, of the processor too; bytes that the server sent."""

    wall: float
    work: float
    read: int
    report: PassReport

    @property
    def is_small(self) -> bool:
        return self.read < MOST_BYTES and self.wall < MOST_SECONDS and not self.report.troubles


@dataclass
class LargeFolder:
    dovecot: Dovecot
    folder: Path
    sessions: int = 0

    def __post_init__(self) -> None:
        port, ca = self.dovecot.imaps_port, self.dovecot.ca_file
        self.house = build_house(self.folder, CONFIG.format(user=USER, port=port, ca=ca))

    def fill(self, count: int) -> None:
        """Straight into its Maildir, as no server of today would bring so many in a minute."""
        with self.dovecot.client(USER) as client:
            client.append("INBOX", MAIL.format(number=0).encode(), msg_time=OLD)
        place = self.dovecot.folder / "mail" / USER / "Maildir" / "new"
        owner = place.stat()
        for number in range(1, count):
            path = place / f"{int(OLD.timestamp())}.M{number}P1.old"
            path.write_text(MAIL.format(number=number), encoding="utf-8")
            os.utime(path, (OLD.timestamp(), OLD.timestamp()))
            os.chown(path, owner.st_uid, owner.st_gid)

    def look(self) -> Look:
        """Open, one pass, and close."""
        before = len(self._counted())
        with patch.dict(os.environ, {"LARGE": self.dovecot.password}):
            app = open_app(load(self.house.config), lambda: NOW, exclusive=True)
            try:
                app.refresh()
                wall, work = time.monotonic(), time.process_time()
                report = one_pass(app.works())
                wall, work = time.monotonic() - wall, time.process_time() - work
            finally:
                app.close()
        if not wait_until(lambda: len(self._counted()) > before, seconds=20):
            raise RuntimeError(f"{self.dovecot.log}: Dovecot does not say how much it sent")
        return Look(wall, work, sum(self._counted()[before:]), report)

    def lie_there(self) -> int:
        with self.dovecot.client(USER) as client:
            return int(client.folder_status("INBOX", ["MESSAGES"])[b"MESSAGES"])

    def _counted(self) -> list[int]:
        return [
            int(out) for _, out in COUNTED.findall(self.dovecot.log.read_text(errors="replace"))
        ]


@contextmanager
def large_folder(count: int) -> Iterator[LargeFolder]:
    with (
        tempfile.TemporaryDirectory(prefix="mailflow-large-") as text,
        running_dovecot(make_authority(Path(text))) as dovecot,
        heard_logs(),
    ):
        large = LargeFolder(dovecot, Path(text) / "house")
        large.fill(count)
        yield large


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.large_folder", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    chosen = parser.parse_args(arguments)
    with large_folder(chosen.count) as large:
        looks = [("first", large.look()), ("second", large.look()), ("third", large.look())]
        lie_there = large.lie_there()
    for name, look in looks:
        print(
            f"{name} look: {look.read:,} bytes read, {look.wall:.2f} s,"
            f" {look.work:.2f} s of the processor; {look.report.taken} mails fetched",
            *look.report.troubles,
        )
    print(f"{lie_there} mails lie in the folder")
    return 0 if looks[-1][1].is_small and lie_there == chosen.count else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
