"""Lists of consumers and those who send them, in the house that is played; nobody in them is real."""

from __future__ import annotations

import io
from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any

from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import mail, sheet
from mailflow.commands.demo_desk.registers import STAFF, write_register
from tests.scenarios.house import House

NORTH, SOUTH = "kefu.bei@songping.example", "kefu.nan@songping.example"
AGENTS = (
    ("customer_service", "北区客服小陈", NORTH, "北区", ""),
    ("customer_service", "South Care", SOUTH, "南区", "en"),
)
HEAD = (
    *("消费者姓名", "联系电话", "宝宝姓名", "门店编码", "门店名称", "经销商", "购买产品"),
    *("购买日期", "家庭住址", "备注"),
)
ONE = ("王某芳", "13800001111", "王小宝", "S001", "阳光母婴店", "亲贝", "优护1段")
TWO = ("欧阳某", "13900002222", "", "", "月亮母婴店", "小叶子", "优护2段")
THREE = ("赵某敏", "0371-55550000", "赵乐乐", "", "星星母婴店", "奶香", "优护3段")
REST = ("2026-11-01", "云岭市花园路1号", "晚上打")
PEOPLE = ("王某芳", "欧阳某", "赵某敏", "王小宝", "赵乐乐")
NUMBERS = ("13800001111", "13900002222", "0371-55550000", "037155550000", "55550000")


def with_agents(house: House, *agents: tuple[str, ...]) -> House:
    write_register(house.folder, "staff", (*STAFF, *agents))
    return house


def listed(*rows: Sequence[Any], head: Sequence[str] = HEAD) -> bytes:
    full = [[*row, *REST[: len(head) - len(row)]] for row in rows]
    return sheet([["消费者名单"], list(head), *full], "名单")


def brings(sender: str, *rows: Sequence[Any], subject: str = "11月消费者名单") -> bytes:
    return mail(sender, subject, "请查收", ("消费者名单.xlsx", listed(*rows)))


def workbook_in(message: EmailMessage) -> list[list[Any]]:
    """The rows of its one workbook."""
    return [list(row) for row in book_in(message).active.iter_rows(values_only=True)]


def book_in(message: EmailMessage) -> Any:
    [attached] = message.iter_attachments()
    return load_workbook(io.BytesIO(attached.get_content()))


def texts_in(message: EmailMessage) -> str:
    """All that somebody can read in a letter: headers, texts, and every cell of every workbook."""
    told = [f"{name}: {value}" for name, value in message.items()]
    for part in message.walk():
        data = part.get_payload(decode=True)
        name = part.get_filename() or ""
        told.append(name)
        if name.endswith(".xlsx") and isinstance(data, bytes):
            book = load_workbook(io.BytesIO(data))
            for page in book.worksheets:
                for row in page.iter_rows():
                    told += [f"{cell.value} {cell.comment or ''}" for cell in row]
        elif isinstance(data, bytes):
            told.append(data.decode("utf-8", "replace"))
    return "\n".join(told)
