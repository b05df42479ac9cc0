"""No word of a message or password goes to a server whose certificate is not trusted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mailflow.outbox.carrier import CarrierDown
from mailflow.outbox.smtp import SmtpSender, SmtpSettings
from tests.authority import Authority
from tests.outbox.messages import a_message
from tests.outbox.scripted_smtp import GOOD, Script, smtp_server


def nothing() -> None:
    """The moment before the final dot, where nobody cares for it."""


@pytest.fixture(params=["tls", "starttls"])
def security(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def secure(security: str, authority: Authority) -> Iterator[Script]:
    script = Script(tls=authority.server_context())
    if security == "starttls":
        script.replies["EHLO"] = ["250-sink\r\n250 STARTTLS", GOOD["EHLO"]]
    with smtp_server(script, implicit_tls=security == "tls") as running:
        yield running


def settings(script: Script, security: str, ca_file: str | None) -> SmtpSettings:
    return SmtpSettings(
        "127.0.0.1", script.port, security, user="desk", password="canary", ca_file=ca_file
    )


def test_a_trusted_server_gets_login_and_message(
    secure: Script, security: str, authority: Authority
) -> None:
    sender = SmtpSender(settings(secure, security, str(authority.ca_file)))
    sender.send(a_message(), nothing)
    sender.close()
    assert (len(secure.taken), secure.count("AUTH PLAIN")) == (1, 1)


@pytest.mark.fault("A16")
def test_an_untrusted_server_gets_neither(secure: Script, security: str) -> None:
    sender = SmtpSender(settings(secure, security, None))
    with pytest.raises(CarrierDown, match="ca_file"):
        sender.send(a_message(), nothing)
    assert (secure.count("AUTH"), secure.count("MAIL"), secure.taken) == (0, 0, [])


@pytest.mark.fault("A16")
def test_a_stripped_starttls_is_no_reason_to_speak_in_clear(server: Script) -> None:
    sender = SmtpSender(settings(server, "starttls", None))
    with pytest.raises(CarrierDown, match="STARTTLS"):
        sender.send(a_message(), nothing)
    assert (server.count("AUTH"), server.count("MAIL")) == (0, 0)


@pytest.mark.fault("A16")
def test_without_tls_only_this_machine_itself_is_spoken_to() -> None:
    with pytest.raises(ValueError, match="smtps"):
        SmtpSettings("smtp.desk.example", 25, "none")


@pytest.mark.fault("O13")
def test_the_password_is_not_in_what_is_printed_of_the_settings() -> None:
    assert "canary" not in repr(SmtpSettings("127.0.0.1", 25, "none", "desk", "canary"))
