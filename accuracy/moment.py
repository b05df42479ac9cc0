"""The moment at which every mail of the catalogue arrives."""

from datetime import datetime, timedelta, timezone

RECEIVED = datetime(2026, 11, 10, 10, 0, tzinfo=timezone(timedelta(hours=8)))
