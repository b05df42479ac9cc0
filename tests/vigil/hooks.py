"""A group robot on loopback: it keeps what it is told, and answers as it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer


class Robot:
    def __init__(self) -> None:
        self.heard: list[str] = []
        self.answers = 200
        robot = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if robot.answers == 200:
                    robot.heard.append(json.loads(body)["text"]["content"])
                self.send_response(robot.answers)
                if robot.answers == 302:
                    self.send_header("Location", f"{robot.url}/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/robot"
        self._thread = threading.Thread(target=self._server.serve_forever)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def robot() -> Iterator[Robot]:
    one = Robot()
    one.start()
    try:
        yield one
    finally:
        one.stop()
