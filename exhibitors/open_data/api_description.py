"""The description of the JSON interface (OpenAPI 3.1), made from the declared operations and shapes."""

from __future__ import annotations

from typing import Any

import msgspec

from exhibitors.open_data.api_operations import BASE, OPERATIONS, Operation
from exhibitors.open_data.api_shapes import Problem

WHERE_SHAPES_STAND = "#/components/schemas/{name}"
PROBLEM = "application/problem+json"
ERRORS = {
    "400": "The address is no proper address, or the host is not ours.",
    "404": "There is no such thing, or it is not public.",
    "422": "The question has a fault; `detail` names it.",
    "429": "Too many questions; try again after Retry-After seconds.",
}
ABOUT = (
    "Public data of OCOP fairs: fairs, venues, confirmed exhibitors, products, calendars. Read only, no key, open "
    "to any site (CORS). Answers carry an ETag: send it back in If-None-Match and an unchanged answer costs nothing "
    "(304). Every list comes in pages of 50: `items`, `total`, `page`, `pages` and the address of the `next` one. "
    "Moments are UTC, days are days in Asia/Ho_Chi_Minh, money is whole đồng."
)


def api_description(server: str) -> dict[str, Any]:
    """The whole document for a server's address."""
    _, components = msgspec.json.schema_components(
        [Problem, *(operation.answer for operation in OPERATIONS)], ref_template=WHERE_SHAPES_STAND
    )
    return {
        "openapi": "3.1.0",
        "info": {"title": "Gian Hàng", "version": "1", "description": ABOUT},
        "servers": [{"url": server}],
        "paths": {BASE + operation.path: {"get": _operation(operation)} for operation in OPERATIONS},
        "components": {"schemas": components},
    }


def _operation(operation: Operation) -> dict[str, Any]:
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [*map(_part, operation.parts), *_query(operation)],
        "responses": {
            "200": {
                "description": "The answer.",
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {"application/json": {"schema": _reference(operation.answer)}},
            },
            **{code: _problem(words) for code, words in ERRORS.items()},
        },
    }


def _part(part: tuple[str, Any]) -> dict[str, Any]:
    name, kind = part
    return {"name": name, "in": "path", "required": True, "schema": msgspec.json.schema(kind)}


def _query(operation: Operation) -> list[dict[str, Any]]:
    (whole,), components = msgspec.json.schema_components([operation.query])
    fields = components[whole["$ref"].rpartition("/")[2]].get("properties", {})
    return [_parameter(name, dict(schema)) for name, schema in fields.items()]


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    described = {key: schema.pop(key) for key in ("description",) if key in schema}
    if "anyOf" in schema:  # in an address there is no null: the parameter is left out
        schema = next(choice for choice in schema["anyOf"] if choice.get("type") != "null")
        described |= {key: schema.pop(key) for key in ("description",) if key in schema}
    elif "enum" in schema:
        schema["enum"] = [choice for choice in schema["enum"] if choice is not None]
    schema.pop("default", None)
    return {"name": name, "in": "query", "required": False, "schema": schema, **described}


def _reference(shape: Any) -> dict[str, Any]:
    (schema,), _ = msgspec.json.schema_components([shape], ref_template=WHERE_SHAPES_STAND)
    return schema


def _problem(words: str) -> dict[str, Any]:
    schema = {"$ref": WHERE_SHAPES_STAND.format(name=Problem.__name__)}
    return {"description": words, "content": {PROBLEM: {"schema": schema}}}
