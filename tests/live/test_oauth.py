"""Logging in by tokens: real Dovecot, the providers' own libraries, a token endpoint on this machine."""

from __future__ import annotations

import base64
import json
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mailflow.mailbox.imap import ImapMailbox
from mailflow.mailbox.imap_session import ImapSettings
from mailflow.outbox.carrier import CarrierDown
from mailflow.outbox.smtp import SmtpSender, SmtpSettings
from mailflow.ports import LoginRefused, MailboxTrouble, Token, TokenRefused, TokenTrouble
from mailflow.token_file import TokenFile
from mailflow.tokens_google import GoogleSettings, GoogleTokens
from mailflow.tokens_microsoft import MicrosoftSettings, MicrosoftTokens
from tests.authority import Authority
from tests.live.dovecot import Dovecot, running_dovecot
from tests.live.token_endpoint import KEY, TENANT, TokenEndpoint, running_endpoint
from tests.outbox.messages import a_message
from tests.outbox.scripted_smtp import GOOD, Script, smtp_server

OFFERED = "250-sink\r\n250-AUTH PLAIN XOAUTH2\r\n250 8BITMIME"
PASSDB = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf.ext
}}
auth_mechanisms = plain login xoauth2 oauthbearer
"""
LOCAL = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = username
"""


class ByToken(Dovecot):
    """It checks the signature of tokens itself."""

    def _configure(self) -> None:
        super()._configure()
        keys = self.folder / "keys/default/HS256"
        keys.mkdir(parents=True, exist_ok=True)
        (keys / "default").write_bytes(base64.b64encode(KEY.encode()))
        (self.folder / "oauth2.conf.ext").write_text(LOCAL.format(folder=self.folder))
        config = self.folder / "dovecot.conf"
        config.write_text(config.read_text() + PASSDB.format(folder=self.folder))


@pytest.fixture(scope="module")
def by_token(authority: Authority) -> Iterator[Dovecot]:
    with running_dovecot(authority, kind=ByToken) as server:
        yield server


@pytest.fixture
def endpoint(authority: Authority) -> Iterator[TokenEndpoint]:
    with running_endpoint(authority) as running:
        yield running


@pytest.fixture
def of_app(endpoint: TokenEndpoint, authority: Authority, tmp_path: Path) -> MicrosoftTokens:
    return microsoft(endpoint, authority, tmp_path, secret="canary-secret")


def microsoft(
    endpoint: TokenEndpoint, authority: Authority, folder: Path, secret: str = ""
) -> MicrosoftTokens:
    settings = MicrosoftSettings(
        user=endpoint.user,
        client_id="app",
        tenant=TENANT,
        secret=secret,
        authority=endpoint.authority,
        ca_file=str(authority.ca_file),
    )
    return MicrosoftTokens(settings, TokenFile(folder / "oauth2.json"))


def google(endpoint: TokenEndpoint, authority: Authority) -> GoogleTokens:
    return GoogleTokens(
        GoogleSettings(
            user=endpoint.user,
            client_id="app",
            secret="canary-secret",
            refresh_token="canary-refresh",
            endpoint=f"{endpoint.authority}/token",
            ca_file=str(authority.ca_file),
        )
    )


def mailbox(
    dovecot: Dovecot, token: Token, clock: Callable[[], float] = lambda: 0.0
) -> ImapMailbox:
    settings = ImapSettings(dovecot.host, dovecot.imap_port, "orders", "", tls=False, token=token)
    return ImapMailbox(settings, clock)


def sent_by(token: Token, script: Script) -> SmtpSender:
    script.replies.setdefault("EHLO", [OFFERED] * 9)
    return SmtpSender(SmtpSettings("127.0.0.1", script.port, "none", "orders", token=token))


def nothing() -> None:
    """The moment before the final dot, where nobody cares for it."""


def test_a_mailbox_is_opened_by_the_token_of_an_app(
    by_token: Dovecot, of_app: MicrosoftTokens, endpoint: TokenEndpoint
) -> None:
    opened = mailbox(by_token, of_app)
    assert opened.uidvalidity() > 0
    opened.close()
    [asked] = endpoint.asked
    assert asked["scope"] == "https://outlook.office365.com/.default"


def test_a_mailbox_is_opened_by_a_token_of_google(
    by_token: Dovecot, endpoint: TokenEndpoint, authority: Authority
) -> None:
    opened = mailbox(by_token, google(endpoint, authority))
    assert opened.uidvalidity() > 0
    opened.close()
    assert endpoint.asked[0]["grant_type"] == "refresh_token"


@pytest.mark.fault("I19")
def test_a_token_that_is_refused_is_asked_anew_once_and_then_told(by_token: Dovecot) -> None:
    asked: list[bool] = []

    def wrong(fresh: bool) -> str:
        asked.append(fresh)
        return "no.such.token"

    with pytest.raises(LoginRefused, match="the app may open it"):
        mailbox(by_token, wrong).uidvalidity()
    assert asked == [False, True]


@pytest.mark.fault("I19")
def test_a_token_that_was_revoked_before_its_time_is_replaced(
    by_token: Dovecot, of_app: MicrosoftTokens
) -> None:
    opened = mailbox(by_token, lambda fresh: of_app(True) if fresh else "revoked.to.ken")
    assert opened.uidvalidity() > 0
    opened.close()


@pytest.mark.fault("I19")
def test_what_a_person_has_to_mend_is_told_and_what_passes_is_tried_again(
    by_token: Dovecot, endpoint: TokenEndpoint, authority: Authority, tmp_path: Path
) -> None:
    endpoint.refuse = "invalid_grant"
    with pytest.raises(TokenRefused, match=r"oauth2\.refresh_token"):
        google(endpoint, authority)(False)
    app = microsoft(endpoint, authority, tmp_path, secret="canary-secret")
    with pytest.raises(LoginRefused, match="client_secret"):
        mailbox(by_token, app).uidvalidity()
    endpoint.refuse, endpoint.status = "", 503
    app = microsoft(endpoint, authority, tmp_path, secret="canary-secret")
    with pytest.raises(MailboxTrouble) as trouble:
        mailbox(by_token, app).uidvalidity()
    assert not isinstance(trouble.value, LoginRefused)
    assert "canary" not in str(trouble.value)


@pytest.mark.fault("I19")
def test_a_person_says_yes_once_and_the_token_outlives_a_restart(
    endpoint: TokenEndpoint, authority: Authority, tmp_path: Path
) -> None:
    with pytest.raises(TokenRefused, match="mailflow authorise"):
        microsoft(endpoint, authority, tmp_path)(False)
    endpoint.pending, shown = 1, []
    microsoft(endpoint, authority, tmp_path).authorise(shown.append)
    assert shown == ["enter ABCD-EFGH"]
    file = tmp_path / "oauth2.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]
    endpoint.asked.clear()
    again = microsoft(endpoint, authority, tmp_path)
    assert again(False) == endpoint.given[-1]
    assert endpoint.asked == [], "it is still good for an hour"
    assert again(True) == endpoint.given[-1]
    assert [a["grant_type"] for a in endpoint.asked] == ["refresh_token"]
    endpoint.refuse = "invalid_grant"
    with pytest.raises(TokenRefused, match="run `mailflow authorise`"):
        again(True)


@pytest.mark.fault("I19")
def test_a_token_is_renewed_before_it_ends(
    endpoint: TokenEndpoint, authority: Authority, tmp_path: Path
) -> None:
    endpoint.seconds = 120
    for tokens in (
        microsoft(endpoint, authority, tmp_path, secret="s"),
        google(endpoint, authority),
    ):
        assert tokens(False) != tokens(False), "two minutes are too few to begin a session with"


def test_a_message_leaves_by_a_token(of_app: MicrosoftTokens, endpoint: TokenEndpoint) -> None:
    with smtp_server(Script()) as script:
        sender = sent_by(of_app, script)
        sender.send(a_message(), nothing)
        sender.close()
    [login] = [c for c in script.commands if c.startswith("AUTH")]
    told = base64.b64decode(login.removeprefix("AUTH XOAUTH2 ")).decode()
    assert told == f"user=orders\1auth=Bearer {endpoint.given[0]}\1\1"
    assert len(script.taken) == 1


@pytest.mark.fault("I19")
def test_a_refused_token_is_replaced_once_where_messages_leave_too() -> None:
    asked: list[bool] = []

    def token(fresh: bool) -> str:
        asked.append(fresh)
        return "token"

    with smtp_server(Script()) as script:
        script.replies["AUTH"] = ["535 5.7.3 unsuccessful", GOOD["AUTH"]]
        sender = sent_by(token, script)
        sender.send(a_message(), nothing)
        sender.close()
        script.replies["AUTH"] = ["535 5.7.3 unsuccessful"] * 3
        with pytest.raises(CarrierDown, match="SMTP AUTH has to be on"):
            sent_by(token, script).send(a_message(), nothing)
    assert asked == [False, True, False, True]


def test_without_a_token_nothing_is_sent_and_the_reason_told() -> None:
    def none(_fresh: bool) -> str:
        raise TokenTrouble("oauth2: no token now")

    with smtp_server(Script()) as script, pytest.raises(CarrierDown, match="no token now"):
        sent_by(none, script).send(a_message(), nothing)
    assert script.taken == []


def test_no_secret_shows_in_what_is_printed(of_app: MicrosoftTokens) -> None:
    shown = [GoogleSettings("u", secret="canary", refresh_token="canary", account="canary")]
    assert "canary" not in repr([*shown, of_app._settings])
    assert "canary" not in json.dumps(str(of_app))
