"""A house between a real Dovecot and a real Postfix, for stories that are played with Maildirs too."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.utils import parseaddr
from itertools import count
from pathlib import Path

from mailflow.commands.demo_desk.registers import CONFIG
from tests.live.dovecot import DOMAIN, Dovecot
from tests.live.machine import wait_until
from tests.live.postfix import Postfix
from tests.scenarios.house import EVENING, House, build_house

numbers = count(1)


@dataclass(frozen=True)
class Servers:
    """Those of the run: every house has a mailbox of its own there, its people share theirs."""

    dovecot: Dovecot
    postfix: Postfix

    def build(self, folder: Path, config: str = CONFIG) -> LiveHouse:
        name = f"live{next(numbers)}-{os.getpid()}"
        mailbox = f'{{url: "imaps://{name}@127.0.0.1:{self.dovecot.imaps_port}", '
        mailbox += f'password: {{env: LIVE}}, since: all, ca_file: "{self.dovecot.ca_file}"}}'
        config = config.replace('{url: "maildir:inbox", since: all}', mailbox)
        config = config.replace('"maildir:outbox"', f'"smtp://127.0.0.1:{self.postfix.port}"')
        built = build_house(folder, f"{config}instance: {name}\n")
        return LiveHouse(built.folder, self, name)


@dataclass(frozen=True)
class LiveHouse(House):
    servers: Servers
    name: str
    """That of its mailbox, which it writes into each of its messages too."""

    waiting: list[bytes] = field(default_factory=list)

    def put(self, name: str, raw: bytes) -> None:
        """Posted when the next pass begins, so that it is received at that instant."""
        super().put(name, raw)
        self.waiting.append(raw)

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return super().run(*arguments, LIVE=self.servers.dovecot.password, **environment)

    def once(self, now: str = EVENING, **environment: str) -> subprocess.CompletedProcess[str]:
        for raw in self.waiting:
            self._post(raw, now)
        self.waiting.clear()
        return super().once(now, **environment)

    def _post(self, raw: bytes, now: str) -> None:
        """Postfix brings it to the gate, as it brings any mail; from there it is laid into the mailbox
        with the hour of the story, which Dovecot takes from nobody but an IMAP client."""
        dovecot, gate = self.servers.dovecot, f"{self.name}-gate"
        brought = dovecot.folder / "mail" / gate / "Maildir" / "new"
        sender = parseaddr(str(message_from_bytes(raw)["From"]))[1] or "nobody@elsewhere.example"
        self.servers.postfix.send(sender, f"{gate}@{DOMAIN}", raw)
        assert wait_until(lambda: any(brought.glob("*")), seconds=20)
        [mail] = brought.glob("*")
        with dovecot.client(self.name) as client:
            client.append("INBOX", mail.read_bytes(), msg_time=datetime.fromisoformat(now))
        mail.unlink()

    def went_out(self) -> list[bytes]:
        return [raw for _, raw in self.arrived()]

    def arrived(self) -> list[tuple[str, bytes]]:
        """Everything this house sent that arrived, with whom it came to."""
        assert self.servers.postfix.queue_empty()
        people = {m["recipient"].casefold() for m in self.rows("messages")}
        found = []
        for person in sorted(people):
            user, _, domain = person.partition("@")
            every = (
                self.servers.dovecot.mails(user)
                if domain == DOMAIN
                else [t.raw for t in self.servers.postfix.world.taken if person in t.recipients]
            )
            mine = [r for r in every if message_from_bytes(r)["X-Mailflow-Loop"] == self.name]
            found += [(person, raw) for raw in mine]
        return found

    def copies(self) -> Counter[tuple[str, str]]:
        """Message-ID and person of all that arrived, with the number of copies."""
        return Counter(
            (str(message_from_bytes(raw)["Message-ID"]), who) for who, raw in self.arrived()
        )

    def owned(self) -> Counter[tuple[str, str]]:
        """What the database says went out, with the copies it owns up to."""
        rows = [m for m in self.rows("messages") if m["state"] == "accepted"]
        keys = ((m["message_id"], m["recipient"].casefold(), 1 + m["resends"]) for m in rows)
        return Counter({(message, who): number for message, who, number in keys})
