"""The database: receipts, orders, messages and their history, on SQLite or PostgreSQL."""
