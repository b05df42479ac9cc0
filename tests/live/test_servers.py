"""The servers of the tests are themselves what they claim to be."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable

import pytest
import sqlalchemy
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from tests.authority import Authority
from tests.live.dovecot import Dovecot
from tests.live.machine import program
from tests.live.postfix import Postfix
from tests.live.postgres import Postgres
from tests.live.sink import Phase, Sink, Taken

MAIL = b"From: a@dealer.example\r\nSubject: order\r\n\r\nsix cases\r\n"


def sent(sink: Sink, *recipients: str) -> dict[str, tuple[int, bytes]]:
    with smtplib.SMTP(sink.host, sink.port, timeout=10) as client:
        return client.sendmail("a@dealer.example", recipients or ("b@x.example",), MAIL)


def test_a_missing_server_fails_the_test_and_says_what_to_do() -> None:
    with pytest.raises(
        pytest.fail.Exception, match=r"is not installed: run `make test`.*some-imapd"
    ):
        program("no-such-server", "some-imapd")


def test_dovecot_keeps_what_is_delivered(dovecot: Dovecot) -> None:
    assert dovecot.mails("keeper") == []

    dovecot.deliver("keeper", MAIL)

    [kept] = dovecot.mails("keeper")
    assert kept.endswith(b"six cases\r\n")
    assert dovecot.mails("keeper", "No such folder") == []


def test_dovecot_is_trusted_with_its_authority_only(dovecot: Dovecot) -> None:
    trusting = ssl.create_default_context(cafile=str(dovecot.ca_file))
    with IMAPClient(dovecot.host, dovecot.imaps_port, ssl_context=trusting) as client:
        client.login("truster", dovecot.password)

    with pytest.raises(ssl.SSLCertVerificationError):
        IMAPClient(dovecot.host, dovecot.imaps_port, ssl_context=ssl.create_default_context())


def test_dovecot_comes_back_with_its_mails_and_ports(make_dovecot: Callable[..., Dovecot]) -> None:
    dovecot = make_dovecot()
    dovecot.deliver("stayer", MAIL)

    dovecot.stop()
    with pytest.raises(ConnectionRefusedError):
        dovecot.mails("stayer")
    dovecot.start()

    assert len(dovecot.mails("stayer")) == 1
    assert "INBOX" in dovecot.doveadm("mailbox", "list", "-u", "stayer")


def test_dovecot_can_be_narrow(make_dovecot: Callable[..., Dovecot]) -> None:
    dovecot = make_dovecot(mail_max_userip_connections="1")

    with dovecot.client("one"), pytest.raises(IMAPClientError, match="Maximum number"):
        dovecot.client("one")


def test_postfix_hands_the_house_its_mail(postfix: Postfix, dovecot: Dovecot) -> None:
    postfix.send("a@dealer.example", f"posted@{postfix.domain}", MAIL)

    assert postfix.queue_empty()
    [mail] = dovecot.mails("posted")
    assert mail.endswith(b"six cases\r\n")
    assert postfix.world.taken == []


def test_postfix_hands_the_sink_all_other_mail(postfix: Postfix) -> None:
    postfix.send(f"orders@{postfix.domain}", "b@x.example", MAIL)

    assert postfix.queue_empty()
    assert [taken.recipients for taken in postfix.world.taken] == [("b@x.example",)]


def test_postfix_returns_what_the_world_refuses(postfix: Postfix, dovecot: Dovecot) -> None:
    postfix.world.refuse = {"gone@x.example": "550 5.1.1 no such user"}

    postfix.send(f"returned@{postfix.domain}", "gone@x.example", MAIL)

    assert postfix.queue_empty()
    [bounce] = dovecot.mails("returned")
    assert b"multipart/report" in bounce
    assert b"no such user" in bounce


def test_postfix_tries_again_what_the_world_wants_later(postfix: Postfix) -> None:
    postfix.world.refuse = {"b@x.example": "451 4.7.1 later"}
    postfix.send(f"orders@{postfix.domain}", "b@x.example", MAIL)
    assert not postfix.queue_empty(timeout=0.5)

    postfix.world.refuse = {}

    assert postfix.queue_empty()
    assert len(postfix.world.taken) == 1


@pytest.mark.parametrize("implicit", [True, False])
def test_postfix_knows_who_logs_in_under_tls(postfix: Postfix, implicit: bool) -> None:
    context = ssl.create_default_context(cafile=str(postfix.ca_file))
    client = (
        smtplib.SMTP_SSL(postfix.host, postfix.smtps_port, context=context)
        if implicit
        else smtplib.SMTP(postfix.host, postfix.port)
    )
    with client:
        if not implicit:
            client.starttls(context=context)
        with pytest.raises(smtplib.SMTPAuthenticationError):
            client.login("orders", "wrong")
        client.login("orders", postfix.dovecot.password)
        client.sendmail(f"orders@{postfix.domain}", ["b@x.example"], MAIL)

    assert postfix.queue_empty()
    assert len(postfix.world.taken) == 1


def test_postfix_comes_back_with_its_queue(postfix: Postfix, dovecot: Dovecot) -> None:
    dovecot.stop()
    postfix.send("a@dealer.example", f"waiting@{postfix.domain}", MAIL)
    postfix.stop()
    with pytest.raises(ConnectionRefusedError):
        postfix.send("a@dealer.example", f"waiting@{postfix.domain}", MAIL)
    dovecot.start()
    postfix.start()

    assert postfix.queue_empty()
    assert len(dovecot.mails("waiting")) == 1


@pytest.mark.parametrize("_turn", ["first", "second"])
def test_postgres_gives_every_test_an_empty_database(postgres: str, _turn: str) -> None:
    engine = sqlalchemy.create_engine(postgres)
    with engine.begin() as connection:
        assert sqlalchemy.inspect(connection).get_table_names() == []
        connection.execute(sqlalchemy.text("CREATE TABLE orders (name text)"))
        connection.execute(sqlalchemy.text("INSERT INTO orders VALUES ('订单')"))
        assert connection.execute(sqlalchemy.text("SELECT * FROM orders")).scalar() == "订单"
    engine.dispose()


def test_postgres_comes_back_with_what_was_committed(
    postgres: str, postgres_server: Postgres
) -> None:
    engine = sqlalchemy.create_engine(postgres, pool_pre_ping=True)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE orders (name text)"))

    postgres_server.stop()
    with pytest.raises(sqlalchemy.exc.OperationalError), engine.connect():
        pass
    postgres_server.start()

    assert sqlalchemy.inspect(engine).get_table_names() == ["orders"]
    engine.dispose()


def test_the_sink_keeps_what_it_takes(sink: Sink) -> None:
    assert sent(sink, "b@x.example", "c@x.example") == {}

    assert sink.taken == [Taken("a@dealer.example", ("b@x.example", "c@x.example"), MAIL)]


def test_the_sink_refuses_whom_it_is_told(sink: Sink) -> None:
    sink.refuse = {"b@x.example": "550 5.1.1 no such user", "c@x.example": "451 4.7.1 later"}

    refused = sent(sink, "b@x.example", "c@x.example", "d@x.example")

    assert {who: code for who, (code, _) in refused.items()} == {
        "b@x.example": 550,
        "c@x.example": 451,
    }
    assert [taken.recipients for taken in sink.taken] == [("d@x.example",)]


@pytest.mark.parametrize(
    ("phase", "kept"), [("rcpt", 0), ("data", 0), ("dot-lost", 0), ("dot-kept", 1)]
)
def test_the_sink_hangs_up_once(sink: Sink, phase: Phase, kept: int) -> None:
    sink.drop_at = phase

    with pytest.raises(smtplib.SMTPServerDisconnected):
        sent(sink)
    assert len(sink.taken) == kept
    assert sent(sink) == {}
    assert len(sink.taken) == kept + 1


def test_the_sink_takes_its_time(sink: Sink) -> None:
    sink.seconds_to_reply = 5

    with (
        smtplib.SMTP(sink.host, sink.port, timeout=0.3) as client,
        pytest.raises(smtplib.SMTPServerDisconnected),
    ):
        client.sendmail("a@dealer.example", ["b@x.example"], MAIL)

    assert len(sink.taken) == 1


def test_the_sink_may_be_small(make_sink: Callable[..., Sink]) -> None:
    sink = make_sink(size=20)

    with pytest.raises(smtplib.SMTPSenderRefused, match="552"):
        sent(sink)


@pytest.mark.parametrize("implicit", [True, False])
def test_the_sink_may_want_a_login_under_tls(
    make_sink: Callable[..., Sink], authority: Authority, implicit: bool
) -> None:
    sink = make_sink(tls=authority.server_context(), implicit=implicit, login=True)
    context = ssl.create_default_context(cafile=str(authority.ca_file))
    client = (
        smtplib.SMTP_SSL(sink.host, sink.port, context=context)
        if implicit
        else smtplib.SMTP(sink.host, sink.port)
    )
    with client:
        if not implicit:
            client.starttls(context=context)
        with pytest.raises(smtplib.SMTPAuthenticationError):
            client.login(sink.user, "wrong")
        client.login(sink.user, sink.password)
        client.sendmail("a@dealer.example", ["b@x.example"], MAIL)

    assert len(sink.taken) == 1
