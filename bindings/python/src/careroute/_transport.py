"""What a hub is reached by: in this process, or over gRPC.

A transport has lines, one for each actor; a line calls methods by their full
proto name with the bytes of messages. It raises HubError.
"""

from collections.abc import Awaitable
from typing import Protocol

Pairs = tuple[tuple[str, str], ...]
"""Request metadata: who calls."""

Outcome = tuple[int, bool, bytes, str, bytes]
"""Of the library: code, whether a watch has ended, response, message,
details."""


class Stream(Protocol):
    """A watch that is open, for one reader."""

    def next(self) -> bytes | None:
        """Waits for the next message; None: it has ended well."""

    def cancel(self) -> None:
        """From any thread: the reader gets Cancelled. Repeatable."""

    def close(self) -> None:
        """Lets it go. Repeatable."""


class Line(Protocol):
    """Calls of one actor. Thread-safe."""

    def call(self, method: str, request: bytes,
             timeout: float | None) -> bytes:
        """Waits for the answer, at most `timeout` seconds."""

    def watch(self, method: str, request: bytes,
              timeout: float | None) -> Stream:
        """Opens a method that streams."""


class Transport(Protocol):
    """A hub. Thread-safe."""

    def line(self, pairs: Pairs) -> Line: ...

    def now_us(self) -> int:
        """Its time, in microseconds since 1970."""

    def advance_us(self, by_us: int) -> None:
        """Moves its virtual clock on."""

    def close(self) -> None:
        """Repeatable."""


class AsyncStream(Protocol):
    def next(self) -> Awaitable[bytes | None]: ...

    def cancel(self) -> None: ...

    def close(self) -> None: ...


class AsyncLine(Protocol):
    def call(self, method: str, request: bytes,
             timeout: float | None) -> Awaitable[bytes]: ...

    def watch(self, method: str, request: bytes,
              timeout: float | None) -> AsyncStream: ...


class AsyncTransport(Protocol):
    def line(self, pairs: Pairs) -> AsyncLine: ...

    def now_us(self) -> Awaitable[int]: ...

    def advance_us(self, by_us: int) -> Awaitable[None]: ...

    def close(self) -> Awaitable[None]: ...
