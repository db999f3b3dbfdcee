"""What Werkzeug compiles of a route to write addresses is kept: tests make the same routes for hundreds of apps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.routing import Rule

if TYPE_CHECKING:
    from collections.abc import Callable

_compiled: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}


def keep_routes() -> None:
    """From now on, what is the same is not compiled again. It asks the rule it is called with for everything else."""
    compiled_by = Rule._compile_builder

    def compile_once(self: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        if self.defaults:
            return compiled_by(self, append_unknown)
        key = (self.rule, *self._trace, append_unknown)
        if key not in _compiled:
            _compiled[key] = compiled_by(self, append_unknown)
        return _compiled[key]

    whole: Any = Rule
    whole._compile_builder = compile_once
