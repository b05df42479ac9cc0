"""Whatever happens in the child, the parent gets a verdict, and the next call works."""

from __future__ import annotations

import os
import pickle
import select
import signal
import socket
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mailflow.parsers.mime import MailRefused, read_mime
from mailflow.parsers.sandbox import (
    ChildError,
    Limits,
    Named,
    ReadingFailed,
    Remembered,
    Sandbox,
    SandboxClosed,
    SandboxUnavailable,
)
from mailflow.parsers.sandbox_wire import ANSWER, MEGABYTE
from tests.parsers import sandbox_cases as cases

CASES = ("tests.parsers.sandbox_cases",)
TIGHT = Limits(memory_bytes=256 * MEGABYTE, output_bytes=MEGABYTE, wall_seconds=60.0)
HASTY = Limits(wall_seconds=2.0)
"""For calls that never end; whatever shall end has a minute, however busy the machine is."""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One for all: whatever a test does to its child, the next call works."""
    with Sandbox(TIGHT, warm=CASES) as made:
        yield made


def pid_of(sandbox: Sandbox) -> int:
    return sandbox.call(cases.pid, returns=int)


def verdict_of(sandbox: Sandbox, function: Callable[..., Any], *arguments: Any) -> ReadingFailed:
    with pytest.raises(ReadingFailed) as caught:
        sandbox.call(function, *arguments, returns=str)
    return caught.value


def test_a_sandbox_that_nobody_calls_starts_nothing() -> None:
    Sandbox(TIGHT).close()


def test_a_well_behaved_child_is_kept(sandbox: Sandbox) -> None:
    assert len({pid_of(sandbox) for _ in range(20)}) == 1
    assert pid_of(sandbox) != os.getpid()


def test_an_answer_arrives_as_what_it_was(sandbox: Sandbox) -> None:
    assert sandbox.call(cases.answer, "中文\0\n", returns=cases.Answer) == cases.answer("中文\0\n")


def test_bytes_arrive_as_they_are(sandbox: Sandbox) -> None:
    data = bytes(range(256)) * 100

    assert sandbox.call(cases.repeated, data, 2, returns=bytes) == data * 2


def test_more_than_a_pipe_holds_goes_both_ways() -> None:
    with Sandbox(Limits(), warm=CASES) as sandbox:
        data = os.urandom(MEGABYTE)
        assert sandbox.call(cases.repeated, data * 5, 1, returns=bytes) == data * 5


@pytest.mark.fault("K04", "X02", "X09")
@pytest.mark.parametrize(
    ("function", "arguments", "reason", "detail"),
    [
        (cases.raise_error, ("no such cell",), "error", "ValueError: no such cell"),
        (cases.panic, (), "error", "Panic"),
        (cases.leave, (3,), "error", "SystemExit: 3"),
        (cases.leave, (0,), "error", "SystemExit: 0"),
        (cases.go_down, (0,), "error", "RecursionError"),
        (cases.wrong_type, (), "error", "another shape"),
        (cases.leave_at_once, (3,), "crashed", "exit 3"),
        (cases.leave_at_once, (0,), "crashed", "exit 0"),
        (cases.abort, (), "crashed", "SIGABRT"),
        (cases.kill_itself, (), "crashed", "SIGKILL"),
        (cases.break_memory, (), "crashed", "SIGSEGV"),
        (cases.abort_like_a_library, (), "memory", "4294967296"),
        (cases.take_memory, (10**9,), "memory", str(TIGHT.memory_bytes)),
        (cases.repeated, (b"x", 2 * MEGABYTE), "output-too-large", ""),
    ],
)
def test_a_bad_call_is_a_verdict_and_the_next_one_works(
    sandbox: Sandbox, function: Callable[..., Any], arguments: Any, reason: str, detail: str
) -> None:
    with pytest.raises(ReadingFailed) as caught:
        sandbox.call(function, *arguments, returns=bytes if function is cases.repeated else int)

    assert caught.value.reason == reason
    assert detail in caught.value.detail
    assert sandbox.call(cases.same, "fine", returns=str) == "fine"


@pytest.mark.fault("K04")
def test_a_call_that_only_waits_ends_when_its_time_is_over() -> None:
    with Sandbox(HASTY, warm=CASES) as sandbox:
        verdict = verdict_of(sandbox, cases.sleep_for_ever)
        assert (verdict.reason, verdict.detail) == ("timeout", "2.0 s")
        assert sandbox.call(cases.same, "fine", returns=str) == "fine"


@pytest.mark.fault("K04")
def test_a_call_that_only_computes_ends_when_its_processor_time_is_used_up() -> None:
    with Sandbox(Limits(cpu_seconds=1), warm=CASES) as sandbox:
        assert verdict_of(sandbox, cases.spin).detail == "1 s of processor time"
        assert sandbox.call(cases.same, "fine", returns=str) == "fine"


def test_what_a_function_raises_on_purpose_arrives_as_itself(sandbox: Sandbox) -> None:
    with pytest.raises(cases.Objection, match="该文件无法读取"):
        sandbox.call(cases.object_to, "该文件无法读取", returns=str)


def test_a_refused_mail_arrives_as_itself(sandbox: Sandbox) -> None:
    with pytest.raises(MailRefused, match="header"):
        sandbox.call(read_mime, b"x" * 300_000, returns=str)
    assert issubclass(MailRefused, ChildError)


def test_after_a_healthy_error_the_child_is_kept_and_after_a_crash_it_is_not(
    sandbox: Sandbox,
) -> None:
    first = pid_of(sandbox)
    verdict_of(sandbox, cases.raise_error, "x")
    assert pid_of(sandbox) == first

    verdict_of(sandbox, cases.abort)
    assert pid_of(sandbox) != first


def test_junk_on_the_standard_streams_is_no_answer_and_blocks_nothing(sandbox: Sandbox) -> None:
    assert sandbox.call(cases.print_junk, 2_000, returns=str) == "done"
    assert sandbox.call(cases.same, "fine", returns=str) == "fine"


def test_a_child_that_holds_too_much_is_replaced_after_its_answer() -> None:
    limits = Limits(keep_bytes=150 * MEGABYTE)
    with Sandbox(limits, warm=CASES) as sandbox:
        first = pid_of(sandbox)
        assert sandbox.call(cases.hold, MEGABYTE, returns=int) == first
        assert sandbox.call(cases.hold, 160 * MEGABYTE, returns=int) == first
        assert pid_of(sandbox) != first


def test_a_child_grows_old() -> None:
    with Sandbox(Limits(calls=3), warm=CASES) as sandbox:
        pids = [pid_of(sandbox) for _ in range(7)]

    assert len(set(pids)) == 3
    assert pids[0] == pids[2] != pids[3] == pids[5] != pids[6]


def test_processor_time_is_counted_a_call_and_not_a_life() -> None:
    with Sandbox(Limits(cpu_seconds=1), warm=CASES) as sandbox:
        assert len({sandbox.call(cases.burn, 0.7, returns=int) for _ in range(4)}) == 1


def test_a_child_killed_while_idle_is_nobodys_verdict(sandbox: Sandbox) -> None:
    first = pid_of(sandbox)
    os.kill(first, signal.SIGKILL)
    wait_until_gone(first)

    assert pid_of(sandbox) != first


@pytest.fixture
def fifo(tmp_path: Path) -> Path:
    """Where a function in the child says that it has begun."""
    path = tmp_path / "begun"
    os.mkfifo(path)
    return path


@pytest.mark.fault("K04")
def test_a_child_killed_from_outside_at_work_is_a_verdict(sandbox: Sandbox, fifo: Path) -> None:
    first = pid_of(sandbox)
    pending = sandbox.submit(cases.tell_and_sleep, str(fifo), returns=int)
    assert fifo.read_bytes()
    os.kill(first, signal.SIGKILL)

    with pytest.raises(ReadingFailed, match="SIGKILL"):
        pending.result()
    assert pid_of(sandbox) != first


def test_a_child_that_takes_no_calls_is_replaced_and_the_call_is_not_blamed() -> None:
    with Sandbox(HASTY, warm=CASES) as sandbox:
        first = pid_of(sandbox)
        os.kill(first, signal.SIGSTOP)

        assert sandbox.call(cases.same, "x" * 1000, returns=str) == "x" * 1000
        assert pid_of(sandbox) != first


def test_signals_that_ask_the_parent_to_stop_do_not_end_the_child(sandbox: Sandbox) -> None:
    assert sandbox.call(cases.ask_to_stop, returns=str) == "still here"


def test_calls_are_answered_in_any_order_they_are_asked_for(sandbox: Sandbox) -> None:
    pending = [sandbox.submit(cases.same, str(n), returns=str) for n in range(5)]

    assert [p.result() for p in reversed(pending)] == ["4", "3", "2", "1", "0"]
    assert pending[0].result() == "0"


@pytest.mark.fault("K04", "M07")
def test_a_crash_takes_no_other_call_with_it(sandbox: Sandbox) -> None:
    before = sandbox.submit(cases.same, "before", returns=str)
    bad = sandbox.submit(cases.abort, returns=str)
    after = sandbox.submit(cases.same, "after", returns=str)

    assert (before.result(), after.result()) == ("before", "after")
    with pytest.raises(ReadingFailed, match="crashed"):
        bad.result()


def test_a_call_that_nobody_asks_about_is_in_nobodys_way(sandbox: Sandbox) -> None:
    sandbox.submit(cases.raise_error, "forgotten", returns=str)

    assert sandbox.call(cases.same, "fine", returns=str) == "fine"


def test_several_children_work_side_by_side() -> None:
    with Sandbox(TIGHT, warm=CASES, children=2) as sandbox:
        pending = [sandbox.submit(cases.pid, returns=int) for _ in range(6)]
        assert len({p.result() for p in pending}) == 2


def test_a_child_can_be_started_before_it_is_needed() -> None:
    with Sandbox(TIGHT, warm=CASES) as sandbox:
        sandbox.start()
        sandbox.start()
        assert pid_of(sandbox)


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_two_sandboxes_may_share_a_nursery_and_nothing_else(sandbox: Sandbox) -> None:
    with Sandbox(Limits(), nursery=sandbox.nursery) as other:
        sandbox.remember("names", "theirs")
        other.remember("names", "ours")
        assert sandbox.call(cases.same, Remembered("names"), returns=str) == "theirs"
        assert other.call(cases.same, Remembered("names"), returns=str) == "ours"
        first, second = pid_of(sandbox), pid_of(other)
        assert first != second
        assert parent_of(first) == parent_of(second) != os.getpid()
        verdict_of(other, cases.abort)
        assert pid_of(other) not in (first, second)
    assert pid_of(sandbox) == first


def test_a_nursery_that_was_killed_takes_its_children_along_and_is_replaced() -> None:
    with Sandbox(TIGHT, warm=CASES) as sandbox:
        first = pid_of(sandbox)
        os.kill(parent_of(first), signal.SIGKILL)
        wait_until_gone(first)
        assert pid_of(sandbox) != first


def test_a_function_can_be_called_by_a_name_that_only_the_child_imports() -> None:
    with Sandbox(TIGHT, warm=()) as cold:
        assert cold.call(Named(CASES[0], "same"), "x", returns=str) == "x"
        with pytest.raises(ReadingFailed, match="AttributeError"):
            cold.call(Named(CASES[0], "nobody"), "x", returns=str)


def test_what_is_remembered_is_sent_once_to_each_child(sandbox: Sandbox) -> None:
    sandbox.remember("names", cases.Counted("register"))

    for _ in range(3):
        assert sandbox.call(cases.both, Remembered("names"), ["!"], returns=str) == "register!"
        assert sandbox.call(cases.times_unpacked, Remembered("names"), returns=int) == 1
    verdict_of(sandbox, cases.abort)
    assert sandbox.call(cases.times_unpacked, Remembered("names"), returns=int) == 1


def test_what_is_remembered_anew_replaces_the_old(sandbox: Sandbox) -> None:
    for text in ("old", "new", "new"):
        sandbox.remember("names", text)
        assert sandbox.call(cases.same, Remembered("names"), returns=str) == text


def test_what_was_never_remembered_is_our_own_mistake(sandbox: Sandbox) -> None:
    with pytest.raises(KeyError):
        sandbox.call(cases.same, Remembered("nothing"), returns=str)
    assert sandbox.call(cases.same, "fine", returns=str) == "fine"


def test_a_call_under_way_while_the_parent_closes_is_no_verdict() -> None:
    sandbox = Sandbox(TIGHT, warm=CASES)
    first = pid_of(sandbox)
    running = sandbox.submit(cases.sleep_for_ever, returns=int)
    queued = sandbox.submit(cases.pid, returns=int)
    sandbox.close()
    sandbox.close()

    for pending in (running, queued):
        with pytest.raises(SandboxClosed):
            pending.result()
    with pytest.raises(SandboxClosed):
        sandbox.submit(cases.pid, returns=int)
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


def test_an_answer_taken_before_the_close_stays() -> None:
    with Sandbox(TIGHT, warm=CASES) as sandbox:
        pending = sandbox.submit(cases.same, "x", returns=str)
        assert pending.result() == "x"
    assert pending.result() == "x"


def test_a_child_that_cannot_start_is_no_verdict_on_the_bytes() -> None:
    with Sandbox(TIGHT, warm=("mailflow.no_such_module",)) as sandbox:
        for _ in range(2):
            with pytest.raises(SandboxUnavailable, match="does not start"):
                sandbox.call(cases.pid, returns=int)


class Bomb:
    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, ("exit 1",)


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"X",
        b"nonsense that is no answer at all, longer than a head",
        ANSWER.pack(b"A", 2**60, 0),
        ANSWER.pack(b"A", 10, 0) + b"short",
        ANSWER.pack(b"A", 4, 0) + b'"42"',
        ANSWER.pack(b"A", 4, 0) + b"null",
        ANSWER.pack(b"A", 3, 0) + b"\xff\xff\xff",
        ANSWER.pack(b"A", len(pickle.dumps(Bomb())), 0) + pickle.dumps(Bomb()),
        ANSWER.pack(b"R", 14, 0) + b"SystemExit\nbye",
        ANSWER.pack(b"Z", 0, 0),
        ANSWER.pack(b"+", 0, 0),
        ANSWER.pack(b"F", 3, 0) + b"\xff\xff\xff",
    ],
)
def test_a_child_that_lies_is_believed_nothing(sandbox: Sandbox, frame: bytes) -> None:
    with pytest.raises(ReadingFailed):
        sandbox.call(cases.lie, frame, returns=list[int])
    assert sandbox.call(cases.same, "fine", returns=str) == "fine"


def test_a_child_that_says_too_much_by_mistake_is_kept(sandbox: Sandbox) -> None:
    first = pid_of(sandbox)
    with pytest.raises(ReadingFailed, match="output-too-large"):
        sandbox.call(cases.repeated, b"x", 2 * MEGABYTE, returns=bytes)

    assert pid_of(sandbox) == first


def test_what_a_lying_child_announces_is_not_waited_for(sandbox: Sandbox) -> None:
    # The liar ends at once: whether its announcement or its end is seen first is chance, and
    # either is a verdict that waits for nothing.
    with pytest.raises(ReadingFailed, match=f"output-too-large: {2**60}|crashed: exit 0"):
        sandbox.call(cases.lie, ANSWER.pack(b"A", 2**60, 0), returns=bytes)


def test_the_child_writes_no_file(sandbox: Sandbox, tmp_path: Path) -> None:
    assert "File too large" in verdict_of(sandbox, cases.write_file, str(tmp_path / "x")).detail


def test_the_child_opens_few_files(sandbox: Sandbox) -> None:
    assert "Too many open files" in verdict_of(sandbox, cases.open_many).detail


def test_the_child_leaves_no_core(sandbox: Sandbox) -> None:
    assert sandbox.call(cases.core_limit, returns=int) == 0


MAY_LEAVE_THE_NETWORK = """
import ctypes
libc = ctypes.CDLL(None)
print(libc.unshare(0x40000000) == 0 or libc.unshare(0x50000000) == 0)
"""


def test_the_child_reaches_no_network_where_the_system_lets_it_leave(sandbox: Sandbox) -> None:
    probe = [sys.executable, "-c", MAY_LEAVE_THE_NETWORK]
    may_leave = subprocess.run(probe, capture_output=True, check=True).stdout == b"True\n"

    with socket.create_server(("127.0.0.1", 0)) as server:
        pending = sandbox.submit(cases.connect, server.getsockname()[1], returns=str)
        if may_leave:
            with pytest.raises(ReadingFailed, match="OSError"):
                pending.result()
        else:
            assert pending.result() == "connected"


@pytest.mark.fault("O13")
def test_the_child_does_not_see_the_parents_secrets(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILFLOW_IMAP_PASSWORD", "secret")

    assert "secret" not in sandbox.call(cases.environment, returns=dict[str, str]).values()


@pytest.mark.fault("D12")
def test_the_parent_keeps_nothing_of_a_thousand_calls(sandbox: Sandbox) -> None:
    def held() -> tuple[int, int]:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE"), len(os.listdir("/proc/self/fd"))

    def work() -> None:
        for n in range(500):
            sandbox.call(cases.repeated, b"x" * 100_000, 2, returns=bytes)
            if n % 100 == 0:
                verdict_of(sandbox, cases.leave_at_once, 1)

    work()
    before = held()
    work()
    after = held()

    assert after[1] == before[1]
    assert after[0] - before[0] < 8 * MEGABYTE


ORPHAN = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    from mailflow.parsers.sandbox import Limits, Sandbox
    from tests.parsers import sandbox_cases as cases
    function, fifo = sys.argv[1:]
    sandbox = Sandbox(Limits(), warm=())
    print(sandbox.call(cases.pid, returns=int), flush=True)
    if function:
        pending = sandbox.submit(getattr(cases, function), fifo, returns=int)
        Path(fifo).read_bytes()
    os.kill(os.getpid(), signal.SIGKILL)
    """
)


@pytest.mark.parametrize("function", ["", "tell_and_spin", "tell_and_sleep"])
def test_a_child_does_not_outlive_a_parent_that_was_killed(function: str, fifo: Path) -> None:
    parent = subprocess.run(
        [sys.executable, "-c", ORPHAN, function, str(fifo)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        capture_output=True,
        check=False,
        timeout=60,
    )

    wait_until_gone(int(parent.stdout))


def wait_until_gone(pid: int) -> None:
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    with os.fdopen(handle):
        assert select.select([handle], [], [], 60)[0], "the child lives on"


def test_the_next_call_is_begun_before_anybody_asks_for_the_first(
    sandbox: Sandbox, fifo: Path
) -> None:
    first = sandbox.submit(cases.same, "first", returns=str)
    second = sandbox.submit(cases.tell_and_sleep, str(fifo), returns=int)
    assert fifo.read_bytes()  # nobody has asked for an answer yet
    assert first.result() == "first"
    os.kill(pid_at_work(sandbox), signal.SIGKILL)
    with pytest.raises(ReadingFailed, match="SIGKILL"):
        second.result()


def pid_at_work(sandbox: Sandbox) -> int:
    [seat] = sandbox._seats
    assert seat.child is not None
    return seat.child.pid


def test_a_crash_does_not_take_the_call_that_lies_at_hand_with_it(sandbox: Sandbox) -> None:
    bad = sandbox.submit(cases.abort, returns=str)
    at_hand = [sandbox.submit(cases.same, str(n), returns=str) for n in range(3)]
    assert [call.result() for call in at_hand] == ["0", "1", "2"]
    with pytest.raises(ReadingFailed, match="SIGABRT"):
        bad.result()


def test_a_call_too_large_to_lie_at_hand_waits_its_turn(sandbox: Sandbox) -> None:
    sizes = (10, 3_000_000, 20, 3_000_000)
    calls = [sandbox.submit(cases.letters, "x" * size, returns=int) for size in sizes]
    assert [call.result() for call in reversed(calls)] == list(reversed(sizes))
