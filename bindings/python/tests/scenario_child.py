"""Plays scenarios through this package, for tests/scenarios/child_test.cc.

Asked over standard input, answers over standard output; what is asked and how
is written in tests/scenarios/child_transport.h. Each call goes the whole way a
program goes: the request as a message, the typed method, the reply as one.
"""

import datetime
import importlib
import pkgutil
import struct
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from google.protobuf import descriptor_pool, message_factory

import careroute
import careroute.api.v1
from careroute.api.v1 import ErrorStatus
from careroute.model.v1 import Actor, ActorRole
from careroute.services import Services

_NUMBER = struct.Struct("<I")


def moment(milliseconds: bytes) -> datetime.datetime:
    epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    return epoch + datetime.timedelta(milliseconds=int(milliseconds))


def read_number(stream: BinaryIO) -> int | None:
    """None at the end of the stream."""
    data = stream.read(_NUMBER.size)
    if len(data) < _NUMBER.size:
        return None
    number: int = _NUMBER.unpack(data)[0]
    return number


def read_parts(stream: BinaryIO) -> list[bytes]:
    """Nothing at the end of the stream."""
    return [stream.read(read_number(stream) or 0)
            for _ in range(read_number(stream) or 0)]


def write_parts(stream: BinaryIO, *parts: bytes) -> None:
    stream.write(_NUMBER.pack(len(parts)))
    for part in parts:
        stream.write(_NUMBER.pack(len(part)) + part)
    stream.flush()


def load_descriptors() -> None:
    """The typed services need the messages alone, a look-up by name the
    services too."""
    for module in pkgutil.iter_modules(careroute.api.v1.__path__):
        importlib.import_module(f"careroute.api.v1.{module.name}")


def typed_method(hub: Services, full_name: str) -> tuple[Any, Any]:
    """The method of a service, and the class of its request."""
    method = descriptor_pool.Default().FindMethodByName(full_name)
    service = next(one for one in vars(hub).values()
                   if type(one).__name__ == method.containing_service.name)
    name = "".join(f"_{letter.lower()}" if letter.isupper() else letter
                   for letter in method.name).removeprefix("_")
    return (getattr(service, name),
            message_factory.GetMessageClass(method.input_type))


class Player:
    def __init__(self) -> None:
        self._hub: careroute.Hub | None = None

    def answer(self, verb: bytes, *parts: bytes) -> bytes:
        work: dict[bytes, Callable[..., bytes]] = {
            b"open": self.open, b"call": self.call, b"clock": self.clock,
            b"close": self.close}
        return work[verb](*parts)

    def open(self, start: bytes, *overlays: bytes) -> bytes:
        self.close()
        self._hub = careroute.Hub.open(
            clock=careroute.VirtualClock(moment(start)),
            overlays=[one.decode() for one in overlays])
        return b""

    def call(self, method: bytes, actor: bytes, request: bytes) -> bytes:
        assert self._hub is not None
        who = Actor.FromString(actor)
        role: Any = ActorRole.Name(who.role).removeprefix("ACTOR_ROLE_")
        hub = self._hub.acting_as(
            member=who.member, organisation=who.organisation,
            role=role.lower(), purpose=who.purpose)
        typed, kind = typed_method(hub, method.decode())
        reply: bytes = typed(kind.FromString(request)).SerializeToString()
        return reply

    def clock(self, to: bytes) -> bytes:
        assert self._hub is not None
        self._hub.clock.advance_to(moment(to))
        return b""

    def close(self) -> bytes:
        if self._hub is not None:
            self._hub.close()
        self._hub = None
        return b""


def details_of(error: careroute.HubError) -> bytes:
    status = ErrorStatus(code=error.code, message=error.message)
    status.details.add().Pack(error.refusal)
    return status.SerializeToString()


def main() -> None:
    load_descriptors()
    player = Player()
    while parts := read_parts(sys.stdin.buffer):
        try:
            write_parts(sys.stdout.buffer, player.answer(*parts))
        except careroute.HubError as error:
            write_parts(sys.stdout.buffer, b"", details_of(error))
    player.close()


if __name__ == "__main__":
    main()
