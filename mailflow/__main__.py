"""`python -m mailflow` is `mailflow`."""

from mailflow.cli import main

main()
