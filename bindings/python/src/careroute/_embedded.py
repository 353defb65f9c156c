"""A hub in this process, for those who wait and those who await."""

import asyncio
import atexit
import os
import pathlib
import sys
import weakref
from collections.abc import Callable, Iterable

from careroute import _native
from careroute._times import microseconds, timeout_us
from careroute._transport import Outcome, Pairs
from careroute.clock import VirtualClock
from careroute.config.v1.embedded_pb2 import EmbeddedConfig
from careroute.config.v1.hub_pb2 import HubConfig
from careroute.errors import DeadlineExceeded, error_of

# So often a reader that waits comes back to look for signals, such as Ctrl-C.
_LOOK_AROUND_US = 100_000
# As CAREROUTE_FOREVER.
_FOREVER_US = (1 << 63) - 1

CATALOGUE = pathlib.Path(__file__).parent / "catalogue"
"""The pathways, calendars and instruments installed with the package."""


_open: "weakref.WeakSet[EmbeddedTransport]" = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    """No thread of a hub may call back into an interpreter that ends."""
    for transport in list(_open):
        transport.close()


def response_of(outcome: Outcome) -> bytes:
    code, _, response, message, details = outcome
    if code:
        raise error_of(code, message, details)
    return response


def embedded_config(
        store: str | os.PathLike[str] | None, clock: VirtualClock | None,
        overlays: Iterable[str], settings: HubConfig | None,
        log: bool) -> bytes:
    """A file's name stands for its SQLite store."""
    config = EmbeddedConfig(log=log)
    if settings is not None:
        config.hub.CopyFrom(settings)
    if store is not None:
        name = os.fspath(store)
        known = name.startswith(("sqlite:", "memory:", "postgresql://"))
        config.hub.store = name if known else f"sqlite:{name}"
    if not config.hub.catalogue:
        config.hub.catalogue = str(CATALOGUE)
    config.hub.overlays.extend(overlays)
    if clock is not None:
        config.virtual_start_time.FromMicroseconds(microseconds(clock.start))
    return config.SerializeToString()


def open_native(config: bytes) -> _native.Hub:
    hub, outcome = _native.open_hub(config)
    response_of(outcome)
    assert hub is not None
    return hub


class EmbeddedStream:
    def __init__(self, watch: _native.Watch, in_world: bool):
        self._watch = watch
        self._in_world = in_world

    def next(self) -> bytes | None:
        """In a world, whose time passes only while somebody waits, nobody
        waits for ever: the world says when it is enough."""
        wait_us = _FOREVER_US if self._in_world else _LOOK_AROUND_US
        while True:
            outcome = self._watch.next(wait_us)
            code, ended = outcome[:2]
            if ended and not code:
                return None
            if ended or self._in_world or code != DeadlineExceeded.code:
                return response_of(outcome)

    def cancel(self) -> None:
        self._watch.cancel()

    def close(self) -> None:
        self._watch.close()


class EmbeddedLine:
    def __init__(self, hub: _native.Hub, pairs: Pairs, in_world: bool):
        self._hub = hub
        self._in_world = in_world
        self._metadata = _native.Metadata(pairs)

    def call(self, method: str, request: bytes,
             timeout: float | None) -> bytes:
        return response_of(self._hub.call(method, request, self._metadata,
                                          timeout_us(timeout)))

    def watch(self, method: str, request: bytes,
              timeout: float | None) -> EmbeddedStream:
        watch, outcome = self._hub.watch(method, request, self._metadata,
                                         timeout_us(timeout))
        response_of(outcome)
        assert watch is not None
        return EmbeddedStream(watch, self._in_world)


class EmbeddedTransport:
    def __init__(self, hub: _native.Hub, *, in_world: bool = False):
        self._hub = hub
        self._in_world = in_world
        _open.add(self)

    def line(self, pairs: Pairs) -> EmbeddedLine:
        return EmbeddedLine(self._hub, pairs, self._in_world)

    def now_us(self) -> int:
        now, outcome = self._hub.now_us()
        response_of(outcome)
        return now

    def advance_us(self, by_us: int) -> None:
        response_of(self._hub.advance_us(by_us))

    def close(self) -> None:
        self._hub.close()


class _Answer:
    """What a thread of the hub hands to a coroutine. The loop may be gone by
    then, and the coroutine may not wait any more."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Outcome] = (
            self._loop.create_future())

    def __call__(self, outcome: Outcome) -> None:
        if sys.is_finalizing() or self._loop.is_closed():
            return
        try:
            self._loop.call_soon_threadsafe(self._set, outcome)
        except RuntimeError:
            pass    # closed between the two

    def _set(self, outcome: Outcome) -> None:
        if not self.future.done():
            self.future.set_result(outcome)


async def _awaited(answer: _Answer,
                   cancel: Callable[[], object]) -> Outcome:
    """Tells the hub when nobody waits any more."""
    try:
        return await answer.future
    except asyncio.CancelledError:
        cancel()
        raise


class AsyncEmbeddedStream:
    def __init__(self, watch: _native.Watch):
        self._watch = watch

    async def next(self) -> bytes | None:
        answer = _Answer()
        response_of(self._watch.next_start(answer))
        outcome = await _awaited(answer, self._watch.cancel)
        code, ended = outcome[:2]
        return None if ended and not code else response_of(outcome)

    def cancel(self) -> None:
        self._watch.cancel()

    def close(self) -> None:
        self._watch.close()


class AsyncEmbeddedLine:
    def __init__(self, hub: _native.Hub, pairs: Pairs):
        self._hub = hub
        self._metadata = _native.Metadata(pairs)

    async def call(self, method: str, request: bytes,
                   timeout: float | None) -> bytes:
        answer = _Answer()
        call, outcome = self._hub.call_start(
            method, request, self._metadata, timeout_us(timeout), answer)
        response_of(outcome)
        return response_of(await _awaited(
            answer, lambda: self._hub.call_cancel(call)))

    def watch(self, method: str, request: bytes,
              timeout: float | None) -> AsyncEmbeddedStream:
        watch, outcome = self._hub.watch(method, request, self._metadata,
                                         timeout_us(timeout))
        response_of(outcome)
        assert watch is not None
        return AsyncEmbeddedStream(watch)


class AsyncEmbeddedTransport:
    """What waits for the store runs beside the loop."""

    def __init__(self, hub: _native.Hub):
        self._hub = hub
        self._waiting = EmbeddedTransport(hub)

    def line(self, pairs: Pairs) -> AsyncEmbeddedLine:
        return AsyncEmbeddedLine(self._hub, pairs)

    async def now_us(self) -> int:
        return self._waiting.now_us()

    async def advance_us(self, by_us: int) -> None:
        await asyncio.to_thread(self._waiting.advance_us, by_us)

    async def close(self) -> None:
        await asyncio.to_thread(self._waiting.close)
