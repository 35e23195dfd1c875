"""Evaluate `$filter` on JSON items; the expression itself is parsed by odata-query."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from odata_query import ast
from odata_query.exceptions import ODataException
from odata_query.grammar import ODataLexer, ODataParser

from graphcal.emulator import times
from graphcal.emulator.errors import GraphError, bad_query

Item = Mapping[str, Any]
_COMPARISONS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge,
}  # fmt: skip
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "startswith": lambda text, part: str(text).lower().startswith(str(part).lower()),
    "endswith": lambda text, part: str(text).lower().endswith(str(part).lower()),
    "contains": lambda text, part: str(part).lower() in str(text).lower(),
    "tolower": lambda text: str(text).lower(),
    "toupper": lambda text: str(text).upper(),
}
UNFILTERABLE = frozenset({"attendees", "organizer", "responseStatus", "body", "toRecipients"})  # REP-13


def unfilterable() -> GraphError:
    """Answer 400 to a filter that the store cannot evaluate."""
    return GraphError(
        400, "ErrorInvalidUrlQueryFilter", "The query filter contains one or more invalid nodes."
    )


def parse(text: str) -> Any:
    """Parse a filter; 400 for what is none, and for casts and types, which the service does not know (REP-14)."""
    try:
        tree = ODataParser().parse(ODataLexer().tokenize(text))
    except ODataException as reason:
        raise bad_query(f"Invalid filter clause: {reason}") from reason
    if tree is None:
        raise bad_query("Invalid filter clause: nothing to read.")
    if UNFILTERABLE & set(roots(tree)):
        raise unfilterable()
    return tree


def roots(node: Any) -> list[str]:  # noqa: PLR0911 - one for each kind of node
    """Return the properties that a filter names, in the order in which it names them (REP-16)."""
    if isinstance(node, ast.Identifier):
        return [node.name]
    if isinstance(node, ast.Attribute):
        return roots(node.owner)
    if isinstance(node, ast.CollectionLambda):
        return roots(node.owner)
    if isinstance(node, ast.Call):
        return [name for argument in node.args for name in roots(argument)]
    if isinstance(node, ast.Compare | ast.BoolOp):
        return roots(node.left) + roots(node.right)
    if isinstance(node, ast.UnaryOp):
        return roots(node.operand)
    return []


def matches(node: Any, item: Item) -> bool:
    """Tell whether an item satisfies a filter."""
    return bool(_value(node, item))


def _value(node: Any, item: Item) -> Any:  # noqa: PLR0911 - one for each kind of node
    if isinstance(node, ast.Identifier):
        if node.namespace:
            raise unfilterable()
        return item.get(node.name)
    if isinstance(node, ast.Attribute):
        owner = _value(node.owner, item)
        return owner.get(node.attr) if isinstance(owner, Mapping) else None
    if isinstance(node, ast.BoolOp):
        left = _value(node.left, item)
        return (
            left and _value(node.right, item)
            if isinstance(node.op, ast.And)
            else left or _value(node.right, item)
        )
    if isinstance(node, ast.UnaryOp):
        return not _value(node.operand, item)
    if isinstance(node, ast.Compare):
        return _compare(node, item)
    if isinstance(node, ast.CollectionLambda):
        return _lambda(node, item)
    if isinstance(node, ast.Call):
        return _call(node, item)
    return _literal(node)


def _literal(node: Any) -> Any:
    if isinstance(node, ast.Null):
        return None
    if isinstance(node, ast.Boolean):
        return node.val == "true"
    if isinstance(node, ast.Integer):
        return int(node.val)
    if isinstance(node, ast.Float):
        return float(node.val)
    if isinstance(node, ast.List):
        return [_literal(one) for one in node.val]
    if hasattr(node, "val"):
        return node.val
    raise unfilterable()


def _compare(node: ast.Compare, item: Item) -> bool:
    left, right = _value(node.left, item), _value(node.right, item)
    if isinstance(node.comparator, ast.In):
        return left in right
    if isinstance(node.right, ast.DateTime | ast.Date) or isinstance(node.left, ast.DateTime | ast.Date):
        left, right = times.instant(str(left), "UTC"), times.instant(str(right), "UTC")
    try:
        return bool(_COMPARISONS[type(node.comparator)](left, right))
    except (TypeError, KeyError):
        return False


def _lambda(node: ast.CollectionLambda, item: Item) -> bool:
    found = _value(node.owner, item) or []
    if node.lambda_ is None:
        return bool(found)
    name, condition = node.lambda_.identifier.name, node.lambda_.expression
    results = (matches(condition, {**item, name: one}) for one in found)
    return any(results) if isinstance(node.operator, ast.Any) else all(results)


def _call(node: ast.Call, item: Item) -> Any:
    function = _FUNCTIONS.get(node.func.name)
    if function is None:
        raise unfilterable()
    return function(*(_value(argument, item) for argument in node.args))
