"""`批次 B20260301`, `batch B20260301`: a mail that asks who got a batch, and nothing else."""

from __future__ import annotations

import re
import unicodedata

from mailflow.domain.pattern import pattern

_ASKS = pattern(
    r"(?:请)?(?:查询?|追溯|召回)?\s*(?:批次号|批次|批号|batch|lot)(?:\s?(?:no|number))?\s*[.:：#]?\s*"
    r"(?P<batch>[0-9A-Za-z](?:[0-9A-Za-z ._/#-]{0,38}[0-9A-Za-z])?)\s*(?:发给了?谁|给谁了|去向|流向)?\s*[?？。.]?",
    re.IGNORECASE,
)
_ANSWERS = pattern(r"\s*(?:re|回复|答复)\s*[:：]", re.IGNORECASE)
_REPLY = pattern(r"^\s*(?:(?:re|fw|fwd|回复|答复|转发)\s*[:：]\s*)+", re.IGNORECASE)


def batch_asked(subject: str, first: str) -> str | None:
    """The batch that the subject or the first own line names; None where they name none, or two.

    Who replies with words of his own does not ask again what he asked before: a person reads them.
    """
    texts = (unicodedata.normalize("NFKC", text).strip() for text in (subject, first))
    matches = [_ASKS.fullmatch(_REPLY.sub("", text)) for text in texts]
    if _ANSWERS.match(subject) and first.strip() and matches[1] is None:
        return None
    named = {match["batch"].strip().upper() for match in matches if match}
    has_figure = {name for name in named if any(sign.isdigit() for sign in name)}
    return named.pop() if len(named) == 1 and has_figure else None
