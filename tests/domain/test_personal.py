"""What of a consumer is shown to those who may not know who he is."""

from __future__ import annotations

import pytest

from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.personal import without_names, without_numbers
from mailflow.domain.sheet import Place


@pytest.mark.parametrize(
    "text",
    [
        *("FH261110-0003-B1", "2026-11-10 18:00:00", "DD20261110-0001", "R-2026-0001"),
        *("运单 139000030010", "PO-2026-00371", "HT-2026-007", "6901234567892", ""),
    ],
)
def test_other_figures_stay(text: str) -> None:
    assert without_numbers(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("王女士13900003001.xlsx", "王女士139****3001.xlsx"),
        ("+86 13900003001", "139****3001"),
        ("0086-139 0000 3001 投诉", "139****3001 投诉"),
        ("（１３９－００００－３００１）", "（139****3001）"),
        ("0371-55503005", "037****3005"),
        ("电话：04715553006", "电话：047****3006"),
    ],
)
def test_a_number_in_a_subject_is_shown_by_its_ends(text: str, shown: str) -> None:
    assert without_numbers(text) == shown


def test_of_a_finding_only_names_of_files_are_changed() -> None:
    name, shown = "13900003001.xlsx", "139****3001.xlsx"
    at = Place(name, "S", 0, 0)
    details = (("attachment", name), ("other", "13900003001"))
    told = Finding("a", Severity.ERROR, Asked.SENDER, at=at, found="13900003001", details=details)
    kept = without_names(told)
    assert kept.at == Place(shown, "S", 0, 0)
    assert kept.found == "13900003001"
    assert kept.details == (("attachment", shown), ("other", "13900003001"))
    refused = Finding("attachment-refused", Severity.ERROR, Asked.SENDER, found=name)
    assert without_names(refused).found == shown
