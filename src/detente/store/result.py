"""The answer to a question: a query that runs when its rows are wanted, in the form in which they are wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from detente.errors import MissingPart
from detente.store import engine

if TYPE_CHECKING:
    from detente.store.session import Session

Row = tuple[Any, ...]
SHOWN = 50  # rows in a notebook
CHUNK = 1000


class Result:
    """Rows of named columns, computed when they are first looked at and each time anew.

    Iterating yields tuples as they come; `rows` returns all of them, `df`, `pl` and `arrow` tables of pandas, Polars
    and Arrow. All show the store as it was when the question was asked.
    """

    def __init__(
        self, session: Session, sql: str, values: Sequence[Any] = (), count: str | None = None
    ) -> None:
        """Take a query that is known to be allowed, and a shorter one that counts its rows if there is one."""
        self._count = count or f"SELECT count(*) FROM ({sql}\n)"
        self._session = session
        self._values = list(values)
        self.sql = sql
        self._columns: tuple[str, ...] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        if self._columns is None:
            found = self._execute(f"SELECT * FROM ({self.sql}\n) LIMIT 0")
            self._columns = tuple(column[0] for column in found.description)
        return self._columns

    def rows(self) -> list[Row]:
        """Return all rows as tuples."""
        return list(iter(self))  # list(self) would count the rows first

    def dicts(self) -> Iterator[dict[str, Any]]:
        """Yield the rows as dicts by column name."""
        columns = self.columns
        return (dict(zip(columns, row, strict=True)) for row in self)

    def __iter__(self) -> Iterator[Row]:
        cursor = self._execute(self.sql)
        while True:
            with engine.translated():
                chunk = cursor.fetchmany(CHUNK)
            if not chunk:
                return
            yield from chunk

    def __len__(self) -> int:
        (count,) = self._execute(self._count).fetchone()
        return int(count)

    def __bool__(self) -> bool:
        return next(iter(self), None) is not None

    def df(self) -> Any:
        """Return a pandas DataFrame; MissingPart without pandas."""
        _needed("pandas")
        with engine.translated():
            return self._execute(self.sql).df()

    def arrow(self) -> Any:
        """Return an Arrow table; MissingPart without pyarrow."""
        _needed("pyarrow")
        with engine.translated():
            cursor = self._session.connection.cursor()
            return cursor.sql(self.sql, params=self._values or None).to_arrow_table()

    def pl(self) -> Any:
        """Return a Polars DataFrame; MissingPart without polars and pyarrow."""
        return _needed("polars").from_arrow(self.arrow())

    def _execute(self, sql: str) -> Any:
        with engine.translated():
            return self._session.connection.cursor().execute(sql, self._values)

    def __repr__(self) -> str:
        return f"<{len(self):,} rows: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        count = len(self)
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        shown = self._execute(f"SELECT * FROM ({self.sql}\n) LIMIT {SHOWN}").fetchall()
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in shown)
        more = f", the first {SHOWN} shown" if count > SHOWN else ""
        rows = "row" if count == 1 else "rows"
        return f"<table><caption>{count:,} {rows}{more}</caption><tr>{head}</tr>{body}</table>"


def _cell(value: Any) -> str:
    return f"<td>{'' if value is None else escape(str(value))}</td>"


def _needed(package: str) -> Any:
    try:
        return import_module(package)
    except ImportError as error:
        raise MissingPart(
            f"the package {package} is not installed", advice=f"Install it with: pip install {package}"
        ) from error
