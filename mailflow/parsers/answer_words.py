"""The words by which people answer, and what mail programs and signatures write around them.

Everything is compared after NFKC, without case, and without the marks that end a sentence.
"""

from __future__ import annotations

import re

from mailflow.domain.answer import Word

WORDS = {
    Word.AGREE: "同意 批准 核准 准 可以 是 是的 通过 同意批准 同意发货 准予 "
    "準 通過 同意發貨 ok okay approve approved agree agreed yes y",
    Word.REFUSE: "不同意 不批准 不批 不准 不可以 不可 不行 不 否 拒绝 驳回 不通过 不同意发货 "
    "不準 拒絕 駁回 不通過 不同意發貨 不接受 refuse refused reject rejected disagree no n decline declined",
    Word.ACCEPT: "接受 全部接受 都接受 接受建议 接受修改 接受建議 按建议改 按建議改 accept",
    Word.CANCEL: "取消 作废 撤销 取消订单 作废订单 作廢 撤銷 取消訂單 cancel cancelled canceled withdraw",
    Word.SEND: "发送 发出 确认发送 發送 發出 send",
}
PHRASES = {
    Word.NEW_ADDRESS: (
        "地址是新的",
        "地址是新地址",
        "这是新地址",
        "新地址",
        "地址已变更",
        "地址是新的,照新地址发",
        "收货信息是新的",
        "地址是對的,是新地址",
        "new address",
        "the address is new",
        "this address is new",
        "address is new",
    ),
}
"""What takes more than one word to say."""
BY_TEXT = {text: word for word, texts in WORDS.items() for text in texts.split()} | {
    text: word for word, texts in PHRASES.items() for text in texts
}
"""`好的` and `确认` are not among them: people say so of a mail that they have read."""
COURTESY = frozenset(
    {
        *(
            "好",
            "好的",
            "好滴",
            "收到",
            "知道了",
            "辛苦",
            "辛苦了",
            "麻烦了",
            "麻煩了",
            "您好",
            "你好",
        ),
        *("谢谢", "谢谢您", "谢谢你", "谢谢大家", "多谢", "感谢", "謝謝", "感謝"),
        *("thanks", "thx", "please", "thank you", "many thanks"),
    }
)
"""What stands beside a word and says nothing of the matter; by itself it is no answer."""
GREETING = re.compile(
    r"^(?:尊敬的)?[^\s,，。.:：?？不]{0,8}(?:您|你|大家|各位|早上|上午|中午|下午|晚上)好[\s,，。.!！:：~～]*$"
    r"|^(?:hi|hello|dear|good (?:morning|afternoon|evening))(?: [\w.]+){0,3}[\s,，.!！:：]*$",
    re.IGNORECASE,
)
"""A line above the first that counts."""

LOOSE = re.compile(
    r"[“\"「]?(?:(?:就|就是|确实|確實)?(?:要|需要)散[听聽罐]|loose tins?(?:(?: are)? (?:wanted|needed))?)[”\"」]?"
    r"(?:[\s,，。.;；:：、—–-]+|$|(?=因为|因為|理由|原因))"
    r"(?:(?:理由|原因)是?[\s:：,，]*|(?:because(?: of)?|reason)\b[\s:,]*)?",
    re.IGNORECASE,
)
"""Loose tins are wanted; what follows is the reason. `要散听的话…` asks, and wants nothing yet."""

PROGRAM = re.compile(
    r"^(?:发自|發自|來自|来自|寄自|從|从)\s?(?:我的|我们的|我們的)?\s?[「\"“]?(?:iphone|ipad|ios|mac|android|安卓|手机|手機"
    r"|qq|foxmail|outlook|网易|網易|163|126|小米|redmi|红米|华为|華為|huawei|荣耀|vivo|oppo|三星|samsung|魅族|一加"
    r"|微信|企业微信|钉钉|飞书|windows|thunderbird|新浪|阿里).{0,30}$"
    r"|^(?:sent|enviado|gesendet) (?:from|via|with|by) .{1,60}$"
    r"|^get outlook for .{1,20}$|^获取 ?outlook.{0,20}$|^取得 ?outlook.{0,20}$"
    r"|^(?:网易邮箱大师|qq邮箱)$"
    r"|^[|\s]*(?:邮箱|信箱)[:：][^\s@]+@[^\s@]+[|\s]*$|^签名由.{0,20}定制.{0,10}$",
    re.IGNORECASE,
)
"""Lines that mail programs add by themselves."""

DELIMITER = re.compile(r"^(?:-{2,}|—{1,}|_{3,}|={3,}|\*{3,}|\|)$")
"""Lines between what a person wrote and his signature."""
CLOSING = re.compile(
    r"^(?:谢谢|多谢|感谢|謝謝|感謝|辛苦了?|此致|敬礼|敬禮|顺祝商祺|順頌商祺|祝好|祝商祺|商祺|以上"
    r"|thanks?|thank you|many thanks|(?:best|kind|warm) regards|regards|best|cheers|br)$",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"^(?:电话|手机|座机|传真|邮箱|邮件|微信|网址|電話|手機|傳真|郵箱|职务|姓名"
    r"|tel|phone|mobile|cell|mob|fax|e-?mail|mail|web|wechat|[mtep])\s*[:：.].{1,100}$"
    r"|^[+()（）\d\s/\-–]{7,40}$|^[^\s@]+@[^\s@]+\.[^\s@]+$|^(?:https?://|www\.)\S+$",
    re.IGNORECASE,
)
BELOW_OTHERS = re.compile(
    r"^(?:地址|公司|部门|部門|邮编|郵編|address|add|company)\s*[:：].{1,100}$", re.IGNORECASE
)
"""In a signature only below another line of it: by itself an address may be a wish."""
PLACE_OF_WORK = re.compile(
    r"^[\w&·.（）()\- ]{2,40}(?:有限公司|公司|集团|集團|部|部门|中心|事业部|办事处|总监|经理|總監|經理|主管|专员|助理"
    r"|ltd\.?|inc\.?|co\.?|gmbh|department|manager|director)$",
    re.IGNORECASE,
)
NOTICE = re.compile(
    r"^(?:本|此|该|該)(?:电子|電子)?(?:邮件|郵件)|^(?:免责|免責|保密|法律)(?:声明|聲明)|^(?:重要提示|郑重声明)"
    r"|^(?:this|the information|the contents?)\b|^(?:disclaimer|confidential|important notice)",
    re.IGNORECASE,
)
LEGAL = re.compile(
    r"保密|机密|機密|误收|誤收|未经授权|未經授權|免责|免責|法律责任|法律責任"
    r"|confidential|privileged|intended (?:only|solely)|intended recipient|unauthori[sz]ed|disclaimer",
    re.IGNORECASE,
)
"""A company's notice about its mails begins with the one and holds the other; it goes to the end."""
WILL = re.compile(
    r"[?？]|\d\s*(?:箱|听|件|聽|cases?|tins?)|但|不过|不過|改|只|仅|先|等|除|如果|若|要|请|請|不|别|別|暂|暫|取消"
    r"|\b(?:but|if|only|except|unless|change|not|please|wait|after|before|instead|no|don't)\b",
    re.IGNORECASE,
)
"""Signs that a line says something of the matter, however much it looks like a signature."""
