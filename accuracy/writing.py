"""A true order becomes a form, in the style of the one who writes it."""

from __future__ import annotations

from dataclasses import dataclass

from accuracy import names, values, words
from accuracy.book import Value
from accuracy.form import Form, Heading, Label, Number, Row
from accuracy.style import Style
from accuracy.truth import Funding, TrueLine, TrueOrder


@dataclass
class Writer(Style):
    """Writes any number of orders in the style it has drawn."""

    def write(self, order: TrueOrder, key: str) -> Form:
        """One order as a form; its numbers are the true ones still."""
        form = Form(key=key, order=order, hand=self.hand)
        form.headings = [
            Heading(h.field, h.word, h.upper, f"{key}_header_{h.field}") for h in self.headings
        ]
        form.rows = [self.row(f"{key}r{n}", line) for n, line in enumerate(order.lines)]
        form.labels = self._labels(form)
        self._surround(form)
        split = form.has("amount") and any(x.funding is Funding.EXPENSE for x in order.lines)
        form.funding_sums = split and self.choices.wants("funding sums", 0.3)
        return form

    def empty_row(self, key: str, line: TrueLine) -> Row:
        """A printed product nobody wants: no quantity, no amount."""
        row = self.row(key, line)
        nothing: Value | None = {"blank": None, "zero": 0, "dash": "-"}[self.hand.samples_priced]
        for column in ("cases", "tins", "qty", "amount"):
            row.raw[column] = nothing
        row.texts.pop("funding", None)
        row.texts.pop("remark", None)
        return row

    def row(self, key: str, line: TrueLine) -> Row:
        ware, hand = line.ware, self.hand
        per_case = hand.per_case_price
        numbers: dict[str, Number] = {
            "cases": line.cases,
            "tins": line.tins,
            "price": ware.price * ware.per_case if per_case else ware.price,
            "amount": line.amount,
        }
        word = words.FUNDING_WORDS[line.funding.value]
        english = {"cash": "Cash", "expense": "Expense", "sample": "Sample"}
        texts = {
            "code": ware.sku,
            "name": names.name_of(ware, hand.name),
            "spec": names.spec_of(ware, hand.spec),
            "funding": english[line.funding.value]
            if hand.english
            else word[self._steady(len(word))],
        }
        if self.rng.random() < 0.1:
            texts["remark"] = self.rng.choice(("急", "新客户", "常规", "老包装也可", "urgent"))
        return Row(key, line, numbers, texts)

    def _steady(self, count: int) -> int:
        """The same choice in the whole sheet."""
        return sum(map(ord, self.hand.name)) % count

    def _labels(self, form: Form) -> list[Label]:
        order, wants = form.order, self.choices.wants
        dealer = order.dealer
        found: list[tuple[str, Value]] = []
        if self.habits.get("dealer", "name") == "label":
            forms = names.dealer_forms(dealer, self.world.own_aliases(dealer))
            form_name = self.rng.choice(list(forms))
            self.habits["dealer text"] = form_name
            code = form_name == "code" and self.rng.random() < 0.6
            found.append(("dealer_code" if code else "dealer", forms[form_name]))
            if not code and form_name in ("name", "alias") and wants("dealer_code", 0.25):
                found.append(("dealer_code", dealer.code))
        if wants("day", 0.8):
            found.append(("day", values.day(order.day, self.hand.day)))
        if wants("number", 0.3):
            found.append(("number", order.number))
        ship: list[tuple[str, Value]] = []
        if wants("ship-to", 0.6):
            ship = [
                ("consignee", dealer.consignee),
                ("phone", dealer.phone),
                ("address", dealer.address),
            ]
            if dealer.delivery and wants("delivery", 0.8):
                ship.append(("delivery", dealer.delivery))
        labels = [Label(f, self._label_word(f), v, f"{form.head}_{f}") for f, v in found + ship]
        if labels and not self.hand.english and wants("other labels", 0.25):
            for word, value in self.rng.sample(words.OTHER_LABELS, self.rng.randint(1, 3)):
                labels.insert(self.rng.randint(1, len(labels)), Label("other", word, value))
        return labels

    def _label_word(self, name: str) -> str:
        table = words.ENGLISH_LABELS if self.hand.english else words.LABELS
        return self.rng.choice(table[name])

    def _surround(self, form: Form) -> None:
        """Title, policy, notes and signatures, as the layout may show them."""
        rng, english = self.rng, self.hand.english
        blanks = {
            "brand": self.world.brand,
            "english": self.world.name.title(),
            "month": str(form.order.day.month),
        }
        titles = words.ENGLISH_TITLES if english else words.TITLES
        form.title = rng.choice(titles).format(**blanks)
        form.policy = [p.format(**blanks) for p in rng.sample(words.POLICY, rng.randint(1, 4))]
        form.notes = [n.format(**blanks) for n in rng.sample(words.NOTES, rng.randint(0, 3))]
        form.signatures = rng.choice(words.SIGNATURES)
        form.total_word = rng.choice(words.ENGLISH_TOTAL if english else words.TOTAL)
        form.totals = self.choices.wants("totals", 0.75)
        if self.habits.get("quantities", "").startswith("once"):
            unit = self.unit_word()
            chinese = ("单位：{}", "（单位：{}）", "数量单位：{}", "计量单位：{}")
            notes = ("Unit: {}", "(Unit: {})", "Quantities in {}") if english else chinese
            form.unit_note = rng.choice(notes).format(unit)

    def unit_word(self) -> str:
        return self.hand.units[self.hand.qty_unit]
