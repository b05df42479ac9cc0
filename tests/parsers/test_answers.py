"""One word counts, and only that: what programs and signatures add is known, all else is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.answer import Word
from mailflow.parsers.answer_words import BY_TEXT
from mailflow.parsers.answers import said_in, word_of
from mailflow.parsers.mime import read_mime

TOKEN = "7K3M9QWX2ZB4T6VD8HCF"


def said(text: str, html: str = "", subject: str = "", name: str = "") -> tuple[Word | None, bool]:
    """The word, and whether nothing stands beside it."""
    found = said_in(subject, text, html, name)
    return found.word, not found.besides


@pytest.mark.parametrize(
    "text",
    ["同意", "批准", "可以", "OK", "ｏｋ！", "Yes.", "approve", " 同意。 ", "“同意”", "【同意】"],
)
def test_yes(text: str) -> None:
    assert said(text) == (Word.AGREE, True)


@pytest.mark.parametrize(
    "text", ["不同意", "不批准", "拒绝", "拒絕", "Refuse", "NO", "reject!", "不可以"]
)
def test_no(text: str) -> None:
    assert said(text) == (Word.REFUSE, True)


@pytest.mark.fault("P08")
@pytest.mark.parametrize(
    ("text", "word"),
    [("接受", Word.ACCEPT), ("Accept", Word.ACCEPT), ("取消", Word.CANCEL), ("作廢", Word.CANCEL)],
)
def test_other_words(text: str, word: Word) -> None:
    assert said(text) == (word, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "同意吗",
        "同意？",
        "OK?",
        "同意，但数量改为50",
        "同意 拒绝",
        "不",
        "不太同意",
        "基本同意",
        "好的",
        "收到",
        "yes but wait",
        "同意50箱",
        "不是不同意",
    ],
)
def test_anything_else_is_no_word(text: str) -> None:
    assert said(text)[0] in (None, Word.REFUSE if text == "不" else None)


@pytest.mark.fault("M11")
@pytest.mark.parametrize(
    "below",
    [
        "\n\n发自我的iPhone",
        "\n\n来自QQ邮箱手机版",
        "\n\nSent from my iPhone",
        "\n\nGet Outlook for iOS",
        '\n\n------------------ 原始邮件 ------------------\n发件人: "a" <a@x.example>\n不同意',
        '\n\n在 2026-11-09 14:32:00，"销管订单" <orders@x.example> 写道：\n不同意',
        "\nOn Mon, Nov 9, 2026 at 2:32 PM Desk <orders@x.example> wrote:\n> REFUSE",
        "\n\n发件人: a\n发送时间: 2026年11月9日\n收件人: b\n主题: c\n\n不同意",
        "\n> 不同意\n> 不同意",
        "\n\n--\n王芳\n晨露乳业有限公司\n电话：0371-1234567",
        "\n\n谢谢\n王芳",
        "\n\nBest regards,\n王芳\nTel: +86 371 1234567\nfang@x.example",
    ],
)
@pytest.mark.parametrize(("text", "word"), [("同意", Word.AGREE), ("不同意", Word.REFUSE)])
def test_what_programs_and_signatures_add_is_left_out(text: str, word: Word, below: str) -> None:
    assert said(text + below, name="王芳") == (word, True)


@pytest.mark.fault("P08")
@pytest.mark.parametrize(
    "below",
    [
        "但数量改为50箱",
        "来自王总：先不发",
        "地址：郑州市解放路5号",
        "等货款到了再发",
        "only half of it",
        "晨露改发北区公司",
        "50箱",
    ],
)
def test_a_condition_below_the_word_is_kept(below: str) -> None:
    assert said(f"同意\n{below}") == (Word.AGREE, False)


def test_a_word_below_a_quotation_is_his_own() -> None:
    assert said("> 同意\n不同意") == (Word.REFUSE, True)
    assert said("> 同意") == (None, True)


@pytest.mark.fault("M11")
@pytest.mark.parametrize(
    "html",
    [
        "<div>同意</div><blockquote type='cite'>不同意</blockquote>",
        "<div dir='ltr'>同意</div><div class='gmail_quote'>不同意</div>",
        "<p>同意</p><div>------------------ 原始邮件 ------------------</div><div>不同意</div>",
        "<style>p { color: red }</style><p>同<b>意</b></p>",
    ],
)
def test_markup_tells_what_is_quoted(html: str) -> None:
    assert said("", html) == (Word.AGREE, True)


QUOTED = "<div>不同意</div>"
PROGRAMS = {
    "qq": "<div>同意</div><div><br></div><div><includetail><div>&nbsp;</div><div style='font-size: 12px;'>"
    '------------------&nbsp;原始邮件&nbsp;------------------</div><div><b>发件人:</b>&nbsp;"desk"</div>'
    f"<div>{QUOTED}</div></includetail></div>",
    "163": "<div style='line-height:1.7'>同意<br><br><pre><br>At 2026-11-09 14:32:00, \"desk\" &lt;d@x.example&gt;"
    f" wrote:</pre><blockquote id='isReplyContent'>{QUOTED}</blockquote></div>",
    "netease master": "<div>同意</div><div><br></div><div id='ntes-pcmail-quote' class='ntes-mailmaster-quote'>"
    f"<div>---- 回复的原邮件 ----</div><table><tr><td>发件人</td><td>desk</td></tr></table>{QUOTED}</div>",
    "outlook": "<div class=WordSection1><p class=MsoNormal>同意<o:p></o:p></p><div><div style='border:none;"
    "border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>发件人:</b> desk <br><b>发送时间:</b> 2026年11月9日"
    f"<br><b>收件人:</b> f@x.example<br><b>主题:</b> 请审批</p></div></div>{QUOTED}</div>",
    "iphone": "同意<div><br id='lineBreakAtBeginningOfSignature'><div dir='ltr'>发自我的iPhone</div><div dir='ltr'>"
    f"<br><blockquote type='cite'>在 2026年11月9日，14:32，desk 写道：<br>{QUOTED}</blockquote></div></div>",
    "gmail": "<div dir='ltr'>同意</div><br><div class='gmail_quote'><div class='gmail_attr'>On Mon, desk wrote:"
    f"<br></div><blockquote class='gmail_quote'>{QUOTED}</blockquote></div>",
    "foxmail": "<div><span></span>同意</div><div><br></div><blockquote style='margin: 0'><div>&nbsp;</div><div>"
    "<div><b>发件人：</b>&nbsp;desk</div><div><b>发送时间：</b>&nbsp;2026-11-09</div><div><b>收件人：</b>&nbsp;f</div>"
    f"<div><b>主题：</b>&nbsp;请审批</div></div>{QUOTED}</blockquote>",
}


@pytest.mark.fault("M11", "P08")
@pytest.mark.parametrize("program", PROGRAMS)
def test_what_programs_quote_is_not_what_was_answered(program: str) -> None:
    assert said("", PROGRAMS[program]) == (Word.AGREE, True)
    assert said("", PROGRAMS[program].replace("同意", "OK", 1)) == (Word.AGREE, True)
    refused = PROGRAMS[program].replace("不同意", "同意").replace("同意", "不同意", 1)
    assert said("", refused) == (Word.REFUSE, True)


def test_a_company_s_notice_about_its_mails_is_no_condition() -> None:
    notice = "本邮件及其附件含有保密信息，仅供收件人使用。\n如果您误收，请立即删除，不得使用。"
    assert said(f"同意\n\n{notice}") == (Word.AGREE, True)
    english = (
        "This e-mail is confidential and intended only for its recipient.\nPlease delete it if not."
    )
    assert said(f"OK\n\n{english}") == (Word.AGREE, True)
    assert said("同意\n此邮件里的数量要改") == (Word.AGREE, False)


def test_two_bodies_that_disagree_say_nothing() -> None:
    assert said("同意", "<p>不同意</p>")[0] is None
    assert said("同意", "<p>同意</p>") == (Word.AGREE, True)


@pytest.mark.fault("P09")
def test_tokens_and_numbers_are_found_where_they_are_left() -> None:
    found = said_in(f"回复: [dd261109-0042-2 #{TOKEN.lower()}]", "同意", "")
    assert (found.tokens, found.numbers) == ((TOKEN,), ("DD261109-0042-2",))
    found = said_in("回复", f"同意\n> [DD261109-0042 #{TOKEN}]", "")
    assert (found.tokens, found.numbers) == ((TOKEN,), ())
    assert said_in("x", f"#{TOKEN}A #{TOKEN[1:]}", "").tokens == ()


def test_the_words_of_a_mail_come_with_it() -> None:
    raw = "From: a@x.example\r\nSubject: Re: x\r\nContent-Type: text/plain; charset=gbk\r\n\r\n"
    assert read_mime(raw.encode() + "不同意\r\n".encode("gbk")).said.word is Word.REFUSE


@pytest.mark.fault("P08")
@given(st.text(max_size=80))
def test_no_text_is_a_yes_that_says_no(text: str) -> None:
    """Whatever surrounds it: a line that is read as a yes holds no sign of a no."""
    if word_of(text) is Word.AGREE:
        assert not any(sign in text for sign in "不拒否驳駁?？")


@pytest.mark.fault("P08")
@given(st.sampled_from(sorted(BY_TEXT)), st.sampled_from(sorted(BY_TEXT)))
def test_two_words_are_none_unless_they_say_the_same(one: str, other: str) -> None:
    for between in (" ", "，", ",", "/"):
        found = word_of(f"{one}{between}{other}")
        assert found is None or found is BY_TEXT[one] is BY_TEXT[other]


@pytest.mark.fault("P08")
@given(st.sampled_from(sorted(BY_TEXT)), st.text(min_size=1, max_size=30))
def test_what_follows_in_the_line_takes_the_word_away(word: str, more: str) -> None:
    found = word_of(f"{word}{more}")
    assert found is None or word_of(f"{word}{more}".strip()) in Word
    if any(c.isalnum() for c in more) and f"{word}{more}".casefold() not in BY_TEXT:
        assert found is None or found in {BY_TEXT[t] for t in BY_TEXT if t.startswith(word[:1])}


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_and_no_markup_troubles_it(text: str, html: str) -> None:
    said_in(text, text, html, text[:20])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("要散听 门店活动急用", "门店活动急用"),
        ("要散听，理由：门店活动急用。", "门店活动急用"),
        ("“要散听”理由：门店急用", "门店急用"),
        ("就要散听因为客户急用", "因为客户急用"),
        ("需要散听\n门店急用", ""),
        ("要散听 理由：", ""),
        ("要散聽", ""),
        ("Loose tins because: a promotion", "a promotion"),
        ("LOOSE TINS wanted, promotion in the stores", "promotion in the stores"),
    ],
)
def test_loose_tins_are_wanted_for_a_reason(text: str, reason: str) -> None:
    found = said_in("", text, "")
    assert (found.word, found.reason) == (Word.LOOSE, reason)


@pytest.mark.parametrize(
    "text",
    [
        "要散听的话怎么办",
        "不要散听",
        "要散听吗？",
        "要散听3听",
        "散听",
        "可以要散听",
        "> 要散听 急用",
    ],
)
def test_what_only_speaks_of_loose_tins_wants_none(text: str) -> None:
    assert said_in("", text, "").word is None


@pytest.mark.parametrize(
    "text", ["地址是新的", "地址是新的。", "新地址", "This address is new", "NEW ADDRESS"]
)
def test_a_new_address(text: str) -> None:
    assert said(text) == (Word.NEW_ADDRESS, True)


@pytest.mark.parametrize(
    "text", ["地址是新的吗", "新地址在临江路", "地址是新的但先别发", "new address please"]
)
def test_no_new_address(text: str) -> None:
    assert said(text)[0] is None


def test_two_reasons_of_one_mail_are_none() -> None:
    html = "<p>要散听 门店急用</p>"
    assert said_in("", "要散听 门店\n急用", html).word is Word.LOOSE
    assert said_in("", "要散听 客户要求", html).word is None


@pytest.mark.fault("P08")
def test_the_same_word_twice_or_with_courtesy_is_one_word() -> None:
    for text in (
        "是的，同意",
        "同意，谢谢！",
        "好的，同意。",
        "OK, thanks",
        "您好，同意",
        "收到 同意",
    ):
        assert said(text) == (Word.AGREE, True), text
    assert said("不同意，谢谢") == (Word.REFUSE, True)
    assert said("取消，麻烦了") == (Word.CANCEL, True)
    for text in (
        "好的，谢谢",
        "同意，不同意",
        "不，同意",
        "同意，先发一半",
        "好的，但是同意",
        "是的，要散听",
    ):
        assert said(text)[0] is None, text


def test_a_greeting_above_the_word_says_nothing() -> None:
    assert said("小何你好：\n同意\n谢谢") == (Word.AGREE, True)
    assert said("Hi Tom,\n\nno") == (Word.REFUSE, True)
    assert said("您好\n先别发") == (None, True)
    assert said("您好") == (None, True)


def test_a_number_may_be_typed_wide_or_with_spaces() -> None:
    for subject in ("回复：ＤＤ２６１１１０－０００１", "DD 261110 - 0001", "dd261110-0001"):
        assert said_in(subject, "同意", "").numbers == ("DD261110-0001",), subject
