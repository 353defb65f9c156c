"""Calls that fail on purpose, of one hub: what does my program do then?

    faulty = Faults(hub)
    faulty.lose_answer("CaseService.ReportNeed")
    with pytest.raises(careroute.DeadlineExceeded):
        faulty.hub.cases.report_need(request)    # done, but nobody hears of it
    faulty.hub.cases.report_need(request)        # the same answer, once done

Between several hubs `World` makes the trouble.
"""

from collections.abc import Callable
from dataclasses import dataclass

from careroute._transport import Line, Pairs, Stream, Transport
from careroute.errors import DeadlineExceeded, HubError, Unavailable
from careroute.hub import Hub


@dataclass
class _Fault:
    method: str
    error: HubError
    after: bool    # the call had its effect
    times: int


_Take = Callable[[str], _Fault | None]


class Faults:
    """A hub that stands behind another one and fails when it is told to."""

    def __init__(self, hub: Hub):
        self._faults: list[_Fault] = []
        self.hub = Hub(_FaultyTransport(hub._transport, self._take),
                       pairs=hub._pairs, timeout=hub._timeout, clock=hub.clock)

    def fail(self, method: str = "", error: HubError | None = None, *,
             times: int = 1) -> None:
        """The next calls fail and do nothing.

        method: "CaseService.GetCase", the end of its name; empty = any.
        """
        self._faults.append(_Fault(
            method, error or Unavailable("a fault of the test"), False, times))

    def lose_answer(self, method: str = "", *, times: int = 1) -> None:
        """The next calls have their effect, and their answer does not come."""
        self._faults.append(_Fault(
            method, DeadlineExceeded("a fault of the test"), True, times))

    def _take(self, method: str) -> _Fault | None:
        for fault in self._faults:
            if fault.times > 0 and method.endswith(fault.method):
                fault.times -= 1
                return fault
        return None


class _FaultyLine:
    def __init__(self, line: Line, take: _Take):
        self._line = line
        self._take = take

    def call(self, method: str, request: bytes,
             timeout: float | None) -> bytes:
        fault = self._take(method)
        if fault is None:
            return self._line.call(method, request, timeout)
        if fault.after:
            self._line.call(method, request, timeout)
        raise fault.error

    def watch(self, method: str, request: bytes,
              timeout: float | None) -> Stream:
        fault = self._take(method)
        if fault is not None:
            raise fault.error
        return self._line.watch(method, request, timeout)


class _FaultyTransport:
    def __init__(self, transport: Transport, take: _Take):
        self._transport = transport
        self._take = take

    def line(self, pairs: Pairs) -> _FaultyLine:
        return _FaultyLine(self._transport.line(pairs), self._take)

    def now_us(self) -> int:
        return self._transport.now_us()

    def advance_us(self, by_us: int) -> None:
        self._transport.advance_us(by_us)

    def close(self) -> None:
        self._transport.close()
