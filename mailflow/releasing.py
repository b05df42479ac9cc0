"""A person lets an order go by command; answers by mail go the same way, inside their own mail."""

from __future__ import annotations

from datetime import datetime

from mailflow.desk.release import NotReleasable, effects_of_release
from mailflow.domain.at_hand import AtHand
from mailflow.domain.order import order_of
from mailflow.performing import Office, once_prepared, perform
from mailflow.ports import Refusal


def release_order(number: str, reason: str, office: Office, now: datetime) -> str:
    """A person lets an order go that waits: it is booked, listed and told of, as if accepted.

    Raises `Refusal` where nothing waits or a line is not certain enough to ship.
    """
    return once_prepared(lambda: _released(number, reason, office, now), b"", office)


def _released(number: str, reason: str, office: Office, now: datetime) -> str:
    with office.store.begin(now) as work:
        order = work.load_order(order_of(number))
        if order is None:
            raise Refusal(f"order {number}: there is none: see `mailflow list orders`")
        register = office.store.register()
        today = now.astimezone(office.house.zone).date()
        try:
            origin = work.origin(order.mail_id)
            before = work.load_revision(order.number, order.amends) if order.amends else None
            if before is not None and (gone := sum(work.shipped_of(order.number).values())):
                raise Refusal(
                    f"order {order.number}: revision {order.revision} changes revision "
                    f"{before.revision}, of which {gone} tins have left, so it comes too late: "
                    f"`mailflow close order {order.number} --reason …` ends the change; for more "
                    "goods its manager sends a new order, for less the sales admin arranges a return"
                )
            effects = effects_of_release(
                (order, before),
                register,
                origin,
                today,
                reason,
                AtHand(
                    work.stock(without=(order.number,)).free(),
                    work.samples.open_ones(without=(order.number,)),
                ),
                work.shortages.supplied(before) if before else {},
            )
        except NotReleasable as error:
            raise Refusal(str(error)) from error
        perform(effects, work, office, now)
    return "accepted"
