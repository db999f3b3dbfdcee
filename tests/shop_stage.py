"""What the pictures for stores are taken of: the demo's newspaper and a backend, each under an invented name, over https.

One port of this machine serves both by the name that is asked for; the browser is told to find every name there.
"""

from __future__ import annotations

import json
import shutil
import threading
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from werkzeug.exceptions import NotFound
from werkzeug.serving import make_server
from werkzeug.wrappers import Request

from rowback.capture.captures import from_html
from rowback.clock import utc_now
from rowback.demo.newspaper import create_newspaper
from rowback.demo.stock import stock
from rowback.demo.stories import load_stories
from rowback.extension import source_folder, unpack
from rowback.model import Origin
from rowback.store import Store
from rowback.web.app import create_app
from tests.browser.newspaper import Quiet
from tests.browser.site import make_certificate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

NEWSPAPER = "ostrey-packet.example"
BACKEND = "rowback.example"  # names that nobody can have (RFC 2606)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where all of it is: a port on loopback, and the folder of an extension that is connected."""

    port: int
    extension: Path

    def flags(self) -> list[str]:
        """What makes a Chromium find it, take its certificate, and ask nobody else."""
        return [
            f"--load-extension={self.extension}",
            f"--disable-extensions-except={self.extension}",
            f"--host-resolver-rules=MAP *:443 127.0.0.1:{self.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            f"--ip-address-space-overrides=127.0.0.1:{self.port}=public",
            "--ignore-certificate-errors",
        ]


def languages() -> list[str]:
    """The languages that the extension has words in."""
    return sorted(folder.name for folder in (source_folder() / "_locales").iterdir())


@contextmanager
def staged(scratch: Path, language: str) -> Iterator[Stage]:
    """Newspaper, backend and extension while the context is open, their files in `scratch`."""
    store = Store(scratch / "rowback.db")
    certificate = make_certificate(scratch)
    tls = (str(certificate), str(certificate.with_suffix(".key")))
    server = make_server("127.0.0.1", 0, hosts(store), threaded=True, request_handler=Quiet, ssl_context=tls)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    extension = scratch / "extension"
    unpack(extension, f"https://{BACKEND}", store.access.new_token("shop window", utc_now()), is_set_up=True)
    allow_all_sites(extension)
    speak(extension, language)
    try:
        yield Stage(server.port, extension)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        store.close()


def hosts(store: Store) -> WSGIApplication:
    """The newspaper, its past put into `store`, and the backend over that store, each by its name."""

    def record(url: str, html: str, seen_at: datetime) -> None:
        store.record(replace(from_html(url, html, seen_at, Origin.POLL), is_listing=True), utc_now())

    address, stories, started_at = f"https://{NEWSPAPER}", load_stories(), utc_now()
    newspaper = create_newspaper(address, stories, started_at=started_at, clock=utc_now, on_publish=record)
    newspaper.config["TRUSTED_HOSTS"] = [NEWSPAPER]
    stock(record, address, stories, started_at)
    # Offered an archive, the pictures would name it: those that there are are other people's.
    backend = create_app(store, allowed_hosts=[BACKEND], is_public=True, archives=())
    return _by_name({NEWSPAPER: newspaper, BACKEND: backend})


def _by_name(apps: Mapping[str, WSGIApplication]) -> WSGIApplication:
    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return apps.get(Request(environ).host, NotFound())(environ, start_response)

    return serve


def allow_all_sites(extension: Path) -> None:
    """Gives what a reader would at the first page."""
    manifest = extension / "manifest.json"
    said = json.loads(manifest.read_text(encoding="utf-8"))
    said["host_permissions"] += said.pop("optional_host_permissions")
    manifest.write_text(json.dumps(said), encoding="utf-8")


def speak(extension: Path, language: str) -> None:
    """Leaves the extension the words of one language.

    Which it would choose of several is decided by the language files of the browser, of which some installations have
    English ones only.
    """
    manifest = extension / "manifest.json"
    said = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(said | {"default_locale": language}), encoding="utf-8")
    for folder in (extension / "_locales").iterdir():
        if folder.name != language:
            shutil.rmtree(folder)
