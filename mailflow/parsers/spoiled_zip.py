"""What `zipfile` raises over an archive that is spoiled; of a password it tells by RuntimeError."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

SPOILED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    NotImplementedError,
    ValueError,
)
"""A place before the file's begin, an unknown way to pack, a checksum that does not fit."""
