"""What is particular to a Maildir as mailbox; what all mailboxes promise is in the contract."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailflow.domain.mail import MailState
from mailflow.mailbox.maildir import MaildirMailbox
from mailflow.ports import Listed, MailboxTrouble

NOON = datetime(2026, 11, 10, 4, 0, tzinfo=UTC)
NOTHING_KNOWN: frozenset[int] = frozenset()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    for part in ("new", "cur", "tmp"):
        (folder / part).mkdir(parents=True)
    return folder


@pytest.fixture
def mailbox(inbox: Path) -> Iterator[MaildirMailbox]:
    opened = MaildirMailbox(inbox)
    yield opened
    opened.close()


def listed(mailbox: MaildirMailbox) -> list[Listed]:
    return list(mailbox.listing(NOTHING_KNOWN, NOON))


def bodies(mailbox: MaildirMailbox) -> list[bytes]:
    return [raw for _, raw in mailbox.fetch([mail.key for mail in listed(mailbox)])]


class TestSilence:
    def test_an_empty_maildir_shows_nothing(self, mailbox: MaildirMailbox) -> None:
        assert listed(mailbox) == []

    def test_half_delivered_mails_hidden_files_and_folders_are_no_mails(
        self, inbox: Path, mailbox: MaildirMailbox
    ) -> None:
        (inbox / "tmp" / "1.a").write_bytes(b"half")
        (inbox / "new" / ".nfs0001").write_bytes(b"hidden")
        (inbox / "new" / "folder").mkdir()
        (inbox / ".Done" / "new").mkdir(parents=True)
        (inbox / ".Done" / "new" / "1.b").write_bytes(b"dealt with")
        assert listed(mailbox) == []

    def test_a_link_that_leads_out_is_no_mail(self, inbox: Path, mailbox: MaildirMailbox) -> None:
        (inbox.parent / "secret").write_bytes(b"secret")
        (inbox / "new" / "1.link").symlink_to(inbox.parent / "secret")
        assert listed(mailbox) == []

    def test_a_mail_replaced_by_a_link_after_listing_is_not_read(
        self, inbox: Path, mailbox: MaildirMailbox
    ) -> None:
        (inbox.parent / "secret").write_bytes(b"other!")
        (inbox / "new" / "1.a").write_bytes(b"a mail")
        [mail] = listed(mailbox)
        (inbox / "new" / "1.a").unlink()
        (inbox / "new" / "1.a").symlink_to(inbox.parent / "secret")
        assert list(mailbox.fetch([mail.key])) == []


def test_a_mail_is_received_when_it_is_taken_in(inbox: Path, mailbox: MaildirMailbox) -> None:
    (inbox / "new" / "1.a").write_bytes(b"a mail")
    os.utime(inbox / "new" / "1.a", (0, 0))
    [mail] = listed(mailbox)
    assert (mail.received, mail.size) == (NOON, 6)


def test_flags_and_the_way_to_cur_make_no_other_mail(inbox: Path, mailbox: MaildirMailbox) -> None:
    (inbox / "new" / "1.a").write_bytes(b"a mail")
    [before] = listed(mailbox)
    (inbox / "new" / "1.a").rename(inbox / "cur" / "1.a:2,FRS")
    assert [m.key for m in listed(mailbox)] == [before.key]
    assert mailbox.listing(frozenset({before.key.uid}), NOON) == []


def test_a_mail_that_another_program_reads_meanwhile_is_still_found(
    inbox: Path, mailbox: MaildirMailbox
) -> None:
    (inbox / "new" / "1.a").write_bytes(b"a mail")
    [mail] = listed(mailbox)
    (inbox / "new" / "1.a").rename(inbox / "cur" / "1.a:2,S")
    assert [raw for _, raw in mailbox.fetch([mail.key])] == [b"a mail"]


def test_another_mail_under_the_name_of_an_old_one_is_another_mail(
    inbox: Path, mailbox: MaildirMailbox
) -> None:
    (inbox / "new" / "order.eml").write_bytes(b"first")
    [first] = listed(mailbox)
    mailbox.file_away([first.key], MailState.DONE)
    (inbox / "new" / "order.eml").write_bytes(b"other")
    [other] = listed(mailbox)
    assert other.key != first.key
    mailbox.file_away([other.key], MailState.DONE)
    kept = sorted(p.read_bytes() for p in (inbox / ".Done" / "cur").iterdir())
    assert kept == [b"first", b"other"]


def test_a_file_that_is_still_being_copied_is_taken_once_it_is_whole(
    inbox: Path, mailbox: MaildirMailbox
) -> None:
    path = inbox / "new" / "order.eml"
    path.write_bytes(b"half of")
    [half] = listed(mailbox)
    path.write_bytes(b"half of it was not all")
    assert list(mailbox.fetch([half.key])) == []
    assert bodies(mailbox) == [b"half of it was not all"]


def test_a_maildir_moved_as_a_whole_shows_the_same_mails(
    inbox: Path, mailbox: MaildirMailbox, tmp_path: Path
) -> None:
    (inbox / "new" / "1.a").write_bytes(b"a mail")
    before = listed(mailbox)
    (tmp_path / "elsewhere").mkdir()
    inbox.rename(tmp_path / "elsewhere" / "inbox")
    moved = MaildirMailbox(tmp_path / "elsewhere" / "inbox")
    assert listed(moved) == before
    moved.close()


def test_filing_makes_the_folder_in_the_manner_of_maildir(
    inbox: Path, mailbox: MaildirMailbox
) -> None:
    (inbox / "new" / "1.a").write_bytes(b"a mail")
    [mail] = listed(mailbox)
    mailbox.file_away([mail.key], MailState.RETURNED)
    made = sorted(p.name for p in (inbox / ".Returned").iterdir())
    assert made == ["cur", "maildirfolder", "new", "tmp"]
    assert [p.name for p in (inbox / ".Returned" / "cur").iterdir()] == ["1.a:2,"]


def test_a_place_that_is_no_maildir_is_named_with_the_way_out(tmp_path: Path) -> None:
    mailbox = MaildirMailbox(tmp_path / "nowhere")
    with pytest.raises(MailboxTrouble, match=r"new/, cur/ and tmp/"):
        mailbox.listing(NOTHING_KNOWN, NOON)
    mailbox.close()


def test_waiting_ends_when_a_mail_comes_in(inbox: Path) -> None:
    ticks = iter(range(1000))

    def monotonic() -> float:
        now = next(ticks)
        if now == 1:
            (inbox / "new" / "1.a").write_bytes(b"a mail")
        return now * 0.001

    os.utime(inbox / "new", (0, 0))
    mailbox = MaildirMailbox(inbox, monotonic)
    mailbox.wait(60.0)
    assert next(ticks) < 10
    mailbox.close()
