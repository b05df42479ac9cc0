"""Where the library of papers lies, as configured."""

from __future__ import annotations

from pathlib import Path

from pydantic import field_validator

from mailflow.config_secret import Strict


class DocumentsConfig(Strict):
    """`index` is a workbook in the folder: title, class and file of each paper, and its batch, product
    and last day where it has them."""

    folder: Path
    index: str = "index.xlsx"

    @field_validator("index")
    @classmethod
    def _in_the_folder(cls, value: str) -> str:
        if Path(value).name != value or value.startswith("."):
            raise ValueError("write the name of a workbook in the folder, such as index.xlsx")
        return value

    @property
    def index_path(self) -> Path:
        return self.folder / self.index
