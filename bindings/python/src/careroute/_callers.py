"""Messages in and out of a line, for those who wait and those who await."""

from collections.abc import (
    AsyncIterator, Awaitable, Callable, Iterable, Iterator)
from types import TracebackType
from typing import Any, Generic, Protocol, TypeVar

from google.protobuf.message import Message

from careroute._transport import AsyncLine, AsyncStream, Line, Stream
from careroute.errors import Cancelled

Reply = TypeVar("Reply", bound=Message)
Page = TypeVar("Page", bound=Message)
Answer = TypeVar("Answer", covariant=True)
Row = TypeVar("Row")


class Watch(Generic[Reply]):
    """What a method that streams sends, message by message.

        with hub.cases.watch_case(name=case) as watch:
            for message in watch:
                ...

    One reader at a time; `cancel` may come from any thread and ends the loop.
    """

    def __init__(self, stream: Stream, reply: type[Reply]):
        self._stream = stream
        self._reply = reply
        self._cancelled = False

    def __iter__(self) -> Iterator[Reply]:
        return self

    def __next__(self) -> Reply:
        if self._cancelled:
            raise StopIteration
        try:
            message = self._stream.next()
        except Cancelled:
            if not self._cancelled:
                raise
            message = None
        if message is None:
            raise StopIteration
        return self._reply.FromString(message)

    def cancel(self) -> None:
        """Ends it; whoever reads leaves the loop. Repeatable."""
        self._cancelled = True
        self._stream.cancel()

    def close(self) -> None:
        """Ends it and lets it go. Repeatable."""
        self._cancelled = True
        self._stream.close()

    def __enter__(self) -> "Watch[Reply]":
        return self

    def __exit__(self, kind: type[BaseException] | None,
                 error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()


class Caller:
    """Calls of one actor, by full proto name."""

    def __init__(self, line: Line, timeout: float | None):
        self._line = line
        self._timeout = timeout

    def unary(self, method: str, request: Message, reply: type[Reply],
              timeout: float | None) -> Reply:
        limit = self._timeout if timeout is None else timeout
        return reply.FromString(self._line.call(
            method, request.SerializeToString(), limit))

    def watch(self, method: str, request: Message, reply: type[Reply],
              timeout: float | None) -> Watch[Reply]:
        return Watch(self._line.watch(method, request.SerializeToString(),
                                      timeout), reply)


class AsyncWatch(Generic[Reply]):
    """The same for `async for`."""

    def __init__(self, stream: AsyncStream, reply: type[Reply]):
        self._stream = stream
        self._reply = reply
        self._cancelled = False

    def __aiter__(self) -> AsyncIterator[Reply]:
        return self

    async def __anext__(self) -> Reply:
        if self._cancelled:
            raise StopAsyncIteration
        try:
            message = await self._stream.next()
        except Cancelled:
            if not self._cancelled:
                raise
            message = None
        if message is None:
            raise StopAsyncIteration
        return self._reply.FromString(message)

    def cancel(self) -> None:
        """Ends it; whoever reads leaves the loop. Repeatable."""
        self._cancelled = True
        self._stream.cancel()

    async def aclose(self) -> None:
        """Ends it and lets it go. Repeatable."""
        self._cancelled = True
        self._stream.close()

    async def __aenter__(self) -> "AsyncWatch[Reply]":
        return self

    async def __aexit__(self, kind: type[BaseException] | None,
                        error: BaseException | None,
                        trace: TracebackType | None) -> None:
        await self.aclose()


class AsyncCaller:
    """Calls of one actor, by full proto name."""

    def __init__(self, line: AsyncLine, timeout: float | None):
        self._line = line
        self._timeout = timeout

    async def unary(self, method: str, request: Message, reply: type[Reply],
                    timeout: float | None) -> Reply:
        limit = self._timeout if timeout is None else timeout
        return reply.FromString(await self._line.call(
            method, request.SerializeToString(), limit))

    def watch(self, method: str, request: Message, reply: type[Reply],
              timeout: float | None) -> AsyncWatch[Reply]:
        return AsyncWatch(self._line.watch(
            method, request.SerializeToString(), timeout), reply)


class _Method(Protocol[Answer]):
    def __call__(self, request: Any, /, *,
                 timeout: float | None = None) -> Answer: ...


class _AsyncMethod(Protocol[Answer]):
    def __call__(self, request: Any, /, *,
                 timeout: float | None = None) -> Awaitable[Answer]: ...


def _turned(request: Any, page: Any) -> Any:
    """The request for the page after this one; None: it was the last."""
    if not page.next_page_token:
        return None
    following = type(request)()
    following.CopyFrom(request)
    following.page_token = page.next_page_token
    return following


def pages(method: _Method[Page], request: Message,
          rows: Callable[[Page], Iterable[Row]],
          timeout: float | None) -> Iterator[Row]:
    """All rows of a list; each page is asked for when it is come to."""
    while request is not None:
        page = method(request, timeout=timeout)
        yield from rows(page)
        request = _turned(request, page)


async def async_pages(method: _AsyncMethod[Page], request: Message,
                      rows: Callable[[Page], Iterable[Row]],
                      timeout: float | None) -> AsyncIterator[Row]:
    """The same, awaiting each page."""
    while request is not None:
        page = await method(request, timeout=timeout)
        for row in rows(page):
            yield row
        request = _turned(request, page)
