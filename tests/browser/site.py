"""Invented news sites: one HTTP and one HTTPS server on loopback, serving a table of pages under names ending in .test.

The browsers under test are told to find every such name here.
"""

from __future__ import annotations

import http.server
import ssl
import subprocess
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

HTML = {"Content-Type": "text/html; charset=utf-8"}
SCRIPT = {"Content-Type": "text/javascript; charset=utf-8"}


@dataclass(frozen=True)
class Page:
    body: str
    headers: dict[str, str]


BLANK = Page("", {"Content-Type": "image/png"})


@dataclass
class Site:
    """A table of pages by (host, path and query). Tests of one session share it, so each uses paths of its own."""

    certificate: Path
    pages: dict[tuple[str, str], Page] = field(default_factory=dict)
    port: int = 0
    tls_port: int = 0
    _servers: list[http.server.ThreadingHTTPServer] = field(default_factory=list)

    def put(self, url: str, body: str, headers: dict[str, str] | None = None) -> str:
        """Serve `body` at `url`, with these headers beside the usual ones. Gives the URL back."""
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        self.pages[parts.netloc, path] = Page(body, HTML | (headers or {}))
        return url

    def start(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.certificate.with_suffix(".key"))
        self.port = self._serve(None)
        self.tls_port = self._serve(context)

    def _serve(self, tls: ssl.SSLContext | None) -> int:
        server = Server(("127.0.0.1", 0), handler(self.pages))
        if tls:  # the handshake waits for the handler's own thread, so that a stuck client stops nobody
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self._servers.append(server)
        return int(server.server_address[1])

    def stop(self) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is none of our business."""


def handler(pages: dict[tuple[str, str], Page]) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            page = BLANK if self.path == "/favicon.ico" else pages.get((self.headers.get("Host", ""), self.path))
            body = (page.body if page else "Not found").encode()
            self.send_response(200 if page else 404)
            for name, value in (page.headers if page else {"Content-Type": "text/plain"}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
            """Quiet: what a test needs to know it asks for."""

    return Handler


def make_certificate(folder: Path) -> Path:
    """A certificate of our own for the invented hosts, with its key beside it."""
    certificate = folder / "site.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=news.test"),
            *("-addext", "subjectAltName=DNS:*.test", "-out", certificate, "-keyout", certificate.with_suffix(".key")),
        ],
        check=True,
        capture_output=True,
    )
    return certificate
