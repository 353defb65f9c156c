"""How a watch ends: by itself, by its reader, by another thread, by an error.
Over a stream that does as told."""

import asyncio
import queue
import threading

import pytest

import careroute
from careroute._callers import AsyncWatch, Watch
from careroute.api.v1 import GetCaseRequest

# What is on the way: a message, the end, or an error.
Item = bytes | careroute.HubError | None


class ToldStream:
    def __init__(self, *items: Item):
        self.items: queue.Queue[Item] = queue.Queue()
        self.closed = 0
        for item in items:
            self.items.put(item)

    def next(self) -> bytes | None:
        item = self.items.get()
        if isinstance(item, careroute.HubError):
            raise item
        return item

    def cancel(self) -> None:
        self.items.put(careroute.Cancelled())

    def close(self) -> None:
        self.closed += 1


class ToldAsyncStream(ToldStream):
    async def next(self) -> bytes | None:    # type: ignore[override]
        return await asyncio.to_thread(super().next)


def message(name: str) -> bytes:
    return GetCaseRequest(name=name).SerializeToString()


def test_messages_come_in_their_order_until_the_end() -> None:
    stream = ToldStream(message("1"), message("2"), None)
    with Watch(stream, GetCaseRequest) as watch:
        assert [one.name for one in watch] == ["1", "2"]
    assert stream.closed == 1


def test_an_error_reaches_the_reader() -> None:
    watch = Watch(ToldStream(message("1"), careroute.Unavailable("gone")),
                  GetCaseRequest)
    assert next(watch).name == "1"
    with pytest.raises(careroute.Unavailable, match="gone"):
        next(watch)


def test_a_cancel_nobody_here_asked_for_is_an_error() -> None:
    with pytest.raises(careroute.Cancelled):
        next(Watch(ToldStream(careroute.Cancelled("by the hub")),
                   GetCaseRequest))


def test_cancel_from_another_thread_ends_the_loop() -> None:
    stream = ToldStream(message("1"))
    watch = Watch(stream, GetCaseRequest)
    seen: list[str] = []
    first = threading.Event()

    def read() -> None:
        for one in watch:
            seen.append(one.name)
            first.set()

    reader = threading.Thread(target=read)
    reader.start()
    first.wait()
    watch.cancel()
    reader.join()
    assert seen == ["1"]
    assert list(watch) == []    # and it stays so


def test_async_cancel_ends_the_loop() -> None:
    async def play() -> list[str]:
        stream = ToldAsyncStream(message("1"))
        seen = []
        async with AsyncWatch(stream, GetCaseRequest) as watch:
            async for one in watch:
                seen.append(one.name)
                watch.cancel()
        assert stream.closed == 1
        return seen

    assert asyncio.run(play()) == ["1"]
