"""Letters become messages that name everybody, come out the same again, and never loop."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailflow.domain.mail import Thread
from mailflow.domain.message import MessageState
from mailflow.domain.money_notice import MoneyNotice
from mailflow.domain.notice import Letter
from mailflow.domain.notice_announcement import (
    AnnouncementAnswerNotice,
    AnnouncementHeardNotice,
    AnnouncementStatusNotice,
    Told,
)
from mailflow.domain.notice_archive import ArchivedNotice, FoundNotice
from mailflow.domain.notice_asked import ReplyNotice
from mailflow.domain.notice_calls import CallAnswerNotice, WaivedNotice
from mailflow.domain.notice_consumers import ConsumersNotice, ForgottenNotice
from mailflow.domain.notice_dispute import DisputeNotice, DisputeStage
from mailflow.domain.notice_goods import BatchNotice, ShippingNotice
from mailflow.domain.notice_help import HelpNotice, StatusNotice
from mailflow.domain.notice_month import InventoryNotice, MonthGridNotice
from mailflow.domain.notice_orders import AnswerNotice
from mailflow.domain.notice_paper import PaperNotice
from mailflow.domain.notice_register import RegisterNotice
from mailflow.domain.notice_request import RequestAnswerNotice
from mailflow.domain.notice_stock import StockNotice
from mailflow.domain.statement import StatementNotice, StatementsNotice, StatementWhichNotice
from mailflow.outbox.mime_headers import HeaderRefused
from tests.outbox.letters import (
    NOW,
    STATIONERY,
    bodies,
    enclosed,
    named_letters,
    pages,
    parsed,
    setter,
    typeset,
)

ALL = [pytest.param(letter, id=name) for name, letter in named_letters("zh").items()]
ANSWERING = (
    AnswerNotice
    | ReplyNotice
    | ShippingNotice
    | BatchNotice
    | MoneyNotice
    | InventoryNotice
    | StockNotice
    | StatementsNotice
    | StatementWhichNotice
    | MonthGridNotice
    | HelpNotice
    | StatusNotice
    | RegisterNotice
    | ConsumersNotice
    | AnnouncementAnswerNotice
    | AnnouncementHeardNotice
    | CallAnswerNotice
    | PaperNotice
    | WaivedNotice
    | ArchivedNotice
    | FoundNotice
    | RequestAnswerNotice
)
ANSWER = named_letters("zh")["answer-returned"]


def with_subject(subject: str, thread: Thread | None = None) -> Letter:
    notice = ANSWER.notice
    assert isinstance(notice, AnswerNotice)
    return replace(ANSWER, notice=replace(notice, subject=subject), thread=thread)


@pytest.mark.fault("L01")
@pytest.mark.parametrize("letter", ALL)
def test_every_letter_carries_what_keeps_machines_from_answering_it(letter: Letter) -> None:
    for message in typeset(letter):
        mail = parsed(message)
        is_answer = isinstance(letter.notice, ANSWERING)
        if isinstance(letter.notice, StatementNotice):
            is_answer = bool(letter.notice.subject)
        if isinstance(letter.notice, DisputeNotice):
            is_answer = letter.notice.stage is not DisputeStage.RAISED
        if isinstance(letter.notice, AnnouncementStatusNotice):
            is_answer = letter.notice.why not in (Told.COMPLETE, Told.LOST)
        if isinstance(letter.notice, ForgottenNotice):
            is_answer = bool(letter.notice.subject)
        assert mail["Auto-Submitted"] == ("auto-replied" if is_answer else "auto-generated")
        assert mail["X-Auto-Response-Suppress"] == "All"
        assert mail["X-Mailflow-Loop"] == "desk-1"


@pytest.mark.parametrize("letter", ALL)
def test_the_same_letter_at_the_same_time_is_the_same_bytes(letter: Letter) -> None:
    assert typeset(letter) == typeset(letter)


@pytest.mark.parametrize("letter", ALL)
def test_a_message_has_crlf_line_ends_and_no_overlong_line(letter: Letter) -> None:
    for message in typeset(letter):
        assert message.mime.isascii()
        lines = message.mime.split(b"\r\n")
        assert all(len(line) <= 998 for line in lines)
        assert not any(b"\n" in line or b"\r" in line for line in lines)


@pytest.mark.fault("S11")
def test_the_message_id_is_the_same_later_and_another_for_another_letter() -> None:
    [message] = typeset(ANSWER)
    [later] = setter().typeset(ANSWER, enclosed(ANSWER), NOW + timedelta(days=3))
    assert later.message_id == message.message_id
    assert message.message_id.endswith("@chenlu.example>")
    others = (
        replace(ANSWER, revision=2),
        replace(ANSWER, subject_id="DD261109-0043"),
        replace(ANSWER, to=("finance@chenlu.example",)),
    )
    ids = {typeset(letter)[0].message_id for letter in others}
    assert len(ids | {message.message_id}) == 4


def test_a_letter_without_copies_is_one_message() -> None:
    [message] = typeset(ANSWER)
    assert message.recipient == "rm.henan@chenlu.example"
    assert message.sender == "orders@chenlu.example"
    assert message.state is MessageState.READY
    assert parsed(message)["Cc"] is None


def test_everybody_gets_the_same_bytes_and_sees_who_else_was_told() -> None:
    letter = replace(ANSWER, cc=("boss@chenlu.example", "RM.henan@chenlu.example"))
    messages = typeset(letter)
    assert [m.recipient for m in messages] == ["rm.henan@chenlu.example", "boss@chenlu.example"]
    assert len({m.mime for m in messages}) == 1
    assert "boss@chenlu.example" in parsed(messages[0])["Cc"]


def test_each_copy_of_a_dispatch_list_has_a_name_of_its_own() -> None:
    goods = replace(
        named_letters("zh")["dispatch-list"], to=("a@chenlu.example", "b@chenlu.example")
    )
    first, second = typeset(goods)
    assert first.message_id != second.message_id
    for message in (first, second):
        assert parsed(message)["Message-ID"] == message.message_id
        assert parsed(message)["To"] == "a@chenlu.example, b@chenlu.example"
    assert typeset(goods) == (first, second)


def test_only_dispatch_lists_move_goods() -> None:
    for name, letter in named_letters("zh").items():
        is_list = name.startswith("dispatch-list")
        assert all(message.goods is is_list for message in typeset(letter))


def test_an_answer_stands_in_the_senders_thread() -> None:
    thread = Thread("<b@chenlu.example>", ("<a@chenlu.example>",), "订单")
    [message] = typeset(with_subject("订单", thread))
    mail = parsed(message)
    assert mail["In-Reply-To"] == "<b@chenlu.example>"
    assert mail["References"].split() == ["<a@chenlu.example>", "<b@chenlu.example>"]
    assert mail["Subject"] == "Re: 订单 [DD261109-0042] 请修改"


@pytest.mark.parametrize(
    "subject",
    ["订单", "Re: 订单", "回复：回复: 订单", "RE: 答复：订单 [DD261101-0007]", " 订单 [M12]"],
)
def test_the_subject_is_the_senders_own_with_one_re_and_one_number(subject: str) -> None:
    assert pages().subject(with_subject(subject)) == "Re: 订单 [DD261109-0042] 请修改"


def test_a_long_subject_is_cut_and_the_number_is_not() -> None:
    subject = pages().subject(with_subject("订" * 500))
    assert len(subject) <= 200
    assert "[DD261109-0042]" in subject


def test_a_mail_without_subject_is_answered_too() -> None:
    assert pages().subject(with_subject("")) == "Re: 您的来信 [DD261109-0042] 请修改"


def test_hours_are_those_of_the_business_zone() -> None:
    plain, rich = bodies(typeset(ANSWER)[0])
    assert "11月9日 14:32" in plain
    assert "11月9日 14:32" in rich


def test_an_unknown_language_is_answered_in_chinese() -> None:
    plain, _ = bodies(typeset(replace(ANSWER, language="fr"))[0])
    assert "请修改" in plain


def test_shadow_mode_renders_everything_and_sends_nothing() -> None:
    stationery = replace(STATIONERY, shadow=True)
    for letter in named_letters("zh").values():
        for message in typeset(letter, stationery):
            assert message.state is MessageState.SUPPRESSED
            assert message.mime == typeset(letter)[0].mime


def test_redirect_sends_all_to_one_and_says_whom_it_was_meant_for() -> None:
    stationery = replace(STATIONERY, redirect_to="rehearsal@chenlu.example")
    letter = replace(ANSWER, cc=("boss@chenlu.example",))
    [message] = typeset(letter, stationery)
    mail = parsed(message)
    assert message.recipient == "rehearsal@chenlu.example"
    assert mail["To"] == "rehearsal@chenlu.example"
    assert mail["Cc"] is None
    assert mail["X-Mailflow-Meant-For"] == "rm.henan@chenlu.example, boss@chenlu.example"
    assert message.subject.startswith("【试投】")
    for body in bodies(message):
        assert "rm.henan@chenlu.example, boss@chenlu.example" in body


def test_redirected_letters_to_two_people_stay_two_messages() -> None:
    stationery = replace(STATIONERY, redirect_to="rehearsal@chenlu.example")
    first, second = (
        typeset(replace(ANSWER, to=(to,)), stationery)[0]
        for to in ("one@chenlu.example", "two@chenlu.example")
    )
    assert (first.subject_id, first.recipient) != (second.subject_id, second.recipient)
    assert first.message_id != second.message_id


def test_an_address_that_is_none_is_refused_before_anything_is_queued() -> None:
    with pytest.raises(HeaderRefused, match="mend it in the register"):
        typeset(replace(ANSWER, to=("nobody at all",)))


def test_attachments_bear_their_own_names() -> None:
    mail = parsed(typeset(named_letters("zh")["answer-of-two-orders"])[0])
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names == [
        "FH261109-0042_南阳市童之家贸易有限公司_R1.xlsx",
        "童之家订单1109-标注.xlsx",
    ]
