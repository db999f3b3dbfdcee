"""Fetching over TLS: HTTP/2 where the server speaks it; certificates that do not fit are refused."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from typing import TYPE_CHECKING

import h2.config
import h2.connection
import h2.events
import pytest

from rowback.capture.fetch import Fetcher
from rowback.errors import FetchFailed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = "news.example"
BODY = b"<p>The ferry leaves at noon.</p>" * 4_000  # more than one frame


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    key, found = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}", "-keyout", str(key), "-out", str(found)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return found


@pytest.fixture
def port(certificate: Path) -> Iterator[int]:
    """A server that speaks HTTP/2 only, with that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    context.set_alpn_protocols(["h2"])
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_serve, args=(listening, context), daemon=True).start()
        yield int(listening.getsockname()[1])


def _serve(listening: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            accepted, _ = listening.accept()
        except OSError:
            return
        try:
            with context.wrap_socket(accepted, server_side=True) as talking:
                _talk(talking)
        except OSError:
            continue


def _talk(talking: ssl.SSLSocket) -> None:
    connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    connection.initiate_connection()
    talking.sendall(connection.data_to_send())
    left: dict[int, bytes] = {}
    while received := talking.recv(65_536):
        for event in connection.receive_data(received):
            if isinstance(event, h2.events.RequestReceived):
                headers = [(":status", "200"), ("content-type", "text/html"), ("x-protocol", "h2")]
                connection.send_headers(event.stream_id, headers)
                left[event.stream_id] = BODY
        for stream, body in list(left.items()):
            size = min(len(body), connection.local_flow_control_window(stream), connection.max_outbound_frame_size)
            while size:
                connection.send_data(stream, body[:size], end_stream=size == len(body))
                body = body[size:]  # noqa: PLW2901 (what is left)
                size = min(len(body), connection.local_flow_control_window(stream), connection.max_outbound_frame_size)
            left[stream] = body
            if not body:
                del left[stream]
        talking.sendall(connection.data_to_send())


def _fetcher(trusted: Path | None, host: str = HOST) -> Fetcher:
    found = ssl.create_default_context(cafile=None if trusted is None else str(trusted))
    return Fetcher({host}, lambda *_: ["127.0.0.1"], lambda: found)


def test_http_2_is_spoken_where_the_server_does(certificate: Path, port: int) -> None:
    answer = _fetcher(certificate).get(f"https://{HOST}:{port}/a")
    assert (answer.headers["x-protocol"], answer.body) == ("h2", BODY)


@pytest.mark.parametrize("host", [HOST, "other.example"], ids=["nobody vouches for it", "another name's"])
def test_a_certificate_that_is_not_valid_is_said_to_be_so(certificate: Path, port: int, host: str) -> None:
    trusted = certificate if host != HOST else None
    with pytest.raises(FetchFailed, match="certificate is not valid"):
        _fetcher(trusted, host).get(f"https://{host}:{port}/a")
