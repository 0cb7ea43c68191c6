"""One declaration, many forms: a field's meaning stands beside its type; dicts and JSON come from both.

Any frozen dataclass whose fields are plain values, other such classes, or tuples of these can be turned into
a dict of JSON values and back without loss. Used by `detente.records`; knows nothing about news.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, ClassVar, NamedTuple, Self


class FieldDoc(NamedTuple):
    """What the documentation says about one field of one record."""

    record: str
    field: str
    type: str
    meaning: str


def field_docs(record: type) -> Iterator[FieldDoc]:
    """Yield name, type and meaning of each field of a record class, in their order.

    The meaning stands beside the type: ``start: Annotated[int, "offset of the first character"]``.
    """
    hints = typing.get_type_hints(record, include_extras=True)
    for field in dataclasses.fields(record):
        hint, text = typing.get_args(hints[field.name])
        yield FieldDoc(record.__name__, field.name, type_name(hint), text)


def type_name(hint: Any) -> str:
    """Return a type as people read it: ``list of Span``, ``str or none``."""
    inner, form = shape(hint)
    if form is tuple:
        return f"list of {type_name(inner)}"
    return f"{type_name(inner)} or none" if form is NoneType else str(hint.__name__)


class Keyed:
    """Lets a small record also be asked like a mapping: ``place["name"]``, ``place.get("name")``."""

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]

    def keys(self) -> tuple[str, ...]:
        """Return the field names in their order."""
        return tuple(self.__dataclass_fields__)

    def __getitem__(self, key: str) -> Any:
        """Return a field by its name; KeyError if there is no such field."""
        if key not in self.__dataclass_fields__:
            raise KeyError(key)
        return getattr(self, key)

    def get(self, key: str, default: Any = None) -> Any:
        """Return a field by its name, the default if there is no such field or it is None."""
        found = getattr(self, key) if key in self.__dataclass_fields__ else None
        return default if found is None else found


class Shaped:
    """Gives a dataclass its dict form and the way back."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Return a dict of JSON values: fields in their order, tuples as lists, nested records as dicts."""
        return typing.cast(dict[str, Any], _encoder(typing.cast(Any, type(self)))(self))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Return the record that `to_dict` turned into this dict.

        Raises:
            ValueError: a field is missing, unknown or of the wrong type.
        """
        return typing.cast(Self, _decoder(typing.cast(Any, cls))(data))


@cache
def _encoder(kind: Any) -> Callable[[Any], Any]:
    """Return what turns a value of this type into JSON values."""
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        plan = [(field.name, _encoder(hints[field.name])) for field in dataclasses.fields(kind)]

        def encode(value: Any) -> dict[str, Any]:
            return {
                name: part if (part := getattr(value, name)) is None or type(part) is str else form(part)
                for name, form in plan
            }

        return encode
    inner, form = shape(kind)
    if form is None:
        return lambda value: value
    item = _encoder(inner)
    if form is tuple:
        return lambda value: [item(part) for part in value]
    return lambda value: None if value is None else item(value)


@cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    """Return what turns JSON values into a value of this type, or raises ValueError."""
    if dataclasses.is_dataclass(kind):
        return _record_decoder(typing.cast(type, kind))
    inner, form = shape(kind)
    if form is None:
        return _plain_decoder(kind)
    item = _decoder(inner)
    if form is tuple:

        def decode(value: Any) -> tuple[Any, ...]:
            if not isinstance(value, list | tuple):
                raise ValueError(f"a list was expected, not {type(value).__name__}")
            return tuple(item(part) for part in value)

        return decode
    return lambda value: None if value is None else item(value)


def _record_decoder(kind: type) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind)
    fields = {field.name: field for field in dataclasses.fields(kind)}
    forms = {name: _decoder(hints[name]) for name in fields}
    needed = {
        name
        for name, field in fields.items()
        if field.init
        and field.default is dataclasses.MISSING
        and field.default_factory is dataclasses.MISSING
    }

    def decode(data: Any) -> Any:
        if not isinstance(data, Mapping):
            raise ValueError(f"{kind.__name__}: an object was expected, not {type(data).__name__}")
        if wrong := needed - data.keys():
            raise ValueError(f"{kind.__name__}: no {', '.join(sorted(wrong))}")
        if wrong := data.keys() - fields.keys():
            raise ValueError(f"{kind.__name__}: unknown {', '.join(sorted(map(str, wrong)))}")
        values = {}
        for name, value in data.items():
            try:
                values[name] = forms[name](value)
            except ValueError as error:
                raise ValueError(f"{kind.__name__}.{name}: {error}") from None
        return kind(**{name: value for name, value in values.items() if fields[name].init})

    return decode


def _plain_decoder(kind: Any) -> Callable[[Any], Any]:
    def decode(value: Any) -> Any:
        # bool is an int to Python, and JSON writes 1.0 as 1: neither may slip into another type.
        if kind is float and type(value) is int:
            return float(value)
        if type(value) is not kind:
            raise ValueError(f"{kind.__name__} was expected, not {type(value).__name__}")
        return value

    return decode


def shape(kind: Any) -> tuple[Any, Any]:
    """Return (inner type, tuple), (inner type, None-able) or (type, None) for a plain value."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return arguments[0], tuple
    if origin in (typing.Union, UnionType):
        (inner,) = (argument for argument in arguments if argument is not NoneType)
        return inner, NoneType
    return kind, None
