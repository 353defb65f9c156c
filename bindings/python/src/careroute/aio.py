"""The same hub for asyncio: calls are awaited, watches are `async for`.

    async with careroute.aio.Hub.open("cases.db") as hub:
        reply = await hub.cases.get_case(name="cases/...")
        async with hub.cases.watch_case(name=reply.case.name) as watch:
            async for message in watch:
                ...

Calls of a hub in this process run on its own threads and never block the loop;
a call whose task is cancelled is cancelled at the hub.
"""

from __future__ import annotations

import asyncio
import datetime
import os
from collections.abc import Awaitable, Callable, Generator, Iterable
from types import TracebackType
from typing import TYPE_CHECKING

from careroute._actors import CLOCK_KEEPER, Role, actor_pairs
from careroute._callers import AsyncCaller
from careroute._times import moment_of, span_us
from careroute._transport import AsyncTransport, Pairs
from careroute.aio_services import Services
from careroute.clock import VirtualClock
from careroute.hub import CALL_TIMEOUT

if TYPE_CHECKING:
    import grpc

    from careroute.config.v1.hub_pb2 import HubConfig


class Clock:
    """A hub's clock; only a virtual one can be moved."""

    def __init__(self, transport: AsyncTransport):
        self._transport = transport

    async def now(self) -> datetime.datetime:
        return moment_of(await self._transport.now_us())

    async def advance(self, by: datetime.timedelta) -> datetime.datetime:
        """What falls due on the way has happened when it is over."""
        await self._transport.advance_us(span_us(by))
        return await self.now()


class Opening:
    """A hub that opens: `await` it, or `async with` it."""

    def __init__(self, start: Callable[[], Awaitable[Hub]]):
        self._start = start
        self._hub: Hub | None = None

    def __await__(self) -> Generator[object, None, Hub]:
        return self._start().__await__()

    async def __aenter__(self) -> Hub:
        self._hub = await self._start()
        return self._hub

    async def __aexit__(self, kind: type[BaseException] | None,
                        error: BaseException | None,
                        trace: TracebackType | None) -> None:
        if self._hub is not None:
            await self._hub.close()


class Hub(Services):
    """A hub as one actor sees it, for one event loop."""

    def __init__(self, transport: AsyncTransport, *, pairs: Pairs = (),
                 timeout: float | None = None):
        self._transport = transport
        self._timeout = timeout
        self._line = transport.line(pairs)
        self.clock = Clock(transport)
        """The hub's time; a virtual one can be moved."""
        super().__init__(AsyncCaller(self._line, timeout))

    @classmethod
    def open(cls, store: str | os.PathLike[str] | None = None, *,
             clock: VirtualClock | None = None, overlays: Iterable[str] = (),
             settings: HubConfig | None = None, log: bool = False) -> Opening:
        """As careroute.Hub.open."""
        async def start() -> Hub:
            from careroute._embedded import (
                AsyncEmbeddedTransport, embedded_config, open_native)
            config = embedded_config(store, clock, overlays, settings, log)
            return cls(AsyncEmbeddedTransport(
                await asyncio.to_thread(open_native, config)))
        return Opening(start)

    @classmethod
    def connect(cls, target: str,
                credentials: grpc.ChannelCredentials | None = None, *,
                hub_id: str = "",
                timeout: float | None = CALL_TIMEOUT) -> Opening:
        """As careroute.Hub.connect."""
        async def start() -> Hub:
            from careroute._remote_aio import AsyncRemoteTransport
            return cls(AsyncRemoteTransport(
                target, credentials, hub_id, CLOCK_KEEPER), timeout=timeout)
        return Opening(start)

    def acting_as(self, *, member: str = "", organisation: str = "",
                  role: Role = "coordinator", purpose: str = "care",
                  token: str = "") -> Hub:
        """As careroute.Hub.acting_as."""
        return Hub(self._transport, timeout=self._timeout, pairs=actor_pairs(
            member, organisation, role, purpose, token))

    async def call(self, method: str, request: bytes, *,
                   timeout: float | None = None) -> bytes:
        """Calls a method by its full proto name with serialised messages."""
        return await self._line.call(
            method, request, self._timeout if timeout is None else timeout)

    async def close(self) -> None:
        """Lets running calls end, makes everything durable. Repeatable."""
        await self._transport.close()
