"""The parts of a description in OpenAPI: a parameter, an operation with its answers and its errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tools.json_schemas import schemas
from tools.schema_types import INTEGER, TEXT, Schema, nullable, record

ARCHIVE = record({"name": TEXT, "change": INTEGER, "indexed": nullable(TEXT), "waiting": INTEGER})
ERROR = record({"error": record({"kind": TEXT, "code": TEXT, "message": TEXT, "hint": TEXT, "parameter": TEXT})})

ERRORS = {
    400: "A parameter has a value that it cannot have.",
    401: "The request is without the token.",
    403: "A page of another site sends the form.",
    404: "There is no such document, page or list.",
    409: "Something else writes to the archive, or a file is out of reach.",
    410: "The document was withdrawn or erased.",
    414: "The address is longer than 16 KiB.",
    416: "The file has no such part.",
    422: "The answer would take too long.",
    503: "The archive cannot be read now, or too many questions wait.",
}
"""Statuses that end in an error, with what they mean."""


READ_BY_PEOPLE = ("text/plain", "text/html", "image/png", "application/octet-stream")
"""Media types that browsers are led to. Errors are pages there, unless the Accept header asks for JSON."""
FORM_TYPES = ("multipart/form-data", "application/x-www-form-urlencoded")
FEEDS = ("application/atom+xml", "application/opensearchdescription+xml")
"""Media types that programs follow. Errors are plain text there, unless the Accept header asks for JSON."""


def parameter(name: str, schema: Schema, about: str, place: str = "query") -> dict[str, Any]:
    """Return the description of a parameter."""
    return {"name": name, "in": place, "required": place == "path", "schema": schema, "description": about}


def flag() -> Schema:
    """Return the schema of a parameter that says yes or no."""
    return {"type": "string", "enum": ["0", "1"]}


def _answer(about: str, media_type: str, schema: Schema | None, errors: Sequence[int]) -> dict[str, Any]:
    content = {media_type: {"schema": schema if schema is not None else {}}}
    answers: dict[str, Any] = {"200": {"description": about, "content": content}}
    answers["303"] = {"description": "The address is not the canonical one; Location is."}
    failure: dict[str, Any] = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    if media_type in READ_BY_PEOPLE:
        failure["text/html"] = {}
    if media_type in FEEDS:
        failure["text/plain"] = {}
    answers |= {str(status): {"description": ERRORS[status], "content": failure} for status in errors}
    return answers


def operation(
    about: str, parameters: Sequence[Mapping[str, Any]], schema: Schema | None, errors: Sequence[int] = (),
    media_type: str = "application/json",
) -> dict[str, Any]:  # fmt: skip
    """Return the description of a GET request."""
    statuses = sorted({400, 401, 414, 503, *errors})
    return {"get": {
        "summary": about, "parameters": list(parameters), "responses": _answer(about, media_type, schema, statuses),
    }}  # fmt: skip


def sent_form(
    about: str, form: Schema, schema: Schema | None, errors: Sequence[int] = (), media_type: str = "application/json"
) -> dict[str, Any]:
    """Return the description of a POST request with a form. Browsers send it from pages of the site alone."""
    statuses = sorted({400, 401, 403, 414, 503, *errors})
    responses = _answer(about, media_type, schema, statuses)
    if media_type == "text/csv":
        responses["400"]["content"]["text/html"] = {}  # a browser is shown its form again
    del responses["303"]
    body = {"required": True, "content": {kind: {"schema": form} for kind in FORM_TYPES}}
    return {"post": {"summary": about, "requestBody": body, "responses": responses}}


def with_keys(schema: Schema, **more: Schema) -> Schema:
    """Return the schema of an object with further keys."""
    return {
        **schema,
        "properties": schema["properties"] | more,
        "required": [*schema["required"], *more],
    }


def schema_of(name: str) -> Schema:
    """Return the schema of what a command prints, by its name."""
    _, schema = schemas()[name]
    return schema
