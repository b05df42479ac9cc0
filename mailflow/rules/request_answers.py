"""What somebody answers to a request: a word that counts, with what stands behind it, or words that are
passed on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from mailflow.domain.answer import Word
from mailflow.domain.document import Reading
from mailflow.domain.pattern import pattern
from mailflow.domain.value import dataclass

_WORDS = {
    Word.REFUSE: r"不同意|不批准|不批|不通过|不可以|不行|退回|驳回|拒绝|不同意退回|refused?|rejected?|declined?|send back|not approved",
    Word.AGREE: r"同意|批准|核准|准予|通过|可以|approved?|agreed?|ok(?:ay)?|yes",
    Word.DONE: r"已完成|完成|已办好|办好了?|做好了?|已做好|已处理|处理完毕|办完了?|done|finished|completed?",
    Word.CANCEL: r"取消申请|撤回申请|撤销申请|取消|撤回|撤销|不用了|cancel(?:led)?|withdraw(?:n)?",
}
_BEHIND = r"(?:[\s:：,，。.;；!！、—-]+|$)"
_REASON = pattern(r"(?:理由|原因|因为|reason|because)\s*(?:是|is)?\s*[:：,，]?\s*", re.IGNORECASE)
_CONDITION = pattern(
    r"如果|前提|条件是|但是?|不过|除非|先不|暂不|暂缓|只要|仅限|\bif\b|\bbut\b|\bunless\b|provided",
    re.IGNORECASE,
)
LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Reply:
    """`word` is None where none of those stands first that can be said; `text` is what stands behind
    it, and `is_conditional` whether that makes the yes one that hangs on something."""

    word: Word | None
    text: str = ""
    is_conditional: bool = False


def reply_in(reading: Reading, allowed: Iterable[Word], names: Sequence[str] = ()) -> Reply:
    """Of the first own line; below it stands more of the same. `names` are those he signs with."""
    said = reading.said
    first = unicodedata.normalize("NFKC", said.first).strip().strip("“”\"'【】[]").strip()
    below = [line for line in said.besides if line.strip() not in names]
    for word in (w for w in _WORDS if w in tuple(allowed)):
        match = re.match(rf"(?:{_WORDS[word]}){_BEHIND}", first, re.IGNORECASE)
        if match is None:
            continue
        rest = _REASON.sub("", first[match.end() :], count=1).strip()
        text = "\n".join(filter(None, (rest, *below)))[:LONGEST].strip()
        return Reply(word, text, _hangs(word, text))
    if said.word in tuple(allowed):
        return Reply(said.word, "\n".join(below)[:LONGEST], _hangs(said.word, "\n".join(below)))
    return Reply(None)


def _hangs(word: Word | None, text: str) -> bool:
    return word is Word.AGREE and _CONDITION.search(text) is not None
