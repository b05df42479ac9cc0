"""No consumer's number stands in a mailbox, log, digest or view that may not have it, and after its
time nowhere (S10): one house gets lists in every way they come, and all that it wrote is read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.registers import CONFIG, write_register
from tests.live.machine import wait_until
from tests.scenarios.asked_for import PEOPLE, kinds
from tests.scenarios.consumers import AGENTS, NORTH, SOUTH, texts_in
from tests.scenarios.house import House, build_house
from tests.scenarios.lists_everywhere import ALL, DEALER, SAID, STRANGER, TO_CALL, S, lists
from tests.scenarios.numbers import numbers_told, texts_of_mail
from tests.scenarios.replies import ADMIN, letters
from tests.scenarios.service import answered, free_port, serving
from tests.scenarios.test_stories import at

OVER = ("2027-02-10T10:00:00+08:00", "2027-02-10T10:06:00+08:00")
LISTS = (
    *("mails", "orders", "cases", "messages", "settlements", "announcements", "registers"),
    "consumers",
)
LOOKS = (
    *(("status", "--json"), ("status",), ("doctor",), ("health",), ("verify",)),
    *(("find", "名单"), ("find", "合同"), ("find", "txt"), ("show", "sender", DEALER)),
    ("show", "sender", STRANGER),
)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[House, str]:
    """The house, and all that its daemon said."""
    config = CONFIG + kinds("training")
    house = build_house(tmp_path_factory.mktemp("numbers") / "house", config)
    write_register(house.folder, "staff", (*PEOPLE[:-3], *AGENTS))
    for number, raw in enumerate(lists()):
        message = message_from_bytes(raw)
        del message["Message-ID"]
        message["Message-ID"] = f"<numbers-{number}@street.example>"
        house.put(f"numbers{number:03}", message.as_bytes())
    said = ""
    for now in (at(10, "10:00"), at(10, "18:00"), at(11, "18:00")):
        done = house.once(now)
        assert done.returncode == 0, done.stderr
        said += done.stdout + done.stderr
    return house, said


def looked_at(house: House) -> Iterator[tuple[str, str]]:
    for kind in LISTS:
        yield f"list {kind}", house.run("list", kind, "--json").stdout
    looks = [("show", "mail", str(row["id"])) for row in house.rows("mails")]
    looks += [("show", "case", str(row["number"])) for row in house.rows("cases")]
    looks += [("show", "consumers", str(row["number"])) for row in house.rows("consumers")[:2]]
    looks += [("explain", str(path)) for path in sorted((house.folder / "spool").glob("??/*"))[:3]]
    for look in (*LOOKS, *looks):
        told = house.run(*look)
        yield " ".join(look), told.stdout + told.stderr


def test_only_who_calls_ever_gets_a_number(played: tuple[House, str]) -> None:
    house, said = played
    seen = {"log": said, **dict(looked_at(house))}
    called = {NORTH: "", SOUTH: ""}
    for raw in house.went_out():
        message = message_from_bytes(raw, policy=default)
        text = "\n".join(texts_of_mail(raw))
        if message["To"] in called:
            called[message["To"]] += text
        else:
            seen[f"{message['To']}: {message['Subject']}"] = text
    assert {where: told for where, text in seen.items() if (told := numbers_told(text, ALL))} == {}
    assert numbers_told(called[NORTH], tuple(TO_CALL)) == TO_CALL
    assert numbers_told(called[NORTH], S) == set()
    assert numbers_told(called[SOUTH], ALL) == {S[0], S[1], S[3]}
    # It was all seen: what was asked, the digests, and what waits on people.
    digest = texts_in(letters(house, ADMIN, "日报")[-1])
    assert "139****" in digest
    assert [m["state"] for m in house.rows("mails")].count("waiting") == 0
    assert any("消费者名单" in where for where in seen)


def test_whoever_watches_the_daemon_sees_none(played: tuple[House, str], tmp_path: Path) -> None:
    """It runs on a copy: by the clock of the machine terms may be over."""
    shutil.copytree(played[0].folder, tmp_path / "house")
    house, port = House(tmp_path / "house"), free_port()
    with (house.folder / "config.yaml").open("a", encoding="utf-8") as config:
        config.write(f"\nhealth: {{listen: '127.0.0.1:{port}'}}\n")
    (house.folder / "inbox/new/again.eml").write_bytes(next(iter(lists())))
    with serving(house) as service:
        assert wait_until(service.polls, seconds=100)
        seen = {path: answered(port, path) for path in ("/health", "/metrics")}
        told = house.run("health", "--json").stdout
        file = (house.folder / "health.json").read_text(encoding="utf-8")
    assert [status for status, _ in seen.values()] == [200, 200]
    words = "\n".join((*(text for _, text in seen.values()), told, file, service.log))
    assert "last_poll" in file
    assert numbers_told(words, ALL) == set()


def test_after_its_time_a_number_is_nowhere_and_backups_can_be_made(
    played: tuple[House, str], tmp_path: Path
) -> None:
    house, _ = played
    before = b"".join(data for _, data in kept(house.folder))
    assert numbers_told(before.decode("utf-8", "replace"), ALL)
    for now in OVER:
        assert house.once(now).returncode == 0
    checked = house.run("verify")
    assert checked.returncode == 0, checked.stderr
    for folder in (tmp_path / "first", tmp_path / "second"):
        made = house.run("backup", str(folder))
        assert made.returncode == 0, made.stderr
    assert list(tmp_path.rglob("*.deleted"))
    found = {}
    for name, data in (*kept(house.folder), *kept(tmp_path)):
        text = "\n".join(texts_of_mail(data)) if "/spool/" in name else ""
        if told := numbers_told(f"{text}\n{data.decode('utf-8', 'replace')}", ALL):
            found[name] = told
    # In the mail that somebody wrote, and in nothing that was made of it.
    assert all("/spool/" in name for name in found)
    assert set().union(*found.values()) == set(SAID)


def kept(folder: Path) -> Iterator[tuple[str, bytes]]:
    """All that the program keeps; not the mailboxes of those who wrote and got mails."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not {"inbox", "outbox"} & set(path.relative_to(folder).parts):
            yield str(path), path.read_bytes()
