"""`make bench`: figures as ratios within one run; a report, not a test."""

from __future__ import annotations

import compileall
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import mailflow
from bench.desk import make_desk, order_mail, order_sheet, stock_sheet
from tests.authority import make_authority
from tests.live.dovecot import Dovecot, running_dovecot

MAILS = int(os.environ.get("MAILS", "300"))


@dataclass(frozen=True)
class Run:
    """`processor`: seconds of it and of all it started, which other work on the machine hardly
    changes."""

    seconds: float
    processor: float
    megabytes: float
    code: int


def measured(*command: str, **environment: str) -> Run:
    """Wall time, processor time, and the largest memory of the process itself, not of its
    children."""
    begun = time.monotonic()
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds, processor = time.monotonic() - begun, usage.ru_utime + usage.ru_stime
    return Run(seconds, processor, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fill(server: Dovecot) -> None:
    for number in range(MAILS):
        server.deliver("bench", order_mail(number))


def passes(folder: Path, server: Dovecot, sink: int) -> None:
    config = make_desk(folder, imap=server.imaps_port, ca=server.ca_file, smtp=sink)
    script = measured(
        sys.executable, "-m", "bench.afternoon",
        str(server.imaps_port), str(server.ca_file), server.password, str(sink),
    )  # fmt: skip
    ours = measured(
        sys.executable, "-m", "mailflow", "run", "--once", "--config", str(config),
        BENCH_PASSWORD=server.password,
    )  # fmt: skip
    tell("plain script", script)
    tell("mailflow", ours)
    print(f"mailflow does {script.seconds / ours.seconds:.1f} times the mails per second")
    print(
        f"mailflow takes {ours.processor / script.processor:.2f} of the script's processor time; on "
        f"two processors that are always at work: {2 * script.processor / ours.processor:.1f} times"
    )
    print(f"memory of the daemon itself: {ours.megabytes:.0f} MB")


def tell(name: str, run: Run) -> None:
    rate = MAILS / run.seconds
    print(
        f"{name:<14}{run.seconds:7.1f} s  {rate:6.1f} mails/s  "
        f"{run.processor * 1000 / MAILS:6.1f} ms of processor a mail  "
        f"{run.megabytes:5.0f} MB  exit {run.code}"
    )


def commands(folder: Path) -> None:
    """How long a person waits for a command, beside a bare interpreter."""
    mail = folder / "order.eml"
    mail.write_bytes(order_mail(1))
    bare = measured(sys.executable, "-c", "pass")
    for name, arguments in (
        ("--help", ("--help",)),
        ("explain", ("explain", "--config", str(folder / "config.yaml"), str(mail))),
    ):
        run = min(
            (measured(sys.executable, "-m", "mailflow", *arguments) for _ in range(3)),
            key=lambda r: r.seconds,
        )
        print(
            f"mailflow {name:<10}{run.seconds:6.2f} s  ({run.seconds / bare.seconds:.0f} x bare Python)"
        )


ORDERS = 40
STOCK_ROWS = 50_000


def readings(folder: Path) -> None:
    """From the bytes of a workbook to what stands in it, beside pandas with openpyxl."""
    orders = [folder / f"order-{number}.xlsx" for number in range(ORDERS)]
    for number, path in enumerate(orders):
        path.write_bytes(order_sheet(number))
    stock = folder / "stock.xlsx"
    stock.write_bytes(stock_sheet(STOCK_ROWS))
    for name, files in (
        ("an order of 100 lines", orders),
        (f"stock of {STOCK_ROWS:,} rows", [stock]),
    ):
        ways = {way: read_in_its_own_process(way, folder, files) for way in ("mailflow", "pandas")}
        for way, (seconds, megabytes) in ways.items():
            print(f"{name}: {way:<8} {seconds * 1000:9.1f} ms  {megabytes:5.0f} MB")
        print(
            f"{name}: mailflow takes {ways['mailflow'][0] / ways['pandas'][0]:.2f} of pandas' time"
        )


def read_in_its_own_process(way: str, desk: Path, files: Sequence[Path]) -> tuple[float, float]:
    """Seconds, megabytes."""
    command = (sys.executable, "-m", "bench.reading", way, str(desk / "config.yaml"))
    environment = {**os.environ, "BENCH_PASSWORD": "unused"}
    done = subprocess.run(
        [*command, *map(str, files)], env=environment, check=True, capture_output=True, text=True
    )
    seconds, megabytes = done.stdout.split()
    return float(seconds), float(megabytes)


def as_installed() -> None:
    """Byte code of our own modules too, as pip has made it for every package that it installed."""
    compileall.compile_dir(mailflow.__path__[0], quiet=1)


def figures(folder: Path) -> None:
    """The statistics of a year, beside the same number of lines read once by plain SQL."""
    subprocess.run([sys.executable, "-m", "bench.statistics", str(folder)], check=True)
    config = str(folder / "config.yaml")
    command = ("-m", "mailflow", "report", "year", "2026", "--json", "--config", config)
    run = measured(sys.executable, *command, BENCH_PASSWORD="unused")
    plain = measured(sys.executable, "-c", PLAIN_SUM, str(folder / "mailflow.db"))
    print(
        f"statistics of a year: {run.seconds:.1f} s  {run.megabytes:.0f} MB  exit {run.code}  "
        f"({run.seconds / plain.seconds:.1f} x one plain sum over all lines)"
    )


def stock(folder: Path) -> None:
    """All inventory reports of a month with the two years before them, from the pass that finds the
    last one in to the letter with its workbook and pictures; beside the lines read once by plain SQL."""
    subprocess.run([sys.executable, "-m", "bench.stock", str(folder)], check=True)
    command = ("-m", "mailflow", "run", "--once", "--config", str(folder / "config.yaml"))
    opened = measured(sys.executable, *command, "--now", "2026-11-02T09:00:00+08:00")
    run = measured(sys.executable, *command, "--now", "2026-11-18T10:00:00+08:00")
    plain = measured(sys.executable, "-c", PLAIN_LINES, str(folder / "mailflow.db"))
    letters = [p for p in (folder / "outbox" / "new").iterdir() if p.stat().st_size > 200_000]
    print(
        f"stock of a month: {run.seconds - opened.seconds:.1f} s  daemon {run.megabytes:.0f} MB  "
        f"exit {run.code}  letters {len(letters)}  "
        f"({(run.seconds - opened.seconds) / plain.seconds:.1f} x all lines read once)"
    )


PLAIN_LINES = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as book:
    book.execute("select * from inventory_lines").fetchall()
"""
PLAIN_SUM = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as book:
    book.execute(
        "select distributor, sku, sum(l.tins) from order_lines l join orders o on o.id = l.order_id"
        " group by 1, 2"
    ).fetchall()
"""


def main() -> None:
    as_installed()
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="mailflow-bench-") as text:
        folder = Path(text)
        sink = subprocess.Popen([sys.executable, "-m", "bench.sink", str(port)])
        try:
            with running_dovecot(make_authority(folder)) as server:
                fill(server)
                passes(folder / "desk", server, port)
                commands(folder / "desk")
                readings(folder / "desk")
                figures(folder / "year")
                stock(folder / "stock")
        finally:
            sink.terminate()
            sink.wait()


main()
