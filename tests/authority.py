"""A certificate authority of one test run: what it signs is trusted by nobody else."""

from __future__ import annotations

import ssl
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Authority:
    """`ca_file` is what a client is told to trust; the certificate is for 127.0.0.1."""

    ca_file: Path
    certificate: Path
    key: Path

    def server_context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context

    @property
    def ends(self) -> datetime:
        """When the server's certificate does, as openssl tells it."""
        told = _openssl(
            "x509", "-in", self.certificate, "-noout", "-enddate", "-dateopt", "iso_8601"
        )
        return datetime.fromisoformat(told.strip().removeprefix("notAfter="))


def make_authority(folder: Path) -> Authority:
    made = Authority(folder / "ca.pem", folder / "server.pem", folder / "server.key")
    request, ca_key, extras = folder / "server.csr", folder / "ca.key", folder / "names"
    # All that RFC 5280 asks for: from 3.13 on Python insists on it.
    extras.write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\nauthorityKeyIdentifier=keyid\n")
    new: list[str | Path] = [
        "req",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
    ]
    own = ["-x509", "-addext", "keyUsage=critical,keyCertSign,cRLSign"]
    _openssl(*new, *own, "-subj", "/CN=test", "-keyout", ca_key, "-out", made.ca_file)
    _openssl(*new, "-subj", "/CN=localhost", "-keyout", made.key, "-out", request)
    signed: list[str | Path] = [
        "x509",
        "-req",
        "-in",
        request,
        "-CA",
        made.ca_file,
        "-CAkey",
        ca_key,
    ]
    _openssl(*signed, "-CAcreateserial", "-extfile", extras, "-out", made.certificate)
    return made


def _openssl(*arguments: str | Path) -> str:
    command = ["openssl", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
