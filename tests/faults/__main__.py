"""`python -m tests.faults` writes `docs/faults.md` anew; `make faults` calls it."""

from __future__ import annotations

import sys

from tests.faults.catalogue import chapters, complaints, proofs
from tests.faults.page import PAGE, page


def main() -> int:
    entries, proven = chapters(), proofs()
    PAGE.write_text(page(entries, proven), encoding="utf-8")
    wrong = complaints(entries, proven)
    sys.stderr.writelines(f"{line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
