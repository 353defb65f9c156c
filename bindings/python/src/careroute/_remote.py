"""A hub elsewhere, over gRPC: generated stubs are not needed."""

import uuid
from collections.abc import Iterable
from typing import Any, Protocol

import grpc

from careroute._transport import Pairs
from careroute.errors import FailedPrecondition, HubError, error_of
from careroute.testing.v1.clock_service_pb2 import (
    AdvanceClockRequest, AdvanceClockResponse, GetClockRequest,
    GetClockResponse)

CLOCK = "careroute.testing.v1.ClockService"
_DETAILS = "grpc-status-details-bin"
# As much as a hub takes; what it sends is never more.
_MESSAGE_BYTES_MAX = 16 << 20


def path_of(method: str) -> str:
    """As gRPC names what is "careroute.api.v1.CaseService.GetCase"."""
    service, _, name = method.rpartition(".")
    return f"/{service}/{name}"


def options_of(hub_id: str) -> list[tuple[str, Any]]:
    """A hub is known by its id, wherever it runs."""
    options: list[tuple[str, Any]] = [
        ("grpc.max_receive_message_length", _MESSAGE_BYTES_MAX)]
    if hub_id:
        options.append(("grpc.ssl_target_name_override", hub_id))
    return options


def error_from(error: grpc.RpcError) -> HubError:
    """The status as the hub made it, details included."""
    code = error.code()
    details = b""
    # Of grpc.aio they are plain pairs.
    pairs: Iterable[Any] = error.trailing_metadata() or ()
    for key, value in pairs:
        if key == _DETAILS:
            details = value
    return error_of(code.value[0], error.details() or code.name, details)


def closed_error() -> HubError:
    return FailedPrecondition("this hub was closed")


def advance_request(by_us: int) -> bytes:
    request = AdvanceClockRequest(request_id=str(uuid.uuid4()))
    request.by.FromMicroseconds(by_us)
    return request.SerializeToString()


class _Messages(Protocol):
    """What grpcio gives for a method that streams."""

    def __next__(self) -> bytes: ...

    def cancel(self) -> object: ...


class RemoteStream:
    def __init__(self, call: _Messages):
        self._call = call

    def next(self) -> bytes | None:
        try:
            return next(self._call)
        except StopIteration:
            return None
        except grpc.RpcError as error:
            raise error_from(error) from None

    def cancel(self) -> None:
        self._call.cancel()

    def close(self) -> None:
        self._call.cancel()


class RemoteLine:
    def __init__(self, channel: grpc.Channel, pairs: Pairs):
        self._channel = channel
        self._pairs = pairs
        self._calls: dict[
            str, "grpc.UnaryUnaryMultiCallable[bytes, bytes]"] = {}

    def call(self, method: str, request: bytes,
             timeout: float | None) -> bytes:
        try:
            call = self._calls.get(method)
            if call is None:
                call = self._channel.unary_unary(path_of(method))
                self._calls[method] = call
            return call(request, timeout=timeout, metadata=self._pairs)
        except grpc.RpcError as error:
            raise error_from(error) from None
        except ValueError as error:    # of a channel that is closed
            raise closed_error() from error

    def watch(self, method: str, request: bytes,
              timeout: float | None) -> RemoteStream:
        try:
            call: "grpc.UnaryStreamMultiCallable[bytes, bytes]" = (
                self._channel.unary_stream(path_of(method)))
            return RemoteStream(call(request, timeout=timeout,
                                     metadata=self._pairs))
        except ValueError as error:
            raise closed_error() from error


class RemoteTransport:
    def __init__(self, target: str, credentials: grpc.ChannelCredentials | None,
                 hub_id: str, pairs: Pairs):
        options = options_of(hub_id)
        self._channel = (
            grpc.insecure_channel(target, options) if credentials is None
            else grpc.secure_channel(target, credentials, options))
        # Whoever moves the clock is whoever connected.
        self._own = self.line(pairs)

    def line(self, pairs: Pairs) -> RemoteLine:
        return RemoteLine(self._channel, pairs)

    def now_us(self) -> int:
        reply = self._own.call(f"{CLOCK}.GetClock",
                               GetClockRequest().SerializeToString(), None)
        return GetClockResponse.FromString(reply).time.ToMicroseconds()

    def advance_us(self, by_us: int) -> None:
        AdvanceClockResponse.FromString(self._own.call(
            f"{CLOCK}.AdvanceClock", advance_request(by_us), None))

    def close(self) -> None:
        self._channel.close()
