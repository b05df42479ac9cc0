"""Whether the daemon that runs also works, told to whoever watches the machine."""
