"""An order pasted or forwarded in the words of a mail is read; one that is quoted is not."""

from __future__ import annotations

import pytest

from mailflow.domain.attached import RefusedBecause
from mailflow.domain.document import DoubtKind, Order, Reading
from mailflow.parsers.mime_limits import MAX_HTML
from mailflow.parsers.reader import read_mail
from tests.parsers.mime_mails import a_mail, a_part, a_text, with_parts
from tests.parsers.sheets import HEAD, KNOWN, LINES, A, B, cases, saved, workbook

FROM = "From: Wang <rm.shandong@chenlu.example>"
SHOP = "经销商：某某商贸有限公司"
TABLE = (
    "<table><tr><td>产品名称<td>规格<td>箱数</tr>"
    f"<tr><td>{A}<td>900g*6听/箱<td>10</tr><tr><td>{B}<td>900g*6听/箱<td>5</tr></table>"
)
OTHER = TABLE.replace("<td>10</tr>", "<td>99</tr>")
PASTED = f"{SHOP}\n产品名称\t规格\t箱数\n{A}\t900g\t10\n{B}\t900g\t5\n"
HEADER = (
    "发件人: 李四 &lt;li@shop.example&gt;<br>发送时间: 2026年11月3日 10:00<br>"
    "收件人: 王经理 &lt;w@chenlu.example&gt;<br>主题: 十一月<br>"
)
MARK = "<div>------------------ 原始邮件 ------------------</div>"


def read(html: str = "", text: str = "", subject: str = "订单") -> Reading:
    parts = [a_text(text)] if text else []
    parts += [a_text(html, "html")] if html else []
    return read_mail(
        with_parts(*parts, headers=(FROM, f"Subject: {subject}"), kind="alternative"), KNOWN
    )


def orders(reading: Reading) -> list[Order]:
    assert all(isinstance(d, Order) for d in reading.documents)
    return [d for d in reading.documents if isinstance(d, Order)]


def test_words_alone_are_no_order() -> None:
    found = read("<p>您好，附件是订单。</p>", "您好，附件是订单。")
    assert found == Reading(read("<p>x</p>").head, (), (), "您好，附件是订单。", found.said)


def test_a_table_pasted_into_a_mail_is_an_order_of_it() -> None:
    [found] = orders(read(f"<p>您好！</p><p>{SHOP}</p>{TABLE}<p>谢谢</p>"))
    assert cases(found) == [(A, "10"), (B, "5")]
    assert (found.attachment, found.format, found.doubts) == ("", "body", ())
    assert [w.text for w in found.distributor] == ["某某商贸有限公司"]


def test_a_plain_mail_may_hold_a_pasted_table() -> None:
    [found] = orders(
        read_mail(a_mail(FROM, "Content-Type: text/plain; charset=utf-8", body=PASTED), KNOWN)
    )
    assert cases(found) == [(A, "10"), (B, "5")]


def test_markup_goes_before_the_plain_text_that_was_made_of_it() -> None:
    spoilt = PASTED.replace("\t", "\n")
    assert len(orders(read(SHOP + TABLE, spoilt))) == 1
    assert len(orders(read("<p>见下</p>", PASTED))) == 1


def test_pieces_of_one_text_are_one_text() -> None:
    raw = with_parts(a_text(f"<p>{SHOP}</p>", "html"), a_text(TABLE, "html"), headers=(FROM,))
    [found] = orders(read_mail(raw, KNOWN))
    assert [w.text for w in found.distributor] == ["某某商贸有限公司"]


@pytest.mark.fault("B07")
@pytest.mark.parametrize("subject", ["回复: 订单", "Re: 订单", "订单"])
@pytest.mark.parametrize(
    "mark",
    [
        MARK + HEADER,
        HEADER,
        '<div>在 2026-11-03 10:00:00，"李四" &lt;li@shop.example&gt; 写道：</div><blockquote>',
        "<div>李四 &lt;li@shop.example&gt; 于2026年11月3日周二 10:00写道：</div>",
        "<div>On Tue, Nov 3, 2026 at 10:00 AM Li &lt;li@shop.example&gt; wrote:</div>",
        '<pre>At 2026-11-03 10:00:00, "李四" &lt;li@shop.example&gt; wrote:</pre>',
        "<div>2026年11月3日 上午10:00，李四 &lt;li@shop.example&gt; 写道：</div>",
        "<div>李四 於 2026年11月3日 10:00 寫道：</div>",
        "<div>-----原始郵件-----</div>",
        '<blockquote type="cite">',
        '<blockquote id="isReplyContent" style="margin-left:1ex">',
        '<blockquote class="gmail_quote">',
        '<table><tr><td><blockquote cite="mid:1@shop.example">',
        "<div>---- 回复的原邮件 ----</div><table><tr><td>发件人<td>李四<tr><td>日期<td>今天</table>",
    ],
)
def test_what_is_quoted_below_an_answer_is_not_ordered_again(mark: str, subject: str) -> None:
    assert read(f"<p>收到，谢谢</p>{mark}{SHOP}{TABLE}", subject=subject).documents == ()


INDENTED = '<blockquote style="margin:0 0 0 40px;border:none">'


@pytest.mark.parametrize("subject", ["回复: 订单", "RE: 订单", "答复：订单", "Re[2]: 订单"])
def test_what_is_set_in_below_an_answer_is_quoted(subject: str) -> None:
    assert read(f"<p>收到</p>{INDENTED}{SHOP}{TABLE}", subject=subject).documents == ()
    own = read(f"{SHOP}{TABLE}{INDENTED}{SHOP}{OTHER}</blockquote>", subject=subject)
    assert [cases(found)[0] for found in orders(own)] == [(A, "10")]


def test_a_table_that_somebody_set_in_himself_is_his_own() -> None:
    [found] = orders(read(f"<p>您好</p>{INDENTED}{SHOP}{TABLE}</blockquote>"))
    assert cases(found) == [(A, "10"), (B, "5")]


@pytest.mark.parametrize("mark", ["开始转发的邮件：", "Begin forwarded message:", ""])
def test_what_is_forwarded_in_a_quotation_is_ordered(mark: str) -> None:
    html = f'<p>请安排</p><blockquote type="cite"><div>{mark}</div>{HEADER}{SHOP}{TABLE}'
    assert len(orders(read(html, subject="Fwd: 订单"))) == 1
    assert len(orders(read(html))) == (1 if mark else 0)


@pytest.mark.fault("L03")
@pytest.mark.parametrize("subject", ["转发: 清单", "清单"])
@pytest.mark.parametrize("number", ["DD261103-0001", "FH261103-0001"])
def test_a_letter_of_ours_that_is_forwarded_is_no_order(number: str, subject: str) -> None:
    mark = "<div>---------- Forwarded message ---------</div>"
    header = HEADER.replace("主题: 十一月", f"主题: 【已受理】{number}")
    html = f"<p>请看</p>{mark}{header}{SHOP}{TABLE}{MARK}{HEADER}{SHOP}{OTHER}"
    assert read(html, subject=subject).documents == ()


@pytest.mark.parametrize("subject", ["转发: 订单", "Fwd: 订单", "FW：订单", "[外部] 转发：订单"])
@pytest.mark.parametrize("mark", [MARK + HEADER, HEADER])
def test_what_is_forwarded_is_ordered(mark: str, subject: str) -> None:
    [found] = orders(read(f"<p>请安排</p>{mark}<p>{SHOP}</p>{TABLE}", subject=subject))
    assert cases(found) == [(A, "10"), (B, "5")]
    assert found.ship_to.consignee is None  # nobody of the header receives goods
    assert "十一月" in [w.text for w in found.hints]


@pytest.mark.parametrize(
    "mark",
    [
        "---------- Forwarded message ---------",
        "-----转发邮件信息-----",
        "Begin forwarded message:",
    ],
)
def test_a_mark_of_forwarding_is_enough_without_the_subject(mark: str) -> None:
    assert len(orders(read(f"<p>请安排</p><div>{mark}</div>{HEADER}{SHOP}{TABLE}"))) == 1


def test_what_the_forwarded_mail_itself_quotes_is_not_ordered() -> None:
    html = f"{MARK}{HEADER}{SHOP}{TABLE}<p>李四 于2026年11月3日 10:00写道：</p>{SHOP}{OTHER}"
    [found] = orders(read(html, subject="转发: 订单"))
    assert cases(found)[0] == (A, "10")


def test_a_forwarded_order_below_another_is_asked_about() -> None:
    html = f"{SHOP}{TABLE}{MARK}{HEADER}{SHOP}{OTHER}"
    first, second = orders(read(html, subject="转发: 订单"))
    assert first.doubts == ()
    assert DoubtKind.TABLE_UNCLEAR in {d.kind for d in second.doubts}


def test_quoted_lines_of_a_plain_mail_are_forwarded_or_nothing() -> None:
    quoted = "".join(f"> {line}\n" for line in PASTED.splitlines())
    assert read(text=f"收到\n{quoted}").documents == ()
    assert len(orders(read(text=f"请安排\n{quoted}", subject="转发: 订单"))) == 1


@pytest.mark.fault("B07")
@pytest.mark.parametrize(
    "mark",
    [
        "On Tue, Nov 3, 2026 at 10:00 AM Li Ming of the shop <li@shop.example>\nwrote:",
        "At 2026-11-03 10:00:00, Li <li@shop.example> wrote:",
        "在 2026年11月3日星期二上午10:00，李四 <li@shop.example>\n写道：",
        "----------------\n发件人：李四\n时间：2026-11-03",
        "________________________________\n发件人: 李四\n发送时间: 2026年11月3日\n收件人: 王",
    ],
)
def test_what_a_plain_mail_quotes_is_not_ordered(mark: str) -> None:
    subject = "Re: 订单"
    assert read(text=f"收到\n\n{mark}\n\n{PASTED}", subject=subject).documents == ()
    both = f"{PASTED}\n{mark}\n\n{PASTED.replace('10', '99')}"
    [found] = orders(read(text=both, subject=subject))
    assert cases(found)[0] == (A, "10")


@pytest.mark.parametrize("words", ["On behalf of the shop\nthey wrote it down", "在此下单\n谢谢"])
def test_words_that_only_begin_so_quote_nothing(words: str) -> None:
    assert len(orders(read(text=f"{words}\n\n{PASTED}"))) == 1


def test_the_words_of_a_forwarded_mail_are_read() -> None:
    inner = a_mail(
        "From: li@shop.example", "Content-Type: text/html; charset=utf-8", body=SHOP + TABLE
    )
    forwarded = a_mail("Content-Type: message/rfc822", body=inner)
    raw = with_parts(a_text("<p>请安排</p>", "html"), forwarded, headers=(FROM,))
    [found] = orders(read_mail(raw, KNOWN))
    assert cases(found) == [(A, "10"), (B, "5")]
    assert read_mail(raw, KNOWN).head.sender == "rm.shandong@chenlu.example"


def test_a_signature_is_no_address_to_ship_to() -> None:
    [found] = orders(
        read(f"{SHOP}{TABLE}<div>--</div><div>电话：13900000000<br>地址：某市某路</div>")
    )
    assert (found.ship_to.phone, found.ship_to.address) == (None, None)
    [found] = orders(read(f"{SHOP}{TABLE}<div>电话：13900000000</div>"))
    assert found.ship_to.phone is None
    [found] = orders(read(f"{SHOP}{TABLE}<div>收货电话：13900000000</div>"))
    assert found.ship_to.phone is not None


SHEET = saved(workbook([(SHOP,), HEAD, *LINES]))
ATTACHED = a_part('Content-Disposition: attachment; filename="a.xlsx"', data=SHEET)


@pytest.mark.fault("M10")
def test_an_order_that_is_attached_and_pasted_is_one() -> None:
    raw = with_parts(a_text(f"{SHOP}{TABLE}", "html"), ATTACHED, headers=(FROM,))
    [found] = orders(read_mail(raw, KNOWN))
    assert found.attachment == "a.xlsx"


def test_another_order_in_the_words_beside_an_attached_one_is_asked_about() -> None:
    raw = with_parts(a_text(f"{SHOP}{OTHER}", "html"), ATTACHED, headers=(FROM,))
    attached, pasted = orders(read_mail(raw, KNOWN))
    assert (attached.attachment, attached.doubts) == ("a.xlsx", ())
    assert DoubtKind.TABLE_UNCLEAR in {d.kind for d in pasted.doubts}


def test_a_text_without_end_is_not_read_in_half() -> None:
    reading = read(f"{SHOP}{TABLE}" + "<p>.</p>" * (MAX_HTML // 8))
    assert reading.documents == ()
    assert [(r.attachment, r.reason) for r in reading.refused] == [("", RefusedBecause.TOO_LARGE)]


def test_text_files_that_servers_add_are_no_documents_beside_an_order() -> None:
    footer = a_part(
        'Content-Disposition: attachment; filename="ATT00001.txt"', data=b"Sent by us\n"
    )
    assert (
        len(orders(read_mail(with_parts(a_text(), ATTACHED, footer, headers=(FROM,)), KNOWN))) == 1
    )
    [found] = read_mail(with_parts(a_text(), footer, headers=(FROM,)), KNOWN).documents
    assert found.kind == "unknown"


def test_the_words_of_a_mail_are_those_beside_its_table() -> None:
    reading = read(f"<p>请尽快安排</p>{SHOP}{TABLE}<p>谢谢</p>")
    assert reading.body.splitlines() == ["请尽快安排", SHOP, "谢谢"]


def test_what_stands_behind_thousands_of_lines_is_not_looked_for() -> None:
    reading = read("<p>.</p>" * 3_100 + SHOP + TABLE)
    assert (reading.documents, reading.refused) == ((), ())
    assert len(orders(read("<p>.</p>" * 2_900 + SHOP + TABLE))) == 1


def test_words_of_a_mail_that_is_passed_on_are_told_without_its_tables_and_quotations() -> None:
    table = "<table><tr><td>产品<td>箱数</tr><tr><td>某某<td>3箱</tr></table>"
    html = f"<p>请处理</p>{MARK}<p>发件人: a</p><p>发送时间: b</p><p>主题: c</p><p>最后一个取消</p>{table}"
    assert read(html, subject="转发: 订单").forwarded == "最后一个取消"
    assert read(html, subject="订单").forwarded == ""
    assert read("<p>最后一个取消</p>", subject="转发: 订单").forwarded == ""
