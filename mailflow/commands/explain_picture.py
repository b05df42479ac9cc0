"""The reading of a file as a person at a terminal looks at it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from mailflow.commands.ahead import Begun, Opened
from mailflow.commands.explain import Failure
from mailflow.commands.explain_report_lines import report_lines
from mailflow.commands.explain_seen import Seen, seen
from mailflow.commands.explainer import Explained
from mailflow.commands.grid_columns import meaning_word
from mailflow.commands.grid_drawing import GridDrawing
from mailflow.commands.line_breaks import broken, fitted
from mailflow.domain.appraisal import Appraisal
from mailflow.domain.document import Document, Unknown
from mailflow.domain.finding import Severity
from mailflow.domain.money import shown
from mailflow.domain.notice_orders import ListNotice
from mailflow.domain.painting import Note, PaintedSheet
from mailflow.domain.printable import cleaned
from mailflow.domain.report import Report
from mailflow.domain.settlement import next_steps
from mailflow.domain.sheet import column_letters
from mailflow.outbox.fewer_words import reasons_for_fewer
from mailflow.outbox.typeset_pages import Pages

OUTCOME_STYLE = {
    "accepted": "bold green",
    "done": "bold green",
    "returned": "bold red",
    "ignored": "bold",
}
SEVERITY_STYLE = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.INFO: "bold blue",
}
LONGEST_BODY, LONGEST_VALUE = 200, 60
NOTE_INDENT = 16
"""Room left of a finding's words, wherever it is told."""


class PictureTeller:
    """Draws on standard output; colours only where that is a terminal that wants them."""

    def __init__(self, begun: Begun, pages: Pages) -> None:
        self._begun = begun
        self._pages = pages
        self._console = Console(highlight=False, emoji=False, markup=False)
        self._told_before = False

    def tell(self, explained: Explained) -> None:
        drawn = _Drawn(self._pages, self._begun.config.language, self._console)
        if self._told_before:
            self._console.print()
        self._told_before = True
        for line in drawn.lines(seen(self._begun, explained)):
            self._console.print(line, no_wrap=True, overflow="ignore", crop=False)

    def fail(self, file: Opened, why: Failure) -> None:
        """Standard error has said all there is."""


class _Drawn:
    def __init__(self, pages: Pages, language: str, console: Console) -> None:
        self.pages = pages
        self.language = language
        self.console = console
        self.words = pages.words("reading", language)

    def lines(self, seen: Seen) -> Iterator[Text]:
        yield from self._head(seen)
        for sheet in seen.sheets:
            yield Text()
            yield from self._sheet(sheet)
        if not seen.is_drawn:
            yield Text(self.words["cannot_draw"], "bold red")
        if seen.sheets_left:
            yield Text(self.words("sheets_left", n=seen.sheets_left), "dim")
        for number, document in enumerate(seen.explained.reading.documents):
            yield Text()
            yield from self._document(seen, number, document)
        beside = seen.notes_of(None)
        if beside:
            yield Text()
            yield Text(self.words["whole_mail"], "bold")
            for note in beside:
                yield from self._indented(self._note(note))
        yield Text()
        yield from self._steps(seen)
        yield from self._letters(seen)

    def _steps(self, seen: Seen) -> Iterator[Text]:
        """Commands stand whole on a line of their own, to be copied."""
        sender = seen.explained.reading.head.sender
        found = (next_steps(n.finding.code, dict(n.finding.details), sender) for n in seen.notes)
        if steps := list(dict.fromkeys(step for each in found for step in each)):
            yield from self._wrapped(self.words["settle"], "bold")
            yield from (Text(f"  {step}", "cyan") for step in steps)
            yield Text()

    def _head(self, seen: Seen) -> Iterator[Text]:
        words, explained = self.words, seen.explained
        head, trust = explained.reading.head, explained.facts.sender.trust
        yield Text(cleaned(str(explained.file.path)), "bold")
        if explained.file.is_mail:
            yield from self._wrapped(cleaned(head.subject))
            about = (
                cleaned(head.sender or "?"),
                words[f"trust_{trust}"],
                words[f"kind_{head.kind}"],
            )
            yield from self._wrapped(" · ".join(about), "dim")
            if head.marks:
                yield from self._wrapped(
                    words["marks"] + words["colon"] + cleaned(", ".join(head.marks))
                )
            body = cleaned(explained.reading.body, LONGEST_BODY)
            if body:
                yield from self._wrapped(words["body"] + words["colon"] + body, "dim")
        yield self._outcome(seen.outcome, len(seen.notes))

    def _outcome(self, outcome: str, found: int) -> Text:
        line = Text("=> ").append(
            self.words[f"would_{outcome}"], OUTCOME_STYLE.get(outcome, "bold yellow")
        )
        said = self.words("n_findings", n=found) if found else ""
        return line.append(f"  {said}" if said else "", "dim")

    def _sheet(self, sheet: PaintedSheet) -> Iterator[Text]:
        words, drawn = self.words, sheet.drawn
        name = cleaned(drawn.attachment) or words["body_sheet"]
        title = Text(f"── {name}", "bold")
        if drawn.name:
            title.append(f" · {cleaned(drawn.name)}")
        for said in ("hidden" if drawn.hidden else "", "skipped" if sheet.is_skipped else ""):
            if said:
                title.append(f" · {words[f'sheet_{said}']}", "yellow")
        yield title
        yield from GridDrawing(sheet, words, self.console, self._note).lines()
        yield from self._reasons(sheet)

    def _reasons(self, sheet: PaintedSheet) -> Iterator[Text]:
        """By what the columns were recognised, those of one reason and meaning together."""
        by_reason: dict[str, dict[str, list[int]]] = {}
        for row in sheet.rows:
            for meant in row.meanings:
                by_meaning = by_reason.setdefault(meant.why.value, {})
                by_meaning.setdefault(meaning_word(meant, self.words), []).append(meant.column)
        for reason, by_meaning in by_reason.items():
            told = (f"{_runs(columns)} {meaning}" for meaning, columns in by_meaning.items())
            said = f"{self.words[f'why_{reason}']}{self.words['colon']}"
            yield from self._wrapped(said + self.words["comma"].join(told), "dim")

    def _document(self, seen: Seen, number: int, document: Document) -> Iterator[Text]:
        dealt, words = seen.explained.dealt, self.words
        decision = dealt.decisions[number] if dealt.decisions else None
        several = len(seen.explained.reading.documents) > 1
        name = words("order_n", n=number + 1) if several else words["the_order"]
        if isinstance(document, Report):
            name = words[f"report_{document.kind}"]
        elif isinstance(document, Unknown):
            name = words["no_order"]
        title = Text(name, "bold")
        title.append(f"  {cleaned(document.attachment)} {document.where or ''}", "dim")
        yield title
        if decision and decision.appraisal:
            yield from self._order(decision.appraisal)
        if isinstance(document, Report):
            customers = decision.customers if decision else ()
            yield from self._indented(list(report_lines(document, customers, words)))
        elif isinstance(document, Unknown) and document.may_be:
            kinds = words["comma"].join(words[f"report_{k}"] for k in document.may_be)
            yield from self._indented([Text(f"{words['may_be']}{words['colon']}{kinds}")])
        for note in seen.notes_of(number):
            if note.finding.at is None:
                yield from self._indented(self._note(note))
        if decision:
            outcome = seen.of_report if isinstance(document, Report) else decision.outcome.value
            yield Text("  ").append_text(self._outcome(outcome, 0))

    def _order(self, appraisal: Appraisal) -> Iterator[Text]:
        words, customer = self.words, appraisal.customer
        who = f"{customer.code} {customer.name}" if customer else words["unknown_distributor"]
        yield from self._indented(
            [Text(f"{words['distributor']}{words['colon']}{who}  {appraisal.day.isoformat()}")]
        )
        for item in appraisal.items:
            line = Text(f"  {_row_of(item.line.where.top, item.line.where.left):<6}", "dim")
            sku = item.product.sku if item.product else words["unknown_product"]
            tins = f"{item.tins:,}" if item.tins is not None else "?"
            line.append(fitted(sku, 18), "cyan" if item.product else "red")
            line.append(words("n_tins", n=tins).rjust(11), "bold green")
            line.append(words("n_cases", n=item.cases).rjust(10) if item.cases else " " * 10)
            line.append(f"{_money(shown(item.amount)):>14} ", "magenta")
            funding = words[f"funding_{item.funding.value}"] if item.funding else "?"
            yield line.append(f" {funding}", "yellow")
        total = words(
            "sum_told", tins=f"{appraisal.tins:,}", amount=_money(shown(appraisal.amount))
        )
        yield Text(f"  {words['sum']}{words['colon']}{total}", "bold")

    def _note(self, note: Note) -> Iterator[Text]:
        """What is written and what is proposed; then the sentence that the sender would read, which
        says what was expected."""
        finding, words = note.finding, self.words
        whole = "" if note.order is None else words["whole_order"] + " "
        where = f"{finding.at.address} " if finding.at else whole
        title = self.pages.catalogue.title(finding.code, self.language)
        headline = Text(f"[{note.number}] {where}{title}", SEVERITY_STYLE[finding.severity])
        if note.same_as is not None:
            yield headline.append("  " + words("same_as", n=f"[{note.same_as}]"), "dim")
            return
        yield headline
        values = [("was", finding.found), ("propose", finding.proposal)] if finding.proposal else []
        for name, value in values:
            line = Text(f"    {words[name]}{words['colon']}", "dim")
            yield line.append(cleaned(value, LONGEST_VALUE), "bold")
        message = self.pages.catalogue.message(finding, self.language)
        for text in broken(Text(cleaned(message)), self.console.width - NOTE_INDENT):
            yield Text("    ").append_text(text)

    def _letters(self, seen: Seen) -> Iterator[Text]:
        words = self.words
        if not seen.letters:
            yield Text(words["no_letters"], "dim")
            return
        yield Text(words["letters"], "bold")
        for letter in seen.letters:
            to = ", ".join((*letter.to, *letter.cc))
            yield Text(f"  {words[f'letter_{letter.notice.code}']}", "bold").append(f"  {to}")
            yield from self._indented([Text(cleaned(self.pages.subject(letter)), "dim")], 4)
            if isinstance(letter.notice, ListNotice):
                printed = self.pages.catalogue.words(self.language)
                fewer = reasons_for_fewer(letter.notice.dispatch_list.order, printed)
                yield from self._indented([Text(cleaned(why)) for why in fewer], 4)

    def _indented(self, lines: Iterator[Text] | Sequence[Text], by: int = 2) -> Iterator[Text]:
        for line in lines:
            for text in broken(line, self.console.width - by):
                yield Text(" " * by).append_text(text)

    def _wrapped(self, text: str, style: str = "") -> Iterator[Text]:
        yield from broken(Text(text, style), self.console.width)


def _runs(columns: Sequence[int]) -> str:
    """`B-I K`: letters of columns, those beside each other as one."""
    runs: list[list[int]] = []
    for column in sorted(set(columns)):
        if runs and runs[-1][-1] == column - 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    ends = ((column_letters(run[0]), column_letters(run[-1])) for run in runs)
    return " ".join(first if first == last else f"{first}-{last}" for first, last in ends)


def _row_of(row: int, column: int) -> str:
    return f"{column_letters(column)}{row + 1}"


def _money(amount: str | None) -> str:
    return "?" if amount is None else f"{float(amount):,.2f}"
