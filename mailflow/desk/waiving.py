"""A sales admin says that nothing is taken off for a store; its manager hears of it (S11)."""

from __future__ import annotations

from mailflow.desk.people import language_of
from mailflow.desk.release import name_of
from mailflow.domain.effect import Effect, Post, SettleMail
from mailflow.domain.effect_goods import WaiveShortfall
from mailflow.domain.facts import Facts
from mailflow.domain.mail import Head, MailState, thread_of
from mailflow.domain.notice import Letter
from mailflow.domain.notice_calls import WaivedNotice
from mailflow.domain.register import Customer
from mailflow.domain.shortfall import Shortfall

WAIVED = "samples-waived"


def effects_of_waiving(
    mail: tuple[int, Head],
    shortfall: Shortfall,
    customer: Customer,
    facts: Facts,
    language: str,
) -> tuple[Effect, ...]:
    mail_id, head = mail
    sender, address = facts.sender, facts.sender.address or ""
    product = facts.register.by_sku.get(shortfall.sku.casefold())
    manager = customer.regional_manager
    letter = Letter(
        notice=WaivedNotice(
            subject=head.subject,
            by=name_of(address, facts.register),
            name=customer.name,
            product=product.name if product else shortfall.sku,
            shortfall=shortfall,
        ),
        to=(address,),
        cc=() if manager.casefold() == address.casefold() else (manager,),
        subject_id=f"{shortfall.number}-M{mail_id}",
        about=shortfall.number,
        language=language_of(sender, language),
        thread=thread_of(head),
        mail_id=mail_id,
    )
    said = f"M{mail_id} {address}"
    waive = () if shortfall.is_waived else (WaiveShortfall(shortfall.number, said),)
    return (*waive, Post(letter), SettleMail(MailState.DONE, WAIVED))
