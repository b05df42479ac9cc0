"""Mails with consumers' numbers in every place and every writing; nobody in them is real.

Each number stands in one mail alone, so that one that is found tells where it came from.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from mailflow.commands.demo_desk.mails import A1, BEI, NAN, mail, order, sheet
from tests.scenarios.consumers import HEAD, NORTH, listed
from tests.scenarios.replies import ADMIN
from tests.scenarios.test_requests import APPLIES

DEALER, STRANGER = "n101@dealer.example", "who@nowhere.example"
N = tuple(f"139000030{number:02}" for number in range(1, 30))
S = tuple(f"137000040{number:02}" for number in range(1, 6))
LANDLINES = ("037155503005", "04715553006")
WRONG = ("138000011", "1390000300777")
SAID = N[20:22]
"""In the words of mails that bring no list: whose they are is not known, and the mails are kept."""
TO_CALL = {*N[:8], *LANDLINES}
"""Of the first list, as its agent dials them."""
ALL = (*N, *S, *LANDLINES, *(number[-8:] for number in LANDLINES), *WRONG)
WIDE = {ord(str(digit)): chr(ord("０") + digit) for digit in range(10)}
RESULTS = ("经销商", "门店", "消费者", "电话", "产品名称", "回访日期", "回访结果", "是否使用", "反馈内容")  # fmt: skip
Row = tuple[object, ...]


def north(phone: object) -> Row:
    return ("王某芳", phone, "", "", "阳光母婴店", "小叶子", "优护1段")


def south(phone: object) -> Row:
    return ("赵某敏", phone, "", "", "星星母婴店", "奶香", "优护3段")


def brings(sender: str, subject: str, *rows: Row, name: str = "名单.xlsx") -> bytes:
    return mail(sender, subject, "请查收", (name, listed(*rows)))


def lists() -> Iterator[bytes]:
    yield from written()
    yield from beside()
    yield from wrapped()
    yield from elsewhere()


def written() -> Iterator[bytes]:
    """Good ones, wrong ones and those that are there twice; and one that nobody asked for."""
    phones = (
        *(N[0], f"+86 {N[1]}", f"0086 {N[2][:3]} {N[2][3:7]} {N[2][7:]}", N[3].translate(WIDE)),
        *(float(N[4]), int(N[5]), f"{N[6][:3]}-{N[6][3:7]}-{N[6][7:]}", f"(+86){N[7]}"),
        *("0371-5550 3005", "0471-5553006"),
    )
    good = (*map(north, phones), *map(south, S[:2]))
    yield brings(ADMIN, "11月消费者名单", *good)
    bad = (WRONG[0], WRONG[1], N[8], f"+86{N[8]}", N[0])
    yield brings(BEI, "北区消费者名单", *map(north, bad), south(S[2]))
    yield brings(STRANGER, "消费者名单", north(N[9]))


def beside() -> Iterator[bytes]:
    """In subjects, names of files, and the words of a mail."""
    yield brings(DEALER, f"消费者名单 {N[10]}", north(N[10]))
    yield brings(NAN, "消费者名单", south(S[3]), south(WRONG[0]), name=f"赵女士{S[3]}.xlsx")
    for sender, phone in ((BEI, SAID[0]), (STRANGER, SAID[1])):
        subject = f"王女士 {phone[:3]}-{phone[3:7]}-{phone[7:]} 投诉"
        yield mail(sender, subject, f"王某芳 {phone} 说奶粉结块")


def wrapped() -> Iterator[bytes]:
    """Pasted, as text, packed, passed on, and in a file that nobody can read."""
    tables = [(HEAD[:7], north(N[number]), north(WRONG[0])) for number in (11, 12)]
    lines = ["\n".join(mark.join(map(str, row)) for row in table) for table, mark in zip(tables, "\t,", strict=True)]  # fmt: skip
    yield mail(BEI, "消费者名单 粘贴", lines[0])
    yield mail(BEI, "消费者名单 文本", "请查收", ("名单.csv", lines[1].encode("gb18030")))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(f"{N[13]}.xlsx", listed(north(N[13]), north(WRONG[0])))
    yield mail(BEI, "消费者名单 压缩", "请查收", ("名单.zip", out.getvalue()))
    inner = brings("dian@store.example", f"消费者名单 {N[14]}", north(N[14]))
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = BEI, "orders@songping.example", "转发：消费者名单"  # fmt: skip
    outer.set_content("请处理")
    outer.add_attachment(message_from_bytes(inner, policy=default))
    yield outer.as_bytes()
    broken = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + N[15].encode() * 50
    yield mail(BEI, "消费者名单 旧表", "请查收", ("名单.xls", broken))
    unknown = sheet([("姓名", "手机"), ("王某芳", N[16])], "登记")
    yield mail(BEI, "消费者登记", "请看", ("登记.xlsx", unknown))


def elsewhere() -> Iterator[bytes]:
    """With an order, a request, papers to be kept, an announcement; and results of calls."""
    yield mail(
        *(BEI, "名单和订单", "请查收"),
        ("名单.xlsx", listed(north(N[17]), north(WRONG[0]))),
        ("订单.xlsx", sheet(order("N103", [(A1, 3, "现金")]))),
    )
    yield mail(BEI, "申请 培训", APPLIES, ("消费者名单.xlsx", listed(north(N[18]))))
    yield mail(
        *(ADMIN, "合同归档 名单", "请归档"),
        ("消费者名单.xlsx", listed(north(N[19]))),
        (f"{N[22]}.txt", f"王某芳 {N[22]}".encode()),
    )
    yield mail(ADMIN, "公告：十一月回访", "见附件", ("消费者名单.xlsx", listed(north(N[23]))))
    calls = [
        ("小叶子", "阳光母婴店", "王某芳", phone, "松坪优护小听粉2段120g", "2026-11-03", result, "是", f"换号 {N[26]}")
        for phone, result in ((N[24], "接通"), (N[25], "不知道"))
    ]  # fmt: skip
    results = sheet([("回访结果",), RESULTS, *calls], "结果")
    yield mail(NORTH, "回访结果", "请查收", ("结果.xlsx", results))
