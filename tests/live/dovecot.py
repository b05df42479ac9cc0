"""A Dovecot of its own: IMAP with and without TLS, LMTP; every user exists, with one password."""

from __future__ import annotations

import grp
import os
import pwd
import smtplib
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from tests.authority import Authority
from tests.live.machine import (
    HOST,
    end_server,
    free_port,
    is_root,
    last_lines,
    listens,
    program,
    short_folder,
    start_server,
    wait_until,
)

DOMAIN = "songping.example"
"""The house's own domain, of which Postfix delivers here."""

_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{authority.certificate}
ssl_key = <{authority.key}
disable_plaintext_auth = no
auth_username_format = %Ln
auth_mechanisms = plain login
auth_failure_delay = 0
mail_home = {folder}/mail/%n
mail_location = maildir:~/Maildir
mail_uid = {owner.pw_uid}
mail_gid = {owner.pw_gid}
first_valid_uid = {owner.pw_uid}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner.pw_uid} gid={owner.pw_gid} home={folder}/mail/%n allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
}}
service imap-login {{
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = {imaps_port}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp_port}
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service auth {{
  inet_listener sasl {{
    port = {auth_port}
  }}
}}
"""
"""A wrong password is refused at once, however many there were before."""

_UNPRIVILEGED = """
default_internal_user = {owner.pw_name}
default_login_user = {owner.pw_name}
default_internal_group = {group}
service imap-login {{
  chroot =
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service auth {{
  user =
}}
"""
"""Who is not root can become nobody else and cannot be locked in."""


@dataclass
class Dovecot:
    folder: Path
    authority: Authority
    settings: dict[str, str] = field(default_factory=dict)
    """Anything else for its configuration, such as `mail_max_userip_connections`."""

    host: str = HOST
    password: str = "secret"
    imap_port: int = field(default_factory=free_port)
    imaps_port: int = field(default_factory=free_port)
    lmtp_port: int = field(default_factory=free_port)
    auth_port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def ca_file(self) -> Path:
        return self.authority.ca_file

    @property
    def _ports(self) -> tuple[int, ...]:
        return self.imap_port, self.imaps_port, self.lmtp_port, self.auth_port

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def start(self) -> None:
        """Start with the mails and ports of before; returns when it answers."""
        binary = program("dovecot", "dovecot-imapd dovecot-lmtpd")
        program("lmtp", "dovecot-lmtpd")
        self._configure()
        config = str(self.folder / "dovecot.conf")
        command = [binary, "-F", "-c", config]
        self._process = start_server(*command, log=self.log, ends_by="-KILL -$server")
        if not wait_until(lambda: all(map(listens, self._ports)), seconds=20):
            self.stop()
            raise RuntimeError(f"dovecot does not answer:\n{last_lines(self.log)}")

    def stop(self) -> None:
        """End it at once, with all connections, as a power cut would; `start` goes on from there."""
        if self._process is None:
            return
        end_server(self._process, *self._ports)
        self._process = None

    def deliver(self, user: str, mail: bytes, sender: str = "someone@dealer.example") -> None:
        """Put a mail into the inbox of a user as a mail server would."""
        with smtplib.LMTP(self.host, self.lmtp_port) as lmtp:
            lmtp.sendmail(sender, [f"{user}@{DOMAIN}"], mail)

    def mails(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """What lies in a folder, oldest first, without marking anything as seen."""
        with self.client(user) as client:
            if not client.folder_exists(folder):
                return []
            client.select_folder(folder, readonly=True)
            found = client.fetch(client.search("ALL"), ["BODY.PEEK[]"])
        return [found[uid][b"BODY[]"] for uid in sorted(found)]

    def client(self, user: str) -> IMAPClient:
        """A connection of its own, logged in, for what a person would do in the mailbox."""
        client = IMAPClient(self.host, self.imap_port, ssl=False)
        try:
            client.login(user, self.password)
        except IMAPClientError:
            client.shutdown()
            raise
        return client

    def doveadm(self, *arguments: str) -> str:
        command = [program("doveadm", "dovecot-core"), "-c", str(self.folder / "dovecot.conf")]
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"doveadm {' '.join(arguments)}: {done.stderr}")
        return done.stdout

    def _configure(self) -> None:
        # Dovecot refuses to read mail as root, and who reads it must own its folder.
        owner = pwd.getpwnam("nobody") if is_root() else pwd.getpwuid(os.geteuid())
        mail = self.folder / "mail"
        mail.mkdir(exist_ok=True)
        if is_root():
            os.chown(mail, owner.pw_uid, owner.pw_gid)
        values = {**vars(self), "owner": owner, "group": _group_of(owner)}
        text = (_CONFIG + ("" if is_root() else _UNPRIVILEGED)).format(**values)
        text += "".join(f"{key} = {value}\n" for key, value in self.settings.items())
        (self.folder / "dovecot.conf").write_text(text)


def _group_of(owner: pwd.struct_passwd) -> str:
    return grp.getgrgid(owner.pw_gid).gr_name


@contextmanager
def running_dovecot(
    authority: Authority, kind: type[Dovecot] = Dovecot, **settings: str
) -> Iterator[Dovecot]:
    with short_folder("dovecot") as folder:
        dovecot = kind(folder, authority, settings)
        try:
            dovecot.start()
            yield dovecot
        finally:
            dovecot.stop()
