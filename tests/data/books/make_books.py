"""How the workbooks of this folder were made, once, by programs that the tests do without.

Needs LibreOffice (`soffice`) and xlwt beside openpyxl; run it in this folder.
"""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import xlwt
from openpyxl import Workbook
from openpyxl.comments import Comment

A, B = "晨星配方奶粉1段900g", "晨星配方奶粉2段900g"
HERE = Path(__file__).parent
CONVERTED = {
    "calc.xls": "xls:MS Excel 97",
    "calc.ods": "ods",
    "calc.html": "html:HTML (StarCalc)",
    "calc.xlsx": "xlsx:Calc MS Excel 2007 XML",
}


def truth() -> Workbook:
    """An order with a hidden row, column and sheet, a merge, a comment, dates and formulas."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "订单"
    for row in (
        ("经销商", "某某商贸有限公司", None, None, None, None, "内部"),
        ("日期", date(2026, 11, 3)),
        ("序号", "产品名称", "规格", "箱数", "单价", "金额"),
        (1, A, "900g*6听/箱", 10, 100, "=D4*6*E4", 7),
        (2, B, "900g*6听/箱", 5, 90, "=D5*6*E5"),
        (3, A, "900g*6听/箱", 2, 100, "=D6*6*E6"),
        (4, B, "900g*6听/箱", 3, 90, "=D7*6*E7"),
        ("合计", None, None, "=SUM(D4:D7)", None, "=SUM(F4:F7)"),
        ("请尽快发货\n谢谢",),
        ("比率", 0.25, None, 1.5, True, "=1/0"),
    ):
        sheet.append(row)
    sheet["B2"].number_format = "yyyy-mm-dd"
    sheet["D7"].number_format = "yyyy-mm-dd"
    sheet["B10"].number_format = "0%"
    sheet["D10"].number_format = "[h]:mm"
    sheet["D5"].comment = Comment("这里原来是 50", "某某")
    sheet.merge_cells("A9:F9")
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["G"].hidden = True
    hidden = book.create_sheet("参考")
    hidden.append(("产品名称", "箱数"))
    hidden.append((A, 99))
    hidden.sheet_state = "hidden"
    return book


def convert() -> None:
    with TemporaryDirectory() as folder:
        source, out = Path(folder, "calc.xlsx"), Path(folder, "out")
        truth().save(source)
        for name, form in CONVERTED.items():
            command = ["soffice", "--headless", "--convert-to", form, "--outdir", out, source]
            subprocess.run(command, check=True)
            shutil.copy(out / name, HERE / name)


def uncalculated() -> None:
    """By a program that writes formulas and cannot calculate them; dates count from 1904."""
    book = xlwt.Workbook()
    book.dates_1904 = True
    sheet = book.add_sheet("订单")
    book.add_sheet("参考").write(0, 0, 0.5)
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    rows = (
        ("日期",),
        ("产品名称", "箱数", "单价", "金额"),
        (A, 10, 100, xlwt.Formula("B3*6*C3")),
        (B, xlwt.Formula("B3/2"), 90, xlwt.Formula("ROUND(B4*6*C4;2)")),
        ("合计", xlwt.Formula("SUM(B3:B4)"), "", xlwt.Formula("SUM(D3:D4)+'参考'!A1")),
        (B, xlwt.Formula("VLOOKUP(A6;A1:B5;2;0)"), 90, xlwt.Formula("B6*C6")),
    )
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    sheet.write(0, 1, date(2026, 11, 3), day)
    book.save(str(HERE / "uncalculated.xls"))


if __name__ == "__main__":
    convert()
    uncalculated()
