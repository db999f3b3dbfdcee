"""Modules that are imported when something of them is first used: what one command needs, the others do not load.

Such a module is named twice at the top, where its import would stand (PEP 810 will say it in one line):

    if TYPE_CHECKING:
        from rowback.store import intake
    else:
        intake = Deferred("rowback.store.intake")
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Deferred:
    """The module of a full name, to come. Safe for threads, as `import` is: one thread loads it, others wait."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)


class DeferredFunction:
    """The function of a name in a module, to come. Called, it is loaded here; sent to another process, there."""

    def __init__(self, module: str, name: str) -> None:
        self._place = (module, name)

    def __call__(self, *args: Any, **named: Any) -> Any:
        return _found(*self._place)(*args, **named)

    def __reduce__(self) -> tuple[Any, tuple[str, str]]:
        return _found, self._place


def _found(module: str, name: str) -> Any:
    return getattr(import_module(module), name)
