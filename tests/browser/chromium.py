"""Chromium, driven through Playwright and the DevTools protocol."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from playwright.sync_api import BrowserContext, CDPSession, Error, Page, Playwright, Worker

from .deadline import until
from .reader import ALL_SITES, PROBE, WINDOW, Reader, Tab

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .site import Site

PROBE_WORLD = "test-probe"
OUR_WORKER = "/background/worker.js"
MAY_GRANT = "chrome://extensions/strings.m.js"  # has the powers of the page of extensions, and nothing of it to build


def arguments(extensions: Sequence[Path], site: Site, here: Sequence[str] = ()) -> list[str]:
    """Flags: only these extensions; every name leads to the test site, so that no other host is reachable, but those names
    `here` that lead to other ports of this machine."""
    folders = ",".join(map(str, extensions))
    names = ", ".join(
        [
            *(f"MAP {name} 127.0.0.1" for name in here),
            f"MAP *:443 127.0.0.1:{site.tls_port}",
            f"MAP *:80 127.0.0.1:{site.port}",
        ]
    )
    flags = [
        f"--disable-extensions-except={folders}",
        f"--load-extension={folders}",
        f"--host-resolver-rules={names}, EXCLUDE 127.0.0.1, EXCLUDE localhost",
        f"--ip-address-space-overrides=127.0.0.1:{site.port}=public,127.0.0.1:{site.tls_port}=public",
        "--ignore-certificate-errors",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--enable-unsafe-extension-debugging",  # lets DevTools press the toolbar's button
    ]
    return [*flags, "--no-sandbox"] if os.geteuid() == 0 else flags


class Chromium(Reader):
    """A persistent context with a throwaway profile."""

    name = "chromium"

    def __init__(
        self,
        playwright: Playwright,
        binary: str,
        extension: Path,
        profile: Path,
        site: Site,
        beside: Sequence[Path] = (),
        here: Sequence[str] = (),
    ) -> None:
        """`beside`: other extensions that are installed too; `here`: names of this machine."""
        super().__init__()
        self._errors: list[str] = []
        self._sessions: dict[Page, CDPSession] = {}
        self._media: dict[str, Any] = {}
        self._context: BrowserContext = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=binary,
            headless=True,
            args=arguments([extension, *beside], site, here),
            ignore_default_args=["--disable-back-forward-cache"],
            ignore_https_errors=True,
            viewport={"width": WINDOW[0], "height": WINDOW[1]},
            locale="en-GB",
        )
        self._context.on("page", self._listen)
        self._context.on("serviceworker", self._listen_to_worker)
        self._page = self._context.pages[0]
        self._listen(self._page)
        for worker in self._context.service_workers:
            self._listen_to_worker(worker)
        self._id = until(self._worker, "the extension's worker").url.split("/")[2]

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self._errors.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._note(message.type, f"{message.location['url']}: {message.text}"))

    def _listen_to_worker(self, worker: Worker) -> None:
        worker.on("console", lambda message: self._note(message.type, f"{worker.url}: {message.text}"))

    def _note(self, kind: str, text: str) -> None:
        if kind == "error":
            self._errors.append(text)

    def _worker(self) -> Worker | None:
        self._take_in()
        return self._running(OUR_WORKER)

    def _running(self, file: str) -> Worker | None:
        found = [worker for worker in self._context.service_workers if worker.url.endswith(file)]
        return found[-1] if found else None

    def beside(self, file: str) -> Worker:
        """The worker of another extension, by its file."""

        def look() -> Worker | None:
            self._take_in()
            return self._running(file)

        return until(look, f"the other extension's {file}")

    def _take_in(self) -> None:
        """Any call lets Playwright handle the events that have arrived; this one needs no page."""
        self._context.cookies("http://nowhere.test")

    def _cdp(self) -> CDPSession:
        if self._page not in self._sessions:
            self._sessions[self._page] = self._context.new_cdp_session(self._page)
        return self._sessions[self._page]

    def _in_probe_world(self, function: str, args: tuple[Any, ...], **options: Any) -> dict[str, Any]:
        """Call a function in a world of our own: it shares the document with the page, and no prototype. Where the page goes
        before it is called, it is called on the page that comes."""
        return until(lambda: self._called(function, args, options), "a page that stays to be asked")

    def _called(self, function: str, args: tuple[Any, ...], options: dict[str, Any]) -> dict[str, Any] | None:
        try:
            return self._call(function, args, options)
        except Error as error:
            if "Cannot find context with specified id" in error.message:
                return None
            raise

    def _call(self, function: str, args: tuple[Any, ...], options: dict[str, Any]) -> dict[str, Any]:
        cdp = self._cdp()
        frame = cdp.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        world = cdp.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": PROBE_WORLD})
        call = {"functionDeclaration": function, "executionContextId": world["executionContextId"]}
        answer = cdp.send("Runtime.callFunctionOn", call | {"arguments": [{"value": arg} for arg in args]} | options)
        if "exceptionDetails" in answer:
            raise AssertionError(f"probe failed: {answer['exceptionDetails']['exception'].get('description')}")
        return dict(answer["result"])

    def open(self, url: str) -> None:
        self._page.goto(url)

    def reload(self) -> None:
        self._page.reload()

    def back(self) -> None:
        self._page.go_back(wait_until="commit")  # a page that the browser kept does not load again

    def forward(self) -> None:
        self._page.go_forward(wait_until="commit")

    def ask(self, question: str, *args: Any) -> Any:
        function = f"function (question, ...args) {{ {PROBE} return probe[question](...args); }}"
        return self._in_probe_world(function, (question, *args), returnByValue=True).get("value")

    def ask_beside(self, script: str, function: str, *args: Any) -> Any:
        whole = f"function (...args) {{ {script}\nreturn ({function})(...args); }}"
        return self._in_probe_world(whole, args, returnByValue=True).get("value")

    def run_in_page(self, function: str, *args: Any) -> Any:
        return self._page.evaluate(f"(args) => ({function})(...args)", list(args))

    def await_in_page(self, function: str, *args: Any) -> Any:
        return self.run_in_page(function, *args)

    def click_at(self, x: int, y: int) -> None:
        self._page.mouse.click(x, y)

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)

    def tap_at(self, x: int, y: int) -> None:
        self._cdp().send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        self._cdp().send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def screenshot(self, path: Path) -> None:
        self._page.screenshot(path=path)

    def accessible(self, css: str) -> tuple[str, str]:
        element = self._in_probe_world(f"function (css) {{ {PROBE} return probe.find(css); }}", (css,))
        query = {"objectId": element["objectId"], "fetchRelatives": False}
        node = self._cdp().send("Accessibility.getPartialAXTree", query)["nodes"][0]
        return node["role"]["value"], node["name"]["value"]

    def all_errors(self) -> list[str]:
        self._take_in()
        return list(self._errors)

    def _emulate(self, **media: Any) -> None:
        """For this tab and those that are opened after: to Playwright it is a matter of each tab."""
        self._media |= media
        self._page.emulate_media(**self._media)

    def dark(self, on: bool) -> None:
        self._emulate(color_scheme="dark" if on else "light")

    def own_colours(self, on: bool) -> None:
        self._emulate(forced_colors="active" if on else "none")

    def calm(self, on: bool) -> None:
        self._emulate(reduced_motion="reduce" if on else "no-preference")

    def coarse(self, on: bool) -> None:
        self._cdp().send("Emulation.setTouchEmulationEnabled", {"enabled": on, "maxTouchPoints": 1})

    def text_size(self, pixels: int) -> None:
        self._cdp().send("Page.setFontSizes", {"fontSizes": {"standard": pixels, "fixed": pixels * 13 // 16}})

    def on_paper(self, on: bool) -> None:
        self._emulate(media="print" if on else "screen")

    def resize(self, width: int, height: int) -> None:
        self._page.set_viewport_size({"width": width, "height": height})

    def tab(self) -> Tab:
        return Tab(f"{id(self._page)}")

    def tabs(self) -> list[Tab]:
        self._take_in()
        return [Tab(f"{id(page)}") for page in self._context.pages]

    def address(self) -> str:
        self._take_in()
        return self._page.url

    def new_tab(self) -> Tab:
        self._page = self._context.new_page()
        self._emulate()
        return self.tab()

    def switch(self, tab: Tab) -> None:
        self._page = next(page for page in self._context.pages if f"{id(page)}" == tab)
        self._page.bring_to_front()

    def close_tab(self) -> None:
        self._page.close()
        self._page = self._context.pages[0]
        self._page.bring_to_front()

    def open_beside(self, path: str) -> Tab:
        worker = until(self._worker, "the extension's worker")
        with self._context.expect_page() as opened:
            worker.evaluate("url => void chrome.tabs.create({url, active: false})", self.extension_url(path))
        self._page = opened.value
        self._emulate()
        self._page.wait_for_load_state()
        return self.tab()

    def press_toolbar(self) -> None:
        self._page.bring_to_front()
        browser = self._context.browser
        assert browser is not None
        session = browser.new_browser_cdp_session()
        tabs = session.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
        tab = next(each["targetId"] for each in tabs if each["url"] == self._page.url)
        session.send("Extensions.triggerAction", {"id": self._id, "targetId": tab})
        popup = until(self._popup_target, "the popup to be opened")
        self._cdp().send("Target.closeTarget", {"targetId": popup})
        session.detach()

    def _popup_target(self) -> str | None:
        targets = self._cdp().send("Target.getTargets")["targetInfos"]
        found = [each["targetId"] for each in targets if each["url"] == self.extension_url("popup/index.html")]
        return found[0] if found else None

    def extension_url(self, path: str) -> str:
        return f"chrome-extension://{self._id}/{path}"

    def toolbar_badge_text(self) -> str:
        return self._toolbar("getBadgeText")

    def toolbar_title(self) -> str:
        return self._toolbar("getTitle")

    def _toolbar(self, question: str) -> str:
        worker = until(self._worker, "the extension's worker")
        return str(
            worker.evaluate(
                """async (question) => {
                const [tab] = await chrome.tabs.query({active: true, lastFocusedWindow: true});
                return chrome.action[question]({tabId: tab.id});
            }""",
                question,
            )
        )

    def command(self, name: str) -> None:
        """DevTools' keys reach the page alone: the event is fired in the worker."""
        worker = until(self._worker, "the extension's worker")
        worker.evaluate(
            """async name => {
                const [tab] = await chrome.tabs.query({active: true, lastFocusedWindow: true});
                chrome.commands.onCommand.dispatch(name, tab);
            }""",
            name,
        )

    def has_panel_open(self) -> bool:
        worker = self._worker()
        return bool(
            worker
            and worker.evaluate("async () => (await chrome.runtime.getContexts({contextTypes: ['SIDE_PANEL']})).length")
        )

    def _workers_in_browser(self) -> list[str]:
        targets = self._cdp().send("Target.getTargets")["targetInfos"]
        ours = re.compile(rf"chrome-extension://{self._id}/")
        return [each["targetId"] for each in targets if each["type"] == "service_worker" and ours.match(each["url"])]

    def kill_worker(self) -> None:
        for target in until(self._workers_in_browser, "a worker to kill"):
            self._cdp().send("Target.closeTarget", {"targetId": target})
        until(lambda: not self._workers_in_browser(), "the worker to be gone")

    def accept_prompts(self) -> None:
        """Headless Chromium never answers its prompt; what was granted on its own page is granted without one."""
        page = self._context.new_page()
        page.goto(MAY_GRANT)
        for pattern in ALL_SITES:
            page.evaluate("([id, site]) => chrome.developerPrivate.addHostPermission(id, site)", [self._id, pattern])
        page.close()

    def has_all_sites(self) -> bool:
        worker = self._worker()
        return bool(worker and worker.evaluate("o => chrome.permissions.contains({origins: o})", list(ALL_SITES)))

    def revoke_all_sites(self) -> None:
        worker = until(self._worker, "the extension's worker")
        worker.evaluate("origins => chrome.permissions.remove({origins})", list(ALL_SITES))

    def disable_extension(self) -> None:
        page = self._context.new_page()
        page.goto(MAY_GRANT)
        page.evaluate("id => chrome.management.setEnabled(id, false)", self._id)
        page.close()

    @contextmanager
    def profile(self, interval_us: int) -> Iterator[dict[str, Any]]:
        """Samples the main thread of the current tab; the profile is filled in at the end."""
        cdp = self._cdp()
        profile: dict[str, Any] = {}
        cdp.send("Profiler.enable")
        cdp.send("Profiler.setSamplingInterval", {"interval": interval_us})
        cdp.send("Profiler.start")
        yield profile
        profile |= cdp.send("Profiler.stop")["profile"]

    @contextmanager
    def trace(self, categories: Sequence[str]) -> Iterator[list[dict[str, Any]]]:
        """Traces the browser; the list has the events at the end."""
        cdp = self._cdp()
        events: list[dict[str, Any]] = []
        ends: list[dict[str, Any]] = []

        def take(more: dict[str, Any]) -> None:
            events.extend(more["value"])

        def end(said: dict[str, Any]) -> None:
            ends.append(said)

        cdp.on("Tracing.dataCollected", take)
        cdp.once("Tracing.tracingComplete", end)
        config = {"includedCategories": list(categories), "excludedCategories": ["*"]}
        cdp.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": config})
        yield events
        cdp.send("Tracing.end")

        def is_over() -> bool:
            self._take_in()
            return bool(ends)

        until(is_over, "the trace to be complete")
        cdp.remove_listener("Tracing.dataCollected", take)

    def close(self) -> None:
        self._context.close()
