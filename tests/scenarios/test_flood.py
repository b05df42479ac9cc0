"""A flood of forged mails ends in so many letters for all senders together, and in one alarm (A18)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailflow import pipeline
from mailflow.commands.demo_desk.mails import BEI, NAN, mail
from mailflow.commands.opening import opened
from mailflow.commands.saying import load_config
from mailflow.daemon import one_pass
from tests.scenarios.house import EVENING, build_house, some_mails
from tests.scenarios.replies import order_state

PAPER = b"%PDF-1.4\n" + b"x" * 2000


@pytest.mark.fault("A18")
def test_all_senders_together_get_so_many_letters_and_a_flood_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "MOST_TOGETHER", 3)
    house = build_house(tmp_path / "house")
    for number, sender in enumerate((BEI, NAN, BEI, NAN, BEI, NAN)):
        house.put(f"{number}", mail(sender, f"订单 {number}", "请查收", ("订单.pdf", PAPER)))
    house.put("order", some_mails("01-clean")["01-clean"])
    now = datetime.fromisoformat(EVENING).astimezone(UTC)
    with opened(load_config(house.config), lambda: now, exclusive=True) as app:
        assert one_pass(app.works()).troubles == ()
    # What is no order is answered thrice in all, though each of them might have three.
    answers = [m for m in house.rows("messages") if m["notice"] == "order-answer"]
    assert len(answers) == 3 + 1
    cases = [c for c in house.rows("cases") if c["reason"] == "letters-flood"]
    assert [c["region"] for c in cases] == [""]
    assert len([m for m in house.rows("mails") if m["state"] == "review"]) == 3
    assert order_state(house) == ["accepted"]
