"""What somebody told of a request: labels with their values on a form, in lines of the mail, and the
words that stand there without any label."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from mailflow.domain.document import Document, Reading, Unknown
from mailflow.domain.pattern import pattern
from mailflow.domain.request import Field, RequestKind
from mailflow.rules.own_words import own_words

LONGEST_VALUE = 1_000
LONGEST_TEXT = 4_000
"""Signs of what somebody wrote that are kept and passed on; the mail itself keeps all."""
FARTHEST = 4
"""Columns a value may stand away from its label."""
LONGEST_LABEL = 30
MOST_SAID, CUT = 10, 200
"""Lines, and signs of a line, after which the reader of answers leaves off."""
_PAIR = pattern(
    r"\s*(?:\(?\d{1,2}[.、)）]\s*)?(?P<label>[^:：]{1,30}?)\s*[:：]\s*(?P<value>.*)", re.DOTALL
)
_BRACKETED = pattern(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_NOISE = pattern(r"[\s:：*＊_．.、\-—/／]+")
_GREETING = pattern(
    r"(?:(?:尊敬的|各位)?[\w\s]{0,12}(?:您好|你好|大家好|老师好|领导好)|dear\b.*|hi\b.*|hello\b.*"
    r"|(?:请?见附件|详见附件|附件(?:请|是).*|see attach.*|please find.*)|(?:谢谢|多谢|thanks|thank you).*)[\s,，。.!！:：]*",
    re.IGNORECASE,
)
_BETWEEN = pattern(r"[\s|│┃]+")
Cells = Mapping[tuple[int, int], str]


def told_fields(kind: RequestKind, reading: Reading, rest: str = "") -> Mapping[str, str]:
    """What a mail tells of a kind's fields, by name; a form counts before the words around it, one that
    is attached before a table in the words themselves."""
    found: dict[str, str] = {}
    forms = (*cells_by_sheet(reading.documents), form_in_words(reading))
    for cells in forms:
        for name, value in labelled(cells, kind).items():
            if value or name not in found:
                found[name] = found.get(name) or value
    table = [row for cells in forms for row in table_rows(cells, kind)]
    lines = _outside_of(form_in_words(reading), own_lines(reading))
    for name, value in _in_lines(lines, kind).items():
        found.setdefault(name, value)
    free = (*unlabelled(lines, kind), *table)
    if kind.rest is not None:
        labelled_rest = found.get(kind.rest.name)
        # Beside a form stands what hands it over; beside labels in lines what belongs to them.
        said = [labelled_rest or rest, *(() if labelled_rest and any(forms) else free)]
        found[kind.rest.name] = "\n".join(filter(None, said)).strip()[:LONGEST_VALUE]
    return {name: value for name, value in found.items() if value}


def answered_fields(
    kind: RequestKind, reading: Reading, before: Mapping[str, str]
) -> Mapping[str, str]:
    """What an answer tells of a request, over what was told `before`. A label may stand without its
    colon (`尺寸 60x90`); words without any label go on with what is known and never take its place."""
    told, lines, labels = dict(told_fields(kind, reading)), own_lines(reading), _labels(kind)
    spaced: dict[str, tuple[str, str]] = {}
    for line in lines:
        words = line.split(maxsplit=1)
        field = labels.get(_bare(words[0])) if len(words) > 1 and not _PAIR.match(line) else None
        if field is not None and field != kind.rest and field.name not in told:
            spaced.setdefault(field.name, (line, words[1][:LONGEST_VALUE]))
    rest = kind.rest.name if kind.rest is not None else ""
    forms = (*cells_by_sheet(reading.documents), form_in_words(reading))
    is_labelled = any(rest in labelled(cells, kind) for cells in forms)
    if rest in told and not is_labelled and rest not in _in_lines(lines, kind):
        known = before.get(rest, "").splitlines()
        out = {*known, *(line for line, _ in spaced.values())}
        free = (line for line in told[rest].splitlines() if line not in out)
        told[rest] = "\n".join((*known, *free))[:LONGEST_VALUE]
    told |= {name: value for name, (_, value) in spaced.items()}
    return {**before, **{name: value for name, value in told.items() if value}}


def own_text(reading: Reading) -> str:
    """All that he wrote himself, capped."""
    return own_words(reading.body).strip()[:LONGEST_TEXT]


def own_lines(reading: Reading) -> tuple[str, ...]:
    """What stands in the mail itself and is neither signature nor quote."""
    said = tuple(filter(None, (reading.said.first, *reading.said.besides)))
    lines = tuple(line.strip() for line in own_text(reading).splitlines() if line.strip())
    if len(said) > MOST_SAID:
        return lines  # the reader left off there, and not for a signature
    known = {" ".join(line.split())[:CUT] for line in said}
    return tuple(line for line in lines if " ".join(line.split())[:CUT] in known) or said


def unlabelled(lines: Iterable[str], kind: RequestKind) -> Iterator[str]:
    labels = _labels(kind)
    for line in lines:
        pair = _PAIR.fullmatch(line)
        is_label = pair is not None and _bare(pair["label"]) in labels
        if line.strip() and not is_label and not _GREETING.fullmatch(line.strip()):
            yield line.strip()


def cells_by_sheet(documents: Iterable[Document]) -> Iterator[Cells]:
    """The filled cells of every sheet that is no order and no report, by row and column."""
    for document in documents:
        if not isinstance(document, Unknown):
            continue
        sheets: dict[str, dict[tuple[int, int], str]] = {}
        for cell in document.cells:
            if cell.at is not None:
                place = cell.at.row, cell.at.column
                sheets.setdefault(cell.at.sheet, {})[place] = cell.text.strip()
        yield from sheets.values()


def form_in_words(reading: Reading) -> Cells:
    """The tables in the mail itself; empty where there is none."""
    return {(c.at.row, c.at.column): c.text.strip() for c in reading.form if c.at is not None}


def _outside_of(cells: Cells, lines: Iterable[str]) -> tuple[str, ...]:
    """Without what stands in the table: mail programs write its rows as lines, or each cell as one."""
    rows: dict[int, str] = {}
    for (row, _), text in sorted(cells.items()):
        rows[row] = rows.get(row, "") + text
    known = {_squeezed(text) for text in (*rows.values(), *cells.values())}
    return tuple(line for line in lines if _squeezed(line) not in known)


def _squeezed(text: str) -> str:
    return _BETWEEN.sub("", text)[:CUT]


def labelled(cells: Cells, kind: RequestKind) -> dict[str, str]:
    """Label and value in one cell, or the value beside it or below. A label without a value is told
    as an empty text: it stands on the form."""
    labels = _labels(kind)
    found: dict[str, str] = {}
    for (row, column), text in sorted(cells.items()):
        pair = _PAIR.fullmatch(text)
        field = labels.get(_bare(pair["label"])) if pair and pair["value"].strip() else None
        if field is not None and pair is not None:
            value = pair["value"].strip()
        elif (field := labels.get(_bare(text))) is not None:
            value = _beside(cells, (row, column), labels)
        else:
            continue
        if not found.get(field.name):
            found[field.name] = value[:LONGEST_VALUE]
    return found


def _beside(cells: Cells, at: tuple[int, int], labels: Mapping[str, Field]) -> str:
    row, column = at
    for right in range(column + 1, column + 1 + FARTHEST):
        if text := cells.get((row, right), ""):
            if not _is_label(text, labels):
                return text
            break
    below = cells.get((row + 1, column), "")
    beside = [text for (at, _), text in cells.items() if at == row]
    if not below or _is_label(below, labels) or not all(_is_label(t, labels) for t in beside):
        return ""  # a head of a table with many rows is no label of one value
    return below


def table_rows(cells: Cells, kind: RequestKind) -> Iterator[str]:
    """What stands on a form in rows of several cells that are no labels: a table of goods, perhaps."""
    labels = _labels(kind)
    for row in sorted({row for row, _ in cells}):
        texts = [text for (at, _), text in sorted(cells.items()) if at == row]
        is_table = len(texts) > 1 and not _is_label(texts[0], labels)
        if is_table and not any(_PAIR.fullmatch(text) for text in texts):
            yield "  ".join(texts)


def _is_label(text: str, labels: Mapping[str, Field]) -> bool:
    pair = _PAIR.fullmatch(text)
    return _bare(text) in labels or (pair is not None and _bare(pair["label"]) in labels)


def _in_lines(lines: Iterable[str], kind: RequestKind) -> dict[str, str]:
    labels = _labels(kind)
    found: dict[str, str] = {}
    for line in lines:
        pair = _PAIR.fullmatch(line)
        field = labels.get(_bare(pair["label"])) if pair else None
        if pair is not None and field is not None and pair["value"].strip():
            found.setdefault(field.name, pair["value"].strip()[:LONGEST_VALUE])
    return found


def _labels(kind: RequestKind) -> Mapping[str, Field]:
    return {_bare(word): field for field in reversed(kind.fields) for word in field.words}


def _bare(text: str) -> str:
    """A label without its colon, its star and what stands in brackets behind it."""
    if len(text) > LONGEST_LABEL:
        return ""
    shown = unicodedata.normalize("NFKC", _BRACKETED.sub("", text)).casefold()
    return _NOISE.sub("", shown)
