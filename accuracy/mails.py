"""A mail around workbooks or a pasted table, as the usual programs send it."""

from __future__ import annotations

import io
import re
import zipfile
from base64 import encodebytes
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape
from random import Random

from accuracy.mail_names import disposition, encoded_word, subject_line
from accuracy.moment import RECEIVED
from accuracy.tnef import winmail

GREETINGS = (
    "您好，附件是订单，请查收并安排发货，谢谢！",
    "销管老师好：\n\n　　附件为本月订单，请审核。\n\n谢谢！",
    "见附件",
    "",
    "你好\n订单已填好，麻烦处理一下，有问题随时联系。",
    "请查收附件，收到请回复，谢谢。",
    "Hi,\n\nPlease find the order attached.\n\nBest regards",
)
BODY_GREETINGS = (
    "您好，订单如下：",
    "你好，请按下表安排发货：",
    "销管老师，订单见下，谢谢",
    "订单：",
)
SIGNATURES = (
    "",
    "\n\n--\n区域经理 小王\n手机 13700000000",
    "\n\n发自我的iPhone",
    "\n\n小王 | 销售部 | 岚山路8号创新大厦",
)
SUBJECTS = (
    "订单",
    "{month}月订单",
    "订货单",
    "{month}月第二批订单，请查收",
    "订单{day}",
    "发货订单",
    "新订单请安排",
    "PO {day}",
    "",
)


@dataclass(frozen=True)
class Part:
    """An attachment: its name, how that is written, its type and bytes."""

    name: str
    form: str
    kind: str
    data: bytes


@dataclass(frozen=True)
class Letter:
    """`form`: attached, with html, html only, forwarded, forwarded inline, winmail, reply; body,
    body forwarded, body forwarded inline where the table is in the text.

    `table` is the order itself in a body, and an older one in a reply.
    """

    sender: str
    subject: str
    text: str
    form: str
    number: int
    table: bytes = b""
    table_kind: str = ""


def _base64(data: bytes) -> bytes:
    return encodebytes(data).replace(b"\n", b"\r\n")


def text_part(text: str, rng: Random, subtype: str = "plain") -> bytes:
    charset = rng.choice(("utf-8", "utf-8", "gbk", "gb18030", "gb2312"))
    coded = text.encode("gb18030" if charset.startswith("g") else charset)
    return (
        f'Content-Type: text/{subtype}; charset="{charset}"\r\nContent-Transfer-Encoding: base64\r\n\r\n'.encode()
        + _base64(coded)
    )


def attachment_part(part: Part) -> bytes:
    head = disposition(part.name, part.form, part.kind)
    return head + b"Content-Transfer-Encoding: base64\r\n\r\n" + _base64(part.data)


def multipart(subtype: str, parts: Sequence[bytes], mark: str) -> bytes:
    boundary = f"----=_Part_{mark}"
    out = f'Content-Type: multipart/{subtype};\r\n\tboundary="{boundary}"\r\n\r\n'.encode()
    for part in parts:
        out += f"--{boundary}\r\n".encode() + part + b"\r\n"
    return out + f"--{boundary}--\r\n".encode()


def mail(letter: Letter, attachments: Sequence[Part], rng: Random) -> bytes:
    content = _content(letter, attachments, rng)
    subject = letter.subject
    if "forwarded" in letter.form:
        subject = rng.choice(("转发: ", "Fw: ", "转发：", "Fwd: ", "FW: ")) + subject
    if letter.form == "reply":
        subject = rng.choice(("Re: ", "回复: ", "回复：", "答复: ")) + subject
    if letter.form in ("forwarded", "body forwarded"):
        inner = _headers(letter, letter.subject, f"inner-{letter.number}", rng) + content
        wrapped = b"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n" + inner
        note = text_part(rng.choice(("请处理", "转发经销商订单，请查收", "")), rng)
        content = multipart("mixed", [note, wrapped], f"F{letter.number}")
    return _headers(letter, subject, str(letter.number), rng) + content


def _headers(letter: Letter, subject: str, number: str, rng: Random) -> bytes:
    name = rng.choice(("", "区域经理", "王经理"))
    shown = f"{encoded_word(name, 'utf-8')} <{letter.sender}>" if name else letter.sender
    return (
        f"From: {shown}\r\nTo: orders@desk.example\r\n".encode()
        + b"Subject: " + subject_line(subject, rng) + b"\r\n"
        + f"Date: {format_datetime(RECEIVED)}\r\nMessage-ID: <{number}@accuracy.example>\r\n".encode()
        + rng.choice((b"", b"X-Mailer: Foxmail 7.2.25.213[cn]\r\n", b"X-QQ-MIME: TCMime 1.0 by Tencent\r\n", b"X-Priority: 3\r\n"))
        + b"MIME-Version: 1.0\r\n"
    )  # fmt: skip


def _content(letter: Letter, attachments: Sequence[Part], rng: Random) -> bytes:
    mark = str(letter.number)
    if letter.form.startswith("body"):
        return _body_with_table(letter, rng)
    text = letter.text
    if letter.form == "forwarded inline":
        text = f"请处理\n\n{_inline_head(letter, rng)}\n\n{text}"
    if letter.form == "winmail":
        packed = winmail((p.name, p.data) for p in attachments)
        attachments = [Part("winmail.dat", "ascii", "application/ms-tnef", packed)]
    if letter.form == "reply":
        quoted = f"<br><br>-----原始邮件-----<br>发件人: 区域经理<br>发送时间: 2026年10月9日<br>{letter.table.decode()}"
        words = text_part(_as_html(text, quoted), rng, "html")
    elif letter.form == "html only":
        words = text_part(_as_html(text), rng, "html")
    elif letter.form == "with html":
        both = [text_part(text, rng), text_part(_as_html(text), rng, "html")]
        words = multipart("alternative", both, f"A{mark}")
    else:
        words = text_part(text, rng)
    return multipart("mixed", [words, *map(attachment_part, attachments)], f"M{mark}")


def _inline_head(letter: Letter, rng: Random) -> str:
    lines = (
        "发件人: 经销商 <d@dealer.example>\n发送时间: 2026年11月9日 17:32\n收件人: 区域经理\n主题: {0}",
        "From: dealer <d@dealer.example>\nDate: 2026-11-09 17:32\nTo: manager\nSubject: {0}",
    )
    rule = rng.choice(
        (
            "-----原始邮件-----",
            "------------------ 原始邮件 ------------------",
            "-----Original Message-----",
            "---- 转发的邮件信息 ----",
        )
    )
    return f"{rule}\n{rng.choice(lines).format(letter.subject)}"


def _as_html(text: str, below: str = "") -> str:
    return f"<html><body><div>{escape(text).replace(chr(10), '<br>')}</div>{below}</body></html>"


def _body_with_table(letter: Letter, rng: Random) -> bytes:
    before = rng.choice(BODY_GREETINGS)
    if letter.form == "body forwarded inline":
        before = f"请处理\n\n{_inline_head(letter, rng)}\n\n{before}"
    after = rng.choice(SIGNATURES).strip()
    if letter.table_kind == "text/plain":
        return text_part(f"{before}\n\n{letter.table.decode()}\n\n{after}\n", rng)
    markup = letter.table.decode()
    for mark, text in (("BEFORE", before), ("AFTER", after)):
        markup = markup.replace(mark, escape(text).replace("\n", "<br>"))
    if rng.random() < 0.4:
        return text_part(markup, rng, "html")
    flat = re.sub(
        r"[ \t]*\n\s*", "\n", re.sub(r"<[^>]+>", "\n", re.sub(r"<style>.*?</style>", "", markup))
    )
    both = [text_part(flat.replace("&nbsp;", " "), rng), text_part(markup, rng, "html")]
    return multipart("alternative", both, f"B{letter.number}")


def zipped(name: str, data: bytes) -> bytes:
    """A zip as Chinese Windows writes it: the name in GBK, and nothing says so."""
    out = io.BytesIO()
    info = zipfile.ZipInfo("A" * len(name.encode("gb18030")), (2026, 11, 9, 9, 30, 0))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    # zipfile marks a name that is not ASCII as UTF-8; so it is written over afterwards.
    return out.getvalue().replace(info.filename.encode(), name.encode("gb18030"))
