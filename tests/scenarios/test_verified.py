"""Where senders are verified, a mail that is proven is dealt with and any other waits on a person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.mails import A1, BEI, mail, order, sheet
from mailflow.commands.demo_desk.registers import CONFIG
from tests.scenarios.house import LATER, House, build_house
from tests.scenarios.replies import FINANCE, letters, lists_of, order_state, question, reply, words
from tests.signing import name_server, record, signed

KEYS = {"s1._domainkey.songping.example": record(), "s1._domainkey.evil.example": record()}
SERVER = "mx.songping.example"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with name_server(KEYS) as address:
        yield address


def house_of(folder: Path, server: str) -> House:
    proof = f'authentication: {{authserv_id: {SERVER}, nameservers: ["{server}"]}}'
    return build_house(folder, CONFIG.replace("trust: from", f"trust: verified\n{proof}"))


def an_order(code: str = "N101", cases: int = 10) -> bytes:
    rows = order(code, [(A1, cases, "现金")])
    return mail(BEI, f"{code} 订单", "请查收", ("订单.xlsx", sheet(rows)))


def said(letter: EmailMessage, text: str, who: str, **headers: str) -> bytes:
    return reply(letter, text, who, **{"Date": "Tue, 10 Nov 2026 18:00:00 +0800", **headers})


def reasons(house: House) -> list[str]:
    return [str(m["reason"]) for m in house.rows("mails")]


def crlf(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def verdict(raw: bytes, said: str) -> bytes:
    return f"Authentication-Results: {said}\r\n".encode() + raw


def dealt(tmp_path: Path, server: str, raw: bytes) -> list[str]:
    house = house_of(tmp_path / "house", server)
    house.put("a", raw)
    done = house.once()
    assert done.returncode == 0, done.stdout + done.stderr
    return order_state(house)


GOOD = f"{SERVER}; dmarc=pass header.from=songping.example"


@pytest.mark.fault("A01", "A07", "A17")
def test_a_mail_nobody_signed_is_an_order_once_its_registered_sender_says_yes(
    tmp_path: Path, server: str
) -> None:
    house = house_of(tmp_path / "house", server)
    house.put("a", crlf(an_order()))
    assert house.once().returncode == 0
    assert (order_state(house), reasons(house)) == ([], ["sender-unproven"])
    [asked] = letters(house, BEI)
    assert "N101 订单" in words(asked)
    # Nobody else's yes counts, nor one without the code, nor a machine's, nor one with more to it.
    code = str(asked["Subject"])
    for name, raw in (
        ("other", said(asked, "是", FINANCE)),
        ("without", mail(BEI, "Re: 这封邮件是您发的吗", "是")),
        ("machine", said(asked, "是", BEI, **{"Auto-Submitted": "auto-replied"})),
        ("more", said(asked, "是\n另外加10箱", BEI)),
    ):
        house.put(name, crlf(raw))
    assert house.once(LATER[0]).returncode == 0
    assert order_state(house) == []
    assert [w for w in letters(house, BEI) if "请再回一次" in str(w["Subject"])]
    house.put("yes", crlf(said(asked, "是", BEI)))
    house.put("yes-again", crlf(said(asked, "是的", BEI)))
    assert house.once(LATER[1]).returncode == 0
    assert order_state(house) == ["accepted"]
    assert len(lists_of(house)) == 1
    assert {"sender-acknowledged", "answer-again"} <= set(reasons(house))
    assert code not in "".join(str(m["subject"]) for m in house.rows("mails"))
    # Each step of its history begins where the one before ended.
    steps = json.loads(house.run("show", "mail", "1", "--json").stdout)["history"]
    ends = [step["after"] for step in steps]
    assert [step["before"] for step in steps] == ["", *ends[:-1]]


@pytest.mark.parametrize("failpoint", ["mail.acknowledged", "deal.committed"])
def test_a_kill_while_it_is_confirmed_changes_nothing(
    failpoint: str, tmp_path: Path, server: str
) -> None:
    house = house_of(tmp_path / "house", server)
    house.put("a", crlf(an_order()))
    assert house.once().returncode == 0
    house.put("yes", crlf(said(letters(house, BEI)[0], "是", BEI)))
    assert house.once(LATER[0], MAILFLOW_FAILPOINT=failpoint).returncode < 0
    assert house.once(LATER[1]).returncode == 0
    assert (order_state(house), len(lists_of(house))) == (["accepted"], 1)


@pytest.mark.fault("A01")
def test_a_no_does_nothing_and_an_operator_may_know_better(tmp_path: Path, server: str) -> None:
    house = house_of(tmp_path / "house", server)
    house.put("a", crlf(an_order()))
    house.put("b", crlf(an_order("N103", 2)))
    assert house.once().returncode == 0
    [first, second] = letters(house, BEI)
    house.put("no", crlf(said(first, "否", BEI)))
    assert house.once(LATER[0]).returncode == 0
    assert order_state(house) == []
    assert reasons(house).count("sender-denied") == 1
    house.put("c", crlf(an_order("S201", 2)))
    assert house.once(LATER[0]).returncode == 0
    closed = max(m["id"] for m in house.rows("mails"))
    assert house.run("close", "mail", str(closed), "--reason", "不要了").returncode == 0
    house.put("c-yes", crlf(said(letters(house, BEI)[-1], "是", BEI)))
    waits = next(m["id"] for m in house.rows("mails") if m["reason"] == "sender-unproven")
    known = house.run("release", "mail", str(waits), "--reason", "打电话问过")
    assert known.returncode == 0, known.stderr
    house.put("late", crlf(said(second, "是", BEI)))
    assert house.once(LATER[1]).returncode == 0
    assert order_state(house) == ["accepted"]


def test_thanks_that_nobody_signed_are_read_by_a_person_and_not_asked_about(
    tmp_path: Path, server: str
) -> None:
    house = house_of(tmp_path / "house", server)
    house.put("a", crlf(mail(BEI, "谢谢", "辛苦了")))
    assert house.once().returncode == 0
    assert reasons(house) == ["nothing-attached"]
    assert letters(house, BEI) == []


@pytest.mark.fault("A01")
def test_a_signed_mail_is_booked(tmp_path: Path, server: str) -> None:
    assert dealt(tmp_path, server, signed(crlf(an_order()))) == ["accepted"]


@pytest.mark.fault("A02")
def test_so_is_one_that_our_own_server_found_right(tmp_path: Path, server: str) -> None:
    assert dealt(tmp_path, server, verdict(crlf(an_order()), GOOD)) == ["accepted"]


@pytest.mark.fault("A09")
def test_one_that_was_signed_long_ago_may_be_anybody_s_by_now(tmp_path: Path, server: str) -> None:
    old = crlf(an_order()).replace(b"Tue, 10 Nov 2026", b"Fri, 09 Oct 2026")
    assert dealt(tmp_path, server, signed(old)) == []


@pytest.mark.fault("A01", "A02", "A03", "A04")
@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(signed(crlf(an_order()), "evil.example"), id="signed-by-another"),
        pytest.param(signed(crlf(an_order())).replace(b"=?utf-8?", b"=?UTF-8?", 1), id="changed"),
        pytest.param(
            verdict(crlf(an_order()), GOOD.replace(SERVER, "mx.evil.example")), id="other-server"
        ),
        pytest.param(
            verdict(verdict(crlf(an_order()), GOOD), GOOD.replace("pass", "fail")),
            id="two-verdicts",
        ),
        pytest.param(
            verdict(crlf(an_order()), GOOD.replace("songping", "evil")), id="another's-verdict"
        ),
    ],
)
def test_a_forged_proof_books_nothing(tmp_path: Path, server: str, forged: bytes) -> None:
    assert dealt(tmp_path, server, forged) == []


def test_without_a_name_server_nothing_is_believed_and_nothing_stops(tmp_path: Path) -> None:
    with name_server({}) as silent:
        assert dealt(tmp_path, silent, signed(crlf(an_order()))) == []


@pytest.mark.fault("P06")
def test_only_a_proven_answer_decides(tmp_path: Path, server: str) -> None:
    house = house_of(tmp_path / "house", server)
    house.put("a", signed(crlf(an_order("N103", 20))))
    assert house.once().returncode == 0
    assert order_state(house) == ["held"]
    asked = question(house, FINANCE)
    yes = crlf(reply(asked, "同意", FINANCE, Date="Tue, 10 Nov 2026 18:00:00 +0800"))
    house.put("forged", yes)
    assert house.once(LATER[0]).returncode == 0
    assert order_state(house) == ["held"]
    house.put("proven", signed(yes))
    assert house.once(LATER[1]).returncode == 0
    assert order_state(house) == ["accepted"]
    assert len(lists_of(house)) == 1


def test_explain_tells_the_level(tmp_path: Path, server: str) -> None:
    house = house_of(tmp_path / "house", server)
    for name, raw, level in (
        ("signed", signed(crlf(an_order())), "A"),
        ("bare", crlf(an_order()), "B"),
    ):
        file = tmp_path / f"{name}.eml"
        file.write_bytes(raw)
        assert f'"trust": "{level}"' in house.run("explain", "--json", str(file)).stdout
