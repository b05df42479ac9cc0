"""Every law of requests, announcements, consumers, papers and registers speaks where the books, or what left,
break it, and is silent where they do not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.mails import A1, BEI, NAN, mail, order, sheet
from tests.life.books import Books
from tests.life.events_of_registers import PRICES
from tests.life.invariants import AT_THE_END, OF_PEOPLE, broken
from tests.life.laws_of_consumers import NUMBER
from tests.life.laws_of_documents import INTERNAL
from tests.life.test_laws import changed
from tests.life.town import ASSISTANT, DEALERS, NORTH, paper, town
from tests.life.went import went_out
from tests.parsers.papers import docx
from tests.parsers.sheets import saved, workbook
from tests.scenarios.asked_for import mailed
from tests.scenarios.consumers import listed
from tests.scenarios.house import House
from tests.scenarios.replies import ADMIN, FINANCE, GM, letters, reply
from tests.scenarios.shipped import WAREHOUSE
from tests.scenarios.test_call_backs import HEAD, SAMPLE
from tests.scenarios.test_registers import HEAD as HEAD_OF_ALL
from tests.scenarios.test_registers import KNOWN
from tests.scenarios.test_requests import APPLIES

CONTRACT = docx("经销合同", "甲方授权乙方经销，合同号 HT-2026-001。")
CONSUMERS = (
    ("王某一", "13910000001", "", "", "亲贝店", "亲贝", "优护1段"),
    ("王某二", "13920000002", "", "", "奶香店", "奶香", "优护1段"),
)
CALLED = ("亲贝", "亲贝店", "李某三", "13910000003", SAMPLE, "2026-11-05", "接通", "否", 24, "")


def left(to: str, *files: tuple[str, bytes]) -> Callable[[Path], None]:
    """A message that never should have left."""

    def put(folder: Path) -> None:
        message = EmailMessage()
        message["To"], message["Subject"], message["Message-ID"] = (
            to,
            "附件",
            "<never@left.example>",
        )
        message.set_content("请查收")
        for name, data in files:
            kind = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            message.add_attachment(data, "application", kind, filename=name)
        (folder / "outbox/new/never").write_bytes(message.as_bytes())

    return put


OPEN, ENDED = "state = 'open'", "state = 'refused'"
ASKED = f"order_number in (select number from requests where {OPEN})"
ANNOUNCED = "notice = 'announcement' and subject_id like 'GG______-____'"
BREAKS: Sequence[tuple[str, str | Callable[[Path], None]]] = (
    ("a_request_waits_on_one_person", f"update questions set state = 'void' where {ASKED}"),
    ("a_request_waits_on_one_person", f"update questions set role = 'sender' where {ASKED}"),
    ("a_request_waits_on_one_person", f"update questions set revision = 9 where {ASKED}"),
    ("a_request_waits_on_one_person", "update cases set state = 'open' where number like 'R-%'"),
    ("a_request_waits_on_one_person", "update cases set state = 'closed' where number like 'R-%'"),
    ("a_step_is_put_to_its_owner_once", "delete from outbox where notice = 'request-step'"),
    ("a_step_is_put_to_its_owner_once",
     "update outbox set recipient = 'x@x' where notice = 'request-step'"),
    ("a_request_goes_forward", "update requests set content = json_set(content, '$.step', 0)"),
    ("a_request_goes_forward", f"update requests set state = 'open' where {ENDED}"),
    ("a_request_goes_forward", "delete from history where kind = 'request' and before = ''"),
    ("a_request_ends_with_a_letter", "update outbox set notice = 'x' where notice = 'request-news'"),
    ("a_request_ends_with_a_letter", "update outbox set recipient = 'x' where notice = 'request-news'"),
    ("an_announcement_goes_once_to_each_of_its_people",
     f"update outbox set recipient = 'x' || recipient where {ANNOUNCED}"),
    ("an_announcement_goes_once_to_each_of_its_people", "update announcements set asked = null"),
    ("an_announcement_goes_once_to_each_of_its_people", "delete from announcements"),
    ("who_has_confirmed_is_not_reminded", "update addressees set confirmed = 1"),
    ("who_has_confirmed_is_not_reminded", "update announcements set confirm = 0"),
    ("who_has_confirmed_is_not_reminded", "update addressees set key = 'x' || key"),
    ("who_has_confirmed_is_not_reminded", "update history set before = 'open', after = 'done' "
     "where kind = 'announcement' and after = 'open'"),
    ("each_confirms_for_himself", "update addressees set key = 'x' where confirmed is not null"),
    ("each_confirms_for_himself", "update addressees set confirm_mail_id = null"),
    ("each_confirms_for_himself", "update announcements set state = 'done', confirm = 1"),
    ("what_is_announced_waits_with_a_case", "update cases set state = 'closed'"),
    ("what_is_announced_waits_with_a_case", "update announcements set state = 'closed'"),
    ("what_is_announced_waits_with_a_case", "update announcements set state = 'proposed'"),
    ("what_is_announced_waits_with_a_case", "update announcements set number = 'GG', revision = id"),
    ("what_is_internal_is_announced_inside",
     f"update outbox set recipient = 'n101@dealer.example' where {ANNOUNCED} and recipient like 'fin%'"),
    ("who_consumers_are_is_told_to_their_agent_alone", left(ADMIN, ("名单.xlsx", listed(*CONSUMERS)))),
    ("who_consumers_are_is_told_to_their_agent_alone", left(NORTH, ("名单.xlsx", listed(CONSUMERS[1])))),
    ("a_consumer_is_passed_on_once", "update consumers set agent = ''"),
    ("a_consumer_is_passed_on_once", "delete from consumers"),
    ("a_consumer_is_passed_on_once",
     "update outbox set notice = 'x' where notice = 'consumers-to-call'"),
    ("a_list_is_kept_passed_on_or_deleted", "update consumer_lists set state = 'kept'"),
    ("a_list_is_kept_passed_on_or_deleted", "update consumer_lists set state = 'deleted'"),
    ("a_list_is_kept_passed_on_or_deleted", "delete from consumers where id = 1"),
    ("a_list_is_kept_passed_on_or_deleted", "update personal_mails set deleted = 1"),
    ("a_call_counts_once", "update calls set version = 2"),
    ("a_call_counts_once", "update calls set state = 'superseded'"),
    ("a_call_counts_once", "update sample_shortfalls set tins = tins + 1"),
    ("an_internal_paper_never_leaves", left(DEALERS[0], ("报告.pdf", paper("inside.pdf")))),
    ("an_expired_paper_never_leaves", left(WAREHOUSE, ("许可证.pdf", paper("over.pdf")))),
    ("what_is_archived_is_kept_once", "update outbox set recipient = 'x' where notice = 'archive-answer'"),
    ("what_is_archived_is_given_to_who_may_look", left(BEI, ("合同.docx", CONTRACT))),
    ("a_register_is_applied_whole_or_not_at_all", "update masters set rows = '[]' where source = 'mail'"),
    ("a_register_is_applied_whole_or_not_at_all", "update masters set source = 'file'"),
    ("a_register_is_applied_whole_or_not_at_all",
     "update register_proposals set base = 1 where state = 'applied'"),
    ("a_register_is_decided_once", "update register_proposals set state = 'refused'"),
    ("a_register_is_decided_once", "update questions set answered_by = 'x' where order_number like 'MD%'"),
    ("a_register_is_decided_once", "update cases set state = 'closed' where reason = 'register-waits'"),
    ("a_register_is_decided_once",
     "update questions set state = 'void' where state = 'open' and order_number like 'MD%'"),
    ("an_order_is_priced_by_registers_that_are_kept", "update masters set rows = replace(rows, '205', '206')"),
    ("an_order_is_priced_by_registers_that_are_kept",
     """update orders set content = json_set(content, '$.register_version', '77')"""),
)  # fmt: skip
"""A law, and what it must notice: a change of the books, or a message that left."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A request at its second step, one in part, one refused; an announcement that one has confirmed and one
    was reminded of, and an internal one; a list of consumers, a call; papers asked for, kept and found; a
    price list that holds, under an order, and a register that waits."""
    house = town(tmp_path_factory.mktemp("people") / "house")

    def comes(now: str, *raw: bytes) -> None:
        for number, each in enumerate(raw):
            house.put(f"{now[8:16].replace(':', '')}-{number:02}", each)
        done = house.once(f"{now}:00+08:00")
        assert done.returncode == 0, done.stderr

    priced = sheet([PRICES, ("SP-A1-800", A1[0], 205, "2026-11-10", "", "")], "价格")
    phone = sheet(
        [["经销商名单"], HEAD_OF_ALL, [*KNOWN[0][:7], "13000000999", *KNOWN[0][8:]]], "名单"
    )
    comes(
        "2026-11-10T15:00",
        mailed(BEI, "申请 培训", APPLIES),
        mailed(NAN, "申请 培训", APPLIES.replace("小叶子", "奶香")),
        mailed(BEI, "海报设计", "小叶子门店用\n尺寸：60×90"),
        mail(ASSISTANT, "公告：政策", "收件人：区域经理\n请确认\n\n请照办。"),
        mail(ASSISTANT, "公告：内部", "收件人：财务部\n密级：内部\n\n内部资料"),
        mail(ADMIN, "消费者名单", "请查收", ("名单.xlsx", listed(*CONSUMERS))),
        mail(NORTH, "回访", "见附件", ("回访.xlsx", saved(workbook([["回访结果"], HEAD, CALLED])))),
        mail(WAREHOUSE, "质检报告 G2026-7", ""),
        mail(ADMIN, "合同归档", "请归档，谢谢", ("合同.docx", CONTRACT)),
        mail(GM, "价格表", "见附件", ("价格表.xlsx", priced)),
        mail(ADMIN, "经销商名单变更", "见附件", ("经销商名单变更.xlsx", phone)),
    )
    first, second = letters(house, GM, "培训")
    comes(
        "2026-11-10T15:10",
        reply(first, "同意", GM),
        reply(second, "不同意 理由：没有预算", GM),
        reply(letters(house, BEI, "公告")[0], "收到", BEI),
        reply(letters(house, GM, "价目表")[0], "同意", GM),
        mail(FINANCE, "查找 经销合同", ""),
    )
    rows = order("N101", [((A1[0], 205), 2, "现金")])
    comes("2026-11-12T10:00", mail(BEI, "小叶子订单", "您好", ("小叶子.xlsx", sheet(rows))))
    return house


def test_books_that_keep_every_law_are_told_so(house: House) -> None:
    books = Books(house.folder)
    assert broken(books, AT_THE_END) == []
    assert {name for name, _ in BREAKS} == {law.__name__ for law in OF_PEOPLE}
    assert [o["state"] for o in books.orders()] == ["accepted"]
    went = went_out(house.folder)
    assert any(NUMBER.search(w.text) for w in went)
    assert any(INTERNAL & set(w.files) for w in went)


@pytest.mark.parametrize(("name", "change"), BREAKS, ids=[n for n, _ in BREAKS])
def test_a_law_notices_what_breaks_it(
    name: str, change: str | Callable[[Path], None], house: House, tmp_path: Path
) -> None:
    [law] = [law for law in OF_PEOPLE if law.__name__ == name]
    if isinstance(change, str):
        books = changed(house, tmp_path, change)
    else:
        shutil.copytree(house.folder / "outbox", tmp_path / "outbox")
        change(tmp_path)
        books = changed(house, tmp_path, "select 1")
    assert list(law(books))
