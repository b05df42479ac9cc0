"""Thirty order mails of an invented desk come out as their truth says, by `mailflow explain`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

DESK = Path(__file__).parents[1] / "data" / "desk"
TRUTHS = [
    json.loads(line) for line in (DESK / "samples/truth.jsonl").read_text("utf-8").splitlines()
]
CONFIG = """\
mailbox: {{url: "maildir:inbox"}}
transport: {{url: "maildir:outbox", sender: "Desk <orders@chenlu.example>"}}
master: {{products: "{desk}/products.xlsx", customers: "{desk}/customers.xlsx", staff: "{desk}/staff.xlsx"}}
trust: from
"""


@pytest.fixture(scope="module")
def explained(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What `explain --json` says of every sample, by file name."""
    folder = tmp_path_factory.mktemp("desk")
    config = folder / "config.yaml"
    config.write_text(CONFIG.format(desk=DESK), encoding="utf-8")
    files = [str(DESK / "samples" / truth["mail"]) for truth in TRUTHS]
    done = subprocess.run(
        [sys.executable, "-m", "mailflow", "explain", "--json", "--config", str(config), *files],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not (folder / "mailflow.db").exists(), "explain must change nothing"
    said = [json.loads(line) for line in done.stdout.splitlines()]
    return {Path(shape["file"]).name: shape for shape in said}


@pytest.mark.parametrize("truth", TRUTHS, ids=[t["mail"] for t in TRUTHS])
def test_a_sample_is_decided_as_its_truth_says(
    truth: dict[str, Any], explained: dict[str, dict[str, Any]]
) -> None:
    [document] = explained[truth["mail"]]["documents"]
    assert document["decision"] == truth["decision"]
    codes = {finding["code"] for finding in document["findings"]}
    assert not truth["codes"] or codes & set(truth["codes"])


@pytest.mark.parametrize(
    "truth",
    [t for t in TRUTHS if t["decision"] in ("accepted", "held")],
    ids=[t["mail"] for t in TRUTHS if t["decision"] in ("accepted", "held")],
)
def test_a_right_order_has_exactly_its_lines(
    truth: dict[str, Any], explained: dict[str, dict[str, Any]]
) -> None:
    [document], [order] = explained[truth["mail"]]["documents"], truth["orders"]
    lines = sorted([line["sku"], line["tins"], line["funding"]] for line in document["lines"])
    assert document["distributor"] == order["distributor"]
    assert lines == sorted(order["lines"])


def test_every_finding_of_a_faulty_sample_names_its_cell_and_says_it_in_words(
    explained: dict[str, dict[str, Any]],
) -> None:
    for truth in (t for t in TRUTHS if t["decision"] == "returned"):
        [document] = explained[truth["mail"]]["documents"]
        for finding in document["findings"]:
            assert finding["where"], finding
            assert finding["message"], finding
