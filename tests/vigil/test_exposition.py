"""What a machine that watches machines reads over HTTP."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from mailflow.domain.vitals import Ailment
from mailflow.ports import Trouble
from mailflow.vigil.exposition import Exposition
from mailflow.vigil.health import Health
from tests.vigil.test_alarm import WELL


class Desk:
    def __init__(self) -> None:
        self.health: Health = replace(
            WELL, done={"taken": 7, "dealt": 6, "sent": 5}, states={"done": 6}
        )
        self.server = Exposition("127.0.0.1", 0, lambda: self.health)

    def get(self, path: str, method: str = "GET") -> tuple[int, str]:
        caller = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        try:
            caller.request(method, path)
            answer = caller.getresponse()
            return answer.status, answer.read().decode()
        finally:
            caller.close()

    def metrics(self) -> dict[str, float]:
        status, text = self.get("/metrics")
        assert status == 200
        return {
            ":".join((sample.name, *sample.labels.values())): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }


@pytest.fixture
def desk() -> Iterator[Desk]:
    one = Desk()
    one.server.start()
    try:
        yield one
    finally:
        one.server.stop()


@pytest.mark.fault("Z01")
def test_health_is_told_by_status_and_in_full(desk: Desk) -> None:
    status, text = desk.get("/health")
    assert (status, json.loads(text)["well"]) == (200, True)
    desk.health = replace(desk.health, ailments=(Ailment.NO_POLL,))
    status, text = desk.get("/health?from=probe")
    assert (status, json.loads(text)["ailments"]) == (503, ["no-poll"])
    desk.health = replace(desk.health, ailments=(Ailment.GAVE_UP,))
    status, text = desk.get("/health")
    assert (status, json.loads(text)["ailments"]) == (200, ["gave-up"])


def test_metrics_are_what_prometheus_reads(desk: Desk) -> None:
    desk.health = replace(desk.health, ailments=(Ailment.UNSENT,))
    told = desk.metrics()
    assert told["mailflow_well"] == 0
    assert told["mailflow_mails_waiting"] == 3
    assert told["mailflow_mails_decided_total:done"] == 6
    assert told["mailflow_messages_sent_total"] == 5
    assert told["mailflow_ailment:unsent"] == 1
    assert told["mailflow_ailment:no-poll"] == 0
    assert told["process_resident_memory_bytes"] > 1e6


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/", 404), ("GET", "/../config.yaml", 404), ("POST", "/health", 501)],
)
def test_nothing_else_is_told(desk: Desk, method: str, path: str, status: int) -> None:
    assert desk.get(path, method)[0] == status


def test_a_caller_that_says_nothing_holds_up_nobody(desk: Desk) -> None:
    with socket.create_connection(("127.0.0.1", desk.server.port)):
        assert desk.get("/health")[0] == 200


def test_a_place_that_is_taken_is_named(desk: Desk) -> None:
    with pytest.raises(Trouble, match=f"health.listen 127.0.0.1:{desk.server.port}"):
        Exposition("127.0.0.1", desk.server.port, lambda: desk.health)
