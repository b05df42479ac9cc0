"""`质检报告 B20260301`, `请发一份营业执照资料`, `document price list`: a mail that asks for a paper
of the library and for nothing else; and which papers its words may mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from mailflow.domain.batch import batch_key
from mailflow.domain.document import Reading
from mailflow.domain.paper import Paper
from mailflow.domain.pattern import pattern
from mailflow.domain.register import Product, Register
from mailflow.domain.spelling import normalised, plain
from mailflow.domain.value import dataclass
from mailflow.rules.alone import own_lines, own_subject

LONGEST = 80
"""Signs of a request; more is a letter, and a person reads it."""
_INSPECTION = (
    r"(?:产品)?(?:质检|检验|检测|质量检[验测])(?:报告单?|单)"
    r"|(?:inspection|test|quality|analysis) (?:report|certificate)s?"
)
_OTHERS = (
    r"合格证|资质(?:证明|文件)?|证照|营业执照|(?:食品)?(?:生产|经营)许可证?|说明书|授权书|商标注册证"
    r"|资料|文件|文档|certificates?|licen[cs]es?|documents?"
)
_ASKS = pattern(f"{_INSPECTION}|{_OTHERS}", re.IGNORECASE)
_IS_INSPECTION = pattern(_INSPECTION, re.IGNORECASE)
_TELLS = pattern(
    r"已[发经收有]|收到|附件|附上|见附|查收|请看|不合格|投诉|问题|有误|错|为什么|为何|怎么|什么时候|何时|几时|多久"
    r"|破损|变质|退货|换货|补货|订货|下单|订单|发货|漏发|更新|作废|过期|撤|上传|归档|存档|报备|不用|不要|不需|别|取消"
    r"|\b(?:attached|enclosed|wrong|why|when|not|no|don't|update[ds]?|received|archived?)\b",
    re.IGNORECASE,
)
_FILLERS = pattern(
    r"麻烦您?|劳驾|请|您好|你好|帮忙|帮我们?|能否|能不能|可否|可以|是否|给我们?|给我|我们?|我司|这边|发送|发给|发来|发一下|发一份"
    r"|发个|发|提供|索取|索要|申请|查询|查|需要|想要|急需|要|一下|一份|一个|份|的|吗|呢|谢谢您?|多谢"
    r"|产品|批次号?|批号|资料|文件|文档"
    r"|\b(?:please|could|can|may|you|send|give|mail|me|us|i|we|would|like|need|want|have|get|the|an?|of|for|to|copy|our"
    r"|thanks?|batch|lot|number|no|documents?|files?)\b",
    re.IGNORECASE,
)
_BATCH = pattern(r"(?<![0-9A-Za-z])[0-9A-Za-z](?:[0-9A-Za-z._/-]{1,38}[0-9A-Za-z])(?![0-9A-Za-z])")
_SAYS_BATCH = pattern(
    r"(?:批次号?|批号|batch|lot)(?:\s?(?:no|number))?[\s.:：#]*([0-9A-Za-z][0-9A-Za-z._/-]{0,38})",
    re.IGNORECASE,
)
LONGEST_UNKNOWN = 8
"""Signs of a request that no title has."""
BATCH_FIGURES = 4
"""From so many figures on a word is a batch, though no paper is of it, unless it is of a title."""


@dataclass(frozen=True, slots=True)
class Meant:
    """`sure`: these and no others. `perhaps`: some of these. `is_named`: the words are their title."""

    sure: tuple[Paper, ...] = ()
    perhaps: tuple[Paper, ...] = ()
    is_named: bool = False


NOTHING = Meant()


def paper_asked(reading: Reading) -> str | None:
    """The words that ask for a paper, in one spelling; None where the mail says anything else."""
    lines = tuple(line for line in own_lines(reading) if _core(line))
    if len(lines) > 1:
        return None
    if not (lines and _ASKS.search(lines[0])):
        # `质检报告` above, the batch below; or all of it above, and `请发一份` below.
        lines = (*own_subject(reading), *lines)
    said = unicodedata.normalize("NFKC", " ".join(lines)).strip()
    is_asked = len(said) <= LONGEST and _ASKS.search(said) and not _TELLS.search(said)
    return said if is_asked else None


def meant_by(asked: str, papers: Sequence[Paper], register: Register) -> Meant:
    """Which of the papers the words mean. A wrong one must never be sent: a batch that is named is of
    the paper, a product that is named is too, and whatever else is said stands in its title."""
    wanted = _core(asked)
    by_name = tuple(p for p in papers if wanted and _core(p.name) == wanted)
    titled = (p for p in papers if wanted and _core(p.title) == wanted)
    # `质检报告` is a title that all inspection reports could have.
    exact = by_name or tuple(p for p in titled if not _IS_INSPECTION.fullmatch(plain(p.title)))
    if exact:
        is_one = len(exact) == 1
        return Meant(exact if is_one else (), () if is_one else exact, is_named=True)
    batches = tuple(_batches(asked, (*register.papers, *papers), register))
    if not batches:
        return _narrowed(asked, list(papers), register)
    named = [p for p in papers if any(map(p.is_of_batch, batches))]
    if not all(any(p.is_of_batch(batch) for p in named) for batch in batches):
        return NOTHING
    each = [
        _narrowed(asked, [p for p in named if p.is_of_batch(batch)], register, batches)
        for batch in batches
    ]
    if any(not (one.sure or one.perhaps) for one in each):
        return NOTHING
    if all(one.sure for one in each):
        return Meant(sure=_once(p for one in each for p in one.sure))
    return Meant(perhaps=_once(p for one in each for p in (*one.sure, *one.perhaps)))


def _narrowed(
    asked: str, papers: list[Paper], register: Register, batches: Sequence[str] = ()
) -> Meant:
    """By product, kind and title, of papers that are of these batches where any are named."""
    products = tuple(_products(asked, register))
    if products:
        papers = [p for p in papers if _is_of(p, products)]
    is_open = not (batches or products)
    is_kind_known = True
    if _IS_INSPECTION.search(asked):
        of_kind = [p for p in papers if _IS_INSPECTION.search(plain(p.title))]
        is_kind_known = bool(of_kind)
        papers = of_kind or papers
        is_open = is_open and not of_kind
    rest = _rest(asked, batches, products)
    if rest:
        titled = [p for p in papers if all(word in _core(p.title) for word in rest)]
        if not titled and is_open:
            return NOTHING
        if not titled:
            # A word or two may be meant for the title; more of them say something else.
            is_short = sum(map(len, rest)) <= LONGEST_UNKNOWN
            return Meant(perhaps=tuple(papers)) if is_short else NOTHING
        papers = titled
    elif is_open:
        # `资料` alone: anything may be meant.
        return Meant(perhaps=tuple(papers))
    if len(papers) == 1 and is_kind_known:
        return Meant(sure=tuple(papers))
    return Meant(perhaps=tuple(papers))


def _batches(asked: str, papers: Sequence[Paper], register: Register) -> Iterator[str]:
    """What is named as a batch, is one of a paper, or can be nothing else."""
    known = {batch_key(batch) for paper in papers for batch in paper.batches}
    said = {batch_key(match[1]) for match in _SAYS_BATCH.finditer(asked)}
    codes = {batch_key(product.sku) for product in register.products}
    titles = " ".join(batch_key(paper.title) for paper in papers)
    for key in dict.fromkeys((*said, *map(batch_key, _BATCH.findall(asked)))):
        is_long = sum(sign.isdigit() for sign in key) >= BATCH_FIGURES
        if key in known or key in said or (is_long and key not in codes and key not in titles):
            yield key


def _products(asked: str, register: Register) -> Iterator[Product]:
    """The products whose code or name stands in the words, the longest name alone."""
    text = normalised(asked)
    found = [
        (name, product)
        for product in register.products
        for name in map(normalised, _names(product))
        if len(name) > 1 and name in text
    ]
    for name, product in found:
        if not any(name != other and name in other for other, _ in found):
            yield product


def _names(product: Product) -> tuple[str, ...]:
    return (product.sku, product.name, product.english_name, *product.aliases)


def _is_of(paper: Paper, products: Sequence[Product]) -> bool:
    told = normalised(paper.product)
    return bool(told) and any(told in map(normalised, _names(p)) for p in products)


def _rest(asked: str, batches: Sequence[str], products: Sequence[Product]) -> tuple[str, ...]:
    """The words that are neither batch nor product nor what kind of paper it is."""
    text = _IS_INSPECTION.sub(" ", plain(asked))
    text = _BATCH.sub(lambda m: " " if batch_key(m[0]) in batches else m[0], text)
    for name in sorted((plain(n) for p in products for n in _names(p) if n), key=len, reverse=True):
        text = text.replace(name, " ")
    return tuple(core for word in _FILLERS.sub(" ", text).split() if (core := _core(word)))


def _core(text: str) -> str:
    """In one spelling, without the words of courtesy that stand in a request."""
    return normalised(_FILLERS.sub(" ", plain(text)))


def _once(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    return tuple(dict.fromkeys(papers))
