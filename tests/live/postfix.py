"""A Postfix of its own: the house's mail goes to Dovecot, all other mail into a sink, none outside."""

from __future__ import annotations

import os
import smtplib
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.live.dovecot import DOMAIN, Dovecot
from tests.live.machine import (
    HOST,
    as_root,
    end_server,
    free_port,
    last_lines,
    listens,
    may_be_root,
    program,
    short_folder,
    start_server,
    wait_until,
)
from tests.live.sink import Sink

_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = mail.{domain}
mydestination = {domain}
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
disable_dns_lookups = yes
alias_maps =
alias_database =
local_recipient_maps =
local_transport = lmtp:inet:{dovecot.host}:{dovecot.lmtp_port}
default_transport = smtp:[{world.host}]:{world.port}
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:{dovecot.host}:{dovecot.auth_port}
smtpd_error_sleep_time = 0
smtpd_tls_security_level = may
smtpd_tls_cert_file = {dovecot.authority.certificate}
smtpd_tls_key_file = {dovecot.authority.key}
minimal_backoff_time = 1s
maximal_backoff_time = 1s
queue_run_delay = 1s
"""
"""Without its own alias files a mail would wait for those of the machine; what was refused for now
is tried again at once."""

_MASTER = """
{port}       inet  n  -  n  -  -    smtpd
{smtps_port} inet  n  -  n  -  -    smtpd -o smtpd_tls_wrappermode=yes
pickup     unix  n  -  n  60 1    pickup
cleanup    unix  n  -  n  -  0    cleanup
qmgr       unix  n  -  n  300 1   qmgr
tlsmgr     unix  -  -  n  1000? 1 tlsmgr
rewrite    unix  -  -  n  -  -    trivial-rewrite
bounce     unix  -  -  n  -  0    bounce
defer      unix  -  -  n  -  0    bounce
trace      unix  -  -  n  -  0    bounce
verify     unix  -  -  n  -  1    verify
flush      unix  n  -  n  1000? 0 flush
proxymap   unix  -  -  n  -  -    proxymap
smtp       unix  -  -  n  -  -    smtp
error      unix  -  -  n  -  -    error
retry      unix  -  -  n  -  -    error
lmtp       unix  -  -  n  -  -    lmtp
anvil      unix  -  -  n  -  1    anvil
scache     unix  -  -  n  -  1    scache
showq      unix  n  -  n  -  -    showq
postlog    unix-dgram n - n - 1   postlogd
"""

_MAKE_ROOM = """set -e
cd {folder}
chown root main.cf master.cf
install -d -o postfix data
install -d -o root queue queue/pid
cd queue
install -d -o postfix -m 700 active bounce corrupt defer deferred flush hold incoming private \
    saved trace
install -d -o postfix -g postdrop -m 730 maildrop
install -d -o postfix -g postdrop -m 710 public
"""
"""What `postfix start` would make in two seconds."""


@dataclass
class Postfix:
    """Takes mail from anybody on this machine; whoever logs in does it with Dovecot's password."""

    folder: Path
    dovecot: Dovecot
    world: Sink
    """Where mail for anybody but the house ends up; its refusals become real bounces."""

    host: str = HOST
    port: int = field(default_factory=free_port)
    """Plain, with STARTTLS and AUTH on offer."""

    smtps_port: int = field(default_factory=free_port)
    domain: str = DOMAIN
    settings: dict[str, str] = field(default_factory=dict)
    """Anything else for its configuration, such as `smtpd_end_of_data_restrictions`."""

    _process: subprocess.Popen[bytes] | None = None

    @property
    def ca_file(self) -> Path:
        return self.dovecot.ca_file

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def start(self) -> None:
        """Start with the queue of before; returns when it answers."""
        master = program("master", "postfix")
        if not may_be_root():
            pytest.fail("Postfix runs as root only: test as root or with sudo", pytrace=False)
        if self.folder.joinpath("main.cf").exists():
            return self._run(master)
        more = "".join(f"{key} = {value}\n" for key, value in self.settings.items())
        for name, text in (("main.cf", _MAIN + more), ("master.cf", _MASTER)):
            self.folder.joinpath(name).write_text(text.format(**vars(self)))
            # Postfix waits until what it reads is two seconds old.
            os.utime(self.folder / name, (0, 0))
        as_root("sh", "-c", _MAKE_ROOM.format(folder=self.folder))
        return self._run(master)

    def _run(self, master: str) -> None:
        command = [master, "-c", str(self.folder), "-d"]
        self._process = start_server(
            *command, log=self.folder / "said", ends_by="-TERM $server", root=True
        )
        if not wait_until(lambda: listens(self.port) and listens(self.smtps_port), seconds=20):
            self.stop()
            raise RuntimeError(f"postfix does not answer:\n{last_lines(self.log)}")

    def stop(self) -> None:
        """End it with all it does just now; what is queued waits for `start`."""
        if self._process is None:
            return
        end_server(self._process, self.port, self.smtps_port)
        self._process = None

    def send(self, sender: str, recipient: str, mail: bytes) -> None:
        with smtplib.SMTP(self.host, self.port, timeout=20) as client:
            client.sendmail(sender, [recipient], mail)

    def queue_empty(self, timeout: float = 20) -> bool:
        """Whether everything was delivered or bounced in time; a bounce counts as a mail too."""
        return wait_until(lambda: not self.queued(), timeout)

    def queued(self) -> list[str]:
        """Names of the mails that are still on their way, or wait for another attempt."""
        names = ("maildrop", "incoming", "active", "deferred")
        folders = [str(self.folder / "queue" / name) for name in names]
        return as_root("find", *folders, "-type", "f", "-printf", "%f\n").stdout.split()


@contextmanager
def running_postfix(dovecot: Dovecot, world: Sink, **settings: str) -> Iterator[Postfix]:
    with short_folder("postfix") as folder:
        postfix = Postfix(folder, dovecot, world, settings=settings)
        try:
            postfix.start()
            yield postfix
        finally:
            postfix.stop()
