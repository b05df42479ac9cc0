"""mailflow reads the order desk's mailbox and does the desk's work."""

__version__ = "0.1.0"
