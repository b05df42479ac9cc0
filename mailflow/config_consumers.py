"""How long consumers are kept, as configured."""

from __future__ import annotations

from pydantic import Field

from mailflow.config_secret import Strict
from mailflow.domain.consumer_list import KEEP_DAYS


class ConsumersConfig(Strict):
    """Whole days after the one their list came on, business zone; then rows, mails and letters in
    which they stand are deleted."""

    keep_days: int = Field(default=KEEP_DAYS, ge=1, le=3650)
