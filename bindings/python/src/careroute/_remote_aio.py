"""A hub elsewhere, over gRPC, for those who await."""

import grpc
import grpc.aio

from careroute._remote import (
    CLOCK, advance_request, closed_error, error_from, options_of, path_of)
from careroute._transport import Pairs
from careroute.testing.v1.clock_service_pb2 import (
    GetClockRequest, GetClockResponse)


class AsyncRemoteStream:
    def __init__(self, call: "grpc.aio.UnaryStreamCall[bytes, bytes]"):
        self._call = call

    async def next(self) -> bytes | None:
        try:
            message = await self._call.read()
        except grpc.RpcError as error:
            raise error_from(error) from None
        return message if isinstance(message, bytes) else None

    def cancel(self) -> None:
        self._call.cancel()

    def close(self) -> None:
        self._call.cancel()


class AsyncRemoteLine:
    def __init__(self, channel: grpc.aio.Channel, pairs: Pairs):
        self._channel = channel
        self._pairs = pairs

    async def call(self, method: str, request: bytes,
                   timeout: float | None) -> bytes:
        try:
            call: "grpc.aio.UnaryUnaryMultiCallable[bytes, bytes]" = (
                self._channel.unary_unary(path_of(method)))
            return await call(request, timeout=timeout, metadata=self._pairs)
        except grpc.RpcError as error:
            raise error_from(error) from None
        except (ValueError, grpc.aio.UsageError) as error:
            raise closed_error() from error

    def watch(self, method: str, request: bytes,
              timeout: float | None) -> AsyncRemoteStream:
        try:
            call: "grpc.aio.UnaryStreamMultiCallable[bytes, bytes]" = (
                self._channel.unary_stream(path_of(method)))
            return AsyncRemoteStream(call(request, timeout=timeout,
                                          metadata=self._pairs))
        except (ValueError, grpc.aio.UsageError) as error:
            raise closed_error() from error


class AsyncRemoteTransport:
    def __init__(self, target: str,
                 credentials: grpc.ChannelCredentials | None, hub_id: str,
                 pairs: Pairs):
        options = options_of(hub_id)
        self._channel = (
            grpc.aio.insecure_channel(target, options) if credentials is None
            else grpc.aio.secure_channel(target, credentials, options))
        self._own = self.line(pairs)

    def line(self, pairs: Pairs) -> AsyncRemoteLine:
        return AsyncRemoteLine(self._channel, pairs)

    async def now_us(self) -> int:
        reply = await self._own.call(
            f"{CLOCK}.GetClock", GetClockRequest().SerializeToString(), None)
        return GetClockResponse.FromString(reply).time.ToMicroseconds()

    async def advance_us(self, by_us: int) -> None:
        await self._own.call(f"{CLOCK}.AdvanceClock", advance_request(by_us),
                             None)

    async def close(self) -> None:
        await self._channel.close()
