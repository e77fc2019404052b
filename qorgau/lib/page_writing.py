"""How Jinja2 writes pages, where its own way costs most: every value that is printed and every function that is called.

A card prints four hundred values and calls two hundred functions. Jinja2 makes an object marked as safe of every value,
of which the page takes the letters only, and asks every function in three ways what it wants to be given.
"""

import re
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

_SPECIAL = re.compile("[&<>\"']").search


def printed(value: object) -> str:
    """A value as it stands in a page: escaped, unless it is marked as safe."""
    kind = type(value)
    if kind is Markup or (kind is str and not _SPECIAL(value)):  # type: ignore[call-overload]
        return value  # type: ignore[return-value]
    return escape(value)


class PageWriter(CodeGenerator):
    """Jinja2's compiler, whose pages print by `printed`; the environment has it by that name."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.printed(")


class PageContext(Context):
    """What a page knows, and how it calls: macros and plain functions without being asked what they want."""

    def call(
        self,
        called: Callable[..., Any],
        /,
        *values: Any,
        _loop_vars: Mapping[str, Any] | None = None,
        _block_vars: Mapping[str, Any] | None = None,
        **named: Any,
    ) -> Any:
        """What the function returns. The variables of loops and blocks are for those alone that want the context."""
        kind = type(called)
        if kind is Macro:
            return called(self.eval_ctx, *values, **named)
        if kind is FunctionType and not hasattr(called, "jinja_pass_arg"):
            return called(*values, **named)
        return super().call(called, *values, _loop_vars=_loop_vars, _block_vars=_block_vars, **named)
