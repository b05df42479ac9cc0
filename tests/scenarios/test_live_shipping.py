"""A warehouse answers its lists between a real Dovecot and a real Postfix: booked and told once."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from mailflow.commands.demo_desk.mails import mail
from tests.live.dovecot import Dovecot
from tests.live.postfix import Postfix
from tests.scenarios.house import EVENING, LATER, House
from tests.scenarios.replies import reply
from tests.scenarios.shipped import WAREHOUSE, filled, listed
from tests.scenarios.test_live import house as house
from tests.scenarios.test_live import name_of, once


def mine(house: House, dovecot: Dovecot, person: str, said: str) -> list[EmailMessage]:
    every = [message_from_bytes(raw, policy=default) for raw in dovecot.mails(person)]
    return [
        m
        for m in every
        if isinstance(m, EmailMessage)
        and m["X-Mailflow-Loop"] == name_of(house)
        and said in m["Subject"]
    ]


def test_words_and_a_filled_list_ship_their_orders_and_are_told_once(
    house: House, dovecot: Dovecot, postfix: Postfix
) -> None:
    once(house, dovecot, EVENING)
    first, second = mine(house, dovecot, "warehouse", "发货清单")
    dovecot.deliver(name_of(house), reply(first, "已发 顺丰 SF1234567890", WAREHOUSE))
    [attached] = second.iter_attachments()
    data = attached.get_payload(decode=True)
    assert isinstance(data, bytes)
    lines = dict(enumerate(listed(data)))
    back = filled(second, lines, {0: "B20260301"}, foot={"waybill": "DPK000111222"})
    dovecot.deliver(name_of(house), mail(WAREHOUSE, "清单回填", "请查收", ("清单.xlsx", back)))
    for later in LATER:
        once(house, dovecot, later)

    states = [o["state"] for o in house.rows("orders")]
    assert states.count("shipped") == 2
    told = [m for m in house.rows("messages") if m["notice"] == "goods-sent"]
    assert {m["state"] for m in told} == {"accepted"}
    arrived = [
        m
        for person in ("bei.manager", "nan.manager")
        for subject in ("已发货", "Shipped")
        for m in mine(house, dovecot, person, subject)
    ]
    assert len(arrived) == 2
    assert postfix.queue_empty()
    assert not [m for m in house.rows("messages") if m["notice"] == "shipping-answer"]
