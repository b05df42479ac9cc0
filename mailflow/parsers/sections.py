"""Titles that say how the lines below them are paid: `一、现金货`, `【费用部分】`, `赠品`."""

from __future__ import annotations

import re

from mailflow.domain.funding import Funding, funding_title, is_other_than_cash
from mailflow.domain.sheet import Written
from mailflow.domain.value import dataclass
from mailflow.parsers.meanings import Label
from mailflow.parsers.sums import total_word
from mailflow.parsers.vocabulary import label_of

LONGEST_TITLE = 24
"""Signs of the title of a part; what is longer is a sentence."""
LONGEST_UNKNOWN = 12
"""Of one nobody agreed on: what is longer is a note that mentions a gift, say."""


@dataclass(frozen=True, slots=True)
class Section:
    """What a title says of the lines below it; `funding` None where it is not understood."""

    title: Written
    funding: Funding | None


def section_of(title: Written) -> Section | None:
    """The title of a part of an order; None for one that says nothing of how the part is paid."""
    text = title.text.strip()
    if not text or len(text) > LONGEST_TITLE or label_of(text) is Label.OTHER:
        return None
    if funding := funding_title(text):
        return Section(title, funding)
    is_title = not any(sign in text.rstrip(":：") for sign in "，。；！,;!:：")
    if (
        len(text) <= LONGEST_UNKNOWN
        and is_title
        and is_other_than_cash(text)
        and total_word(text) is None
    ):
        return Section(title, None)
    return None


_APART = re.compile(
    r"不订|不要|暂不|暂缓|先不|缓发|取消|作废|删除|下个?月|次月|下次|下批|下期|上个?月|上次|上批|上期|欠|未发|未到|补发|退|换货|调换"
    r"|示例|样例|范例|举例|例[:：如]|不计|参考|缺货|断货|停产|停售|下架|库存|待定|待确认|待发|已发|已订|预售|later|cancel|next month"
    r"|last month|previous|example|return|not order|on hold|back ?order|already",
    re.IGNORECASE,
)


def sets_apart(text: str) -> bool:
    """Whether lines below such a title may not be ordered now: `以下暂不订`, `上月欠货`, `示例`."""
    return _APART.search(text) is not None


def both(first: Written, own: Written | None) -> Written:
    """What a title says, and what the line itself says: where they differ it is neither."""
    if own is None or not own.text.strip():
        return first
    if funding_title(own.text) is funding_title(first.text):
        return own
    return Written(f"{first.text} / {own.text}", own.at)
