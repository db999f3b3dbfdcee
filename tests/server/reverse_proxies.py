"""The real nginx and Caddy before a backend, with TLS, as the paper on hosting says."""

from __future__ import annotations

import getpass
import http.client
import os
import shutil
import socket
import ssl
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ..browser.deadline import until
from .backend import ANSWER_WITHIN_S, Answer, Client
from .documents import DOCS, blocks
from .program import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

HOST = {"": "rowback.example.org", "/rowback": "home.example.org"}
NAMES = tuple(HOST.values())
PATHS = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
KINDS = {"nginx": "nginx", "caddy": "caddyfile"}
UP_WITHIN_S = 60.0
_NGINX = """
daemon off; user {user}; worker_processes 1; pid {folder}/pid; error_log stderr;
events {{}}
http {{
    log_format measured '$request $status length=$request_length coding=$http_content_encoding';
    access_log {folder}/access.log measured;
    client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
    uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
    server {{
        listen 127.0.0.1:{port} ssl;
        server_name {host};
        ssl_certificate {certificate};
        ssl_certificate_key {key};
        {block}
    }}
}}
"""


def program(kind: str) -> str | None:
    """Where the server of this kind is, if it is installed; with what makes a certificate."""
    return shutil.which(kind, path=PATHS) if shutil.which("openssl") else None


def block_of(kind: str, path: str) -> str:
    """What the paper says for a backend that has a host to itself (no path), or lies below the path."""
    found = [
        each for each in blocks(DOCS / "hosting.md", KINDS[kind]) if ("X-Forwarded-Prefix /" in each) == bool(path)
    ]
    assert len(found) == (2 if kind == "nginx" and not path else 1), "one for each, and what nginx shall not log"
    return "\n".join(found)


def make_certificate(folder: Path) -> Path:
    """A certificate for the paper's hosts, made here; its key lies beside it."""
    certificate = folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=tests", "-addext", "subjectAltName=" + ",".join(f"DNS:{each}" for each in NAMES),
         "-keyout", str(folder / "key.pem"), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return certificate


@lru_cache(maxsize=4)
def _trusting(certificate: str) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certificate)


class _Connection(http.client.HTTPConnection):
    """To a port of this machine, by a name that no resolver knows, over TLS that is checked."""

    def __init__(self, name: str, port: int, certificate: str) -> None:
        super().__init__(name, port, timeout=ANSWER_WITHIN_S)
        self._trusting = _trusting(certificate)

    def connect(self) -> None:
        plain = socket.create_connection(("127.0.0.1", self.port), self.timeout)
        self.sock = self._trusting.wrap_socket(plain, server_hostname=self.host)


@dataclass
class Outside(Client):
    """Whoever comes through the proxy from elsewhere."""

    path: str = ""
    certificate: str = ""

    @property
    def base(self) -> str:
        """The backend's address as visitors have it."""
        return f"https://{HOST[self.path]}:{self.port}{self.path}"

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request. `path` is the one inside the backend."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token is not None:
            named.setdefault("Authorization", f"Bearer {self.token}")
        connection = _Connection(HOST[self.path], self.port, self.certificate)
        try:
            connection.request(method, f"{self.path}{path}", body, named)
            answer = connection.getresponse()
            received = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, received, answer.read())
        finally:
            connection.close()


@contextmanager
def proxied(kind: str, path: str, backend_port: int, folder: Path) -> Iterator[Outside]:
    """The server of a kind before a backend while the block runs; what comes through it as a stranger."""
    certificate, port = make_certificate(folder), free_port()
    block = block_of(kind, path).replace("127.0.0.1:8484", f"127.0.0.1:{backend_port}")
    command = _nginx(block, path, port, certificate) if kind == "nginx" else _caddy(block, path, port, certificate)
    log = folder / "proxy.log"
    settings = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with log.open("w", encoding="utf-8") as said:
        run = subprocess.Popen(command, env=_only(settings), stdout=said, stderr=said)
    try:
        until(
            lambda: run.poll() is not None or _listens(port),
            lambda: f"{kind} listens: {log.read_text(encoding='utf-8')}",
            UP_WITHIN_S,
        )
        assert run.poll() is None, log.read_text(encoding="utf-8")
        yield Outside(port, path=path, certificate=str(certificate))
    finally:
        run.terminate()
        run.wait(UP_WITHIN_S)


def _only(settings: Mapping[str, str]) -> dict[str, str]:
    return {"PATH": PATHS} | dict(settings)


def _nginx(block: str, path: str, port: int, certificate: Path) -> list[str]:
    config = certificate.with_name("nginx.conf")
    filled = _NGINX.format(
        user=getpass.getuser(),
        folder=config.parent,
        host=HOST[path],
        port=port,
        certificate=certificate,
        key=certificate.with_name("key.pem"),
        block=block,
    )
    config.write_text(filled, encoding="utf-8")
    return [str(program("nginx")), "-c", str(config), "-p", str(config.parent), "-e", "stderr"]


def _caddy(block: str, path: str, port: int, certificate: Path) -> list[str]:
    config = certificate.with_name("Caddyfile")
    tls = f"    bind 127.0.0.1\n    tls {certificate} {certificate.with_name('key.pem')}\n"
    first = f"{HOST[path]} {{\n"
    assert block.startswith(first)
    here = block.replace(first, f"https://{HOST[path]}:{port} {{\n{tls}", 1)
    config.write_text(f"{{\n    admin off\n    auto_https disable_redirects\n}}\n{here}", encoding="utf-8")
    return [str(program("caddy")), "run", "--config", str(config), "--adapter", "caddyfile"]


def _listens(port: int) -> bool:
    with socket.socket() as looking:
        return looking.connect_ex(("127.0.0.1", port)) == 0
