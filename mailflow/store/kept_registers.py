"""The register that a mail was judged by, for whoever looks at it again later (rulings, 23)."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mailflow.domain.register import Register
from mailflow.store.mailed import looking
from mailflow.store.register_versions import register_in_force
from mailflow.store.tables import mails, orders

JUDGED = (
    sa.select(orders.c.content)
    .join(mails, mails.c.id == orders.c.mail_id)
    .where(mails.c.sha256 == sa.bindparam("of"))
    .order_by(orders.c.id.desc())
    .limit(1)
)


def register_of_mail(url: str, sha256: str, zone: ZoneInfo) -> Register | None:
    """None where no order came of a mail of this content. Raises `StoreTrouble`."""
    with looking(url) as connection:
        if connection is None:
            return None
        content = connection.execute(JUDGED, {"of": sha256}).scalar()
        if content is None or not (version := content.get("register_version", "")):
            return None
        return register_in_force(connection, zone, version)
