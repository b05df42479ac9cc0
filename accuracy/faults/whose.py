"""Who orders, where it goes, who may ask for it."""

from __future__ import annotations

from datetime import timedelta

from accuracy import words
from accuracy.draft import Draft
from accuracy.faults.fault import Fault, a_form
from accuracy.form import Form, Label
from accuracy.world import Dealer


def _label(form: Form, field: str, value: str) -> Label:
    """The label of this field, put there if the form has none."""
    label = form.label(field)
    if label is None:
        table = words.ENGLISH_LABELS if form.hand.english else words.LABELS
        label = Label(field, table[field][0], value, f"{form.head}_{field}")
        form.labels.append(label)
    label.value = value
    return label


def _ship_to(draft: Draft, field: str, value: str) -> None:
    order, form = a_form(draft)
    label = _label(form, field, value)
    draft.truth.spoil(order, "ship-to-mismatch", label.key)


def _phone(draft: Draft) -> None:
    _ship_to(draft, "phone", f"1370000{draft.rng.randint(0, 9999):04d}")


def _address(draft: Draft) -> None:
    field = draft.rng.choice(("address", "delivery"))
    _ship_to(draft, field, "新港市文昌路77号")


def _consignee(draft: Draft) -> None:
    _ship_to(draft, "consignee", draft.rng.choice(("欧阳小明", "司马静", "诸葛大力")))


UNKNOWN = "unknown-distributor ambiguous-distributor"


def _unknown_dealer(draft: Draft) -> None:
    """A name of nobody, without a code."""
    order, form = a_form(draft)
    form.labels = [x for x in form.labels if x.field not in ("dealer", "dealer_code")]
    text = draft.rng.choice(("新港市彩虹桥商贸有限公司", "大洋市母婴世界", "ZX9999"))
    label = Label(
        "dealer", draft.rng.choice(words.LABELS["dealer"][:6]), text, f"{form.head}_dealer"
    )
    form.labels.insert(0, label)
    draft.truth.spoil(order, UNKNOWN, label.key)


def _misspelt_dealer(draft: Draft) -> None:
    order, form = a_form(draft)
    form.labels = [x for x in form.labels if x.field not in ("dealer", "dealer_code")]
    name = form.order.dealer.name
    at = draft.rng.randrange(2, 5)
    wrong = name[:at] + draft.rng.choice("鑫淼垚") + name[at + 1 :]
    label = Label(
        "dealer", draft.rng.choice(words.LABELS["dealer"][:6]), wrong, f"{form.head}_dealer"
    )
    form.labels.insert(0, label)
    draft.truth.spoil(order, UNKNOWN, label.key)


def _two_dealers(draft: Draft) -> None:
    """The name is one distributor's, the code another's."""
    order, form = a_form(draft)
    dealer = form.order.dealer
    name, code = (
        _label(form, "dealer", dealer.name),
        _label(form, "dealer_code", _other(draft, dealer).code),
    )
    draft.truth.spoil(order, UNKNOWN, name.key, code.key)


def _other(draft: Draft, dealer: Dealer) -> Dealer:
    """One of the same region, so that the sender may order for both."""
    ordered = {o.dealer for o in draft.orders}
    pool = [d for d in draft.world.dealers if d.region == dealer.region and d not in ordered]
    return draft.rng.choice(pool)


def _shared_alias(draft: Draft) -> None:
    """A short name that two distributors answer to, and no sheet that is called by the one meant."""
    draft.choices.avoid.add("named sheets")
    order, form = a_form(draft)
    form.labels = [x for x in form.labels if x.field not in ("dealer", "dealer_code")]
    word = draft.rng.choice(draft.world.shared_aliases)
    label = Label(
        "dealer", draft.rng.choice(words.LABELS["dealer"][:6]), word, f"{form.head}_dealer"
    )
    form.labels.insert(0, label)
    draft.truth.spoil(order, UNKNOWN + " not-entitled", label.key)


def _not_entitled(draft: Draft) -> None:
    region = draft.orders[0].dealer.region
    draft.sender = draft.rng.choice([m for r, m in draft.world.managers.items() if r != region])
    for number in range(len(draft.forms)):
        draft.truth.spoil(number, "not-entitled")


def _future(draft: Draft) -> None:
    order, form = a_form(draft)
    day = draft.choices.today + timedelta(days=draft.rng.randint(5, 200))
    label = _label(form, "day", f"{day.year}-{day.month:02d}-{day.day:02d}")
    draft.truth.spoil(order, "order-date-unusual", label.key)


def _long_ago(draft: Draft) -> None:
    order, form = a_form(draft)
    day = draft.choices.today - timedelta(days=draft.rng.randint(40, 400))
    label = _label(form, "day", f"{day.year}年{day.month}月{day.day}日")
    draft.truth.spoil(order, "order-date-unusual", label.key)


def _no_day(draft: Draft) -> None:
    order, form = a_form(draft)
    text = draft.rng.choice(("11月31日", "2026-13-05", "2026.11.32", "下周一", "本月中旬"))
    draft.truth.spoil(order, "order-date-unusual value-unreadable", _label(form, "day", text).key)


def _stranger(draft: Draft) -> None:
    draft.sender = "somebody@nowhere.example"
    for number in range(len(draft.forms)):
        draft.truth.spoil(number, "")


def _strange_column(draft: Draft) -> None:
    """In a matrix or a column of distributors one is nobody, or two at once."""
    order, form = a_form(draft)
    shared = draft.rng.choice(draft.world.shared_aliases)
    form.dealer_text = draft.rng.choice(("大洋市母婴世界", "新港彩虹桥", "ZX9999", shared))
    keys = [f"{form.key}_header_dealer", *(r.at("dealer") for r in form.rows)]
    draft.truth.spoil(order, UNKNOWN + " not-entitled", *keys)


LABELS = frozenset({"labels"})
WHOSE = (
    Fault("wrong phone", _phone, takes=LABELS, needs=frozenset({"ship-to"})),
    Fault("wrong address", _address, takes=LABELS, needs=frozenset({"ship-to"})),
    Fault("wrong consignee", _consignee, takes=LABELS, needs=frozenset({"ship-to"})),
    Fault("unknown distributor", _unknown_dealer, takes=LABELS, avoids=frozenset({"english"})),
    Fault("distributor misspelt", _misspelt_dealer, takes=LABELS, avoids=frozenset({"english"})),
    Fault("two distributors named", _two_dealers, takes=LABELS),
    Fault("short name of two distributors", _shared_alias, takes=LABELS, avoids=frozenset({"english", "ship-to"})),
    Fault("sender not entitled", _not_entitled),
    Fault("sender is a stranger", _stranger),
    Fault("unknown distributor among several", _strange_column, takes=frozenset({"dealers"}), needs=frozenset({"several orders"})),
    Fault("order date is no day", _no_day, takes=LABELS, needs=frozenset({"day"})),
    Fault("order date in the future", _future, takes=LABELS, needs=frozenset({"day"})),
    Fault("order date long ago", _long_ago, takes=LABELS, needs=frozenset({"day"})),
)  # fmt: skip
