"""Firefox, driven through Marionette."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marionette_driver.addons import Addons
from marionette_driver.keys import Keys
from marionette_driver.marionette import Marionette

from .deadline import until
from .reader import ALL_SITES, PROBE, WINDOW, Reader, Tab

if TYPE_CHECKING:
    from .site import Site

UUID = "5d1f6c0e-4b0d-4c3e-9a57-2f1f0b9ce001"  # any; a known one makes the extension's pages addressable
LOAD_MS = 30_000
# What Firefox makes of its own scripts at a first start, and by what it tells that they are its own.
COMPILED = ("startupCache", "compatibility.ini")
FINE_AND_HOVERING = 6  # of a pointer: a mouse

KEYS = {
    "Tab": Keys.TAB,
    "Enter": Keys.ENTER,
    "Escape": Keys.ESCAPE,
    "ArrowRight": Keys.ARROW_RIGHT,
    "ArrowLeft": Keys.ARROW_LEFT,
    "Space": Keys.SPACE,
    "Shift": Keys.SHIFT,
    "Control": Keys.CONTROL,
    "ArrowDown": Keys.ARROW_DOWN,
}


# Firefox's own notes when an answer comes to a page that was left, kept for going back or not. Nothing is thrown.
AFTER_LEAVING = ("Promise resolved while context is inactive", "Promise resolved after context unloaded")


def preferences(gecko_id: str, site: Site) -> dict[str, object]:
    """Invented hosts on the test site (taken for public addresses), and nothing else reachable by name."""
    return {
        "network.dns.forceResolve": "127.0.0.1",
        "network.socket.forcePort": f"80={site.port};443={site.tls_port}",
        "network.lna.address_space.public.override": f"127.0.0.1:{site.port},127.0.0.1:{site.tls_port}",
        "extensions.webextensions.uuids": json.dumps({gecko_id: UUID}),
        "intl.accept_languages": "en-GB, en",
        "extensions.webextOptionalPermissionPrompts": False,  # nobody is there to answer them
        "ui.prefersReducedMotion": 0,
        "layout.css.prefers-color-scheme.content-override": 1,
        "dom.ipc.processPrelaunch.enabled": False,  # a process for a tab that may never be opened
    }


def compile_scripts(binary: str, folder: Path) -> Path:
    """A profile in which nobody has been, to begin with: it holds what Firefox makes of its own scripts, half the work of a
    start."""
    driver = Marionette(bin=binary, headless=True, port=0, gecko_log=str(folder / "firefox.log"))
    try:
        driver.start_session()
        made = Path(driver.instance.profile.profile)
        driver.quit()  # now it is written
        profile = folder / "profile"
        shutil.copytree(made / COMPILED[0], profile / COMPILED[0])
        shutil.copy(made / COMPILED[1], profile)
    finally:
        driver.cleanup()
        driver.instance = None  # else its __del__ complains at exit
    return profile


def manifest_of(extension: Path) -> dict[str, Any]:
    """What stands in the manifest of a folder or of an xpi."""
    if extension.is_dir():
        return dict(json.loads((extension / "manifest.json").read_text(encoding="utf-8")))
    with zipfile.ZipFile(extension) as packed:
        return dict(json.loads(packed.read("manifest.json")))


class Firefox(Reader):
    """A Firefox process with a throwaway profile. A folder is its temporary add-on; an xpi, unsigned, it keeps, as its owner
    has allowed it to in `about:config`."""

    name = "firefox"

    def __init__(self, binary: str, extension: Path, site: Site, log: Path, profile: Path | None = None) -> None:
        """`profile`: what the throwaway profile is a copy of."""
        super().__init__()
        # Firefox's own note on a popup that closes before its last question is answered.
        self.provoked.add("Promise rejected after context unloaded")
        is_kept = extension.is_file()
        manifest = manifest_of(extension)
        self._id: str = manifest["browser_specific_settings"]["gecko"]["id"]
        self._commands = manifest["commands"]
        self._driver = Marionette(
            bin=binary,
            profile=str(profile) if profile else None,
            headless=True,
            port=0,
            prefs=preferences(self._id, site) | ({"xpinstall.signatures.required": False} if is_kept else {}),
            gecko_log=str(log),
            app_args=["--remote-allow-system-access"],
        )
        try:
            self._driver.start_session({"acceptInsecureCerts": True, "timeouts": {"pageLoad": LOAD_MS}})
            self._take_window()
            Addons(self._driver).install(str(extension), temp=not is_kept)
        except BaseException:
            self.close()
            raise

    def _take_window(self) -> None:
        # Firefox keeps its windows wider than a telephone; pages must do without that.
        self._in_browser("document.documentElement.style.setProperty('min-width', '0', 'important');")
        self.resize(*WINDOW)

    def restart(self) -> None:
        """End Firefox and start it again with the same profile. Temporary add-ons are gone then."""
        self._driver.restart()
        self._take_window()

    def has_extension(self) -> bool:
        """Whether the extension is installed and runs."""
        return bool(self._in_browser("return !!WebExtensionPolicy.getByID(arguments[0])?.active", self._id))

    def _in_browser(self, script: str, *args: Any) -> Any:
        """The value of a script with the browser's own powers."""
        with self._driver.using_context("chrome"):
            return self._driver.execute_script(script, args)

    def open(self, url: str) -> None:
        self._driver.navigate(url)

    def reload(self) -> None:
        self._driver.refresh()

    def back(self) -> None:
        self._driver.go_back()

    def forward(self) -> None:
        self._driver.go_forward()

    def ask(self, question: str, *args: Any) -> Any:
        call = "const [question, ...args] = arguments; return probe[question](...args);"
        return self._driver.execute_script(PROBE + call, [question, *args])

    def ask_beside(self, script: str, function: str, *args: Any) -> Any:
        return self._driver.execute_script(f"{script}\nreturn ({function})(...arguments);", list(args))

    def run_in_page(self, function: str, *args: Any) -> Any:
        return self._driver.execute_script(f"return ({function})(...arguments);", list(args), sandbox=None)

    def await_in_page(self, function: str, *args: Any) -> Any:
        script = f"const done = arguments[arguments.length - 1]; ({function})(...arguments).then(done, done);"
        return self._driver.execute_async_script(script, list(args), sandbox=None)

    def click_at(self, x: int, y: int) -> None:
        mouse = self._driver.actions.sequence("pointer", "mouse", {"pointerType": "mouse"})
        mouse.pointer_move(x, y).click().perform()

    def tap_at(self, x: int, y: int) -> None:
        finger = self._driver.actions.sequence("pointer", "finger", {"pointerType": "touch"})
        finger.pointer_move(x, y).pointer_down().pointer_up().perform()

    def press(self, key: str) -> None:
        names = [KEYS.get(part, part) for part in key.split("+")]
        keyboard = self._driver.actions.sequence("key", "keyboard")
        for name in names:
            keyboard.key_down(name)
        for name in reversed(names):
            keyboard.key_up(name)
        keyboard.perform()

    def type(self, text: str) -> None:
        self._driver.actions.sequence("key", "keyboard").send_keys(text).perform()

    def screenshot(self, path: Path) -> None:
        path.write_bytes(self._driver.screenshot(format="binary", full=False))

    def accessible(self, css: str) -> tuple[str, str]:
        element = self._driver.execute_script(f"{PROBE} return probe.find(arguments[0]);", [css])
        return element.computed_role, element.computed_label

    def all_errors(self) -> list[str]:
        """Script errors and console.error calls whose source is a page or the extension."""
        found = self._in_browser(
            """
            const scripts = Services.console.getMessageArray()
              .filter((each) => each instanceof Ci.nsIScriptError)
              .filter((each) => !(each.flags & Ci.nsIScriptError.warningFlag))
              .map((each) => `${each.sourceName}:${each.lineNumber}: ${each.errorMessage}`);
            const storage = Cc["@mozilla.org/consoleAPI-storage;1"].getService(Ci.nsIConsoleAPIStorage);
            const calls = storage.getEvents()
              .filter((each) => each.level === "error")
              .map((each) => `${each.filename}: ${each.arguments.join(" ")}`);
            return [...scripts, ...calls];
            """
        )
        sources = ("moz-extension://", "http://", "https://")
        told = [text for text in found if text.startswith(sources)]
        return [text for text in told if not any(note in text for note in AFTER_LEAVING)]

    def dark(self, on: bool) -> None:
        self._driver.set_pref("layout.css.prefers-color-scheme.content-override", 0 if on else 1)

    def own_colours(self, on: bool) -> None:
        self._driver.set_pref("browser.display.document_color_use", 2 if on else 0)

    def calm(self, on: bool) -> None:
        self._driver.set_pref("ui.prefersReducedMotion", int(on))

    def coarse(self, on: bool) -> None:
        pointer = 1 if on else FINE_AND_HOVERING
        self._prefer(dict.fromkeys(("ui.primaryPointerCapabilities", "ui.allPointerCapabilities"), pointer))

    def text_size(self, pixels: int) -> None:
        self._prefer({f"font.size.variable.{script}": pixels for script in ("x-western", "ar", "ja", "x-unicode")})

    def _prefer(self, numbers: dict[str, int]) -> None:
        """Set preferences at once: Marionette's own way asks the browser three times for each."""
        set_all = "for (const [name, number] of Object.entries(arguments[0])) Services.prefs.setIntPref(name, number);"
        self._in_browser(set_all, numbers)

    def on_paper(self, on: bool) -> None:
        with self._driver.using_context("chrome"):
            self._driver.execute_script(
                "gBrowser.selectedBrowser.browsingContext.top.mediumOverride = arguments[0];", ["print" if on else ""]
            )

    def resize(self, width: int, height: int) -> None:
        """The size of the page's own area: the window is made that much larger."""
        frame = self._driver.execute_script("return [outerWidth - innerWidth, outerHeight - innerHeight];")
        self._driver.set_window_rect(width=width + frame[0], height=height + frame[1])

    def tab(self) -> Tab:
        return Tab(self._driver.current_window_handle)

    def tabs(self) -> list[Tab]:
        return [Tab(handle) for handle in self._driver.window_handles]

    def address(self) -> str:
        return str(self._driver.get_url())

    def new_tab(self) -> Tab:
        self.switch(Tab(self._driver.open(type="tab", focus=True)["handle"]))
        return self.tab()

    def switch(self, tab: Tab) -> None:
        self._driver.switch_to_window(tab, focus=True)

    def close_tab(self) -> None:
        self._driver.close()
        self.switch(self.tabs()[0])

    def open_beside(self, path: str) -> Tab:
        beside = Tab(self._driver.open(type="tab", focus=False)["handle"])
        self._driver.switch_to_window(beside, focus=False)
        self.open_extension(path)
        return beside

    def press_toolbar(self) -> None:
        self._await_in_browser(
            """
            const { extension } = WebExtensionPolicy.getByID(args[0]);
            const { apiManager } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs").ExtensionParent;
            await apiManager.global.browserActionFor(extension).triggerAction(window);
            """,
            self._id,
        )
        may_look = """
            const { extension } = WebExtensionPolicy.getByID(arguments[0]);
            return extension.tabManager.hasActiveTabPermission(gBrowser.selectedTab);
        """
        until(lambda: self._in_browser(may_look, self._id), "the press to let Rowback look at the tab")
        # Headless it may be gone by itself: nothing has the focus there.
        self._in_browser("for (const each of document.querySelectorAll('panel')) each.hidePopup();")

    def extension_url(self, path: str) -> str:
        return f"moz-extension://{UUID}/{path}"

    def toolbar_badge_text(self) -> str:
        return self._toolbar("badgeText")

    def toolbar_title(self) -> str:
        return self._toolbar("title")

    def _toolbar(self, name: str) -> str:
        return str(
            self._in_browser(
                """
                const { extension } = WebExtensionPolicy.getByID(arguments[0]);
                const { apiManager } = ChromeUtils.importESModule(
                  "resource://gre/modules/ExtensionParent.sys.mjs").ExtensionParent;
                const button = apiManager.global.browserActionFor(extension);
                return button.action.getProperty(gBrowser.selectedTab, arguments[1]) || "";
                """,
                self._id,
                name,
            )
        )

    def command(self, name: str) -> None:
        self._in_browser(
            """
            const key = document.querySelector(`keyset[id^="ext-keyset"] key[key="${arguments[0]}" i]`);
            if (!key) throw new Error(`no command has the key ${arguments[0]}`);
            key.doCommand();
            """,
            self._commands[name]["suggested_key"]["default"].split("+")[-1],
        )

    def has_panel_open(self) -> bool:
        return bool(self._in_browser("return SidebarController.isOpen && /^rowback/.test(SidebarController.currentID)"))

    def _background_state(self) -> str:
        return str(
            self._in_browser("return WebExtensionPolicy.getByID(arguments[0]).extension.backgroundState", self._id)
        )

    def kill_worker(self) -> None:
        """Firefox takes the background back up when an event comes while it ends: then it is ended once more."""

        def is_gone() -> bool:
            state = self._background_state()
            if state == "running":
                self._in_browser("WebExtensionPolicy.getByID(arguments[0]).extension.terminateBackground()", self._id)
            return state == "stopped"

        until(is_gone, "the background to be gone")

    def accept_prompts(self) -> None:
        self._driver.set_pref("extensions.webextOptionalPermissionPrompts", False)

    def has_all_sites(self) -> bool:
        granted = self._in_browser(
            "return WebExtensionPolicy.getByID(arguments[0]).allowedOrigins.patterns.map((each) => each.pattern)",
            self._id,
        )
        return set(ALL_SITES) <= set(granted)

    def _await_in_browser(self, script: str, *args: Any) -> None:
        """Run an asynchronous function's body with the browser's own powers, to its end."""
        whole = f"const done = arguments[arguments.length - 1]; (async (...args) => {{ {script} }})(...arguments).then(done);"
        with self._driver.using_context("chrome"):
            self._driver.execute_async_script(whole, args)

    def revoke_all_sites(self) -> None:
        self._await_in_browser(
            """
            const [id, origins] = args;
            const { ExtensionPermissions } = ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
            await ExtensionPermissions.remove(id, { permissions: [], origins }, WebExtensionPolicy.getByID(id).extension);
            """,
            self._id,
            list(ALL_SITES),
        )

    def disable_extension(self) -> None:
        self._await_in_browser(
            """
            const { AddonManager } = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
            await (await AddonManager.getAddonByID(args[0])).disable();
            """,
            self._id,
        )

    def close(self) -> None:
        try:
            self._driver.quit()
        finally:
            self._driver.cleanup()
            self._driver.instance = None  # else its __del__ complains at exit
