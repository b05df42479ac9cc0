"""What customer service writes of a call, and of a sample tin; anything else is asked about."""

from __future__ import annotations

from collections.abc import Mapping

from mailflow.domain.call_backs import Outcome, Use
from mailflow.parsers.vocabulary import key

_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.REACHED: (
        "接通 已接通 接听 已接听 正常接听 成功 回访成功 成功回访 已回访 有效 有效回访 完成 已完成 是 connected reached answered "
        "success successful done completed yes"
    ),
    Outcome.NO_ANSWER: (
        "未接通 未接 未接听 无人接听 没人接 没接 无法接通 关机 已关机 占线 忙线 忙音 不在服务区 暂时无法接通 否 noanswer notanswered "
        "unanswered busy switchedoff notreached unreachable no"
    ),
    Outcome.REFUSED: (
        "拒接 拒访 拒绝 拒绝回访 拒绝接听 挂断 直接挂断 不愿回访 不配合 refused declined hungup rejected"
    ),
    Outcome.WRONG_NUMBER: (
        "空号 错号 号码错误 错误号码 停机 已停机 非本人 打错 号码不存在 wrongnumber invalid invalidnumber notinservice disconnected"
    ),
}
_USES: Mapping[Use, str] = {
    Use.USED: (
        "是 有 已使用 使用 使用过 已用 用过 用了 已用完 用完 全部使用 已食用 食用 吃了 喝了 已喝 在喝 在用 正在使用 y yes used true √ ✓ ✔ 1"
    ),
    Use.PARTLY: "部分使用 使用一部分 用了一部分 用了一半 部分 未用完 没用完 没喝完 partly partlyused partial",
    Use.UNUSED: (
        "否 无 没有 未使用 未用 没用 没使用 未食用 没吃 没喝 未开封 未拆 未收到 没收到 n no unused notused false × ✗ ✘ x 0"
    ),
}
OUTCOMES = {key(word): outcome for outcome, words in _OUTCOMES.items() for word in words.split()}
USES = {key(word): use for use, words in _USES.items() for word in words.split()}


def outcome_of(text: str) -> Outcome | None:
    return OUTCOMES.get(key(text))


def use_of(text: str) -> Use | None:
    return USES.get(key(text))
