"""A relay between the extension and the backend: notes every request, and can answer in the backend's place."""

from __future__ import annotations

import http.client
import http.server
import threading
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

HOP = {"connection", "keep-alive", "transfer-encoding", "host", "content-length", "date", "server"}


@dataclass(frozen=True)
class Asked:
    """One request of the extension. `url` is the page it asks about, if any."""

    method: str
    path: str
    url: str | None


# Is the backend there, is the token valid: asked by our own pages, whatever is read.
SAY_NOTHING = {"/api/v1/health", "/api/v1/pair", "/api/v1/articles"}


@dataclass
class Relay:
    """Listens on a port of its own and passes everything on to the backend at `target` (host:port).

    What `lies` holds for the beginning of a path is answered instead: a status and a body, declared as JSON.
    """

    target: str
    asked: list[Asked] = field(default_factory=list)
    lies: dict[str, tuple[int, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def asked_about_pages(self) -> list[Asked]:
        """Without the requests that say nothing of what is read."""
        return [asked for asked in self.asked if asked.path not in SAY_NOTHING]

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def handler(relay: Relay) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            parts = urlsplit(self.path)
            relay.asked.append(Asked(self.command, parts.path, parse_qs(parts.query).get("url", [None])[0]))
            lie = next((lie for start, lie in relay.lies.items() if parts.path.startswith(start)), None)
            if lie:
                self._answer(lie[0], {"Content-Type": "application/json"}, lie[1].encode())
                return
            connection = http.client.HTTPConnection(relay.target, timeout=30)
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
            connection.request(self.command, self.path, body, headers)
            answer = connection.getresponse()
            self._answer(answer.status, dict(answer.getheaders()), answer.read())
            connection.close()

        def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in HOP:
                    self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = _pass_on  # noqa: N815  # the base class calls them so

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Quiet: `asked` is the log."""

    return Handler
