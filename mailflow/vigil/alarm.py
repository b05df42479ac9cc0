"""The second channel: when mail itself does not work, somebody hears of it another way (Z02)."""

from __future__ import annotations

import http.client
import json
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from mailflow.domain.printable import cleaned
from mailflow.domain.vitals import Ailment
from mailflow.log import get_logger
from mailflow.outbox.wording import Wording
from mailflow.vigil.health import Health

AGAIN = timedelta(hours=24)
"""While the same lasts it is told once a day."""

RETRY = timedelta(minutes=5)
"""An alarm that could not be told is tried again so long after."""

NEVER = datetime.min.replace(tzinfo=UTC)

TIMEOUT = 10.0
"""Seconds until a webhook has to have answered."""

log = get_logger()


@dataclass(slots=True)
class Alarm:
    """Tells when something begins to be wrong, when it is over, and once a day meanwhile.

    `ring` raises `OSError` where nobody heard it. `words` are the catalogue's `alarm_…`.
    """

    ring: Callable[[str], None]
    words: Mapping[str, str]
    _told: frozenset[Ailment] = frozenset()
    _again: datetime = NEVER
    _not_before: datetime = NEVER

    def __call__(self, health: Health) -> None:
        now, ill = health.checked, frozenset(health.ailments)
        if now < self._not_before or not self._is_news(ill, now):
            return
        try:
            self.ring(self.text(health))
        except OSError as trouble:
            log.error("alarm not told", why=str(trouble))
            self._not_before = now + RETRY
            return
        self._told, self._again = ill, now + AGAIN

    def _is_news(self, ill: frozenset[Ailment], now: datetime) -> bool:
        """What is over while something else lasts is not told by itself: it may come again."""
        if not ill:
            return bool(self._told)
        return not ill <= self._told or now >= self._again

    def text(self, health: Health) -> str:
        """A line a matter; what servers said is cleaned and cut."""
        values = {
            "minutes": str(round(health.poll_age / 60)),
            "mails": str(health.waiting.mails),
            "messages": str(health.waiting.messages),
            "failed": str(health.waiting.failed),
        }
        keys = [f"alarm_{ailment.value.replace('-', '_')}" for ailment in health.ailments]
        lines = [Wording.of(self.words[key]).filled(values) for key in keys or ["alarm_well"]]
        if health.ailments and health.troubles:
            said = {"trouble": cleaned(health.troubles[0], 200)}
            lines.append(Wording.of(self.words["alarm_trouble"]).filled(said))
        return f"{cleaned(health.instance, 60)}\n" + "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Webhook:
    """POSTs a text the way the group robots of WeCom and DingTalk take it; most others read its
    `text` too. The URL is a secret: it says who may write there."""

    url: str

    def __call__(self, text: str) -> None:
        """Raises `OSError`."""
        body = json.dumps({"msgtype": "text", "text": {"content": text}}, ensure_ascii=False)
        request = urllib.request.Request(
            self.url,
            data=body.encode(),
            headers={"Content-Type": "application/json; charset=utf-8"},
            method="POST",
        )
        try:
            with _opener().open(request, timeout=TIMEOUT) as answer:
                answer.read(4096)
        except urllib.error.HTTPError as error:
            error.close()
            raise OSError(f"the webhook answered {error.code}: check alarm.webhook") from None
        except urllib.error.URLError as error:
            raise OSError(f"the webhook was not reached: {error.reason}") from None
        except (http.client.HTTPException, ValueError) as error:
            raise OSError(f"the webhook did not answer as one: {type(error).__name__}") from None


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """What is told goes where the configuration says, and nowhere else."""

    def redirect_request(self, *_: object) -> None:
        return None


@cache
def _opener() -> urllib.request.OpenerDirector:
    """Made when something is told for the first time: reading the authorities that vouch for hosts takes
    as long as a mail."""
    trusted = urllib.request.HTTPSHandler(context=ssl.create_default_context())
    return urllib.request.build_opener(_NoRedirects(), trusted)
