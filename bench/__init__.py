"""How fast and how large mailflow is, beside a plain script on the same machine and mails."""
