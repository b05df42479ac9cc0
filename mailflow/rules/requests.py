"""What a mail without a sheet is about, by its own words: for a person, who then knows at a glance.

Nothing is decided by it but the word under which the mail stands in the digest.
"""

from __future__ import annotations

import re
from enum import StrEnum

from mailflow.domain.document import Reading
from mailflow.domain.pattern import pattern
from mailflow.rules.own_words import own_words
from mailflow.rules.wishes import said

LONGEST = 2_000
"""Signs of a text that are looked through."""
RECALL_SUBJECT = pattern(r"^\s*[\[【]?(?:撤回|召回|recall)[\]】]?\s*[:：]", re.IGNORECASE)
RECALL_TEXT = pattern(
    r"(?:想要|希望|要求|将|请求|已)撤回(?:邮件|了?邮件|此?消息|以下邮件|您收到的)|撤回了一?封?邮件"
    r"|would like to recall the message|has recalled (?:the|a) message",
    re.IGNORECASE,
)
_STATUS = (
    "发货了吗", "发了吗", "发出了吗", "到了吗", "到哪了", "到哪里了", "到货了吗", "什么时候发", "什么时候到", "何时发", "何时到", "几时发", "几时到",
    "多久到", "多久能到", "物流", "运单", "快递单号", "发货进度", "订单进度", "订单状态", "发货状态", "发货情况", "查单", "查一下订单",
    "收到订单了吗", "order status", "tracking", "has it shipped", "when will",
)  # fmt: skip
_STATEMENT = (
    "对账单",
    "对帐单",
    "对账",
    "对帐",
    "往来账",
    "账单",
    "余额",
    "欠款",
    "statement of account",
    "statement",
    "balance",
)
_REPORT = ("报表", "统计", "销售数据", "销量", "月报", "季报", "年报", "汇总表", "report")
_DOCUMENTS = (
    "质检报告", "检测报告", "检验报告", "合格证", "资质", "证照", "营业执照", "生产许可", "授权书", "经销合同", "合同", "资料", "说明书",
    "inspection report", "certificate", "licence", "license", "contract",
)  # fmt: skip
_SAMPLES = ("样品", "试用装", "小听粉", "小样", "试吃", "派样", "sample")
_DESIGN = (
    "海报",
    "展架",
    "易拉宝",
    "门头",
    "堆头",
    "宣传品",
    "宣传物料",
    "物料设计",
    "设计图",
    "设计稿",
    "poster",
    "artwork",
)
_TRAINING = ("培训", "妈妈班", "推广活动", "活动申请", "training")
_COMPLAINT = (
    "投诉",
    "破损",
    "变质",
    "漏发",
    "少发",
    "错发",
    "退货",
    "换货",
    "质量问题",
    "complaint",
    "damaged",
    "return of goods",
)


class About(StrEnum):
    """Variants of the finding `request`; the first whose words are found counts."""

    COMPLAINT = "complaint"
    DOCUMENTS = "documents"
    STATEMENT = "statement"
    REPORT = "report"
    SAMPLES = "samples"
    DESIGN = "design"
    TRAINING = "training"
    STATUS = "status"


_WORDS = {
    About.COMPLAINT: _COMPLAINT,
    About.DOCUMENTS: _DOCUMENTS,
    About.STATEMENT: _STATEMENT,
    About.REPORT: _REPORT,
    About.SAMPLES: _SAMPLES,
    About.DESIGN: _DESIGN,
    About.TRAINING: _TRAINING,
    About.STATUS: _STATUS,
}


def is_recall(reading: Reading) -> bool:
    """The sender's program asks to have a mail back: what stood in it may be withdrawn."""
    return bool(RECALL_SUBJECT.search(reading.head.subject) or RECALL_TEXT.search(_own(reading)))


def asked_for(reading: Reading) -> About | None:
    text = said(f"{reading.head.subject}\n{_own(reading)}")
    return next((about for about, words in _WORDS.items() if _holds(text, words)), None)


def _own(reading: Reading) -> str:
    return own_words(reading.body)[:LONGEST]


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(
        re.search(rf"(?<![a-z]){re.escape(word)}s?(?![a-z])", text)
        if word.isascii()
        else word in text
        for word in words
    )
