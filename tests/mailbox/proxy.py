"""A way between client and server that can be blocked or cut, as networks do."""

from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Proxy:
    """While `blocked`, bytes go nowhere and nobody is told: a half-open connection."""

    port: int
    passed: int = 0
    connections: int = 0
    blocked: threading.Event = field(default_factory=threading.Event)
    pairs: list[tuple[socket.socket, socket.socket]] = field(default_factory=list)

    def cut(self) -> None:
        """End all connections at once."""
        for pair in self.pairs:
            for end in pair:
                _shut(end)

    @property
    def open_now(self) -> int:
        return sum(client.fileno() >= 0 for client, _ in self.pairs)


def _shut(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        end.close()


def _carry(proxy: Proxy, pair: tuple[socket.socket, socket.socket]) -> None:
    other = {pair[0]: pair[1], pair[1]: pair[0]}
    with selectors.DefaultSelector() as selector:
        for end in pair:
            selector.register(end, selectors.EVENT_READ)
        try:
            while True:
                for key, _ in selector.select():
                    assert isinstance(key.fileobj, socket.socket)
                    data = key.fileobj.recv(65536)
                    if not data:
                        return
                    if not proxy.blocked.is_set():
                        proxy.passed += len(data)
                        other[key.fileobj].sendall(data)
        except OSError:
            return
        finally:
            for end in pair:
                end.close()


@contextmanager
def proxy_to(port: int) -> Iterator[Proxy]:
    listener = socket.create_server(("127.0.0.1", 0))
    proxy = Proxy(listener.getsockname()[1])
    threads: list[threading.Thread] = []

    def accept() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            proxy.connections += 1
            pair = (client, socket.create_connection(("127.0.0.1", port)))
            proxy.pairs.append(pair)
            threads.append(threading.Thread(target=_carry, args=(proxy, pair)))
            threads[-1].start()

    acceptor = threading.Thread(target=accept)
    acceptor.start()
    try:
        yield proxy
    finally:
        _shut(listener)
        listener.close()
        proxy.cut()
        for thread in [acceptor, *threads]:
            thread.join(5)
