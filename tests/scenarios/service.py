"""A daemon in a process of its own, as a service manager runs it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.live.machine import wait_until
from tests.scenarios.house import House


class Service:
    def __init__(self, house: House, **environment: str) -> None:
        self._house = house
        self._log = house.folder / "log"
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mailflow", "run", "--config", str(house.config)],
                stdout=log,
                stderr=log,
                env={**os.environ, **environment},
            )

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def tell(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def health(self) -> dict[str, Any]:
        """What the file says; nothing while there is none."""
        try:
            text = (self._house.folder / "health.json").read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        return dict(json.loads(text))

    def polls(self) -> bool:
        return bool(self.health().get("last_poll"))

    def ends(self) -> int:
        assert wait_until(lambda: self.process.poll() is not None, seconds=100), self.log
        return int(self.process.returncode)


@contextmanager
def serving(house: House, **environment: str) -> Iterator[Service]:
    service = Service(house, **environment)
    try:
        yield service
    finally:
        service.process.kill()
        service.process.wait()


class Systemd:
    """The socket a unit of `Type=notify` is given, and somebody who always listens."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.heard: list[str] = []
        self._door = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._door.bind(str(path))
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while said := self._door.recv(999):
            self.heard.append(said.decode())

    def close(self) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as end:
            end.sendto(b"", str(self.path))
        self._thread.join()
        self._door.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def status_of(port: int, path: str = "/health") -> int:
    """0 where nobody answers."""
    return answered(port, path)[0]


def answered(port: int, path: str) -> tuple[int, str]:
    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        caller.request("GET", path)
        with caller.getresponse() as answer:
            return answer.status, answer.read().decode()
    except OSError:
        return 0, ""
    finally:
        caller.close()
