"""What the tests of carriers share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.outbox.scripted_smtp import Script, smtp_server


@pytest.fixture(params=[False, True], ids=["one-by-one", "in-flights"])
def server(request: pytest.FixtureRequest) -> Iterator[Script]:
    with smtp_server(Script(flights=request.param)) as script:
        yield script
