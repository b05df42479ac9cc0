"""How long mails and letters are kept, as configured."""

from __future__ import annotations

from pydantic import Field

from mailflow.config_secret import Strict
from mailflow.domain.retention import LEAST_DAYS, Terms

MOST_DAYS = 36500


class RetentionConfig(Strict):
    """Whole days after a mail was settled, after a letter was made; what is not written is kept."""

    mails_days: int | None = Field(default=None, ge=LEAST_DAYS, le=MOST_DAYS)
    letters_days: int | None = Field(default=None, ge=LEAST_DAYS, le=MOST_DAYS)

    @property
    def terms(self) -> Terms:
        return Terms(self.mails_days, self.letters_days)
