"""Ways in which bytes go wrong, by chance and by intent; the same seed spoils them the same way."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random

Mutation = Callable[[bytes, Random], bytes]

HUGE = (
    "9" * 30,
    "9" * 400,
    "9" * 5_000,
    "1e999",
    "-1e400",
    "1E+308",
    "NaN",
    "-0",
    "0x7f",
    "9" * 20 + ".5",
    "",
    "²",
    "１" * 5_000,
)
NASTY = (
    "9" * 5_000, "9" * 32_000, "一" * 3_000, "十" * 3_000, "LX-ZH1-900 " * 400, "(" * 3_000, "1/" * 2_000, "900g*" * 2_000, "(" + "9" * 290, "(" + "900g*6听/箱 " * 24,
    "a" * 32_767, " " * 9_000 + "x", "\u202e岚溪", "\ud83d" * 2, "=1+1", "：" * 2_000, "经销商：" * 400, "1,1," * 2_000,
    "合计" * 1_000, "\t" * 500, "2026-" * 900, "段" * 2_000, "\x00\x01", "é\u0301" * 999, "9" * 4_400 + "g*6听/箱", "1" * 4_400 + "箱",
    "3箱" + "9" * 4_400 + "听", "9" * 4_400 + "元", "20260" + "1" * 4_400, "十" + "万" * 999 + "元整",
)  # fmt: skip
CHARSETS = ("utf-7", "utf-16", "idna", "punycode", "hz", "cp037", "x-unknown", "rot13", "zlib", "unicode_escape", "gb18030", "base64", "")  # fmt: skip
MARKS = (
    "<!DOCTYPE a [<!ENTITY b 'bbbb'>]>", "<?xml version='1.0' encoding='cp037'?>", "<a>" * 3_000, "</row>", "</table>", "<table><tr><td>" * 200,
    '<c r="ZZZ9999999"><v>1</v></c>', '<mergeCell ref="A1:XFD1048576"/>', '<td colspan="99999" rowspan="99999">', "&#x0;", "&amp;" * 2_000,
    "]]>", "<!--", '<row r="1048576">', '<col min="1" max="16384" hidden="1"/>', "<f>" + "(" * 2_000 + "</f>", "<f>SUM(A1:XFD1048576)</f>",
    "<f>" + "A1+" * 3_000 + "A1</f>",
)  # fmt: skip


def flipped(data: bytes, rng: Random) -> bytes:
    spoiled = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        if spoiled:
            spoiled[rng.randrange(len(spoiled))] = rng.randrange(256)
    return bytes(spoiled)


def truncated(data: bytes, rng: Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def cut_out(data: bytes, rng: Random) -> bytes:
    begin = rng.randrange(len(data) + 1)
    return data[:begin] + data[begin + rng.choice((1, 4, 60, 900)) :]


def repeated(data: bytes, rng: Random) -> bytes:
    begin = rng.randrange(len(data) + 1)
    piece = data[begin : begin + rng.choice((1, 8, 100, 3_000))]
    return data[:begin] + piece * rng.choice((2, 5, 300)) + data[begin:]


def moved(data: bytes, rng: Random) -> bytes:
    a, b, c = sorted(rng.randrange(len(data) + 1) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def inserted(data: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.randbytes(rng.choice((1, 3, 40, 2_000))) + data[at:]


def huge_number(data: bytes, rng: Random) -> bytes:
    """One run of figures becomes another number, or none."""
    runs = list(re.finditer(rb"\d+", data))
    if not runs:
        return data
    run = rng.choice(runs)
    return data[: run.start()] + rng.choice(HUGE).encode() + data[run.end() :]


def nasty_text(data: bytes, rng: Random) -> bytes:
    """One word between marks or separators becomes another."""
    words = list(re.finditer(rb"(?<=[>,;\t\n])[^<>,;\t\r\n]{1,80}(?=[<,;\t\r\n])", data))
    if not words:
        return data
    word = rng.choice(words)
    text = rng.choice(NASTY).encode("utf-8", "surrogatepass")
    return data[: word.start()] + text + data[word.end() :]


def marked(data: bytes, rng: Random) -> bytes:
    """A mark that has no place there."""
    ends = [m.end() for m in re.finditer(rb">", data)] or [len(data)]
    at = rng.choice(ends)
    return data[:at] + rng.choice(MARKS).encode() + data[at:]


def other_charset(data: bytes, rng: Random) -> bytes:
    names = list(re.finditer(rb"(?i)(?<=charset=)[\"']?[\w-]+|(?<==\?)[\w-]+(?=\?)|(?<=encoding=\")[\w-]+", data))  # fmt: skip
    if not names:
        return data
    name = rng.choice(names)
    return data[: name.start()] + rng.choice(CHARSETS).encode() + data[name.end() :]


UNZIPPING = (
    zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError, NotImplementedError
)  # fmt: skip
"""What `zipfile` raises over a zip that is spoiled already."""
PLAIN: tuple[Mutation, ...] = (flipped, truncated, cut_out, repeated, moved, inserted)
WORDS: tuple[Mutation, ...] = (huge_number, nasty_text, marked, other_charset, huge_number, nasty_text)  # fmt: skip


def of_archive(data: bytes, rng: Random) -> bytes:
    """Members of a zip dropped, doubled, exchanged, or spoiled each by itself."""
    try:
        source = zipfile.ZipFile(io.BytesIO(data))
        members = [(name, source.read(name)) for name in source.namelist()]
    except UNZIPPING:
        return data
    if not members:
        return data
    at = rng.randrange(len(members))
    name, content = members[at]
    way = rng.randrange(7)
    if way == 0:
        del members[at]
    elif way == 1:
        members.append((name, members[rng.randrange(len(members))][1]))
    elif way == 2:
        other = rng.randrange(len(members))
        members[at], members[other] = (name, members[other][1]), (members[other][0], content)
    else:
        sheets = [n for n, (called, _) in enumerate(members) if "sheet" in called or "content" in called]  # fmt: skip
        at = rng.choice(sheets) if sheets and rng.random() < 0.7 else at
        spoil = rng.choice((*WORDS, *WORDS, *PLAIN))
        members[at] = (members[at][0], spoil(members[at][1], rng))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for called, content in members:
            # An info of its own, since the same name twice is what is wanted.
            target.writestr(zipfile.ZipInfo(called), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def spoiled(data: bytes, rng: Random) -> bytes:
    """One to three things go wrong."""
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        if data.startswith(b"PK") and rng.random() < 0.8:
            data = of_archive(data, rng)
        elif data.startswith((b"\xd0\xcf", b"PK")):
            data = rng.choice(PLAIN)(data, rng)
        else:
            data = rng.choice((*WORDS, *PLAIN))(data, rng)
    return data
