"""Who owes money is reminded before the day and on it, to the cent, in one letter a person, until it is paid."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailflow.commands.demo_desk.mails import A1, mail, order, sheet
from mailflow.commands.demo_desk.registers import CONFIG
from tests.scenarios.house import House, build_house, some_mails
from tests.scenarios.replies import BEI, FINANCE, NAN, letters, words
from tests.scenarios.report_mails import PAYMENTS

ON = CONFIG + "payments: {remind: 22, due: 25, at: '09:00'}\n"
N101, N102 = "n101@dealer.example", "n102@dealer.example"


def at(day: int, hour: str = "09:30") -> str:
    return f"2026-11-{day:02}T{hour}:00+08:00"


def begun(folder: Path, config: str = ON, day: int = 10) -> House:
    """N101 owes its order, 57,600.00; N102 12,000.00 and N103 40,000.00 since the opening."""
    house = build_house(folder, config)
    for name, raw in some_mails("01-clean").items():
        house.put(name, raw)
    assert house.once(at(day)).returncode == 0
    return house


def reminded(house: House, to: str = "") -> list[str]:
    return [words(m) for m in letters(house, to, "未付")]


def test_nobody_is_reminded_where_no_day_is_set_or_none_has_come(tmp_path: Path) -> None:
    silent = begun(tmp_path / "silent", CONFIG)
    silent.once(at(25))
    house = begun(tmp_path / "house")
    house.once(at(22))  # a Sunday, which rolls on
    house.once(at(23, "08:59"))
    late = begun(tmp_path / "late", day=26)
    late.once(at(27))
    assert reminded(silent) == reminded(house) == reminded(late) == []


def test_each_hears_before_the_day_and_on_it_and_nothing_once_he_has_paid(tmp_path: Path) -> None:
    house = begun(tmp_path)
    house.once(at(23))
    house.once(at(23, "17:00"))
    house.once(at(24))
    [before] = reminded(house, BEI)
    assert "还有 109,600.00 元未付，请在11月25日前付清" in before
    for line in ("N101 · 北区  57,600.00", "N103 · 北区  40,000.00", "N102 · 北区  12,000.00"):
        assert line in before
    [own] = reminded(house, N101)
    assert "还有 57,600.00 元未付" in own
    assert "N102" not in own
    [other] = reminded(house, N102)
    assert "还有 12,000.00 元未付" in other
    house.put("2", PAYMENTS.raw)
    house.once(at(24, "10:00"))
    house.once(at(25))
    house.once(at(26))
    [_, on_the_day] = reminded(house, BEI)
    assert "还有 61,312.00 元未付，今天（11月25日）到期" in on_the_day
    assert "N102" not in on_the_day  # it has paid, and half a yuan more
    [_, own] = reminded(house, N101)
    assert "还有 21,312.00 元未付" in own
    assert reminded(house, N102) == [other]
    assert len(reminded(house)) == 5
    assert letters(house, NAN, "open") == []
    house.put("3", mail(FINANCE, "N101 对账单", "谢谢"))
    house.once(at(26, "10:00"))
    [statement] = letters(house, FINANCE, "[DZ-N101-202611]")
    assert "期末应收  21,312.00" in words(statement)


def test_who_was_down_on_both_days_reminds_once_of_what_is_open_then(tmp_path: Path) -> None:
    house = begun(tmp_path)
    after = f"{CONFIG}payments: {{remind: 22, due: 25}}\ncut_off: 9\n"
    (tmp_path / "config.yaml").write_text(after, encoding="utf-8")
    later = mail(BEI, "亲贝订单", "您好，附件是订单", ("亲贝订单.xlsx", _of_n103()))
    house.put("2", later)
    house.once("2026-11-26T08:00:00+08:00")
    assert [o["state"] for o in house.rows("orders")] == ["accepted", "accepted"]
    house.once("2026-11-28T10:00:00+08:00")  # a Saturday
    assert reminded(house) == []
    house.put("3", PAYMENTS.raw)
    house.once("2026-12-01T08:00:00+08:00")
    house.once("2026-12-01T09:30:00+08:00")
    house.once("2026-12-02T09:30:00+08:00")
    [late] = reminded(house, BEI)
    # The order of the 26th counts to December; what was paid in December counts all the same.
    assert "2026年11月货款还有 61,312.00 元未付，11月25日已到期" in late
    assert [text for text in reminded(house, N101) if "21,312.00" in text]
    assert len(reminded(house)) == 2


def _of_n103() -> bytes:
    return sheet(order("N103", [(A1, 2, "现金")]))


@pytest.mark.parametrize("failpoint", ["reminder.queued", "reminder.queued:2"])
def test_whatever_kills_it_on_the_way_each_hears_once(tmp_path: Path, failpoint: str) -> None:
    house = begun(tmp_path)
    assert house.once(at(23), MAILFLOW_FAILPOINT=failpoint).returncode == -9
    house.once(at(23, "09:40"))
    house.once(at(24))
    assert [len(reminded(house, who)) for who in (BEI, N101, N102)] == [1, 1, 1]
