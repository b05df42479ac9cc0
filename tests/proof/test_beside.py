"""Nothing durable happens where no test can end the process."""

from __future__ import annotations

import ast

from mailflow.domain import failpoint
from tests.proof.beside import PACKAGE, bare, functions

REPEATED = (
    "a backup without its last file is none, a restore puts the database last: both are repeated"
)
EXCUSED = {
    "vigil/health_file.py:__call__": "says how the daemon is, anew at each look",
    "outbox/typeset_compiled.py:_write": "compiled anew where it is not there or not whole",
    "token_file.py:write": "the file is whole or as before, and whose token is lost asks for another",
    "store/engine.py:_open_postgres": "settles a session, nothing that outlives it",
    "stock_frames.py:_series": "names a column",
    "store/backup.py:_linked": REPEATED,
    "store/backup.py:_put": REPEATED,
    "store/backup.py:put_back": REPEATED,
    "store/backup.py:_fsync": REPEATED,
}
"""Effects beside which no kill could harm, and why."""


def test_every_durable_effect_has_a_failpoint_beside_it() -> None:
    found = list(functions())
    assert not list(bare(found, excused=frozenset(EXCUSED)))
    # They were looked for: the flush of the spool, the move of a mail, the final dot.
    seen = {f.place: f.effects for f in found if f.effects}
    assert "os.fsync" in seen["store/spool.py:_write"]
    assert "client.move" in seen["mailbox/imap_filing.py:move_all"]
    assert "server.send" in seen["outbox/smtp_line.py:finish"]
    assert seen.keys() >= EXCUSED.keys()


def test_a_failpoint_that_is_taken_away_is_missed() -> None:
    found = list(functions())
    for function in found:
        if function.file == "store/spool.py":
            function.has_failpoint = False
    missed = list(bare(found, excused=frozenset(EXCUSED)))
    assert any(place.startswith("store/spool.py:_write") for place in missed)


def test_every_name_is_reached_somewhere_and_no_other_is() -> None:
    reached = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr == "reached" and isinstance(node.args[0], ast.Constant):
                reached.add(node.args[0].value)
    assert reached == set(failpoint.ALL)
