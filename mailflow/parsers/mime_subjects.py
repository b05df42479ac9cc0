"""Words that programs put at the beginning of what they send by themselves.

They are weak marks: a person may write them too. So they stand at the very beginning, are followed
by what a program sets behind them, and are taken back by a `Re:` or `Fwd:` before them.
"""

from __future__ import annotations

import re

_BEHIND = r"\s*(?:[:：\]】)）]|[-–—]\s|$)"
AUTO_REPLY = re.compile(
    r"""^[\[【(（]?(?:
        (?:假期|休假|系统|系統|邮件|郵件|外出|离岗|離線|离线)?自[动動](?:回复|回覆|回復|答复|答覆|应答|應答|回信)
        | 自動応答 | (?:外出|假期|休假)(?:自动)?(?:回复|回覆|答复) | 不在(?:办公室|辦公室)
        | 자동\s?(?:회신|응답)
        | (?:automatic|automated|auto)[ -]?(?:reply|response|antwort) | autoreply | autoresponder?
        | out[ ]of(?:[ ]the)?[ ]office(?:[ ](?:auto ?reply|reply|response|notification))? | ooo
        | vacation[ ](?:reply|response|message|notice)
        | automatische[ ]antwort | abwesenheits(?:notiz|meldung|benachrichtigung|info)
        | r[ée]ponse[ ]automatique | respuesta[ ]autom[áa]tica | risposta[ ]automatica
        | автоответ\w*
    )"""
    + _BEHIND,
    re.IGNORECASE | re.VERBOSE,
)
RECEIPT = re.compile(
    r"""^[\[【(（]?(?:
        已[读讀] | 未[读讀] | (?:已[读讀]|[阅閱][读讀]|送[达達]|邮件|讀取|读取)回[执執條条]
        | (?:not[ ])?read | (?:read|return|delivery)[ ]receipt(?:[ ]\(displayed\))?
        | (?:撤回|召回)(?:成功|失败|失敗)(?:通知)? | (?:message[ ])?recall[ ](?:success|failure|report)
    )\s*(?:[:：\]】)）]|[-–—]\s)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Receipts, and reports on what became of a recall: nothing follows from any of them."""

BOUNCE = re.compile(
    r"""^[\[【(（]?(?:
        (?:系[统統]|邮件|郵件|来自.{1,40}的)?退信(?:通知|提醒)? | (?:邮件|郵件)(?:被)?退回(?:通知)?
        | (?:邮件|郵件)?(?:投[递遞]|[传傳][递遞]|[发發]送|遞送)(?:失[败敗]|延[迟遲]|状态)(?:通知|提醒)?
        | (?:邮件|郵件)?(?:未送[达達]|未能送[达達]|[无無]法(?:送[达達]|投[递遞]|[传傳][递遞]))(?:的邮件|通知)?
        | undeliver(?:able|ed)(?:[ ]mail)?(?:[ ]returned[ ]to[ ]sender)?
        | mail[ ]delivery[ ](?:failed|failure|warning|error|problem|subsystem|status)(?:[ ]notification)?
        | delivery[ ](?:status[ ]notification|failure|failed|delayed|has[ ]failed)(?:[ ]\w+)?
        | returned[ ]mail | failure[ ]notice | (?:message|mail)[ ](?:delayed|delivery[ ]delayed)
        | warning[ ]message[ ]delayed | mail[ ]system[ ]error
    )\s*(?:[:：,，\]】)）(（]|[-–—]\s|$)""",
    re.IGNORECASE | re.VERBOSE,
)
OPENING = re.compile(
    r"""^\W*(?:
        这是(?:一封)?(?:来自.{1,30}的)?(?:假期|休假|系统)?自动(?:回复|答复)(?:的)?(?:邮件)?
        | 這是(?:一封)?(?:來自.{1,30}的)?(?:假期|休假|系統)?自動(?:回覆|回復|答覆)(?:的)?(?:郵件)?
        | (?:本|此|该)(?:邮件|信)(?:为|是|由)(?:系统)?自动(?:回复|答复)
        | this[ ]is[ ]an[ ](?:automatic|automated|auto-?generated)[ ](?:reply|response)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""The first words of a vacation reply whose program marks it nowhere else."""
