"""Only arithmetic over cells of the same workbook is plain; whatever else is written is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.outbox.workbooks.plain_formula import is_plain

SHEETS = ("订单", "Sheet 1", "It's", "Prices")


@pytest.mark.parametrize(
    "formula",
    [
        "=D7*E7",
        "=$D$7*E7*6",
        "=ROUND(D7*E7,2)",
        "=SUM(F7:F20)",
        "=SUM(F7:F9,F12,-F13)",
        "=SUM(F7:F9)+SUM($F$12:$F$14)",
        "=PRODUCT(D7,E7,6)",
        "=-(D7+E7)/2",
        "=--D7",
        "=D7*95%",
        "= D7 * E7 ",
        "=订单!F7",
        "='Sheet 1'!F7*2",
        "='It''s'!F7",
        "=SUM(Prices!A1:A9)",
        "=ROUND(SUM(F7:F9)*0.95,0)",
        "=XFD1048576",
        "=12.5",
    ],
)
def test_arithmetic_is_plain(formula: str) -> None:
    assert is_plain(formula, SHEETS)


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "=",
        "D7*E7",
        "==D7",
        "=D7 E7",
        "=D7E7",
        "=D7:E7",
        "=SUM()",
        "=SUM(F7:F9",
        "=SUM(F7:F9))",
        "=SUM(F:F)",
        "=SUM(7:9)",
        "=SUM (F7)",
        "=sum(F7)",
        "=AVERAGE(F7:F9)",
        "=INDIRECT(A1)",
        "=HYPERLINK(A1)",
        "=LOG10(5)",
        "=IF(D7,1,2)",
        "=_xlfn.SUM(F7)",
        "=SUM(INDIRECT(A1))",
        "=[1]Prices!A1",
        "='[prices.xlsx]Prices'!A1",
        "='C:\\\\prices\\\\[p.xlsx]Prices'!A1",
        "=Elsewhere!A1",
        "=cmd|'/c calc'!A0",
        "=DDE(A1,B1,C1)",
        "=A0",
        "=XFE1",
        "=A1048577",
        "=AAAA1",
        "=D7&E7",
        '="1"*D7',
        "=D7>E7",
        "=D7^2",
        "=#REF!*2",
        "=TRUE*D7",
        "=1E5",
        "=.5",
        "={1,2}",
        "=@D7",
        "=D7#",
        "=D7!E7",
        "=R1C1",
        "=Total*2",
        "=D7*\x00E7",
        "=" + "(" * 30 + "D7" + ")" * 30,
        "=" + "-" * 30 + "D7",
        "=" + "+".join(["D7"] * 200),
    ],
)
def test_anything_else_is_not(formula: str) -> None:
    assert not is_plain(formula, SHEETS)


SIGNS = "".join(sorted(set("=+-*/(),.%:!$'[]|&\"# SUMROUNDPRODUCTIFABD0179订单")))


@pytest.mark.fault("X17")
@given(text=st.text(alphabet=SIGNS, max_size=40))
def test_no_formula_made_of_such_signs_reaches_out_or_calls_another_function(text: str) -> None:
    if is_plain("=" + text, SHEETS):
        assert not set(text) & set('[]|&"#')
        for piece in text.split("(")[:-1]:
            assert (
                piece.endswith(("SUM", "PRODUCT", "ROUND", "(", "+", "-", "*", "/", ",", " "))
                or not piece
            )
