"""What an SMTP carrier says of a message, at whatever phase the server fails."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mailflow.outbox.carrier import CarrierDown
from mailflow.outbox.smtp import SmtpSender, SmtpSettings
from mailflow.ports import NotSent, PerhapsSent, StoreTrouble
from tests.live.machine import wait_until
from tests.outbox.messages import MIME, a_message
from tests.outbox.scripted_smtp import HANG_UP, SILENCE, Script


class Ticks:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def sender_to(script: Script, ticks: Ticks | None = None, **more: object) -> Iterator[SmtpSender]:
    settings = SmtpSettings("127.0.0.1", script.port, "none", **more)  # type: ignore[arg-type]
    sender = SmtpSender(settings, monotonic=ticks or Ticks())
    try:
        yield sender
    finally:
        sender.close()


def nothing() -> None:
    """The moment before the final dot, where nobody cares for it."""


class TestSilence:
    def test_no_connection_is_made_before_there_is_a_message(self, server: Script) -> None:
        with sender_to(server):
            assert server.connections == 0

    def test_it_has_no_evidence_of_its_own(self, server: Script) -> None:
        with sender_to(server) as sender:
            assert sender.evidence(a_message()) is None


def test_a_message_arrives_byte_for_byte_from_our_own_address(server: Script) -> None:
    with sender_to(server) as sender:
        sender.send(a_message(mime=MIME), nothing)
    [taken] = server.taken
    assert taken.mime == MIME
    assert (taken.sender, taken.recipient) == ("orders@desk.example", "ware@desk.example")


@pytest.mark.parametrize(
    "body", [b".", b".\r\n.", b"..\r\n.\r\n.a\r\n\r\n.", b"\r\n.\r\n\r\n", b"no end"]
)
def test_dots_at_the_beginning_of_lines_arrive_as_they_are(server: Script, body: bytes) -> None:
    with sender_to(server) as sender:
        sender.send(a_message(mime=body), nothing)
    assert server.taken[0].mime == body.removesuffix(b"\r\n") + b"\r\n"


def test_a_huge_message_arrives_byte_for_byte(server: Script) -> None:
    mime = MIME + b".x" * 30 + b"\r\n" + (b"y" * 70 + b"\r\n") * 13_000
    with sender_to(server) as sender:
        sender.send(a_message(mime=mime), nothing)
    assert server.taken[0].mime == mime


def test_many_messages_go_over_one_connection(server: Script) -> None:
    with sender_to(server) as sender:
        for number in range(20):
            sender.send(a_message(number), nothing)
    assert (server.connections, len(server.taken)) == (1, 20)


def test_a_connection_is_made_anew_after_a_hundred_messages(server: Script) -> None:
    with sender_to(server) as sender:
        for number in range(101):
            sender.send(a_message(number), nothing)
        assert server.connections == 2
    assert len(server.taken) == 101


@pytest.mark.fault("S02")
@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA", "BODY"])
def test_lost_before_the_final_dot_is_not_sent_and_may_be_tried_again(
    server: Script, phase: str
) -> None:
    server.replies = {phase: [HANG_UP], "EHLO": ["250 sink, of any size"]}
    large = MIME + (b"y" * 70 + b"\r\n") * 200_000  # more than any socket holds back
    called: list[str] = []
    with sender_to(server) as sender:
        with pytest.raises(NotSent) as lost:
            sender.send(a_message(mime=large), lambda: called.append("before the end"))
        assert (lost.value.permanent, server.taken, called) == (False, [], [])
        assert not isinstance(lost.value, CarrierDown)
        sender.send(a_message(), nothing)
    assert len(server.taken) == 1


@pytest.mark.fault("S01")
@pytest.mark.parametrize("kept", [True, False])
def test_lost_after_the_final_dot_is_in_doubt_whatever_the_server_did(
    server: Script, kept: bool
) -> None:
    server.replies["DOT"] = [HANG_UP]
    server.keeps_at_hang_up = kept
    called: list[int] = []
    with sender_to(server) as sender, pytest.raises(PerhapsSent):
        sender.send(a_message(), lambda: called.append(len(server.taken)))
    assert called == [0]
    assert len(server.taken) == kept


@pytest.mark.fault("S04")
def test_a_reply_to_the_final_dot_that_does_not_come_leaves_a_doubt(server: Script) -> None:
    server.replies["DOT"] = [SILENCE]
    with sender_to(server, end_seconds=0.2) as sender, pytest.raises(PerhapsSent):
        sender.send(a_message(), nothing)


@pytest.mark.fault("S01")
def test_a_strange_reply_to_the_final_dot_leaves_a_doubt(server: Script) -> None:
    server.replies["DOT"] = ["354 go on"]
    with sender_to(server) as sender, pytest.raises(PerhapsSent):
        sender.send(a_message(), nothing)


@pytest.mark.fault("S03")
def test_an_error_at_the_farewell_changes_nothing(server: Script) -> None:
    server.replies["QUIT"] = ["554 no"]
    with sender_to(server) as sender:
        sender.send(a_message(), nothing)
    assert len(server.taken) == 1


@pytest.mark.fault("S05")
def test_a_refused_recipient_is_refused_for_good_and_the_next_one_gets_his(
    server: Script,
) -> None:
    server.replies["RCPT"] = ["550 5.1.1 no such user"]
    with sender_to(server) as sender:
        with pytest.raises(NotSent, match="no such user") as refused:
            sender.send(a_message(1), nothing)
        sender.send(a_message(2), nothing)
    assert refused.value.permanent
    assert [t.mime for t in server.taken] == [a_message(2).mime]
    assert (server.connections, server.count("RSET")) == (1, 1)


@pytest.mark.parametrize("phase", ["MAIL", "RCPT"])
def test_a_server_that_begins_a_message_it_has_refused_is_hung_up_on(
    server: Script, phase: str
) -> None:
    server.goes_on_in_spite = True
    server.replies[phase] = ["552 too large"]
    with sender_to(server) as sender:
        with pytest.raises(NotSent, match="too large"):
            sender.send(a_message(1), nothing)
        sender.send(a_message(2), nothing)
        server.replies["RCPT"] = ["550 5.1.1 no such user"]
        with pytest.raises(NotSent, match="no such user"):
            sender.send(a_message(3), nothing)
    assert [t.mime for t in server.taken] == [a_message(2).mime]
    assert server.connections == 1 + server.flights


def test_commands_go_in_one_flight_where_the_server_offers_it(server: Script) -> None:
    server.replies["MAIL"] = [SILENCE]
    with sender_to(server, command_seconds=0.2) as sender, pytest.raises(NotSent) as lost:
        sender.send(a_message(), nothing)
    assert not lost.value.permanent
    [*_, mail] = server.commands
    assert mail.startswith("MAIL FROM:")
    while server.open_now:  # it hears us hang up
        time.sleep(0.01)
    rest = [line[:4] for line in server.unheard.split(b"\r\n") if line]
    assert rest == ([b"RCPT", b"DATA"] if server.flights else [])


@pytest.mark.fault("S06", "S07")
@pytest.mark.parametrize("phase", ["RCPT", "DATA", "DOT"])
@pytest.mark.parametrize(
    ("reply", "permanent"),
    [
        ("451 4.7.1 greylisted, come back", False),
        ("450 mailbox busy", False),
        ("550 5.7.1 we do not want this", True),
        ("554 5.6.0 refused", True),
        ("554 DT:SPM mail looks odd", False),
        ("550 too frequently sending", False),
        ("550 Connection frequency limited", False),
        ("550 5.4.5 Daily user sending quota exceeded", False),
    ],
)
def test_a_refusal_is_for_good_only_where_it_means_so(
    server: Script, phase: str, reply: str, permanent: bool
) -> None:
    server.replies[phase] = [reply]
    with sender_to(server) as sender:
        with pytest.raises(NotSent) as refused:
            sender.send(a_message(), nothing)
        assert refused.value.permanent is permanent
        assert server.taken == []
        sender.send(a_message(), nothing)
    assert len(server.taken) == 1


@pytest.mark.fault("S07")
@pytest.mark.parametrize(
    "reply", ["550 Connection frequency limited", "421 HL:ICC too many connections"]
)
def test_a_provider_that_wants_a_pause_is_down_for_everybody(server: Script, reply: str) -> None:
    server.replies["RCPT"] = [reply]
    with sender_to(server) as sender, pytest.raises(CarrierDown) as down:
        sender.send(a_message(), nothing)
    assert (down.value.tried, down.value.permanent) == (True, False)


def test_our_own_address_refused_fails_no_message_for_good(server: Script) -> None:
    server.replies["MAIL"] = ["553 sender must be the account"]
    with sender_to(server) as sender, pytest.raises(CarrierDown, match=r"transport\.sender"):
        sender.send(a_message(), nothing)


def test_a_connection_that_died_while_idle_is_replaced_unseen(server: Script) -> None:
    with sender_to(server) as sender:
        sender.send(a_message(1), nothing)
        server.replies["MAIL"] = [HANG_UP]
        sender.send(a_message(2), nothing)
        server.replies["MAIL"] = ["421 idle too long"]
        sender.send(a_message(3), nothing)
    assert (server.connections, len(server.taken)) == (3, 3)


def test_a_connection_idle_for_long_is_asked_before_it_is_used(server: Script) -> None:
    ticks = Ticks()
    with sender_to(server, ticks) as sender:
        sender.send(a_message(1), nothing)
        ticks.now += 60
        sender.send(a_message(2), nothing)
    assert (server.connections, server.count("RSET")) == (1, 1)


def test_trouble_with_our_own_books_takes_the_message_back(server: Script) -> None:
    def books_are_closed() -> None:
        raise StoreTrouble("locked")

    with sender_to(server) as sender:
        with pytest.raises(StoreTrouble):
            sender.send(a_message(), books_are_closed)
        sender.send(a_message(), nothing)
    assert len(server.taken) == 1


@pytest.mark.fault("O12")
def test_a_message_larger_than_the_server_takes_is_not_offered(server: Script) -> None:
    with sender_to(server) as sender:
        with pytest.raises(NotSent, match="1000000") as refused:
            sender.send(a_message(mime=MIME + b"z" * 1_000_001 + b"\r\n"), nothing)
        assert refused.value.permanent
        assert server.count("MAIL") == 0


@pytest.mark.fault("O01")
@pytest.mark.parametrize(
    "recipient",
    ["", "x", "a@b.example\r\nRCPT TO:<c@d.example>", "a b@c.example", "a@b.example>", "李@b.例"],
)
def test_what_is_no_address_never_reaches_the_server(server: Script, recipient: str) -> None:
    with sender_to(server) as sender, pytest.raises(NotSent) as refused:
        sender.send(a_message(recipient=recipient), nothing)
    assert (refused.value.permanent, server.connections) == (True, 0)


@pytest.mark.fault("A07")
@pytest.mark.parametrize("smuggled", [b"\n.\r\nMAIL FROM:<x@y.example>\r\n", b"\r.\r\n", b"a\nb"])
def test_a_bare_line_end_never_reaches_the_server(server: Script, smuggled: bytes) -> None:
    with sender_to(server) as sender, pytest.raises(NotSent, match="bare line end"):
        sender.send(a_message(mime=MIME + smuggled), nothing)
    assert server.connections == 0


@pytest.mark.fault("S06")
def test_a_server_that_is_away_is_asked_again_only_after_a_pause(server: Script) -> None:
    ticks = Ticks()
    server.replies["CONNECT"] = ["554 closed", "554 closed"]
    with sender_to(server, ticks) as sender:
        for _ in range(10):
            with pytest.raises(CarrierDown) as down:
                sender.send(a_message(), nothing)
            assert not down.value.tried
        assert server.connections == 1
        ticks.now += 2
        with pytest.raises(CarrierDown):
            sender.send(a_message(), nothing)
        assert server.connections == 2
        ticks.now += 2
        with pytest.raises(CarrierDown):
            sender.send(a_message(), nothing)
        ticks.now += 2
        sender.send(a_message(), nothing)
    assert server.connections == 3


@pytest.mark.fault("I20")
def test_a_refused_login_is_not_repeated_within_five_minutes(server: Script) -> None:
    ticks = Ticks()
    server.replies["AUTH"] = ["535 wrong password"] * 2
    with sender_to(server, ticks, user="desk", password="p") as sender:
        for _ in range(299):
            with pytest.raises(CarrierDown, match="authorisation code"):
                sender.send(a_message(), nothing)
            ticks.now += 1
        assert server.count("AUTH") == 1
        ticks.now += 100
        with pytest.raises(CarrierDown):
            sender.send(a_message(), nothing)
        assert server.count("AUTH") == 2


def looking(server: Script) -> SmtpSender:
    """A carrier with a folder of sent mails in which the first message lies."""
    settings = SmtpSettings("127.0.0.1", server.port, "none")
    return SmtpSender(settings, find=lambda message_id: message_id == "<1@desk.example>")


def test_evidence_is_found_or_unknown_but_absence_is_never_proof(server: Script) -> None:
    assert looking(server).evidence(a_message(1)) is True
    assert looking(server).evidence(a_message(2)) is None


@pytest.mark.parametrize(
    ("goods", "to", "found"),
    [
        (False, b"To: a@desk.example\r\n", True),
        (False, b"To: a@desk.example\r\nCc: b@desk.example\r\n", None),
        (False, b"To: a@desk.example,\r\n b@desk.example\r\n", None),
        (True, b"To: a@desk.example,\r\n b@desk.example\r\n", True),
    ],
)
def test_what_may_be_the_copy_of_another_recipient_proves_nothing(
    server: Script, goods: bool, to: bytes, found: bool | None
) -> None:
    message = a_message(1, goods=goods, mime=to + b"Subject: x\r\n\r\nx\r\n")
    assert looking(server).evidence(message) is found


def test_whoever_ends_the_process_writes_nothing_into_a_message_under_way(server: Script) -> None:
    sender = SmtpSender(SmtpSettings("127.0.0.1", server.port, "none"), monotonic=Ticks())

    def end() -> None:
        ending = threading.Thread(target=sender.close)
        ending.start()
        ending.join()

    with pytest.raises(PerhapsSent):
        sender.send(a_message(mime=MIME), end)
    assert wait_until(lambda: not server.open_now, seconds=30)
    assert (server.cut_off, server.taken) == (MIME, [])
