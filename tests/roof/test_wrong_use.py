"""Wrong use is told in one line that says what to do; never by a traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from mailflow.cli import main
from mailflow.commands.demo_desk.registers import CONFIG, write_register
from mailflow.daemon import NO_REGISTER
from tests.scenarios.house import House, build_house


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


Say = Callable[..., Said]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    def said(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["mailflow", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Said(int(ended.value.code or 0), out, err)

    return said


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    built = build_house(tmp_path / "house")
    monkeypatch.chdir(built.folder)
    return built


COMMANDS = (
    "demo", "init", "doctor", "run", "explain", "status", "show", "list", "redo", "hold", "release",
    "close", "rules", "import", "export", "health",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_a_configuration_and_explains_itself(say: Say, command: str) -> None:
    for help_ in ("-h", "--help"):
        told = say(command, help_)
        assert told.code == 0
        assert "--config" in told.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nope",), "mailflow: No such command 'nope': see `mailflow --help`"),
        (("redo", "3"), "mailflow redo: Missing option '--reason': see `mailflow redo --help`"),
        (("show", "foo", "1"), "mailflow show: Invalid value for"),
        (("status", "--jsn"), "mailflow status: No such option"),
        (("explain",), "mailflow explain: Missing argument"),
        (("run", "--now", "2026-11-10"), "--now goes with --once only"),
        (("run", "--once", "--now", "tomorrow"), "--now tomorrow: write an instant"),
        (("redo", "1", "--reason", " "), "--reason: say why"),
        (("list", "mails", "--state", "lost"), "list mails: no state lost: write one of waiting,"),
        (("export", "nothing", "x.csv"), "export nothing: unknown: write one of mails,"),
        (("export", "mails", "x.pdf"), "x.pdf: the name must end in one of"),
        (("status", "--config", "no.yaml"), "no.yaml: No such file or directory: name the file"),
        (("rules", "--config", "no.yaml"), "no.yaml: No such file or directory"),
    ],
)
def test_wrong_use_is_one_line_and_two(
    say: Say, house: House, words: tuple[str, ...], told: str
) -> None:
    said = say(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(told), said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "mail", "99"), "mail 99: there is none: see `mailflow list mails`"),
        (("show", "order", "x"), "order x: there is none"),
        (("redo", "99", "--reason", "x"), "mail 99: there is none"),
        (("close", "case", "x", "--reason", "x"), "case x: there is none"),
        (("release", "message", "x", "--reason", "x"), "message x: there is none"),
        (("export", "mails", "/proc/x.csv"), "/proc/x.csv: No such file or directory: free space"),
        (("export", "mails", "/proc/x.xlsx"), "/proc/x.xlsx: No such file or directory"),
        (("export", "mails", "/proc/x.json"), "/proc/x.json: No such file or directory"),
        (("import", "products", "no.xlsx"), "no.xlsx: No such file or directory"),
        (("import", "products", "."), ".: Is a directory"),
        (("import", "products", "bad.csv"), "bad.csv: in an unknown encoding"),
        (("import", "products", "bad.xlsx"), "bad.xlsx: no readable workbook"),
        (("init", "."), "config.yaml: exists already"),
        (("init", "/proc/x"), "/proc/x: No such file or directory"),
        (("demo", "."), ".: is not empty and no demo of mine"),
    ],
)
def test_what_fails_is_one_line_and_one(
    say: Say, house: House, words: tuple[str, ...], told: str
) -> None:
    for name in ("bad.csv", "bad.xlsx"):
        (house.folder / name).write_bytes(b"\x81\xff\xff\0")
    said = say(*words)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(told), said.err
    assert said.err.count("\n") == 1


def test_without_a_word_all_commands_are_shown(say: Say) -> None:
    said = say()
    assert said.code == 2
    assert all(command in said.err for command in COMMANDS)


@pytest.mark.fault("Z07")
def test_missing_secrets_end_a_run_before_it_begins(say: Say, house: House) -> None:
    secret = "password: {env: NOT_THERE_X}"
    text = CONFIG.replace('"maildir:inbox"', f'"imaps://a@127.0.0.1:1", {secret}')
    text = text.replace('"maildir:outbox"', f'"smtp://a@127.0.0.1:1", {secret}')
    house.config.write_text(text, encoding="utf-8")
    for words in (("run", "--once"), ("run",)):
        said = say(*words)
        assert (said.code, said.out) == (2, "")
        assert [line.partition(":")[0] for line in said.err.splitlines()] == [
            "mailbox.password",
            "transport.password",
        ]
    assert not (house.folder / "mailflow.db").exists()


def test_an_empty_register_keeps_mails_waiting_and_says_so(say: Say, house: House) -> None:
    write_register(house.folder, "products", ())
    house.put("mail", b"From: x@y.example\r\n\r\n")
    said = say("run", "--once")
    assert said.code == 1
    assert said.err == f"{NO_REGISTER.format('products')}\n"
    assert len(list((house.folder / "inbox" / "new").iterdir())) == 1
    said = say("doctor")
    assert said.code == 1
    bad = [line for line in said.out.splitlines() if line.startswith("BAD")]
    assert len(bad) == 1
    assert bad[0].startswith("BAD   master data")
    assert "products.xlsx: no rows: fill it in" in bad[0]


def test_registers_that_are_refused_at_the_first_start_say_that_mails_wait(
    say: Say, house: House
) -> None:
    write_register(house.folder, "staff", ())
    house.put("mail", b"From: x@y.example\r\n\r\n")
    said = say("run", "--once")
    nothing = NO_REGISTER.format("products, no customers, no staff")
    assert (said.code, said.err.splitlines()[-1]) == (1, nothing)
    assert "staff: nobody is" in said.err
    assert f'"{nothing}"' in said.out, "a service has no terminal, and its log says so too"
    assert len(list((house.folder / "inbox" / "new").iterdir())) == 1


def test_nobody_is_a_stranger_before_all_registers_are_there(say: Say, house: House) -> None:
    assert say("import", "products", str(house.folder / "products.xlsx")).code == 0
    write_register(house.folder, "staff", ())
    house.put("mail", b"From: x@y.example\r\n\r\n")
    said = say("run", "--once")
    assert said.err.splitlines()[-1] == NO_REGISTER.format("customers, no staff")
    assert len(list((house.folder / "inbox" / "new").iterdir())) == 1


def test_doctor_has_a_line_for_everything_a_run_needs(say: Say, house: House) -> None:
    said = say("doctor")
    assert said.code == 0
    good = [line[6:21].strip() for line in said.out.splitlines() if line.startswith("ok")]
    # Pictures want a font that not every machine has.
    assert [name for name in good if name != "pictures"] == [
        "configuration",
        "master data",
        "mailed data",
        "libraries",
        "secrets",
        "templates",
        "mailbox",
        "transport",
        "database",
        "clock",
    ]


def test_doctor_names_steps_of_requests_whose_role_nobody_has(say: Say, house: House) -> None:
    kind = (
        "requests: {repair: {title: 修理, words: [修理], fields: {what: {title: 内容, rest: true}}, "
        "from: [regional_manager], steps: {mend: {title: 修, owner: OWNER}}}}\n"
    )
    text = house.config.read_text(encoding="utf-8")
    for owner, told in (
        ("warehouse", "ok    requests       1 kinds, each step has somebody"),
        (
            "hr_manager",
            "note  requests       repair.mend: nobody is hr_manager, a sales admin is asked instead",
        ),
    ):
        house.config.write_text(text + kind.replace("OWNER", owner), encoding="utf-8")
        assert told in say("doctor").out


@pytest.mark.fault("Z07")
def test_doctor_looks_at_who_can_read_the_secrets_and_who_hears_of_trouble(
    say: Say, house: House
) -> None:
    said = say("doctor").out
    assert "note  alarm          nobody is told when mail itself fails" in said
    secret = house.folder / "secret"
    secret.write_text("http://127.0.0.1:9/robot", encoding="utf-8")
    secret.chmod(0o640)
    more = "health: {alarm: {webhook: {file: secret}}, listen: '127.0.0.1:9280'}\n"
    house.config.write_text(house.config.read_text(encoding="utf-8") + more, encoding="utf-8")
    said = say("doctor").out
    assert "BAD   secrets        health.alarm.webhook: " in said
    assert "secret: others can read it: chmod 600 it" in said
    assert "ok    alarm          a group robot is told" in said
    secret.chmod(0o600)
    assert "BAD" not in say("doctor").out
    secret.write_text("http://robot.example/open", encoding="utf-8")
    assert (
        "BAD   alarm          health.alarm.webhook: its address must begin with"
        in say("doctor").out
    )


@pytest.mark.fault("Z06")
def test_doctor_names_every_trouble_and_its_mend(say: Say, house: House) -> None:
    text = house.config.read_text(encoding="utf-8")
    text = text.replace("maildir:inbox", "maildir:nowhere").replace("maildir:outbox", "maildir:a/b")
    text = text.replace("sqlite:///mailflow.db", "sqlite:///gone/mailflow.db")
    house.config.write_text(text + "templates: own\n", encoding="utf-8")
    (house.folder / "a").write_text("a file")
    (house.folder / "own" / "digest").mkdir(parents=True)
    (house.folder / "own" / "digest" / "subject.txt").write_text("{{ nothing }}")
    (house.folder / "staff.xlsx").unlink()
    said = say("doctor")
    assert said.code == 1
    told = {line[6:21].strip(): line[21:] for line in said.out.splitlines() if line[:3] == "BAD"}
    for name, mend in (
        ("master data", "mend master.staff"),
        ("templates", "mend or remove"),
        ("mailbox", "mend mailbox.url"),
        ("transport", "mend the path or its rights"),
        ("database", "create it"),
    ):
        assert mend in told[name], told
    assert said.err == ""


def test_rules_shows_what_the_house_has_changed(say: Say, house: House) -> None:
    said = say("rules")
    assert said.code == 0
    assert "changed in" not in said.out
    text = CONFIG + "checks: {loose-tins: off, price-mismatch: {asked: sales_admin}}\n"
    house.config.write_text(text, encoding="utf-8")
    lines = say("rules").out.splitlines()
    assert any(line.split()[:2] == ["loose-tins", "off"] for line in lines)
    assert any(line.split()[:3] == ["price-mismatch", "error", "sales_admin"] for line in lines)
