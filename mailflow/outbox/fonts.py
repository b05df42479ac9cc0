"""Which font of this machine can show Chinese: found by the names under which systems keep them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mailflow.domain.value import dataclass

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/Library/Fonts"),
    Path("/System/Library/Fonts"),
)
PACKAGE = "fonts-noto-cjk"
"""What Debian has; `fonts-wqy-microhei` is smaller and does as well."""


@dataclass(frozen=True, slots=True)
class Face:
    """A face of a font file, and its bold sister; the same where there is none."""

    file: str
    index: int = 0
    bold: str = ""

    @property
    def heavy(self) -> str:
        return self.bold or self.file


KNOWN = (
    # In this collection the faces are Japanese, Korean, simplified Chinese and so on.
    ("NotoSansCJK-Regular.ttc", 2, "NotoSansCJK-Bold.ttc"),
    ("NotoSansCJKsc-Regular.otf", 0, "NotoSansCJKsc-Bold.otf"),
    ("NotoSansSC-Regular.otf", 0, "NotoSansSC-Bold.otf"),
    ("NotoSansSC-Regular.ttf", 0, "NotoSansSC-Bold.ttf"),
    ("SourceHanSansSC-Regular.otf", 0, "SourceHanSansSC-Bold.otf"),
    ("SourceHanSansCN-Regular.otf", 0, "SourceHanSansCN-Bold.otf"),
    ("wqy-microhei.ttc", 0, ""),
    ("wqy-zenhei.ttc", 0, ""),
    ("msyh.ttc", 0, "msyhbd.ttc"),
    ("DroidSansFallbackFull.ttf", 0, ""),
)
"""File, which face of it, bold file; the best first."""


def chinese_faces(folders: Sequence[Path] = FOLDERS) -> tuple[Face, ...]:
    """All that are there, the best first; none where pictures cannot be drawn."""
    own = (Path.home() / ".fonts", Path.home() / ".local/share/fonts")
    wanted = {name for file, _, bold in KNOWN for name in (file, bold)}
    found: dict[str, str] = {}
    for folder in (*folders, *(own if folders is FOLDERS else ())):
        for path in sorted(folder.rglob("*.[ot]t[cf]")) if folder.is_dir() else ():
            if path.name in wanted:
                found.setdefault(path.name, str(path))
    return tuple(
        Face(found[file], index, found.get(bold, ""))
        for file, index, bold in KNOWN
        if file in found
    )
