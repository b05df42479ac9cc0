"""The demo's mails: what a desk gets on an ordinary day, good and bad."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from typing import Any

import xlsxwriter

BEI, NAN = "bei.manager@songping.example", "nan.manager@songping.example"
SHIP = {
    "N101": ("青禾市小叶子母婴用品有限公司", "陈一鸣", "13000000101", "青禾市临江路18号", ""),
    "N102": ("白石市宝宝屋商贸有限公司", "林小雨", "13000000102", "白石市星光街7号", "白石市北郊物流园3号库"),
    "N103": ("云岭市亲贝孕婴用品店", "周安", "13000000103", "云岭市花园路66号", ""),
    "S201": ("南渡市奶香贸易有限公司", "吴越", "13000000201", "南渡市海棠路9号", ""),
    "S202": ("清河市童心食品经营部", "郑乐", "13000000202", "清河市建业路120号", "清河市临港仓储区B2"),
}  # fmt: skip
HEAD = ("序号", "产品名称", "规格", "订货数量（箱）", "单价", "金额", "款项性质", "备注")
A1, A2, A3 = ("松坪优护婴儿配方奶粉1段800g", 198), ("松坪优护较大婴儿配方奶粉2段800g", 188), ("松坪优护幼儿配方奶粉3段800g", 178)  # fmt: skip
G1, G2 = ("松坪山羊婴儿配方奶粉1段800g", 328), ("松坪山羊较大婴儿配方奶粉2段800g", 318)
Row = Sequence[Any]


def sheet(rows: Sequence[Row], name: str = "订单") -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
    box = book.add_format({"border": 1})
    table = next((n for n, row in enumerate(rows) if len(row) > 4), 0)
    for number, row in enumerate(rows):
        look = head if number == table else box if number > table else None
        for column, value in enumerate(row):
            page.write(number, column, value, look)
    page.set_column(0, 0, 12)
    page.set_column(1, 1, 36)
    page.set_column(2, 7, 13)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def order(code: str, lines: Sequence[tuple[tuple[str, int], int, str]], **change: Any) -> list[Row]:
    """An order form of six per case; `change` puts a mistake in: price, address, total."""
    name, who, phone, address, actual = SHIP[code]
    rows: list[Row] = [
        ("经销商", change.get("name", name)),
        ("订货日期", "2026-11-10"),
        ("收货人", who),
        ("联系电话", phone),
        ("收货地址", change.get("address", address)),
    ]
    if actual:
        rows.append(("实到地址", actual))
    rows += [(), HEAD]
    cases, money = 0, 0
    for number, ((product, price), quantity, funding) in enumerate(lines, start=1):
        price = change.get("price", price) if number == 1 else price
        amount = quantity * 6 * price
        cases, money = cases + quantity, money + amount
        rows.append((number, product, "800g*6听/箱", quantity, price, amount, funding, ""))
    rows.append(("合计", "", "", cases, "", change.get("total", money), "", ""))
    return rows


def mail(sender: str, subject: str, text: str, *files: tuple[str, bytes], **more: str) -> bytes:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "orders@songping.example"
    message["Subject"] = subject
    message["Date"] = "Tue, 10 Nov 2026 10:00:00 +0800"
    digest = hashlib.sha256(f"{sender} {subject}".encode()).hexdigest()[:16]
    message["Message-ID"] = f"<{digest}@songping.example>"
    for name, value in more.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def csv_order() -> bytes:
    rows = [*order("S202", [(A2, 20, "现金"), (A3, 15, "现金")])]
    return "\r\n".join(",".join(str(v) for v in row) for row in rows).encode("gb18030")


def english_order() -> bytes:
    rows: list[Row] = [
        ("Distributor", "S201"),
        ("Order date", "2026-11-10"),
        (),
        ("No.", "Item", "Pack", "Cases", "Tins", "Unit price", "Amount"),
        (1, "Songping Care Stage 1 800 g", "800g*6", 30, 180, 198, 35640),
        (2, "Songping Goat Stage 3 800 g", "800g*6", 12, 72, 308, 22176),
        ("Grand total", "", "", 42, 252, "", 57816),
    ]
    return sheet(rows, "PO")


def mails() -> Iterator[tuple[str, bytes]]:
    """File name and raw bytes, in the order in which they arrive."""
    hello = "您好，附件是订单，请安排发货，谢谢！"
    good = [(A1, 20, "现金"), (A2, 30, "现金"), (G1, 5, "费用")]
    yield (
        "01-clean",
        mail(BEI, "小叶子11月订单", hello, ("小叶子订单1110.xlsx", sheet(order("N101", good)))),
    )
    loose = order("N102", [(A1, 10, "现金"), (A3, 12, "现金")])
    loose[9] = (2, A3[0], "800g*6听/箱", 9.5, 178, 10146, "现金", "")
    loose[10] = ("合计", "", "", 19.5, "", 22026, "", "")
    yield "02-loose-tins", mail(BEI, "宝宝屋订单", hello, ("宝宝屋订单.xlsx", sheet(loose)))
    wrong = order("N101", [(A2, 16, "现金"), (G2, 8, "现金")], price=178)
    yield "03-wrong-price", mail(BEI, "小叶子补货", hello, ("小叶子补货.xlsx", sheet(wrong)))
    strange = order("S202", [(("松坪至臻婴儿配方奶粉1段800g", 268), 10, "现金"), (A1, 6, "现金")])
    yield "04-unknown-product", mail(NAN, "童心订单", hello, ("童心订单.xlsx", sheet(strange)))
    moved = order("S201", [(G1, 10, "现金"), (G2, 10, "现金")], address="南渡市海棠路90号")
    yield "05-wrong-ship-to", mail(NAN, "奶香订单", hello, ("奶香订单.xlsx", sheet(moved)))
    yield (
        "06-english",
        mail(NAN, "PO S201 November", "Please ship, thanks.", ("PO S201.xlsx", english_order())),
    )
    yield "07-csv", mail(NAN, "童心订单（csv）", hello, ("童心订单1110.csv", csv_order()))
    yield (
        "08-auto-reply",
        mail(
            BEI,
            "自动回复: 订单已受理",
            "我正在休假。",
            X_QQ_AUTO_REPLY="true",
            Auto_Submitted="auto-replied",
        ),
    )
    yield "09-stranger", mail("hello@stranger.example", "合作咨询", "想了解一下代理政策。")
    yield (
        "10-broken",
        mail(BEI, "宝宝屋订单（重发）", hello, ("宝宝屋订单.xlsx", sheet(loose)[:3000])),
    )
    credit = order("N103", [(A1, 20, "现金")])
    yield "11-over-credit", mail(BEI, "亲贝订单", hello, ("亲贝订单.xlsx", sheet(credit)))
    expense = order("S202", [(A2, 10, "现金"), (G2, 6, "费用")])
    yield "12-over-expense", mail(NAN, "童心费用货", hello, ("童心费用货.xlsx", sheet(expense)))
    foreign = order("S201", [(A1, 12, "现金")])
    yield "13-not-entitled", mail(BEI, "代奶香下单", hello, ("奶香订单.xlsx", sheet(foreign)))
    total = order("N101", [(A3, 8, "现金"), (G1, 4, "现金")], total=17000)
    yield (
        "14-wrong-total",
        mail(BEI, "小叶子订单（二）", hello, ("小叶子订单二.xlsx", sheet(total))),
    )
    yield (
        "15-the-same-again",
        mail(
            BEI,
            "小叶子11月订单（再发一次）",
            hello,
            ("小叶子订单1110.xlsx", sheet(order("N101", good))),
        ),
    )
    yield "16-no-attachment", mail(BEI, "请问清单发了吗", "请问昨天的清单发了吗？")
