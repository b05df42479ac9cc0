"""A configuration is right as a whole, or every complaint about it is told at once."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.registers import CONFIG
from mailflow.config import Config, ConfigError, load
from mailflow.config_servers import since_instant
from mailflow.domain.month_clock import PaymentPlan, Roll
from mailflow.house import packaged
from mailflow.rules.check import all_checks
from mailflow.rules.checks import codes


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "config.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def loaded(folder: Path, text: str) -> Config:
    return load(written(folder, text))


def complaints(folder: Path, text: str | bytes) -> list[str]:
    """Without the file's name before each."""
    path = written(folder, text)
    with pytest.raises(ConfigError) as refused:
        load(path)
    lines = str(refused.value).splitlines()
    assert all(line.startswith(str(path)) for line in lines)
    return [line.removeprefix(f"{path}:").strip() for line in lines]


def test_the_demo_s_and_the_packaged_configuration_are_silent(tmp_path: Path) -> None:
    assert loaded(tmp_path, CONFIG).timezone == "Asia/Shanghai"
    assert load(packaged("config.yaml")).mode == "shadow"


def test_every_check_can_be_named(tmp_path: Path) -> None:
    assert set(codes()) == {check.code for check in all_checks()}


WRONG = """\
timezone: Mars/Olympus
language: fr
colour: blue
timezon: Asia/Shanghai
mailbox:
  url: imap://orders@imap.example.com
  password: hunter2
  since: 2026-11-01
  pasword: {env: X}
transport:
  url: smtp://x:geheim@mail.example.com
  sender: nobody
database: {url: "mysql://x"}
digest: {at: "25:99"}
poll_seconds: 0
mode: redirect
checks:
  nope: off
  loose-tins: {severity: mad}
limits: {mail_megabytes: 0, parser_seconds: many}
master: {products: p.xlsx}
spool: [a]
base: /tmp
language: zh
"""


@pytest.mark.fault("Z06")
def test_every_complaint_comes_at_once_with_its_line_and_what_to_do(tmp_path: Path) -> None:
    found = complaints(tmp_path, WRONG)
    for line, key, what in (
        (1, "timezone", "Asia/Shanghai"),
        (24, "language", "stands in line 2 already"),
        (3, "colour", "unknown key: remove it"),
        (4, "timezon", "unknown key: write timezone"),
        (6, "mailbox.url", "write imaps://"),
        (7, "mailbox.password", "{env: NAME}"),
        (8, "mailbox.since", "with its zone"),
        (9, "mailbox.pasword", "unknown key: write password"),
        (11, "transport.url", "use the key `password`"),
        (12, "transport.sender", "write an address"),
        (13, "database.url", "sqlite:///FILE"),
        (14, "digest.at", '"17:30"'),
        (15, "poll_seconds", "write at least 1"),
        (16, "mode", "add an address"),
        (19, "checks.loose-tins.severity", "write 'error', 'warning' or 'info'"),
        (20, "limits.mail_megabytes", "write at least 1"),
        (20, "limits.parser_seconds", "write a whole number"),
        (21, "master.customers", "missing: add it"),
        (21, "master.staff", "missing: add it"),
        (22, "spool", "write a path"),
        (23, "base", "unknown key"),
    ):
        assert any(c.startswith(f"{line}: {key}: ") and what in c for c in found), (key, found)
    assert not any("hunter2" in c or "geheim" in c for c in found)
    assert len(found) == len(set(found)) == 21


def test_what_only_shows_between_two_keys_is_told_with_the_rest(tmp_path: Path) -> None:
    text = CONFIG.replace('"maildir:outbox"', '"maildir:outbox", sent_folder: Sent')
    found = complaints(tmp_path, text + "checks: {loose-tin: off, price-mismatch: off}\nx: 1\n")
    assert any(c.startswith("5: transport: sent_folder") for c in found)
    assert any(c.startswith("12: checks: loose-tin: no such check") for c in found)
    assert any(c.startswith("13: x: unknown key") for c in found)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "holds no keys"),
        ("a", "holds no keys"),
        ("- x", "holds no keys"),
        ("a: [", "1: not YAML"),
        ("a: 1\n b: 2\n", "2: not YAML"),
        (b"\xff\xfe\0", "UTF-8"),
        ("since: 2026-13-45", "not YAML"),
        ("a: \x01", "not YAML"),
        ("mailbox: 5", "1: mailbox: needs keys of its own"),
        ("checks: 5", "1: checks: needs keys of its own"),
    ],
)
def test_what_is_no_configuration_is_told_in_words(
    tmp_path: Path, text: str | bytes, told: str
) -> None:
    assert any(told in c for c in complaints(tmp_path, text))


@pytest.mark.parametrize("path", ["nowhere.yaml", "."])
def test_a_file_that_cannot_be_read_names_the_way_out(tmp_path: Path, path: str) -> None:
    with pytest.raises(ConfigError, match=r"--config.*mailflow init"):
        load(tmp_path / path)


def test_a_check_is_softened_or_switched_off(tmp_path: Path) -> None:
    checks = "checks: {loose-tins: off, price-mismatch: {severity: info, asked: nobody}}\n"
    config = loaded(tmp_path, CONFIG + checks)
    assert config.checks["loose-tins"].off
    assert config.checks["price-mismatch"].asked == "nobody"


def test_an_instant_may_be_a_text_or_yaml_s_own(tmp_path: Path) -> None:
    for written_as in ('"2026-11-01T00:00:00+08:00"', "2026-11-01T00:00:00+08:00"):
        config = loaded(tmp_path, CONFIG.replace("since: all", f"since: {written_as}"))
        instant = since_instant(config.mailbox, datetime.now(UTC))
        assert instant == datetime(2026, 10, 31, 16, tzinfo=UTC)


@pytest.mark.fault("Z07")
def test_missing_secrets_are_all_named_before_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    monkeypatch.setenv("EMPTY", "")
    secrets = ("{env: EMPTY}", "{env: NOT_THERE_X}", "{file: nowhere}", "{credential: imap}")
    for secret in secrets:
        text = CONFIG.replace("since: all", f"since: all, password: {secret}")
        text = text.replace('"maildir:outbox"', f'"maildir:outbox", password: {secret}')
        missing = list(loaded(tmp_path, text).secrets_missing())
        assert [m.partition(":")[0] for m in missing] == ["mailbox.password", "transport.password"]
    (tmp_path / "there").write_text("geheim\n")
    there = CONFIG.replace("since: all", "since: all, password: {file: there}")
    assert list(loaded(tmp_path, there).secrets_missing()) == []


@pytest.mark.parametrize(
    ("line", "key", "what"),
    [
        ("cut_off: 0", "cut_off", "1"),
        ("cut_off: 32", "cut_off", "31"),
        ("payments: {remind: 26}", "payments", "remind comes before due"),
        ("payments: {due: 29}", "payments", "28"),
        ("month: {remind: 21, due: 20}", "month", "remind comes before due"),
    ],
)
def test_days_of_the_month_that_cannot_be_are_named(
    tmp_path: Path, line: str, key: str, what: str
) -> None:
    [complaint] = complaints(tmp_path, f"{CONFIG}{line}\n")
    assert key in complaint
    assert what in complaint


def test_the_month_has_the_days_that_the_configuration_says(tmp_path: Path) -> None:
    config = loaded(tmp_path, CONFIG + "cut_off: 31\npayments: {at: 17:30, roll: previous}\n")
    assert config.cut_off == 31
    assert config.payments is not None
    assert config.payments.plan == PaymentPlan(22, 25, time(17, 30), Roll.PREVIOUS)
