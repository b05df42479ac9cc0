"""SQLite is kept off network disks: their locks and flushes do not hold what they promise."""

from __future__ import annotations

import os
from pathlib import Path

from mailflow.ports import StoreTrouble

NETWORK = (
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "davfs"),
    *("fuse.sshfs", "fuse.rclone", "fuse.davfs2"),
)
MOUNTS = Path("/proc/self/mountinfo")


def refuse_network_disk(path: Path, mounts: Path = MOUNTS) -> None:
    """Raises `StoreTrouble` (reliability D06). Where the system does not tell, nothing is said."""
    kind = file_system_of(path, mounts)
    if kind in NETWORK:
        raise StoreTrouble(
            f"database {path}: lies on a network disk ({kind}), where SQLite can be damaged: "
            "put it on a disk of this machine, or use PostgreSQL"
        )


def file_system_of(path: Path, mounts: Path = MOUNTS) -> str:
    """The type of the file system a path lies on, as Linux calls it; empty where unknown."""
    place = os.path.realpath(path)
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    found = ("", "")
    for line in lines:
        left, _, right = line.partition(" - ")
        point, kind = _unescaped(left.split()[4]), right.split()[0]
        inside = place == point or place.startswith(point.rstrip("/") + "/")
        # The later of two mounts on one point hides the earlier.
        if inside and len(point) >= len(found[0]):
            found = (point, kind)
    return found[1]


def _unescaped(text: str) -> str:
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, sign)
    return text
