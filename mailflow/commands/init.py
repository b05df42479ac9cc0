"""`mailflow init`: a commented configuration, templates to adapt, registers to fill in."""

from __future__ import annotations

import shutil
from pathlib import Path

from mailflow.commands.demo_desk.registers import HEADS, write_register
from mailflow.commands.saying import complain, say
from mailflow.house import packaged


def init(folder: Path) -> int:
    """Never overwrites: what is there already stays as it is."""
    config = folder / "config.yaml"
    if config.exists():
        complain(f"{config}: exists already: name another folder, or remove it first")
        return 1
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(packaged("config.yaml"), config)
        for kind in HEADS:
            if not (folder / f"{kind}.xlsx").exists():
                write_register(folder, kind, ())
        if not (folder / "templates").exists():
            shutil.copytree(packaged("templates"), folder / "templates")
    except OSError as error:
        complain(f"{folder}: {error.strerror}: name a folder you may write to")
        return 1
    for line in (
        f"{config}  edit mailbox, transport and sender; secrets stay in the environment or files",
        f"{folder}/products.xlsx, customers.xlsx, staff.xlsx  fill in; the first row names the columns; budgets.xlsx and prices.xlsx if you like",
        f"{folder}/templates/  adapt, then add `templates: templates` to the configuration",
        "Microsoft 365 and Gmail: no passwords, see oauth2 in the configuration, then mailflow authorise",
        f"then: mailflow doctor --config {config}",
    ):
        say(line)
    return 0
