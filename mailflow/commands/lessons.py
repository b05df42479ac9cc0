"""What a person says of one sender's words, as it is kept: refused where the register knows better."""

from __future__ import annotations

from difflib import get_close_matches
from getpass import getuser

from mailflow.domain.naming import Lexicon, normalised
from mailflow.domain.register import Register
from mailflow.domain.settlement import Settlement, SettlementKind
from mailflow.domain.value import dataclass
from mailflow.ports import Refusal


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is to be settled, as the person wrote it."""

    sender: str
    reason: str
    column: str = ""
    means: str = ""
    word: str = ""
    product: str = ""
    distributor: str = ""
    mail: str = ""
    by: str = ""


def product_lesson(register: Register, lesson: Lesson, sender: str) -> Settlement:
    wanted = normalised(lesson.product)
    chosen = next((p for p in register.products if normalised(p.sku) == wanted), None)
    if chosen is None:
        skus = [p.sku for p in register.products]
        raise Refusal(_unlike("product", lesson.product, skus, "products"))
    match = Lexicon(register).match(None, lesson.word, None)
    meant = match.candidates
    if len(meant) == 1:
        raise Refusal(
            f"--word {lesson.word}: the products register knows it already, as {meant[0].sku}: "
            "nothing to settle"
        )
    if meant and chosen not in meant:
        raise Refusal(
            f"--word {lesson.word}: may mean {' or '.join(p.sku for p in meant)}, "
            f"but not {chosen.sku}: name one of them"
        )
    return _of_word(lesson, sender, SettlementKind.PRODUCT, chosen.sku)


def distributor_lesson(register: Register, lesson: Lesson, sender: str) -> Settlement:
    wanted = normalised(lesson.distributor)
    chosen = next((c for c in register.customers if normalised(c.code) == wanted), None)
    if chosen is None:
        codes = [c.code for c in register.customers]
        raise Refusal(_unlike("distributor", lesson.distributor, codes, "customers"))
    meant = Lexicon(register).customers_named(lesson.word)
    if len(meant) == 1:
        raise Refusal(
            f"--word {lesson.word}: the customers register knows it already, as {meant[0].code}: "
            "nothing to settle"
        )
    if meant and chosen not in meant:
        raise Refusal(
            f"--word {lesson.word}: may mean {' or '.join(c.code for c in meant)}, "
            f"but not {chosen.code}: name one of them"
        )
    return _of_word(lesson, sender, SettlementKind.DISTRIBUTOR, chosen.code)


def _of_word(lesson: Lesson, sender: str, kind: SettlementKind, means: str) -> Settlement:
    key = normalised(lesson.word)
    if not key:
        raise Refusal(f"--word {lesson.word!r}: holds no letter, sign or number")
    return Settlement(
        sender=sender,
        kind=kind,
        said=lesson.word.strip(),
        key=key,
        means=means,
        reason=lesson.reason,
        by=lesson.by.strip() or who(),
    )


def _unlike(what: str, wrong: str, known: list[str], register: str) -> str:
    near = get_close_matches(wrong.upper(), known, n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else f"see the {register} register"
    return f"--{what} {wrong}: there is none: {hint}"


def who() -> str:
    """By whom it is settled, beside `operator` in the history."""
    try:
        return getuser()
    except (KeyError, OSError, ImportError):
        return "operator"
