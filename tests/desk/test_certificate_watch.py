"""A certificate that ends is told of while there is time to renew it."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from mailflow.desk.certificate_watch import certificate_matters
from mailflow.domain.certificate import Certificate
from mailflow.mailbox.imap import ImapMailbox
from mailflow.mailbox.imap_session import ImapSettings
from mailflow.outbox.smtp import SmtpSender, SmtpSettings
from tests.authority import Authority
from tests.live.dovecot import Dovecot
from tests.outbox.messages import NOON
from tests.outbox.scripted_smtp import Script, smtp_server

ZONE = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)


def told(left: timedelta) -> list[tuple[str, str]]:
    certificate = Certificate("imap.example.com:993", NOON + left)
    return [(m.reference, m.subject) for m in certificate_matters([certificate], ZONE, NOON)]


def test_one_that_holds_for_long_is_told_to_nobody() -> None:
    assert told(22 * DAY) == []
    assert list(certificate_matters([], ZONE, NOON)) == []


@pytest.mark.fault("T07")
def test_three_weeks_before_it_ends_it_is_told_with_its_day_in_the_house() -> None:
    assert told(21 * DAY) == [("imap.example.com:993", "2026-12-01")]
    assert told(DAY / 2 + timedelta(hours=1)) == [("imap.example.com:993", "2026-11-11")]
    assert told(-DAY) == [("imap.example.com:993", "2026-11-09")], "ended, too"


@pytest.mark.fault("T07")
def test_both_servers_show_when_theirs_ends(dovecot: Dovecot, authority: Authority) -> None:
    settings = ImapSettings(
        dovecot.host, dovecot.imaps_port, "u", dovecot.password, ca_file=str(authority.ca_file)
    )
    mailbox = ImapMailbox(settings)
    assert mailbox.certificate is None, "nobody has looked yet"
    mailbox.uidvalidity()
    seen = [mailbox.certificate]
    mailbox.close()
    script = Script(tls=authority.server_context())
    with smtp_server(script, implicit_tls=True):
        carrier = SmtpSettings("127.0.0.1", script.port, "tls", ca_file=str(authority.ca_file))
        sender = SmtpSender(carrier)
        sender.probe()
        seen.append(sender.certificate)
        sender.close()
    ends = [certificate.ends for certificate in seen if certificate is not None]
    assert ends == [authority.ends] * 2, "both bear the same one"
