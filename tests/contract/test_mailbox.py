"""What every mailbox promises, whatever is behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from mailflow.domain.mail import MailKey, MailState
from mailflow.ports import Listed, Mailbox, MailboxTrouble
from tests.contract.mailboxes import NOW, Place

NOTHING_KNOWN: frozenset[int] = frozenset()
CHINESE = "Subject: 订单 河南 11月\r\nFrom: a@dealer.example\r\n\r\n三箱六听\r\n".encode()
RAW_GBK = "Subject: 发货\r\n\r\n十二箱\r\n".encode("gbk")
PLAIN = b"Subject: order\r\n\r\n.\r\n..six cases\r\n"
BIG = b"Subject: big\r\n\r\n" + (b"x" * 70 + b"\r\n") * 100_000
DEALT_WITH = [state for state in MailState if state is not MailState.WAITING]


def a_mail(number: int) -> bytes:
    return b"Subject: order %d\r\n\r\nsix cases\r\n" % number


def listed(mailbox: Mailbox, known: frozenset[int] = NOTHING_KNOWN) -> list[Listed]:
    mailbox.uidvalidity()
    return list(mailbox.listing(known, NOW))


def keys(mailbox: Mailbox) -> list[MailKey]:
    return [mail.key for mail in listed(mailbox)]


def bodies(mailbox: Mailbox) -> list[bytes]:
    return [raw for _, raw in mailbox.fetch(keys(mailbox))]


class TestSilence:
    def test_an_empty_mailbox_shows_nothing(self, place: Place) -> None:
        mailbox = place.open()
        assert listed(mailbox) == []
        assert list(mailbox.fetch([])) == []

    def test_what_is_known_is_not_shown_again(self, place: Place) -> None:
        place.put(PLAIN)
        mailbox = place.open()
        known = frozenset(key.uid for key in keys(mailbox))
        assert listed(mailbox, known) == []
        assert len(listed(mailbox)) == 1


def test_mails_come_byte_for_byte_in_the_order_they_arrived(place: Place) -> None:
    mails = [PLAIN, CHINESE, RAW_GBK, *(a_mail(number) for number in range(60))]
    for raw in mails:
        place.put(raw)
    assert bodies(place.open()) == mails


def test_mails_come_in_the_order_asked(place: Place) -> None:
    for number in range(5):
        place.put(a_mail(number))
    mailbox = place.open()
    asked = keys(mailbox)[::-1]
    assert [key for key, _ in mailbox.fetch(asked)] == asked


def test_a_big_mail_comes_whole(place: Place) -> None:
    place.put(BIG)
    assert bodies(place.open()) == [BIG]


@pytest.mark.fault("D11")
def test_of_a_big_mail_the_header_can_be_had_without_the_rest(place: Place) -> None:
    place.put(BIG)
    place.put(PLAIN)
    mailbox = place.open()
    big, plain = keys(mailbox)
    heads = dict(mailbox.heads([big, replace(plain, uid=plain.uid + 1), plain]))
    assert list(heads) == [big, plain]
    assert heads[big].startswith(b"Subject: big\r\n\r\n")
    assert len(heads[big]) < len(BIG) // 10
    assert heads[plain].startswith(b"Subject: order\r\n\r\n")


def test_size_and_time_of_receipt_are_told(place: Place) -> None:
    place.put(CHINESE)
    [mail] = listed(place.open())
    assert (mail.size, mail.received, mail.received.tzinfo) == (len(CHINESE), NOW, UTC)


def test_looking_twice_changes_nothing(place: Place) -> None:
    place.put(PLAIN)
    place.put(CHINESE)
    mailbox = place.open()
    assert bodies(mailbox) == bodies(mailbox)
    assert listed(mailbox) == listed(mailbox)


def test_only_new_mails_are_shown_beside_known_ones(place: Place) -> None:
    place.put(a_mail(1))
    mailbox = place.open()
    known = frozenset(key.uid for key in keys(mailbox))
    place.put(a_mail(2))
    assert [raw for _, raw in mailbox.fetch([m.key for m in listed(mailbox, known)])] == [a_mail(2)]


def test_a_mailbox_opened_again_shows_the_same_mails_under_the_same_keys(place: Place) -> None:
    place.put(PLAIN)
    place.put(CHINESE)
    first = keys(place.open())
    assert keys(place.open()) == first


@pytest.mark.fault("I10", "I11")
def test_a_mail_that_is_gone_is_left_out_and_stops_no_other(place: Place) -> None:
    for number in range(3):
        place.put(a_mail(number))
    mailbox = place.open()
    asked = keys(mailbox)
    place.remove(a_mail(1))
    assert [raw for _, raw in mailbox.fetch(asked)] == [a_mail(0), a_mail(2)]
    mailbox.file_away([asked[1]], MailState.DONE)
    assert place.filed("Done") == []


@pytest.mark.parametrize("state", DEALT_WITH)
def test_a_mail_dealt_with_goes_to_the_folder_of_its_state(place: Place, state: MailState) -> None:
    place.put(CHINESE)
    place.put(PLAIN)
    mailbox = place.open()
    mailbox.file_away([keys(mailbox)[0]], state)
    assert place.filed(state.value.capitalize()) == [CHINESE]
    assert bodies(mailbox) == [PLAIN]


@pytest.mark.fault("K03")
def test_filing_twice_is_filing_once(place: Place) -> None:
    place.put(PLAIN)
    mailbox = place.open()
    [key] = keys(mailbox)
    mailbox.file_away([key], MailState.DONE)
    mailbox.file_away([key], MailState.DONE)
    mailbox.file_away([key], MailState.RETURNED)
    assert (place.filed("Done"), place.filed("Returned")) == ([PLAIN], [])


@pytest.mark.fault("I13")
def test_many_mails_are_filed_and_none_is_lost(place: Place) -> None:
    mails = [a_mail(number) for number in range(40)]
    for raw in mails:
        place.put(raw)
    mailbox = place.open()
    mailbox.file_away(keys(mailbox), MailState.DONE)
    assert sorted(place.filed("Done")) == sorted(mails)
    assert listed(mailbox) == []


@pytest.mark.fault("I10")
def test_of_many_mails_those_that_are_gone_stop_no_other(place: Place) -> None:
    for number in range(4):
        place.put(a_mail(number))
    mailbox = place.open()
    asked = keys(mailbox)
    place.remove(a_mail(1))
    mailbox.file_away(asked, MailState.HELD)
    assert place.filed("Held") == [a_mail(0), a_mail(2), a_mail(3)]


@pytest.mark.fault("I01")
def test_other_numbers_are_other_keys_and_old_ones_name_nothing(place: Place) -> None:
    place.put(PLAIN)
    mailbox = place.open()
    validity, old = mailbox.uidvalidity(), keys(mailbox)
    if not place.renumber():
        assert mailbox.uidvalidity() == validity
        return
    assert mailbox.uidvalidity() != validity
    assert list(mailbox.fetch(old)) == []
    mailbox.file_away([old[0]], MailState.DONE)
    assert bodies(mailbox) == [PLAIN]


@pytest.mark.fault("I07")
def test_a_restart_of_the_server_costs_one_try_at_most(place: Place) -> None:
    place.put(PLAIN)
    mailbox = place.open()
    before = keys(mailbox)
    for _ in range(3):
        place.restart()
        try:
            after = keys(mailbox)
        except MailboxTrouble:
            after = keys(mailbox)
        assert after == before
    assert bodies(mailbox) == [PLAIN]


def test_waiting_ends_at_the_latest_after_the_time_given(place: Place) -> None:
    mailbox = place.open()
    mailbox.wait(0.01)
    mailbox.uidvalidity()
    mailbox.wait(0.01)
    mailbox.wait(0.0)
    assert listed(mailbox) == []


def test_what_was_filed_away_can_be_looked_for_where_it_went(place: Place) -> None:
    mailbox = place.open()
    assert list(mailbox.outcomes()) == []
    place.put(PLAIN)
    place.put(CHINESE)
    first, second = keys(mailbox)
    mailbox.file_away([first], MailState.DONE)
    mailbox.file_away([second], MailState.RETURNED)
    found = {}
    for beside in mailbox.outcomes():
        found[beside.folder, beside.account] = bodies(beside)
        assert all(mail.received == NOW for mail in listed(beside))
        beside.close()
    assert sorted(found.values()) == sorted([[PLAIN], [CHINESE]])
    assert keys(mailbox) == []
