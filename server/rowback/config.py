"""Settings: defaults < `rowback.toml` < `ROWBACK_*` in the environment < flags of the command."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from rowback.command import VARIABLE as COMMAND_VARIABLE
from rowback.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

APP_NAME = "rowback"
FILE_NAME = "rowback.toml"
ENVIRONMENT_PREFIX = "ROWBACK_"
FILE_VARIABLE = "ROWBACK_CONFIG"  # names the file of settings, as `--config` does
THIS_MACHINE = ("127.0.0.0/8", "::1/128")
_COUNTS = ("keep_unedited_days", "daily_requests", "archive_requests", "archive_captures", "stranger_requests")
_TRUTHS = ("public", "poll", "log_json", "open_browser", "save_page_now", "fetch_proxy_resolves")
MAX_CONTACT = 200  # characters: it stands in a header of requests
MAX_TOKEN = 500  # characters; ours have some 50
_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. Each has a name in `rowback.toml` and, in capitals after `ROWBACK_`, in the environment."""

    db: Path
    """The database file."""
    host: str = "127.0.0.1"
    """The address `serve` listens on, or several with commas between; `::` is every address of both kinds."""
    port: int = 8484
    """The port `serve` listens on."""
    allowed_hosts: tuple[str, ...] = ()
    """Host names, besides this machine's own, that the backend answers to (for one behind a reverse proxy)."""
    trusted_proxies: tuple[str, ...] = THIS_MACHINE
    """Reverse proxies, as addresses or networks, that are believed when they say how a visitor came."""
    fetch_hosts: tuple[str, ...] = ()
    """Hosts on private networks that may be fetched."""
    public: bool = False
    """Whether everyone may read what is stored, without a token. Writing always needs one."""
    stranger_requests: int = 300
    """How many requests a minute an address may make where reading is public, without a token; 0 for no limit."""
    open_browser: bool = True
    """Whether `serve`, started at a desktop, opens its sign-in link in a browser that is not signed in yet."""
    poll: bool = True
    """Whether the backend itself checks what is followed; otherwise `rowback poll` does, beside it."""
    daily_requests: int = 20_000
    """How many requests a day may be made to other servers, whatever for; 0 for no limit."""
    archives: tuple[str, ...] = ("wayback",)
    """Web archives that may be asked for earlier versions, when somebody wants them: `wayback`, `arquivo`, or `KIND+URL`."""
    archive_tokens: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Tokens of other Rowbacks among the archives, by their addresses. They are told to nobody else."""
    archive_requests: int = 400
    """How many of the day's requests may be made to archives; 0 for no limit but that of the day."""
    archive_captures: int = 16
    """How many of an archive's copies of an article are read, unless more are asked for."""
    save_page_now: bool = False
    """Whether web.archive.org is asked to keep a copy of each new version of what is followed."""
    save_page_now_keys: str = field(default="", repr=False)
    """The keys to ask it with, `ACCESS:SECRET`. They are told to nobody else."""
    keep_unedited_days: int = 0
    """After how many days `rowback prune` deletes what was never edited; 0: it deletes nothing unless it is told."""
    fetch_proxy: str = field(default="", repr=False)
    """The proxy through which pages are fetched: `http://HOST:PORT` or `socks5://HOST:PORT`."""
    fetch_proxy_resolves: bool = False
    """Whether that proxy looks up names itself: it is told names then, instead of addresses that were checked here."""
    contact: str = ""
    """An address of mail or of a page that servers are told, to write to about our requests."""
    public_address: str = ""
    """Where readers reach the backend, `https://HOST`, for links in messages of alerts; by default at this machine."""
    log_json: bool = False
    """Whether the log is JSON, one object a line."""


def data_folder() -> Path:
    """The folder that Rowback makes for itself among the user's data."""
    return Path(platformdirs.user_data_dir(APP_NAME))


def load(
    environment: Mapping[str, str],
    flags: Mapping[str, object],
    folder: Path | None = None,
    file: Path | None = None,
) -> Settings:
    """The settings in force; `flags` that are None were not given. `file` is read instead of `rowback.toml`, and so is one
    that the environment names. Raises `SettingsError`."""
    named = file or _named(environment)
    path = named or (folder or Path(platformdirs.user_config_dir(APP_NAME))) / FILE_NAME
    default = Settings(db=data_folder() / "rowback.db")
    names = _names()
    given = _from_file(path, names, must_be=named is not None)
    given |= {
        name: environment[ENVIRONMENT_PREFIX + name.upper()]
        for name in names
        if environment.get(ENVIRONMENT_PREFIX + name.upper())
    }
    given |= {name: value for name, value in flags.items() if value is not None}
    converted: dict[str, Any] = {name: _converted(name, value) for name, value in given.items()}
    return replace(default, **converted)


def unknown(environment: Mapping[str, str]) -> list[str]:
    """A sentence for each variable that looks like a setting and is none; what it holds is not told. Other programs set some
    (Kubernetes those of a service that is called rowback): so they are named, and no error."""
    known = {ENVIRONMENT_PREFIX + name.upper() for name in _names()} | {FILE_VARIABLE, COMMAND_VARIABLE}
    odd = sorted(name for name in environment if name.startswith(ENVIRONMENT_PREFIX) and name not in known)
    near = {name: difflib.get_close_matches(name, sorted(known), n=1) for name in odd}
    return [f"{name} is no setting" + (f": did you mean {near[name][0]}?" if near[name] else ".") for name in odd]


def _names() -> set[str]:
    return {field.name for field in fields(Settings)}


def _named(environment: Mapping[str, str]) -> Path | None:
    given = environment.get(FILE_VARIABLE)
    return Path(given).expanduser() if given else None


def _from_file(path: Path, names: set[str], *, must_be: bool) -> dict[str, Any]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        if must_be:
            raise SettingsError(f"{path}: there is no such file of settings.") from error
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    odd = sorted(found.keys() - names)
    if odd:
        raise SettingsError(f"{path}: unknown setting {odd[0]}. The settings are: {', '.join(sorted(names))}.")
    return found


def _converted(name: str, value: object) -> object:
    if name == "port":
        return _port(value)
    if name == "public_address":
        return _address(str(value).strip())
    if name == "contact":
        return _contact(str(value).strip())
    if name == "save_page_now_keys":
        return _keys(str(value).strip())
    if name == "archive_tokens":
        return _tokens(value)
    if name in ("db", *_COUNTS, *_TRUTHS):
        convert = _file if name == "db" else _count if name in _COUNTS else _truth
        return convert(name, value)
    if name == "host":
        return ",".join(_list(name, value, "addresses"))
    if name in ("allowed_hosts", "fetch_hosts", "trusted_proxies"):
        return tuple(host.lower() for host in _list(name, value, "host names"))
    return _list(name, value, "archives") if name == "archives" else str(value)


def _port(value: object) -> int:
    try:
        port = int(str(value))
    except ValueError:
        port = -1
    if not 0 <= port <= 65_535:
        raise SettingsError(f"port: {value!r} is no port number (0 to 65535).")
    return port


def _truth(name: str, value: object) -> bool:
    if str(value).lower() not in _BOOLEANS:
        raise SettingsError(f"{name}: {value!r} is neither true nor false.")
    return _BOOLEANS[str(value).lower()]


def _list(name: str, value: object, of_what: str) -> tuple[str, ...]:
    found = value.split(",") if isinstance(value, str) else value
    if not isinstance(found, (list, tuple)):
        raise SettingsError(f"{name}: a list of {of_what} is wanted.")
    return tuple(text for text in (str(each).strip() for each in found) if text)


def _file(name: str, value: object) -> Path:
    path = Path(str(value)).expanduser()
    if not path.name:
        raise SettingsError(f"{name}: {str(value)!r} is no name of a file.")
    return path


def _contact(text: str) -> str:
    if len(text) > MAX_CONTACT or not all(
        char.isascii() and char.isprintable() and char not in "()\\" for char in text
    ):
        raise SettingsError(f"contact: an address of at most {MAX_CONTACT} plain characters is wanted.")
    return text


def _address(text: str) -> str:
    is_plain = len(text) <= MAX_CONTACT and all("!" <= char <= "~" and char not in '?#<>"' for char in text)
    if text and not (is_plain and text.startswith(("http://", "https://"))):
        raise SettingsError(
            f"public_address: an address such as https://HOST is wanted, of {MAX_CONTACT} characters at most."
        )
    return text.rstrip("/")


def _tokens(value: object) -> dict[str, str]:
    """`{ADDRESS: TOKEN}`, or `ADDRESS=TOKEN` with commas between. What is wrong is said without any token."""
    if isinstance(value, str):
        pairs: list[tuple[object, object]] = [
            (each.partition("=")[0], each.partition("=")[2]) for each in _split(value)
        ]
    elif isinstance(value, dict):
        pairs = list(value.items())
    else:
        raise SettingsError("archive_tokens: a table of addresses and their tokens is wanted.")
    found = {str(address).strip(): token.strip() if isinstance(token, str) else "" for address, token in pairs}
    for address, token in found.items():
        if "://" not in address:  # it may be a token that stands alone
            raise SettingsError(
                "archive_tokens: before each token stands the address of a Rowback, such as https://HOST."
            )
        if not token or len(token) > MAX_TOKEN or not all("!" <= char <= "~" for char in token):
            raise SettingsError(f"archive_tokens: what is told for {address[:80]!r} is no token.")
    return found


def _keys(value: str) -> str:
    """What is told does not quote them."""
    access, _, secret = value.partition(":")
    if value and (not access or not secret or len(value) > MAX_TOKEN or not all("!" <= char <= "~" for char in value)):
        raise SettingsError("save_page_now_keys: two keys with a colon between them are wanted, ACCESS:SECRET.")
    return value


def _split(value: str) -> list[str]:
    return [each for each in value.split(",") if each.strip()]


def _count(name: str, value: object) -> int:
    try:
        count = int(str(value))
    except ValueError:
        count = -1
    if count < 0:
        raise SettingsError(f"{name}: {value!r} is no number.")
    return count
