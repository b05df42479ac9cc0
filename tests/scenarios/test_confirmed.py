"""What the sender of a returned order stands by: loose tins that he wants, a ship-to that is new. He
says so in one line; the sales admin of the region decides."""

from __future__ import annotations

import io
import signal
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote

import openpyxl

from mailflow.commands.demo_desk.mails import A1, A2, mail, order, sheet
from tests.scenarios.house import LATER, House, build_house
from tests.scenarios.replies import (
    ADMIN,
    BEI,
    GM,
    TOKEN,
    letters,
    lists_of,
    order_state,
    reply,
    words,
)
from tests.scenarios.test_answers import last, reasons, say

NEXT, THEN, LATE = LATER[0], LATER[1], "2026-11-18T09:00:00+08:00"
WAREHOUSE = "warehouse@"
NEW, OLD = "青禾市临江路90号", "青禾市临江路18号"
REASON = "门店活动急用"


def house_of(folder: Path, *rows: tuple[object, ...], **change: str) -> House:
    """An order of the first distributor; `rows` stand in place of its lines from the first."""
    house = build_house(folder)
    lines = order("N101", [(A1, 10, "现金"), (A2, 10, "现金")], **change)
    for number, row in enumerate(rows):
        lines[7 + number] = row
    if rows:
        lines.pop()
    house.put("order", mail(BEI, "小叶子订单", "请安排", ("小叶子.xlsx", sheet(lines))))
    assert house.once().returncode == 0
    assert order_state(house) == ["returned"], words(last(house, BEI))
    return house


def loose(folder: Path, price: int = 188, **change: str) -> House:
    return house_of(
        folder,
        (1, A1[0], "800g*6听/箱", 10, 198, 11880, "现金", ""),
        (2, A2[0], "800g*6听/箱", "10箱3听", price, 63 * price, "现金", ""),
        **change,
    )


def moved(folder: Path) -> House:
    return house_of(folder, address=NEW)


def html(letter: EmailMessage) -> str:
    body = letter.get_body(("html",))
    assert body is not None
    return str(body.get_content()).replace("&amp;", "&")


def list_cells(letter: EmailMessage) -> str:
    [file] = [p for p in letter.walk() if (p.get_filename() or "").endswith(".xlsx")]
    book = openpyxl.load_workbook(io.BytesIO(file.get_payload(decode=True)))  # type: ignore[arg-type] # bytes
    return "\n".join(str(c.value) for row in book.worksheets[0].rows for c in row if c.value)


def test_loose_tins_by_reply_go_to_the_sales_admin_and_at_once_to_the_warehouse(
    tmp_path: Path,
) -> None:
    house = loose(tmp_path / "house")
    asked = last(house, BEI)
    assert "要散听" in words(asked)
    assert "接受：" not in words(asked)
    assert "body=要散听 理由：" in unquote(html(asked))
    say(house, reply(asked, f"要散听 理由：{REASON}\n\n北区经理", BEI, quote=True))
    assert order_state(house) == ["closed", "review"]
    assert not lists_of(house)
    assert "DD261110-0001" in words(last(house, BEI))
    for letter in (last(house, BEI), last(house, ADMIN)):
        assert REASON in words(letter)
        assert REASON in html(letter)
    assert [(c["state"], c["waits_on"]) for c in house.rows("cases")] == [
        ("closed", "sender"),
        ("open", "sales_admin"),
    ]
    say(house, reply(last(house, ADMIN), "同意", ADMIN), now=THEN)
    assert order_state(house) == ["closed", "accepted"]
    [sent] = letters(house, WAREHOUSE)
    assert "特批" in sent["Subject"]
    assert "特批" in list_cells(sent)
    assert "63" in list_cells(sent).split()
    assert "特批" in words(last(house, BEI))
    story = house.run("show", "order", "DD261110-0002").stdout
    assert REASON in story


def test_a_no_closes_it_and_the_manager_hears_why(tmp_path: Path) -> None:
    house = loose(tmp_path / "house")
    say(house, reply(last(house, BEI), f"Loose tins because {REASON}", BEI))
    say(house, reply(last(house, ADMIN), "不同意\n仓库不拆箱", ADMIN), now=THEN)
    assert order_state(house) == ["closed", "closed"]
    assert not lists_of(house)
    assert "仓库不拆箱" in words(last(house, BEI))


def test_without_a_reason_or_with_more_than_one_it_is_asked_back(tmp_path: Path) -> None:
    house = loose(tmp_path / "house")
    asked = last(house, BEI)
    texts = ("要散听 理由：", "要散听 门店急用，另加10箱", "要散听 可以吗？")
    say(house, *(reply(asked, text, BEI) for text in texts))
    assert order_state(house) == ["returned"]
    assert reasons(house)[1:] == ["answer-unclear"] * 3
    back = last(house, BEI)
    assert "只写理由" in words(back)
    assert TOKEN.search(back["Subject"])
    say(house, reply(back, f"要散听\n{REASON}", BEI), now=THEN)
    assert order_state(house) == ["closed", "review"]


def test_other_words_and_other_people_move_nothing(tmp_path: Path) -> None:
    house = loose(tmp_path / "house")
    asked = last(house, BEI)
    texts = ("散听就散听吧，门店要的", "同意", "地址是新的", "> 要散听 门店急用", "")
    say(house, *(reply(asked, text, BEI) for text in texts))
    say(house, *(reply(asked, f"要散听 {REASON}", who) for who in (GM, ADMIN)), now=THEN)
    assert order_state(house) == ["returned"]
    assert reasons(house)[1:] == ["answer-unclear"] * 5 + ["answer-not-asked"] * 2
    assert "北区经理" in words(last(house, GM))
    assert not [m for m in letters(house, ADMIN) if "请审批" in m["Subject"]]


def test_automatic_mails_late_words_and_second_words_move_nothing(tmp_path: Path) -> None:
    house = loose(tmp_path / "house")
    asked, text = last(house, BEI), f"要散听 {REASON}"
    say(house, reply(asked, text, BEI, Auto_Submitted="auto-replied"))
    assert order_state(house) == ["returned"]
    say(house, reply(asked, text, BEI), reply(asked, f"{text}！", BEI), now=THEN)
    assert sorted(order_state(house)) == ["closed", "review"]
    assert "answer-again" in reasons(house)
    late = loose(tmp_path / "late")
    say(late, reply(last(late, BEI), text, BEI), now=LATE)
    assert order_state(late) == ["returned"]
    assert reasons(late)[-1] == "answer-late"


def test_what_was_corrected_by_a_sheet_meanwhile_is_not_the_order_he_speaks_of(
    tmp_path: Path,
) -> None:
    house = loose(tmp_path / "house")
    asked = last(house, BEI)
    good = sheet(order("N101", [(A1, 10, "现金"), (A2, 11, "现金")]))
    answer = mail(BEI, str(asked["Subject"]), "改好了", ("小叶子.xlsx", good))
    say(house, answer)
    assert order_state(house) == ["closed", "accepted"]
    say(house, reply(asked, f"要散听 {REASON}", BEI), now=THEN)
    assert order_state(house) == ["closed", "accepted"]
    assert reasons(house)[-1] == "answer-superseded"


def test_loose_tins_take_the_other_proposals_with_them_and_say_so(tmp_path: Path) -> None:
    house = loose(tmp_path / "house", price=180, address=NEW)
    asked = words(last(house, BEI))
    assert "另外 1 处照建议改；收货照登记的送" in asked
    assert "收货信息也换了的，请改表重发" in asked
    say(house, reply(last(house, BEI), f"要散听 {REASON}", BEI))
    assert order_state(house) == ["closed", "review"]
    say(house, reply(last(house, ADMIN), "同意", ADMIN), now=THEN)
    [sent] = letters(house, WAREHOUSE)
    assert OLD in list_cells(sent)
    assert NEW not in list_cells(sent)


def test_a_new_address_is_shown_beside_the_old_and_used_once_the_sales_admin_agrees(
    tmp_path: Path,
) -> None:
    house = moved(tmp_path / "house")
    asked = last(house, BEI)
    assert "地址是新的：" in words(asked)
    assert "收货照登记的送" in words(asked)
    say(house, reply(asked, "地址是新的", BEI))
    assert order_state(house) == ["closed", "review"]
    assert not lists_of(house)
    question = last(house, ADMIN)
    assert f"登记的 {OLD}，这一单 {NEW}" in words(question)
    assert OLD in html(question)
    assert NEW in html(question)
    assert "登记的不会改" in words(question)
    say(house, reply(question, "同意", ADMIN), now=THEN)
    assert order_state(house) == ["closed", "accepted"]
    [sent] = letters(house, WAREHOUSE)
    assert "新收货地址" in sent["Subject"]
    assert NEW in words(sent)
    cells = list_cells(sent)
    assert NEW in cells
    assert OLD not in cells
    assert "与登记的不同" in cells
    assert "登记的还是原来的" in words(last(house, ADMIN))
    assert "登记的还是原来的" in words(last(house, BEI))
    # The next order goes where the register says.
    house.put(
        "next", mail(BEI, "又一单", "请安排", ("b.xlsx", sheet(order("N101", [(A2, 3, "现金")]))))
    )
    assert house.once("2026-11-10T18:45:00+08:00").returncode == 0
    assert OLD in list_cells(letters(house, WAREHOUSE)[-1])


def test_where_two_things_are_offered_a_bare_yes_is_asked_back(tmp_path: Path) -> None:
    house = moved(tmp_path / "house")
    say(house, reply(last(house, BEI), "同意", BEI))
    assert order_state(house) == ["returned"]
    back = last(house, BEI)
    assert "没看懂" in back["Subject"]
    assert "下面的一句话" in words(back)
    say(house, reply(back, "接受", BEI), now=THEN)
    assert order_state(house) == ["closed", "accepted"]
    assert OLD in list_cells(letters(house, WAREHOUSE)[-1])


def test_the_address_is_not_taken_by_other_words_or_people_and_a_no_ends_it(
    tmp_path: Path,
) -> None:
    house = moved(tmp_path / "house")
    asked = last(house, BEI)
    texts = ("地址是新的，但先别发", "我们搬到临江路90号了", "要散听 急用")
    say(house, *(reply(asked, text, BEI) for text in texts), reply(asked, "地址是新的", GM))
    assert order_state(house) == ["returned"]
    assert not lists_of(house)
    say(house, reply(asked, "This address is new", BEI), now=THEN)
    assert order_state(house) == ["closed", "review"]
    say(house, reply(last(house, ADMIN), "不同意", ADMIN), now="2026-11-10T18:45:00+08:00")
    assert order_state(house) == ["closed", "closed"]
    assert not lists_of(house)


def test_reminders_offer_the_same(tmp_path: Path) -> None:
    house = loose(tmp_path / "house")
    assert house.once("2026-11-12T09:00:00+08:00").returncode == 0
    again = last(house, BEI)
    assert "还等您改" in again["Subject"]
    assert "要散听：" in words(again)
    say(house, reply(again, f"要散听 {REASON}", BEI), now="2026-11-12T10:00:00+08:00")
    assert order_state(house) == ["closed", "review"]


def test_a_kill_on_the_way_changes_nothing(tmp_path: Path) -> None:
    ends = []
    for name, armed in (("undisturbed", ""), ("killed", "question.answered")):
        house = loose(tmp_path / name)
        house.put("answer", reply(last(house, BEI), f"要散听 {REASON}", BEI))
        done = house.once(NEXT, MAILFLOW_FAILPOINT=armed)
        assert done.returncode == (-signal.SIGKILL if armed else 0)
        for later in LATER:
            assert house.once(later).returncode == 0
        ends.append(house.end_state())
    assert ends[0] == ends[1]
