"""Takes one dispatch list, one returned workbook and the digest out of a Maildir of messages."""

from __future__ import annotations

import sys
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path


def main(outbox: Path, target: Path) -> None:
    for path in sorted(outbox.iterdir()):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(message, EmailMessage)
        files = list(message.iter_attachments())
        body = message.get_body(("html",))
        if not files and body is not None and "he@" in str(message["To"]):
            (target / "digest.html").write_text(body.get_content(), encoding="utf-8")
        for file in files:
            name = str(file.get_filename())
            kind = "dispatch-list" if name.startswith("FH") else "returned-workbook"
            if kind == "dispatch-list" or "宝宝屋" in name:
                (target / f"{kind}.xlsx").write_bytes(file.get_content())


main(Path(sys.argv[1]), Path(sys.argv[2]))
