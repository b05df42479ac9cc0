"""How mail programs in China write the name of an attachment, and a subject."""

from __future__ import annotations

from base64 import b64encode
from random import Random
from urllib.parse import quote

NAME_FORMS = (
    "2231 utf-8", "2231 gbk", "2231 continued", "2047 utf-8", "2047 gbk", "2047 folded", "raw gbk", "raw utf-8", "ascii", "none",
)  # fmt: skip


def encoded_word(text: str, charset: str) -> str:
    return f"=?{charset}?B?{b64encode(text.encode(charset)).decode()}?="


def folded_words(text: str, charset: str) -> str:
    """Several encoded words, each of whole signs, on lines of their own."""
    parts = [text[i : i + 10] for i in range(0, len(text), 10)]
    return "\r\n ".join(encoded_word(p, charset) for p in parts)


def disposition(name: str, form: str, kind: str) -> bytes:
    """The headers that name an attachment; `kind` is its content type."""
    head, tail = f"Content-Type: {kind}", "Content-Disposition: attachment"
    if form == "2231 utf-8":
        return f"{head}\r\n{tail};\r\n filename*=UTF-8''{quote(name)}\r\n".encode()
    if form == "2231 gbk":
        return (
            f"{head}\r\n{tail};\r\n filename*=gb18030''{quote(name.encode('gb18030'))}\r\n".encode()
        )
    if form == "2231 continued":
        coded = quote(name.encode("gb18030"))
        parts = _pieces(coded, 24)
        lines = [f"filename*0*=GBK''{parts[0]}"] + [
            f"filename*{n}*={p}" for n, p in enumerate(parts[1:], 1)
        ]
        return f"{head}\r\n{tail};\r\n {(';' + chr(13) + chr(10) + ' ').join(lines)}\r\n".encode()
    if form in ("2047 utf-8", "2047 gbk"):
        word = encoded_word(name, "utf-8" if form.endswith("8") else "GBK")
        return f'{head};\r\n\tname="{word}"\r\n{tail};\r\n\tfilename="{word}"\r\n'.encode()
    if form == "2047 folded":
        word = folded_words(name, "gb18030")
        return f'{head};\r\n name="{word}"\r\n{tail};\r\n filename="{word}"\r\n'.encode()
    if form.startswith("raw"):
        raw = name.encode("gb18030" if form.endswith("gbk") else "utf-8")
        named = b'; name="' + raw + b'"\r\n'
        return head.encode() + named + tail.encode() + b'; filename="' + raw + b'"\r\n'
    if form == "none":
        return f"{head}\r\n{tail}\r\n".encode()
    return f'{head}; name="{name}"\r\n{tail}; filename="{name}"\r\n'.encode()


def _pieces(coded: str, size: int) -> list[str]:
    """Cut between escapes, never inside one."""
    pieces, rest = [], coded
    while rest:
        cut = min(size, len(rest))
        while cut < len(rest) and "%" in rest[cut - 2 : cut]:
            cut -= 1
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return pieces


def subject_line(text: str, rng: Random) -> bytes:
    form = rng.choice(("utf-8", "gbk", "folded", "raw"))
    if text.isascii():
        return text.encode()
    if form == "raw":
        return text.encode("utf-8")
    if form == "folded":
        return folded_words(text, "gb18030").encode()
    return encoded_word(text, "utf-8" if form == "utf-8" else "gb18030").encode()
