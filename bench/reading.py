"""How long it takes from the bytes of a workbook to what stands in it, beside pandas.

`python -m bench.reading WAY DESK FILE…` reads each file, the first one twice, and prints the
median in seconds and the most memory in megabytes that the process held which reads. A process of
its own for each way and kind of file, so that each has a memory of its own.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from mailflow.commands.opening import opened
from mailflow.commands.saying import load_config
from mailflow.domain.document import Order
from mailflow.domain.facts import Facts
from mailflow.reading import begin_file
from mailflow.rules.decide import judge


def with_pandas(files: Sequence[Path]) -> float:
    return _median(lambda path: pd.read_excel(path, header=None, engine="openpyxl"), files)


def with_mailflow(desk: Path, files: Sequence[Path]) -> float:
    """Read in the warm child, and judged where it is an order."""
    now = datetime.now(UTC)
    with opened(load_config(desk), lambda: now) as app:
        app.refresh()
        house = app.office.house

        def handled(path: Path) -> None:
            reading = begin_file(app.workshops.sandbox, path.name, path.read_bytes()).result()
            facts: Facts = app.store.facts(reading.head, now)
            kinds = {d.kind for d in reading.documents}
            for document in reading.documents:
                if isinstance(document, Order):
                    judge(document, facts, house.lexicon, house.weights)
            if not kinds or "unknown" in kinds:
                raise SystemExit(f"{path.name}: not read")

        return _median(handled, files)


def _median(read: Callable[[Path], object], files: Sequence[Path]) -> float:
    read(files[0])
    times = []
    for path in files:
        begun = time.perf_counter()
        read(path)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


if __name__ == "__main__":
    way, desk, *names = sys.argv[1:]
    paths = [Path(name) for name in names]
    if way == "pandas":
        seconds, who = with_pandas(paths), resource.RUSAGE_SELF
    else:
        seconds, who = with_mailflow(Path(desk), paths), resource.RUSAGE_CHILDREN
    print(seconds, resource.getrusage(who).ru_maxrss / 1024)
