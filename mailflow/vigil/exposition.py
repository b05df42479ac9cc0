"""`/health` and `/metrics` over HTTP, for whoever watches many machines; read only."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from mailflow.domain.vitals import Ailment
from mailflow.ports import Trouble
from mailflow.vigil.health import Health

TIMEOUT = 5.0
"""Seconds that a caller may take over his request."""


class Metrics(Collector):
    """The health of this moment in Prometheus's terms; counters are since the start."""

    def __init__(self, look: Callable[[], Health]) -> None:
        self._look = look

    def collect(self) -> Iterator[Metric]:
        health = self._look()
        waiting = health.waiting
        gauges = {
            "mailflow_well": ("1 when nothing is wrong", float(health.is_well)),
            "mailflow_poll_age_seconds": ("Since the last completed poll", health.poll_age),
            "mailflow_mails_waiting": ("Mails not decided on", waiting.mails),
            "mailflow_messages_waiting": ("Messages to be sent", waiting.messages),
            "mailflow_messages_in_doubt": ("Messages that may have left", waiting.in_doubt),
            "mailflow_messages_failed": ("Messages that wait for a person", waiting.failed),
            "mailflow_troubles": ("Troubles of the last pass", len(health.troubles)),
        }
        for name, (meaning, value) in gauges.items():
            yield GaugeMetricFamily(name, meaning, value=value)
        ill = GaugeMetricFamily("mailflow_ailment", "1 while it lasts", labels=["ailment"])
        for ailment in Ailment:
            ill.add_metric([ailment.value], float(ailment in health.ailments))
        yield ill
        yield CounterMetricFamily(
            "mailflow_mails_taken", "Mails taken in", value=health.done["taken"]
        )
        yield CounterMetricFamily(
            "mailflow_messages_sent", "Messages sent", value=health.done["sent"]
        )
        decided = CounterMetricFamily(
            "mailflow_mails_decided", "Mails decided on", labels=["state"]
        )
        for state, number in sorted(health.states.items()):
            decided.add_metric([state], number)
        yield decided


class Exposition:
    """A small server in threads of its own: it answers also while the daemon hangs."""

    def __init__(self, host: str, port: int, look: Callable[[], Health]) -> None:
        """Raises `Trouble` where the place is taken or not ours."""
        registry = CollectorRegistry(auto_describe=False)
        registry.register(Metrics(look))
        ProcessCollector(registry=registry)

        class Handler(_Handler):
            pages: ClassVar[dict[str, Callable[[], Page]]] = {
                "/health": lambda: _health_page(look()),
                "/metrics": lambda: (
                    HTTPStatus.OK,
                    CONTENT_TYPE_LATEST,
                    generate_latest(registry),
                ),
            }

        try:
            self._server = ThreadingHTTPServer((host, port), Handler)
        except OSError as error:
            raise Trouble(
                f"health.listen {host}:{port}: {error.strerror}: name another port, or end what "
                "listens there"
            ) from error
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, name="exposition", daemon=True
        )

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)


Page = tuple[HTTPStatus, str, bytes]


def _health_page(health: Health) -> Page:
    status = HTTPStatus.OK if health.is_well else HTTPStatus.SERVICE_UNAVAILABLE
    return status, "application/json; charset=utf-8", health.as_json().encode() + b"\n"


class _Handler(BaseHTTPRequestHandler):
    timeout = TIMEOUT
    server_version = "mailflow"
    sys_version = ""
    pages: ClassVar[dict[str, Callable[[], Page]]] = {}

    def do_GET(self) -> None:
        page = self.pages.get(self.path.partition("?")[0])
        if page is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        status, kind, body = page()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Whoever asks each second shall not fill the log."""
