"""A hub, in this process or elsewhere, with the same typed services.

    with Hub.open("cases.db", overlays=[...]) as hub:
        coordinator = hub.acting_as(
            member="organisations/polyclinic-1/members/ivanova")
        case = coordinator.cases.get_case(name="cases/...").case
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from careroute._actors import CLOCK_KEEPER, Role, actor_pairs
from careroute._callers import Caller
from careroute._transport import Pairs, Transport
from careroute.clock import Clock, VirtualClock
from careroute.services import Services

if TYPE_CHECKING:
    import grpc

    from careroute.config.v1.hub_pb2 import HubConfig

CALL_TIMEOUT = 30.0
"""Seconds a call to a hub elsewhere may take unless said otherwise."""

_H = TypeVar("_H", bound="Hub")


class Hub(Services):
    """A hub as one actor sees it. Thread-safe; not for a forked child of the
    process that opened it."""

    def __init__(self, transport: Transport, *, pairs: Pairs = (),
                 timeout: float | None = None, clock: Clock | None = None):
        self._transport = transport
        self._pairs = pairs
        self._timeout = timeout
        self._line = transport.line(pairs)
        self._opened = clock is None
        self.clock = clock or Clock(transport)
        """The hub's time; a virtual one can be moved."""
        super().__init__(Caller(self._line, timeout))

    @classmethod
    def open(cls, store: str | os.PathLike[str] | None = None, *,
             clock: VirtualClock | None = None, overlays: Iterable[str] = (),
             settings: HubConfig | None = None, log: bool = False) -> Hub:
        """Opens a hub in this process.

        store: a file for SQLite, made with its key-ring FILE.keys when it is
            new; "postgresql://..."; None = in memory.
        clock: a virtual one, that only this program moves; None = the real.
        overlays: which pathways it offers, by files of the catalogue, such as
            "overlays/demo-region.early-help.textproto".
        settings: what else a hub can be told: its id, threads, a catalogue.
        log: writes what a hub logs to standard error.
        """
        from careroute._embedded import (
            EmbeddedTransport, embedded_config, open_native)
        transport = EmbeddedTransport(open_native(
            embedded_config(store, clock, overlays, settings, log)))
        if clock is not None:
            clock.bind(transport)
        return cls(transport)

    @classmethod
    def connect(cls, target: str,
                credentials: grpc.ChannelCredentials | None = None, *,
                hub_id: str = "", timeout: float | None = CALL_TIMEOUT) -> Hub:
        """Connects to a hub elsewhere. Does not wait: the first call tells.

        target: "host:port".
        credentials: of grpc.ssl_channel_credentials(authorities, key,
            certificate); None = plain text, as a hub in development mode
            speaks.
        hub_id: its id, which its certificate proves.
        timeout: seconds that a call may take unless the call says so itself.
        """
        from careroute._remote import RemoteTransport
        return cls(RemoteTransport(target, credentials, hub_id, CLOCK_KEEPER),
                   timeout=timeout)

    def acting_as(self, *, member: str = "", organisation: str = "",
                  role: Role = "coordinator", purpose: str = "care",
                  token: str = "") -> Hub:
        """The same hub, seen by another actor.

        member: "organisations/{o}/members/{m}", as the directory knows it;
            empty where a certificate or a token says who calls.
        organisation: the member's, unless said otherwise.
        token: a bearer token of an issuer the hub trusts.
        """
        pairs = actor_pairs(member, organisation, role, purpose, token)
        return Hub(self._transport, pairs=pairs, timeout=self._timeout,
                   clock=self.clock)

    def call(self, method: str, request: bytes, *,
             timeout: float | None = None) -> bytes:
        """Calls a method by its full proto name with serialised messages."""
        return self._line.call(
            method, request, self._timeout if timeout is None else timeout)

    def close(self) -> None:
        """Lets running calls end, makes everything durable. For all actors of
        this hub; repeatable."""
        self._opened = False
        self._transport.close()

    def __enter__(self: _H) -> _H:
        return self

    def __exit__(self, kind: type[BaseException] | None,
                 error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_opened", False):
            warnings.warn("a hub was left open: close it, or open it with "
                          "`with`", ResourceWarning, source=self)
