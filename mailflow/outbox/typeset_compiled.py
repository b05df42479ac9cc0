"""Compiled templates, kept in this process and, where there is a folder for it, between two starts.

Compiling the letters of one pass takes up to 0.4 s. What lies in the folder is run as code: so nobody
else may have been able to write there, and whatever is odd about it is silently compiled anew.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import CodeType

import jinja2
from jinja2 import BytecodeCache, Environment, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame

NAME = "mailflow"
DIGEST_BYTES = hashlib.sha256().digest_size
LONGEST = 4_000_000
"""Bytes of an entry; the longest of ours has 60,000."""
MOST = 2_000
"""Entries; of older templates and versions nobody else takes leave."""
OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH

_COMPILED: dict[tuple[str, ...], CodeType] = {}
"""A house that is set up anew, after a change of its configuration, compiles nothing anew."""


class Unfolded(CodeGenerator):
    """Works nothing out while it compiles but what stands there: what a filter makes of a word hangs on
    the house. To be used with `optimized=False`."""

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: object) -> str:
        if not isinstance(node, nodes.TemplateData | nodes.Const):
            raise nodes.Impossible()
        return super()._output_child_to_const(node, frame, finalize)  # type: ignore[arg-type] # handed on as it came


class Compiled(BytecodeCache):
    """By template, source and all that its code hangs on besides."""

    def __init__(self, environment: Environment, folder: Path | None) -> None:
        self._kind = _kind_of(environment)
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = _COMPILED.get(self._key(bucket))
        if bucket.code is None and self._folder is not None:
            with suppress(OSError):
                self._read(bucket, self._folder)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is None:
            return
        _COMPILED[self._key(bucket)] = bucket.code
        if self._folder is not None:
            with suppress(OSError):
                self._write(bucket, self._folder)

    def _key(self, bucket: Bucket) -> tuple[str, str, str]:
        return bucket.key, bucket.checksum, self._kind

    def _name(self, bucket: Bucket) -> str:
        return hashlib.sha256("\n".join(self._key(bucket)).encode()).hexdigest()

    def _read(self, bucket: Bucket, folder: Path) -> None:
        with _opened(folder) as within:
            entry = os.open(self._name(bucket), os.O_RDONLY | os.O_NOFOLLOW, dir_fd=within)
            with os.fdopen(entry, "rb") as file:
                status = os.fstat(entry)
                if not (stat.S_ISREG(status.st_mode) and _is_ours(status)):
                    return
                kept = file.read(LONGEST)
        told, code = kept[:DIGEST_BYTES], kept[DIGEST_BYTES:]
        if hashlib.sha256(code).digest() == told:  # what is damaged would end the interpreter
            bucket.bytecode_from_string(code)
            if bucket.code is not None:
                _COMPILED[self._key(bucket)] = bucket.code

    def _write(self, bucket: Bucket, folder: Path) -> None:
        code = bucket.bytecode_to_string()
        _make(folder)
        with _opened(folder) as within:
            _make_room(within)
            name = self._name(bucket)
            ours = f"{name}.{os.getpid()}"
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
            try:
                with os.fdopen(os.open(ours, flags, 0o600, dir_fd=within), "wb") as file:
                    file.write(hashlib.sha256(code).digest() + code)
                os.rename(ours, name, src_dir_fd=within, dst_dir_fd=within)
            except OSError:
                with suppress(OSError):
                    os.unlink(ours, dir_fd=within)
                raise


def folder_of_caches() -> Path | None:
    """systemd's, else that of the user; None where there is neither."""
    if given := os.environ.get("CACHE_DIRECTORY"):
        return Path(given.split(":")[0])
    if (given := os.environ.get("XDG_CACHE_HOME", "")) and Path(given).is_absolute():
        return Path(given) / NAME
    try:
        return Path.home() / ".cache" / NAME
    except RuntimeError:
        return None


def _kind_of(environment: Environment) -> str:
    """All but the text that decides what is compiled. Of filters and tests it is which there are, and
    what they are handed besides the value."""
    handed = [
        (name, str(getattr(called, "jinja_pass_arg", "")))
        for known in (environment.filters, environment.tests)
        for name, called in sorted(known.items())
    ]
    options = {
        name: repr(value)
        for name, value in vars(environment).items()
        if isinstance(value, str | bool | int | None)
    }
    version = (sys.version, sys.flags.optimize, jinja2.__version__)
    classes = (type(environment), environment.code_generator_class)
    escapes = environment.autoescape
    escaped = [
        escapes(name) if callable(escapes) else escapes for name in (None, "a.html", "a.txt")
    ]
    kind = (version, [kind.__qualname__ for kind in classes], environment.sandboxed, escaped)
    known = (handed, sorted(environment.extensions), sorted(environment.globals))
    return repr((kind, sorted(options.items()), known))


def _is_ours(status: os.stat_result) -> bool:
    return status.st_uid == os.geteuid() and not status.st_mode & OTHERS_MAY_WRITE


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    """Raises `OSError`, also where somebody else could have written there."""
    within = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if not _is_ours(os.fstat(within)):
            raise PermissionError(f"{folder}: others may write there")
        yield within
    finally:
        os.close(within)


def _make(folder: Path) -> None:
    """In a home that is ours only: who works as somebody else leaves nothing behind in it."""
    there = next(above for above in folder.parents if above.exists())
    if not folder.exists() and there.stat().st_uid == os.geteuid():
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def _make_room(within: int) -> None:
    if len(entries := os.listdir(within)) >= MOST:
        for entry in entries:
            os.unlink(entry, dir_fd=within)
