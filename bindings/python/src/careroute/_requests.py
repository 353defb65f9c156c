"""Requests, from what a caller of a typed method gives."""

import uuid
from collections.abc import Mapping
from typing import Any, TypeVar

from google.protobuf.message import Message

Request = TypeVar("Request", bound=Message)


def build(kind: type[Request], request: Request | None,
          fields: Mapping[str, Any]) -> Request:
    """The request itself, or one made of its fields."""
    if request is None:
        return kind(**fields)
    if not isinstance(request, kind):
        raise TypeError(f"give a {kind.__name__}, or its fields by name, not a "
                        f"{type(request).__name__}")
    given = [name for name, value in fields.items() if value is not None]
    if given:
        raise TypeError(f"give a {kind.__name__} or its fields, not both: "
                        f"{', '.join(given)}")
    return request


def build_mutation(kind: type[Request], request: Request | None,
                   fields: Mapping[str, Any]) -> Request:
    """The same, of a request that changes something: without a request_id it
    gets one of its own. Who may have to repeat it gives one."""
    made: Any = build(kind, request, fields)
    if made.request_id:
        return made  # type: ignore[no-any-return]
    if made is request:
        made = kind()
        made.CopyFrom(request)
    made.request_id = str(uuid.uuid4())
    return made  # type: ignore[no-any-return]
