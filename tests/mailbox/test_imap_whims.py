"""How the mailbox gets on with servers that behave as some were seen to behave."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from mailflow.domain.mail import MailKey, MailState
from mailflow.mailbox.imap import ImapMailbox
from mailflow.mailbox.imap_session import ImapSettings
from mailflow.ports import LoginRefused, MailboxTrouble
from tests.mailbox.scripted_imap import SILENCE, Whims, imap_server

NOW = datetime(2026, 11, 10, 4, 1, tzinfo=UTC)
STATED = datetime(2026, 11, 10, 4, 0, tzinfo=UTC)
NOTHING_KNOWN: frozenset[int] = frozenset()


class Ticks:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def mailbox_of(whims: Whims, ticks: Ticks | None = None, **more: Any) -> Iterator[ImapMailbox]:
    with imap_server(whims):
        settings = ImapSettings("127.0.0.1", whims.port, "desk", "pass", tls=False, **more)
        mailbox = ImapMailbox(settings, ticks or Ticks())
        try:
            yield mailbox
        finally:
            mailbox.close()


def fetched(mailbox: ImapMailbox, known: frozenset[int] = NOTHING_KNOWN) -> dict[int, bytes]:
    mailbox.uidvalidity()
    keys = [mail.key for mail in mailbox.listing(known, NOW)]
    return {key.uid: raw for key, raw in mailbox.fetch(keys)}


class TestSilence:
    def test_no_connection_is_made_before_something_is_asked(self) -> None:
        whims = Whims()
        with mailbox_of(whims):
            pass
        assert whims.connections == 0

    @pytest.mark.fault("I16")
    def test_of_known_mails_neither_size_nor_body_is_asked(self) -> None:
        whims = Whims(mails={3: b"three", 5: b"five"})
        with mailbox_of(whims) as mailbox:
            assert fetched(mailbox, frozenset({3, 5})) == {}
        assert whims.count("UID FETCH") == 0


@pytest.mark.fault("T03")
def test_the_time_of_receipt_is_the_server_s_in_utc() -> None:
    with mailbox_of(Whims(mails={3: b"three"})) as mailbox:
        [mail] = mailbox.listing(NOTHING_KNOWN, NOW)
    assert (mail.received, mail.received.tzinfo, mail.size) == (STATED, UTC, 5)


@pytest.mark.fault("I15")
def test_a_new_mail_below_the_highest_number_is_found() -> None:
    with mailbox_of(Whims(mails={3: b"three", 5: b"five", 9: b"nine"})) as mailbox:
        assert list(fetched(mailbox, frozenset({3, 9}))) == [5]


@pytest.mark.fault("I11")
def test_a_body_of_nil_is_no_empty_mail() -> None:
    with mailbox_of(Whims(mails={3: None, 5: b"five"})) as mailbox:
        assert fetched(mailbox) == {5: b"five"}


@pytest.mark.fault("I11")
def test_an_answer_without_a_body_is_no_empty_mail() -> None:
    with mailbox_of(Whims(mails={3: b"three", 5: b"five"}, bare={3})) as mailbox:
        assert fetched(mailbox) == {5: b"five"}


@pytest.mark.fault("I11")
def test_an_empty_answer_for_a_mail_that_has_a_size_is_a_mail_that_is_gone() -> None:
    whims = Whims(mails={3: b"three"})
    with mailbox_of(whims) as mailbox:
        [mail] = mailbox.listing(NOTHING_KNOWN, NOW)
        whims.mails[3] = b""
        assert list(mailbox.fetch([mail.key])) == []


def test_an_empty_mail_is_a_mail() -> None:
    whims = Whims(mails={3: b""})
    with mailbox_of(whims) as mailbox:
        whims.replies["FETCH"] = [
            '* 1 FETCH (UID 3 RFC822.SIZE 0 INTERNALDATE "10-Nov-2026 12:00:00 +0800")\r\nTAG OK x'
        ]
        assert fetched(mailbox) == {3: b""}


def test_a_mail_the_server_will_not_give_keeps_back_no_other() -> None:
    mails = {uid: b"mail %d" % uid for uid in range(1, 8)}
    with mailbox_of(Whims(mails=dict(mails), refused={4})) as mailbox:
        assert fetched(mailbox) == {uid: raw for uid, raw in mails.items() if uid != 4}


def named(number: int) -> bytes:
    return b"Message-ID: <%d@desk.example>\r\n\r\nlist\r\n" % number


@pytest.mark.fault("I17", "A15")
def test_the_header_of_a_sent_mail_is_asked_for_once_and_by_number_alone() -> None:
    whims = Whims(mails={3: b"three"}, sent={n: named(n) for n in range(1, 2501)})
    hostile = '<2500@desk.example>" ALL\r\nA1 STORE 1:* +FLAGS (\\Deleted)'
    with mailbox_of(whims) as mailbox:
        assert mailbox.holds("<2500@desk.example>", "Sent") is True
        assert mailbox.holds(hostile, "Sent") is False
        assert mailbox.holds("<501@desk.example>", "Sent") is True
        assert mailbox.holds("<500@desk.example>", "Sent") is False
        assert whims.count("UID FETCH") == 10
        assert whims.sent is not None
        whims.sent[2501] = named(7777)
        assert mailbox.holds("<7777@desk.example>", "Sent") is True
        assert whims.count("UID FETCH") == 11
        assert fetched(mailbox) == {3: b"three"}
    assert not any("desk.example" in command for command in whims.commands)


def test_headers_of_a_folder_that_was_numbered_anew_are_asked_for_anew() -> None:
    whims = Whims(sent={1: named(1)})
    with mailbox_of(whims) as mailbox:
        assert mailbox.holds("<1@desk.example>", "Sent") is True
        whims.uidvalidity, whims.sent = 8, {1: named(2)}
        assert mailbox.holds("<1@desk.example>", "Sent") is False
        assert mailbox.holds("<2@desk.example>", "Sent") is True


def test_a_folder_that_is_not_there_or_not_to_be_opened_cannot_tell() -> None:
    whims = Whims(mails={3: b"three"})
    with mailbox_of(whims) as mailbox:
        assert mailbox.holds("<1@desk.example>", "Sent") is None
        whims.sent = {1: named(1)}
        whims.replies["EXAMINE"] = ["TAG NO not yours"]
        assert mailbox.holds("<1@desk.example>", "Sent") is None
        assert fetched(mailbox) == {3: b"three"}
        assert mailbox.holds("<1@desk.example>", "Sent") is True
    assert whims.connections == 1


def test_bodies_come_in_batches_by_number_and_by_bytes() -> None:
    small = dict.fromkeys(range(1, 121), b"small")
    big = dict.fromkeys(range(201, 206), b"b" * 9_000_000)
    whims = Whims(mails={**small, **big})
    with mailbox_of(whims) as mailbox:
        assert len(fetched(mailbox)) == 125
    asked = [c.split(" ")[2].count(",") + 1 for c in whims.commands if "(BODY" in c]
    assert asked == [50, 50, 22, 2, 1]


def test_sizes_are_asked_two_hundred_at_a_time() -> None:
    whims = Whims(mails=dict.fromkeys(range(1, 451), b"x"))
    with mailbox_of(whims) as mailbox:
        assert len(mailbox.listing(NOTHING_KNOWN, NOW)) == 450
    assert whims.count("UID FETCH") == 3


def test_a_folder_too_full_for_one_line_is_listed_in_parts() -> None:
    whims = Whims(mails={4_000_000_000 + uid: b"x" for uid in range(120_000)})
    known = frozenset(whims.mails) - {4_000_000_007, 4_000_119_999}
    with mailbox_of(whims) as mailbox:
        found = [mail.key.uid for mail in mailbox.listing(known, NOW)]
    assert found == [4_000_000_007, 4_000_119_999]


@pytest.mark.fault("I17", "A15")
def test_no_command_speaks_of_charset_or_text() -> None:
    whims = Whims(mails={3: b"Subject: \xe8\xae\xa2\r\n\r\n"})
    with mailbox_of(whims) as mailbox:
        fetched(mailbox)
    assert [c for c in whims.commands if "SEARCH" in c] == ["UID SEARCH UID 1:*"]
    assert not any("CHARSET" in command for command in whims.commands)


def test_nothing_is_marked_as_seen() -> None:  # finding 3
    whims = Whims(mails={3: b"three"})
    with mailbox_of(whims) as mailbox:
        fetched(mailbox)
    assert whims.count("UID STORE") == 0
    assert whims.count(r".*BODY\.PEEK") == 1
    assert whims.count(r".*BODY\[") == 0


@pytest.mark.fault("I18")
def test_a_server_that_wants_a_name_gets_it_before_the_folder_is_opened() -> None:
    whims = Whims("IMAP4rev1 ID UIDPLUS", wants_id=True, mails={3: b"three"})
    with mailbox_of(whims) as mailbox:
        assert fetched(mailbox) == {3: b"three"}


@pytest.mark.fault("I18")
def test_only_what_is_offered_is_asked_of_a_server_that_ends_at_unknown_words() -> None:
    whims = Whims("IMAP4rev1", unknown_ends_it=True, mails={3: b"three"})
    with mailbox_of(whims) as mailbox:
        assert fetched(mailbox) == {3: b"three"}
        mailbox.file_away([MailKey(mailbox.account, "INBOX", 7, 3)], MailState.DONE)
        mailbox.wait(0.01)
        assert fetched(mailbox) == {3: b"three"}
    assert whims.connections == 1


@pytest.mark.fault("I02")
def test_without_uidvalidity_each_session_has_numbers_of_its_own() -> None:
    whims, ticks = Whims(uidvalidity=None, mails={3: b"three"}), Ticks()
    with mailbox_of(whims, ticks) as mailbox:
        first = mailbox.uidvalidity()
        assert first < 0
        assert mailbox.uidvalidity() == first
        whims.replies["SELECT"] = ["* BYE restart"]
        again = mailbox.uidvalidity()
        assert again < 0
        assert again != first
        old = MailKey(mailbox.account, "INBOX", first, 3)
        assert list(mailbox.fetch([old])) == []
        mailbox.file_away([old], MailState.DONE)
    assert whims.count("UID MOVE") == 0


@pytest.mark.fault("I01")
def test_numbers_that_changed_between_two_questions_are_not_mixed() -> None:
    whims, ticks = Whims(mails={3: b"three"}), Ticks()
    with mailbox_of(whims, ticks) as mailbox:
        assert mailbox.uidvalidity() == 7
        whims.replies["SEARCH"] = ["* BYE index rebuilt"]
        with pytest.raises(MailboxTrouble):
            mailbox.listing(frozenset({3}), NOW)
        whims.uidvalidity, whims.mails = 8, {3: b"another three", 4: b"four"}
        ticks.now += 2
        [four] = mailbox.listing(frozenset({3}), NOW)
        assert (four.key.uidvalidity, four.key.uid) == (8, 4)
        assert mailbox.uidvalidity() == 8
        assert [mail.key.uid for mail in mailbox.listing(NOTHING_KNOWN, NOW)] == [3, 4]


@pytest.mark.fault("I20")
def test_a_wrong_password_is_not_repeated_every_minute() -> None:
    whims, ticks = Whims(), Ticks()
    whims.replies["LOGIN"] = ["TAG NO login fail"] * 100
    with mailbox_of(whims, ticks) as mailbox:
        for _ in range(24 * 60):
            with pytest.raises(LoginRefused, match="authorisation code"):
                mailbox.uidvalidity()
            ticks.now += 60
    assert 10 < whims.count("LOGIN") <= 30
    assert whims.connections == whims.count("LOGIN")


@pytest.mark.fault("I20")
def test_a_person_is_called_when_logins_are_refused_again_and_again() -> None:
    whims, ticks = Whims(), Ticks()
    whims.replies["LOGIN"] = ["TAG NO login fail"] * 3
    with mailbox_of(whims, ticks) as mailbox:
        for _ in range(3):
            with pytest.raises(LoginRefused) as refused:
                mailbox.uidvalidity()
            ticks.now += 4000
        assert "a person must act" in str(refused.value)
        assert "pass" not in str(refused.value).replace("password", "")
        assert mailbox.uidvalidity() == 7


@pytest.mark.fault("I20")
@pytest.mark.parametrize(
    "said", ["TAG NO [UNAVAILABLE] busy", "TAG NO Too many connections", "* BYE overloaded"]
)
def test_a_busy_server_is_not_a_wrong_password(said: str) -> None:
    whims, ticks = Whims(), Ticks()
    whims.replies["LOGIN"] = [said]
    with mailbox_of(whims, ticks) as mailbox:
        with pytest.raises(MailboxTrouble) as busy:
            mailbox.uidvalidity()
        assert not isinstance(busy.value, LoginRefused)
        ticks.now += 2
        assert mailbox.uidvalidity() == 7


@pytest.mark.fault("I19")
def test_the_last_words_of_a_server_are_passed_on() -> None:
    whims = Whims()
    whims.replies["SEARCH"] = ["* BYE token\x07 expired"]
    with mailbox_of(whims) as mailbox:
        mailbox.uidvalidity()
        with pytest.raises(MailboxTrouble, match=r"127\.0\.0\.1:\d+.*token expired.*tried again"):
            mailbox.listing(NOTHING_KNOWN, NOW)


def a_round(mailbox: ImapMailbox) -> None:
    fetched(mailbox)
    mailbox.file_away([MailKey(mailbox.account, "INBOX", 7, 3)], MailState.DONE)
    mailbox.wait(0.1)


@pytest.mark.fault("I03", "I04")
@pytest.mark.parametrize("at", ["LOGIN", "SELECT", "SEARCH", "FETCH", "MOVE", "IDLE"])
def test_silence_at_any_step_ends_in_time(at: str) -> None:
    whims = Whims(mails={3: b"three"})
    with mailbox_of(whims, read_seconds=0.2, connect_seconds=0.2) as mailbox:
        whims.replies[at] = [SILENCE]
        with pytest.raises(MailboxTrouble, match="no answer in time"):
            a_round(mailbox)


@pytest.mark.fault("I03")
def test_a_dead_connection_is_noticed_when_idling_ends() -> None:
    whims = Whims()
    with mailbox_of(whims, read_seconds=1000.0, connect_seconds=0.2) as mailbox:
        mailbox.uidvalidity()
        whims.replies["IDLE"] = ["+ idling" + SILENCE]
        with pytest.raises(MailboxTrouble, match="no answer in time"):
            mailbox.wait(0.05)


@pytest.mark.fault("I05")
def test_news_that_came_with_the_consent_to_idle_ring_at_once() -> None:
    whims = Whims(told_with_idle=b"\r\n* 1 EXISTS")
    with mailbox_of(whims) as mailbox:
        mailbox.uidvalidity()
        mailbox.wait(60.0)
    assert whims.count("IDLE") == 1


@pytest.mark.fault("Z11")
@pytest.mark.parametrize("capabilities", ["IMAP4rev1 IDLE", "IMAP4rev1"])
def test_a_ring_ends_a_wait(capabilities: str) -> None:
    whims = Whims(capabilities)
    with mailbox_of(whims) as mailbox:
        mailbox.uidvalidity()
        mailbox.ring()
        mailbox.wait(60.0)
        assert mailbox.uidvalidity() == 7
    assert whims.connections == 1


def test_a_refused_move_is_no_trouble() -> None:
    whims = Whims(mails={3: b"three"})
    whims.replies["MOVE"] = ["TAG NO over quota"]
    with mailbox_of(whims) as mailbox:
        fetched(mailbox)
        mailbox.file_away([MailKey(mailbox.account, "INBOX", 7, 3)], MailState.DONE)
        assert fetched(mailbox) == {3: b"three"}
    assert whims.connections == 1


@pytest.mark.fault("I10", "I12")
def test_a_copy_that_was_not_confirmed_removes_nothing() -> None:
    whims = Whims("IMAP4rev1 UIDPLUS", mails={3: b"three"})
    with mailbox_of(whims) as mailbox:
        mailbox.uidvalidity()
        whims.replies["COPY"] = ["TAG OK nothing copied", "TAG NO [TRYCREATE] no such folder"]
        for _ in range(2):
            mailbox.file_away([MailKey(mailbox.account, "INBOX", 7, 3)], MailState.DONE)
        assert (whims.count("UID STORE"), whims.count("UID EXPUNGE")) == (0, 0)
        mailbox.file_away([MailKey(mailbox.account, "INBOX", 7, 3)], MailState.DONE)
    assert (whims.count("UID STORE 3 "), whims.count("UID EXPUNGE 3$")) == (1, 1)


@pytest.mark.fault("I12")
def test_without_uidplus_nothing_is_removed_nor_copied() -> None:
    whims = Whims("IMAP4rev1", mails={3: b"three"})
    with mailbox_of(whims) as mailbox:
        fetched(mailbox)
        mailbox.file_away([MailKey(mailbox.account, "INBOX", 7, 3)], MailState.DONE)
    assert whims.count("UID (COPY|STORE|EXPUNGE)|EXPUNGE|CREATE") == 0


def test_a_mail_that_still_waits_is_never_moved() -> None:
    whims = Whims(mails={3: b"three"})
    with mailbox_of(whims) as mailbox:
        mailbox.uidvalidity()
        mailbox.file_away([MailKey(mailbox.account, "INBOX", 7, 3)], MailState.WAITING)
    assert whims.count("UID MOVE") == 0


@pytest.mark.fault("A15")
@pytest.mark.parametrize("value", ["INBOX\r\nA1 DELETE INBOX", "a\nb", "a\0b"])
def test_line_ends_are_refused_before_they_reach_a_command(value: str) -> None:
    with pytest.raises(ValueError, match="line ends"):
        ImapSettings("127.0.0.1", 1, "desk", "pass", folder=value, tls=False)


@pytest.mark.fault("A16")
def test_without_tls_only_this_machine_itself_is_spoken_to() -> None:
    with pytest.raises(ValueError, match="imaps"):
        ImapSettings("imap.desk.example", 143, "desk", "pass", tls=False)


@pytest.mark.fault("O13")
def test_the_password_is_not_in_what_is_printed_of_the_settings() -> None:
    assert "canary" not in repr(ImapSettings("127.0.0.1", 1, "desk", "canary", tls=False))


@pytest.mark.fault("D11")
def test_of_a_mail_larger_than_was_told_no_more_is_kept_than_shows_it() -> None:
    mails = {3: b"three", 5: b"5" * 3_000_000, 7: b"seven\r\n"}
    whims = Whims(mails=dict(mails), sizes={5: 6})
    with mailbox_of(whims, most_bytes=70_000) as mailbox:
        assert fetched(mailbox) == {**mails, 5: b"5" * 70_000}
        assert fetched(mailbox, frozenset((3, 5))) == {7: mails[7]}
    assert whims.connections == 1
