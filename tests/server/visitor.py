"""Someone with a browser at the backend's pages: keeps cookies, fills in forms, signs in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from rowback.model import Scope
from rowback.store.sessions import SignInLink
from rowback.web.guard.one_time import BY_LINK, LINK_LASTS

if TYPE_CHECKING:
    from .backend import Answer, Backend, Client

FORM = "application/x-www-form-urlencoded"


@dataclass
class Visitor:
    """A browser that keeps its cookies and fills in forms."""

    client: Client
    headers: dict[str, str]
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self._kept(self.client.get(path, **(self._sent() | headers)))

    def press(self, page: str, action: str, **values: str) -> Answer:
        """Sends the form of a page, with its CSRF token."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.get(page).body.decode())
        return self.send(action, csrf=found[1] if found else "", **values)

    def send(self, action: str, **values: str) -> Answer:
        body = urlencode(values).encode()
        scheme = self.headers.get("X_Forwarded_Proto", "http")  # browsers name the scheme that they see
        origin = f"{scheme}://{self.headers.get('Host', '')}"
        form = {"Content_Type": FORM, "Origin": origin}
        return self._kept(self.client.send("POST", action, body, **(self._sent() | form)))

    def _sent(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Accept": "text/html", **self.headers} | ({"Cookie": cookies} if cookies else {})

    def _kept(self, answer: Answer) -> Answer:
        if "set-cookie" in answer.headers:
            name, _, value = answer.headers["set-cookie"].split(";")[0].partition("=")
            self.cookies[name] = value
        return answer


def at_home(backend: Backend) -> Visitor:
    """A browser on the machine itself, not signed in."""
    return Visitor(backend.anyone, {"Host": f"127.0.0.1:{backend.server.port}"})


def by_link(backend: Backend, visitor: Visitor, scope: Scope = Scope.OWNER, token: str | None = None) -> Visitor:
    """Signs a browser in by a link of the store's, as `rowback sign-in` prints one."""
    code = backend.store.sessions.new_link(SignInLink(scope, token, "/"), backend.clock(), LINK_LASTS)
    answer = visitor.get(f"{BY_LINK}?code={code}")
    assert (answer.status, answer.headers["location"]) == (303, "/"), answer
    return visitor


def owner_at_home(backend: Backend) -> Visitor:
    """The owner's browser on the machine itself."""
    return by_link(backend, at_home(backend))
