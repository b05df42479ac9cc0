"""At a terminal long work is seen, and what was done; nothing of it stands in a file."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from mailflow.commands.progress import Progress, is_idle, summary
from mailflow.works import PassReport
from tests.live.machine import wait_until
from tests.scenarios.house import EVENING, House, build_house, some_mails


def full(folder: Path) -> House:
    house = build_house(folder)
    for name, raw in some_mails().items():
        house.put(name, raw)
    return house


class Terminal:
    """A program at a terminal of its own."""

    def __init__(self, house: House, *words: str) -> None:
        self._master, end = pty.openpty()
        command = [sys.executable, "-m", "mailflow", *words, "--config", str(house.config)]
        self._process = subprocess.Popen(command, stdout=end, stderr=end, stdin=end)
        os.close(end)
        os.set_blocking(self._master, False)
        self.shown = ""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def shows(self, text: str) -> bool:
        """Whether it has shown this by now."""
        try:
            while piece := os.read(self._master, 65536):
                self.shown += piece.decode()
        except (BlockingIOError, OSError):
            pass
        return text in self.shown

    def ends(self) -> int:
        assert wait_until(lambda: self.shows("") and self._process.poll() is not None, seconds=100)
        self.shows("")
        return int(self._process.returncode)

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)


def test_short_work_is_not_worth_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress()
    for done in range(4):
        progress("deal", done, 3)
    assert capsys.readouterr() == ("", "")


def test_long_work_is_one_line_of_which_nothing_stays(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress()
    for done in range(301):
        progress("deal", done, 300)
    err = capsys.readouterr().err
    assert "\r\x1b[K150 of 300 dealt with" in err
    assert "\n" not in err
    assert err.endswith("\r\x1b[K")


def test_what_was_done_is_said_in_one_line() -> None:
    report = PassReport(taken=3, dealt=2, failed=1, due=1, sent=4, unsent=1)
    report.states = Counter(done=1, review=1)
    assert summary(report) == (
        "3 mails taken in; 2 dealt with: 1 done, 1 review; 1 set aside or to be tried again; "
        "1 digest; 4 messages sent; 1 not sent yet"
    )
    assert summary(PassReport()) == "0 mails taken in; 0 dealt with; 0 messages sent"
    both = PassReport(taken=1, states=Counter(done=2)).after(report)
    assert (both.taken, both.states, both.unsent) == (4, Counter(done=3, review=1), 0)


def test_a_pass_without_news_is_idle_and_lasting_trouble_is_no_news() -> None:
    assert is_idle(PassReport())
    assert not is_idle(PassReport(sent=1))
    assert not is_idle(PassReport(troubles=("x",)))
    assert is_idle(PassReport(troubles=("x",)), ("x",))
    assert not is_idle(PassReport(troubles=("y",)), ("x",))


def test_a_pass_at_a_terminal_shows_how_far_it_is_and_ends_with_what_it_did(
    tmp_path: Path,
) -> None:
    with Terminal(full(tmp_path / "house"), "run", "--once", "--now", EVENING) as terminal:
        assert terminal.ends() == 0
    for line in ("16 of 16 taken in", "8 of 16 dealt with", "of 20 sent"):
        assert line in terminal.shown, terminal.shown
    last = terminal.shown.rpartition("\x1b[K")[2]
    assert last == (
        "16 mails taken in; 16 dealt with: 4 done, 2 held, 2 ignored, 6 returned, 2 review; "
        "1 digest; 20 messages sent\r\n"
    )


@pytest.mark.fault("Z11")
def test_a_daemon_at_a_terminal_tells_each_pass_and_at_its_end_all_of_them(tmp_path: Path) -> None:
    with Terminal(full(tmp_path / "house"), "run") as terminal:
        assert wait_until(lambda: terminal.shows("messages sent"), seconds=100)
        terminal.stop()
        assert terminal.ends() == 0
    assert "{" not in terminal.shown
    assert re.search(r"\n?16 mails taken in; 16 dealt with", terminal.shown)
    assert "ended; since the start: 16 mails taken in" in terminal.shown


def test_into_a_file_goes_a_line_a_mail_and_no_sign_of_a_terminal(tmp_path: Path) -> None:
    done = full(tmp_path / "house").once()
    assert "\r" not in done.stdout + done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    assert done.stdout.count('"event": "mail"') == 16
    assert done.stdout.splitlines()[-1].startswith("16 mails taken in; 16 dealt with: ")
