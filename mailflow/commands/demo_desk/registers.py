"""The invented dairy's registers; no name, number or address is anybody's."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

HEADS = {
    "products": (
        "sku", "name", "english_name", "aliases", "spec", "unit", "units_per_case", "price", "kind", "active",
    ),
    "customers": (
        "code", "name", "aliases", "region", "regional_manager", "email", "consignee", "phone", "address",
        "delivery_address", "credit_limit", "expense_balance", "owed",
    ),
    "staff": ("role", "name", "email", "regions", "language"),
    "budgets": ("region", "month", "budget"),
    "prices": ("sku", "price", "since", "until", "region", "distributor", "list"),
}  # fmt: skip

PRODUCTS = (
    ("SP-A1-800", "松坪优护婴儿配方奶粉1段800g", "Songping Care Stage 1 800 g", "优护1段; 优护一段", "800g*6听/箱", "听", 6, 198, "regular", "yes"),
    ("SP-A2-800", "松坪优护较大婴儿配方奶粉2段800g", "Songping Care Stage 2 800 g", "优护2段; 优护二段", "800g*6听/箱", "听", 6, 188, "regular", "yes"),
    ("SP-A3-800", "松坪优护幼儿配方奶粉3段800g", "Songping Care Stage 3 800 g", "优护3段; 优护三段", "800g*6听/箱", "听", 6, 178, "regular", "yes"),
    ("SP-A3-400", "松坪优护幼儿配方奶粉3段400g", "Songping Care Stage 3 400 g", "优护3段400g", "400g*12听/箱", "听", 12, "92.5", "regular", "yes"),
    ("SP-G1-800", "松坪山羊婴儿配方奶粉1段800g", "Songping Goat Stage 1 800 g", "山羊1段; 羊奶1段", "800g*6听/箱", "听", 6, 328, "regular", "yes"),
    ("SP-G2-800", "松坪山羊较大婴儿配方奶粉2段800g", "Songping Goat Stage 2 800 g", "山羊2段; 羊奶2段", "800g*6听/箱", "听", 6, 318, "regular", "yes"),
    ("SP-G3-800", "松坪山羊幼儿配方奶粉3段800g", "Songping Goat Stage 3 800 g", "山羊3段; 羊奶3段", "800g*6听/箱", "听", 6, 308, "regular", "yes"),
    ("SP-A1-S120", "松坪优护小听粉1段120g", "Songping Care Sample Stage 1 120 g", "优护小听1段", "120g*24听/箱", "听", 24, 0, "sample", "yes"),
    ("SP-A2-S120", "松坪优护小听粉2段120g", "Songping Care Sample Stage 2 120 g", "优护小听2段", "120g*24听/箱", "听", 24, 0, "sample", "yes"),
    ("SP-K4-800", "松坪学生奶粉800g", "Songping Student 800 g", "学生奶粉", "800g*6听/箱", "听", 6, 88, "regular", "no"),
)  # fmt: skip

CUSTOMERS = (
    ("N101", "青禾市小叶子母婴用品有限公司", "小叶子; 青禾小叶子", "北区", "bei.manager@songping.example", "n101@dealer.example", "陈一鸣", "13000000101", "青禾市临江路18号", "", 300000, 20000, 0),
    ("N102", "白石市宝宝屋商贸有限公司", "宝宝屋; 白石宝宝屋", "北区", "bei.manager@songping.example", "n102@dealer.example", "林小雨", "13000000102", "白石市星光街7号", "白石市北郊物流园3号库", 300000, 8000, 12000),
    ("N103", "云岭市亲贝孕婴用品店", "亲贝; 云岭亲贝", "北区", "bei.manager@songping.example", "", "周安", "13000000103", "云岭市花园路66号", "", 60000, 0, 40000),
    ("S201", "南渡市奶香贸易有限公司", "奶香; 南渡奶香", "南区", "nan.manager@songping.example", "s201@dealer.example", "吴越", "13000000201", "南渡市海棠路9号", "", 500000, 30000, 0),
    ("S202", "清河市童心食品经营部", "童心; 清河童心", "南区", "nan.manager@songping.example", "", "郑乐", "13000000202", "清河市建业路120号", "清河市临港仓储区B2", 200000, 5000, 0),
)  # fmt: skip

STAFF = (
    ("regional_manager", "北区经理", "bei.manager@songping.example", "北区", ""),
    ("regional_manager", "South Manager", "nan.manager@songping.example", "南区", "en"),
    ("sales_admin", "销管小何", "he@songping.example", "北区,南区", ""),
    ("warehouse", "中心仓", "warehouse@songping.example", "", ""),
    ("logistics", "物流部", "logistics@songping.example", "", ""),
    ("finance", "财务部", "finance@songping.example", "", ""),
    ("marketing_gm", "市场部总经理", "gm@songping.example", "", ""),
    ("it_admin", "系统管理员", "it@songping.example", "", ""),
)

CONFIG = """\
# The demo's own configuration: everything stays in this folder.
timezone: Asia/Shanghai
language: zh
mailbox: {url: "maildir:inbox", since: all}
transport: {url: "maildir:outbox", sender: "松坪销管订单 <orders@songping.example>"}
database: {url: "sqlite:///mailflow.db"}
spool: spool
master: {products: products.xlsx, customers: customers.xlsx, staff: staff.xlsx}
trust: from
digest: {at: "17:30"}
mode: live
"""


def write_register(folder: Path, kind: str, rows: tuple[tuple[object, ...], ...]) -> Path:
    """A register workbook with the contract's header words, ready to be filled in."""
    path = folder / f"{kind}.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(kind)
    bold = book.add_format({"bold": True, "bg_color": "#E6E6E6", "border": 1})
    for column, word in enumerate(HEADS[kind]):
        page.write_string(0, column, word, bold)
        longest = max((_width(row[column]) for row in rows), default=0)
        page.set_column(column, column, min(36, max(12, len(word) + 3, longest + 2)))
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                page.write_number(number, column, value)
            else:
                page.write_string(number, column, str(value))
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    book.close()
    return path


def _width(value: object) -> int:
    """In digits, of which a Chinese sign is as wide as two."""
    return sum(1 if sign.isascii() else 2 for sign in str(value))
