"""A desk with 120 products and as many order mails of 100 lines as wanted."""

from __future__ import annotations

import io
from email.message import EmailMessage
from pathlib import Path

import xlsxwriter

from mailflow.commands.demo_desk.registers import write_register

CUSTOMERS = 60
LINES = 100
MANAGER = "manager@bench.example"
CONFIG = """\
mailbox: {{url: "imaps://bench@127.0.0.1:{imap}", password: {{env: BENCH_PASSWORD}}, since: all, ca_file: "{ca}"}}
transport: {{url: "smtp://127.0.0.1:{smtp}", sender: "Desk <orders@bench.example>"}}
master: {{products: products.xlsx, customers: customers.xlsx, staff: staff.xlsx}}
trust: from
digest: {{at: "23:59"}}
"""


def products() -> list[tuple[str, str, int]]:
    return [(f"P-{n:03d}", f"示例配方奶粉{n:03d}号800g", 100 + n) for n in range(120)]


def make_desk(folder: Path, **places: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    goods = tuple(
        (sku, name, "", "", "800g*6听/箱", "听", 6, price, "regular", "yes")
        for sku, name, price in products()
    )
    buyers = tuple(
        (f"C{n:03d}", f"第{n:03d}示例商贸有限公司", "", "东区", MANAGER, "", "某某", f"1300000{n:04d}",
         f"示例市示例路{n}号", "", 900_000_000, 0, 0)
        for n in range(CUSTOMERS)
    )  # fmt: skip
    people = (
        ("regional_manager", "经理", MANAGER, "东区", ""),
        ("sales_admin", "销管", "admin@bench.example", "东区", ""),
        ("warehouse", "仓库", "warehouse@bench.example", "", ""),
        ("finance", "财务", "finance@bench.example", "", ""),
        ("marketing_gm", "市场", "gm@bench.example", "", ""),
    )
    for kind, rows in (("products", goods), ("customers", buyers), ("staff", people)):
        write_register(folder, kind, rows)
    config = folder / "config.yaml"
    config.write_text(CONFIG.format(**places), encoding="utf-8")
    return config


def order_sheet(number: int) -> bytes:
    """An order of 100 lines; every one differs, so that none is a repeat."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, ("经销商", f"C{number % CUSTOMERS:03d}"))
    page.write_row(2, 0, ("序号", "产品名称", "规格", "箱数", "单价", "金额"))
    cases, money = 0, 0
    for line, (_, name, price) in enumerate(products()[:LINES], start=1):
        quantity = 1 + (number * 7 + line * (1 + number // 40)) % 40
        cases, money = cases + quantity, money + quantity * 6 * price
        row = (line, name, "800g*6听/箱", quantity, price, quantity * 6 * price)
        page.write_row(2 + line, 0, row)
    page.write_row(3 + LINES, 0, ("合计", "", "", cases, "", money))
    book.close()
    return out.getvalue()


def stock_sheet(rows: int) -> bytes:
    """What a warehouse has of many batches: 8 columns."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    page = book.add_worksheet("库存")
    head = ("仓库", "产品编码", "产品名称", "批号", "生产日期", "有效期至", "库存箱数", "备注")
    page.write_row(0, 0, head)
    articles = products()
    for row in range(1, rows + 1):
        sku, name, _ = articles[row % len(articles)]
        month = 1 + row % 12
        batch = f"B{row:06d}"
        made, until = f"2026-{month:02d}-10", f"2028-{month:02d}-09"
        cells = (f"{1 + row % 3}号仓", sku, name, batch, made, until, row % 90, "")
        page.write_row(row, 0, cells)
    book.close()
    return out.getvalue()


def order_mail(number: int) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = MANAGER, "orders@bench.example"
    mail["Subject"] = f"订单 {number}"
    mail["Message-ID"] = f"<bench-{number}@bench.example>"
    mail.set_content("您好，附件是订单。")
    mail.add_attachment(
        order_sheet(number),
        maintype="application",
        subtype="octet-stream",
        filename=f"订单{number}.xlsx",
    )
    return mail.as_bytes()
