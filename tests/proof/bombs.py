"""Workbooks and mails that were made to end whoever opens them, and others spoiled by chance."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from random import Random

from accuracy.mutations import spoiled
from mailflow.commands.demo_desk.mails import A1, A2, BEI, NAN, mail, order, sheet

SHEET = "xl/worksheets/sheet1.xml"
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
LONG = '<row r="9999"><c r="ABCDEFGHI9999"><v>1</v></c></row></sheetData>'
MERGED = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
LAUGHS = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
MEGABYTES = 48


def hostile(count: int) -> Iterator[bytes]:
    """`count` mails, the same each time; those made by hand come first."""
    made = list(_by_hand())
    yield from made[:count]
    for number in range(count - len(made)):
        rng = Random(f"hostile {number}")
        rows = order(
            rng.choice(("N101", "N102")), [(A1, rng.randint(1, 9), "现金"), (A2, 3, "现金")]
        )
        data = sheet(rows)
        if rng.random() < 0.7:
            yield mail(BEI, f"订单{number}", "请查收", (f"订单{number}.xlsx", spoiled(data, rng)))
        else:
            yield spoiled(mail(NAN, f"订单{number}", "请查收", ("订单.xlsx", data)), rng)


def _by_hand() -> Iterator[bytes]:
    good = sheet(order("N101", [(A1, 5, "现金")]))
    for name, (old, new) in {
        "far": ("</sheetData>", FAR),
        "long": ("</sheetData>", LONG),
        "merged": ("</sheetData>", MERGED),
        "laughs": ("<?xml", LAUGHS + "<!--"),
    }.items():
        yield _sent(name, _changed(good, {SHEET: lambda x, o=old, n=new: x.replace(o, n, 1)}))
    strings = "xl/sharedStrings.xml"
    yield _sent(
        "count",
        _changed(
            good, {strings: lambda x: x.replace("uniqueCount=", 'x="" uniqueCount="4000000000" y=')}
        ),
    )
    yield _sent("deflated", _changed(good, {SHEET: lambda x: x + " " * (MEGABYTES * 1024 * 1024)}))
    yield _sent("no end", good[: len(good) // 2])
    yield _sent("old", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4096)
    yield _sent("nested", _zipped(_zipped(_zipped(good))))
    part = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
    yield _head(b"deep") + b"".join(part % (n, n) for n in range(3000)) + b"x"
    many = b"".join(b"--b\nContent-Type: text/plain\n\nx\n" for _ in range(8000))
    yield _head(b"many") + b"Content-Type: multipart/mixed; boundary=b\n\n" + many + b"--b--\n"
    yield _head(b"wide") + b"X-Long: " + b"x" * 2_000_000 + b"\n\nx"
    yield _head(b"headers") + b"X-One: 1\n" * 60_000 + b"\nx"
    yield _head(b"line") + b"\n" + b"x" * 5_000_000
    yield _head(b"html") + b"Content-Type: text/html\n\n" + b"<table><tr><td>" * 30_000


def _sent(name: str, data: bytes) -> bytes:
    return mail(BEI, f"订单 {name}", "请查收", (f"{name}.xlsx", data))


def _head(subject: bytes) -> bytes:
    return b"From: %s\nTo: orders@songping.example\nSubject: %s\n" % (BEI.encode(), subject)


def _changed(data: bytes, edits: dict[str, object]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name in edits:
                part = edits[name](part.decode()).encode()  # type: ignore[operator] # a function of text
            new.writestr(name, part)
    return out.getvalue()


def _zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("订单.zip", data)
    return out.getvalue()
