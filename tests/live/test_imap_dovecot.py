"""The mailbox and a real Dovecot, where it is narrow, old, silent, full or gone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import uuid4

import pytest

from mailflow.domain.mail import MailState
from mailflow.mailbox.imap import ImapMailbox
from mailflow.mailbox.imap_session import ImapSettings
from mailflow.ports import LoginRefused, MailboxTrouble
from tests.live.dovecot import Dovecot
from tests.live.machine import wait_until
from tests.mailbox.proxy import proxy_to

NOW = datetime(2026, 11, 10, 4, 0, tzinfo=UTC)
NOTHING_KNOWN: frozenset[int] = frozenset()
MAIL = b"Subject: order\r\n\r\nsix cases\r\n"


@pytest.fixture
def user() -> str:
    return f"u{uuid4().hex}"


@contextmanager
def opened(dovecot: Dovecot, user: str, **more: Any) -> Iterator[ImapMailbox]:
    """In clear unless told otherwise; each look at the clock of pauses is an hour later."""
    values = {"port": dovecot.imap_port, "password": dovecot.password, "tls": False, **more}
    hours = count(1)
    mailbox = ImapMailbox(
        ImapSettings(dovecot.host, user=user, **values), lambda: next(hours) * 3600.0
    )
    try:
        yield mailbox
    finally:
        mailbox.close()


def bodies(mailbox: ImapMailbox) -> list[bytes]:
    mailbox.uidvalidity()
    keys = [mail.key for mail in mailbox.listing(NOTHING_KNOWN, NOW)]
    return [raw for _, raw in mailbox.fetch(keys)]


def put(dovecot: Dovecot, user: str, *mails: bytes, folder: str = "INBOX") -> None:
    with dovecot.client(user) as client:
        if not client.folder_exists(folder):
            client.create_folder(folder)
        for raw in mails:
            client.append(folder, raw, msg_time=NOW)


def flags(dovecot: Dovecot, user: str) -> list[tuple[bytes, ...]]:
    with dovecot.client(user) as client:
        client.select_folder("INBOX", readonly=True)
        return list(client.get_flags(client.search("ALL")).values())


def test_reading_leaves_no_trace_in_the_mailbox(dovecot: Dovecot, user: str) -> None:
    put(dovecot, user, MAIL)
    with opened(dovecot, user) as mailbox:
        assert bodies(mailbox) == [MAIL]
    assert flags(dovecot, user) == [()]


@pytest.mark.fault("A16")
def test_a_server_of_an_unknown_authority_gets_no_password(dovecot: Dovecot, user: str) -> None:
    secure = {"port": dovecot.imaps_port, "tls": True}
    with opened(dovecot, user, **secure) as mailbox:
        with pytest.raises(MailboxTrouble, match="ca_file"):
            mailbox.uidvalidity()
        assert f"user=<{user}>" not in dovecot.log.read_text()
    with opened(dovecot, user, ca_file=str(dovecot.ca_file), **secure) as mailbox:
        assert bodies(mailbox) == []


@pytest.mark.fault("I20")
def test_a_wrong_password_is_told_as_such(dovecot: Dovecot, user: str) -> None:
    with (
        opened(dovecot, user, password="wrong") as mailbox,
        pytest.raises(LoginRefused, match=user),
    ):
        mailbox.uidvalidity()


def test_a_folder_that_is_not_there_is_named(dovecot: Dovecot, user: str) -> None:
    with (
        opened(dovecot, user, folder="订单") as mailbox,
        pytest.raises(MailboxTrouble, match="folder 订单"),
    ):
        mailbox.uidvalidity()


def test_another_folder_than_the_inbox_can_be_watched(dovecot: Dovecot, user: str) -> None:
    put(dovecot, user, MAIL, folder="订单")
    with opened(dovecot, user, folder="订单") as mailbox:
        assert bodies(mailbox) == [MAIL]
        [mail] = mailbox.listing(NOTHING_KNOWN, NOW)
        mailbox.file_away([mail.key], MailState.DONE)
    assert dovecot.mails(user, "Done") == [MAIL]


def test_a_mail_that_comes_in_rings(dovecot: Dovecot, user: str) -> None:
    with opened(dovecot, user) as mailbox:
        assert bodies(mailbox) == []
        coming = threading.Timer(0.2, put, (dovecot, user, MAIL))
        coming.start()
        mailbox.wait(100.0)
        coming.join()
        assert bodies(mailbox) == [MAIL]


@pytest.mark.fault("I05")
def test_a_mail_that_came_before_the_wait_rings_too(dovecot: Dovecot, user: str) -> None:
    with opened(dovecot, user) as mailbox:
        assert bodies(mailbox) == []
        put(dovecot, user, MAIL)
        mailbox.wait(100.0)
        assert bodies(mailbox) == [MAIL]


def test_a_ring_ends_the_wait_and_keeps_the_connection(dovecot: Dovecot, user: str) -> None:
    with proxy_to(dovecot.imap_port) as proxy, opened(dovecot, user, port=proxy.port) as mailbox:
        assert bodies(mailbox) == []
        rings = threading.Timer(0.1, mailbox.ring)
        rings.start()
        mailbox.wait(100.0)
        rings.join()
        assert bodies(mailbox) == []
        assert proxy.connections == 1


@pytest.mark.fault("I06")
def test_fifty_forced_reconnects_leave_one_connection(
    make_dovecot: Callable[..., Dovecot], user: str
) -> None:
    dovecot = make_dovecot(mail_max_userip_connections="2")
    put(dovecot, user, MAIL)
    with proxy_to(dovecot.imap_port) as proxy, opened(dovecot, user, port=proxy.port) as mailbox:
        for _ in range(50):
            assert bodies(mailbox) == [MAIL]
            proxy.cut()
        assert bodies(mailbox) == [MAIL]
        assert wait_until(lambda: proxy.open_now <= 1, seconds=5)
        assert proxy.connections == 51


@pytest.mark.fault("I20")
def test_a_narrow_server_is_no_wrong_password(
    make_dovecot: Callable[..., Dovecot], user: str
) -> None:
    dovecot = make_dovecot(mail_max_userip_connections="1")
    with opened(dovecot, user) as mailbox:
        with dovecot.client(user), pytest.raises(MailboxTrouble, match="Maximum") as busy:
            mailbox.uidvalidity()
        assert not isinstance(busy.value, LoginRefused)


@pytest.mark.fault("I03")
@pytest.mark.parametrize(
    "step", [lambda mailbox: mailbox.wait(0.1), lambda mailbox: mailbox.listing(NOTHING_KNOWN, NOW)]
)
def test_a_dead_line_is_noticed_in_time_and_replaced(
    dovecot: Dovecot, user: str, step: Callable[[ImapMailbox], object]
) -> None:
    put(dovecot, user, MAIL)
    with (
        proxy_to(dovecot.imap_port) as proxy,
        opened(dovecot, user, port=proxy.port, read_seconds=0.3, connect_seconds=0.3) as mailbox,
    ):
        assert bodies(mailbox) == [MAIL]
        proxy.blocked.set()
        with pytest.raises(MailboxTrouble, match="no answer in time"):
            step(mailbox)
        proxy.blocked.clear()
        assert bodies(mailbox) == [MAIL]


@pytest.mark.fault("I07")
def test_a_server_that_comes_and_goes_loses_nothing(
    make_dovecot: Callable[..., Dovecot], user: str
) -> None:
    dovecot = make_dovecot()
    put(dovecot, user, MAIL)
    with opened(dovecot, user) as mailbox:
        for _ in range(5):
            assert bodies(mailbox) == [MAIL]
            dovecot.stop()
            with pytest.raises(MailboxTrouble, match="tried again"):
                mailbox.uidvalidity()
            dovecot.start()


@pytest.mark.fault("I12")
def test_without_move_a_copy_is_checked_and_only_our_own_mail_is_removed(
    make_dovecot: Callable[..., Dovecot], user: str
) -> None:
    dovecot = make_dovecot(imap_capability="IMAP4rev1 UIDPLUS IDLE NAMESPACE LITERAL+")
    marked_by_others = b"Subject: not ours to remove\r\n\r\n"
    put(dovecot, user, MAIL, marked_by_others)
    with dovecot.client(user) as colleague:
        colleague.select_folder("INBOX")
        colleague.delete_messages([2])
    with opened(dovecot, user) as mailbox:
        mailbox.uidvalidity()
        first, _ = mailbox.listing(NOTHING_KNOWN, NOW)
        mailbox.file_away([first.key], MailState.RETURNED)
        mailbox.file_away([first.key], MailState.RETURNED)
    assert dovecot.mails(user, "Returned") == [MAIL]
    assert dovecot.mails(user) == [marked_by_others]


@pytest.mark.fault("I12")
def test_without_uidplus_mails_stay_where_they_are(
    make_dovecot: Callable[..., Dovecot], user: str
) -> None:
    dovecot = make_dovecot(imap_capability="IMAP4rev1")
    put(dovecot, user, MAIL)
    with opened(dovecot, user) as mailbox:
        assert bodies(mailbox) == [MAIL]
        [mail] = mailbox.listing(NOTHING_KNOWN, NOW)
        mailbox.file_away([mail.key], MailState.DONE)
        mailbox.wait(0.01)
        assert bodies(mailbox) == [MAIL]
    assert (dovecot.mails(user), dovecot.mails(user, "Done")) == ([MAIL], [])
    assert flags(dovecot, user) == [()]


@pytest.mark.fault("I01")
def test_a_recreated_folder_is_listed_anew(dovecot: Dovecot, user: str) -> None:
    put(dovecot, user, MAIL, folder="orders")
    with opened(dovecot, user, folder="orders") as mailbox:
        before = mailbox.uidvalidity()
        [old] = mailbox.listing(NOTHING_KNOWN, NOW)
        with dovecot.client(user) as colleague:
            colleague.delete_folder("orders")
        put(dovecot, user, b"Subject: other\r\n\r\n", folder="orders")
        try:
            after = mailbox.uidvalidity()
        except MailboxTrouble:
            after = mailbox.uidvalidity()
        assert after != before
        assert list(mailbox.fetch([old.key])) == []
        assert bodies(mailbox) == [b"Subject: other\r\n\r\n"]


@pytest.mark.fault("A15")
def test_our_own_message_is_found_among_the_sent_ones_by_its_header(
    dovecot: Dovecot, user: str
) -> None:
    sent = [b"Message-ID: <%d@desk.example>\r\nSubject: list\r\n\r\n" % n for n in range(210)]
    put(dovecot, user, MAIL)
    put(dovecot, user, *sent, folder="Sent")
    with opened(dovecot, user) as mailbox:
        mailbox.uidvalidity()
        assert mailbox.holds("<0@desk.example>", "Sent") is True
        assert mailbox.holds("<209@desk.example>", "Sent") is True
        assert mailbox.holds("<210@desk.example>", "Sent") is False
        put(dovecot, user, b"Message-ID:\r\n <210@desk.example>\r\n\r\n", folder="Sent")
        assert mailbox.holds("<210@desk.example>", "Sent") is True
        assert mailbox.holds("<30@desk.exampl", "Sent") is False
        assert (
            mailbox.holds('<0@desk.example>" ALL\r\nA STORE 1:* +FLAGS (\\Deleted)', "Sent")
            is False
        )
        assert mailbox.holds("<0@desk.example>", "Nowhere") is None
        assert len(mailbox.listing(NOTHING_KNOWN, NOW)) == 1
        assert bodies(mailbox) == [MAIL]
    assert flags(dovecot, user) == [()]


@pytest.mark.fault("I16")
def test_a_second_look_at_a_full_folder_reads_next_to_nothing(dovecot: Dovecot, user: str) -> None:
    put(dovecot, user, *[MAIL + b"x" * 2000 + b"\r\n"] * 100)
    with proxy_to(dovecot.imap_port) as proxy, opened(dovecot, user, port=proxy.port) as mailbox:
        assert len(bodies(mailbox)) == 100
        known = frozenset(mail.key.uid for mail in mailbox.listing(NOTHING_KNOWN, NOW))
        before = proxy.passed
        mailbox.uidvalidity()
        assert mailbox.listing(known, NOW) == []
        assert proxy.passed - before < 2_000
