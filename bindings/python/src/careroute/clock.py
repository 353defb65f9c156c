"""The clock of a hub, and one that stands still until it is moved.

    clock = VirtualClock(datetime(2026, 3, 2, 10, tzinfo=khabarovsk))
    with Hub.open(clock=clock) as hub:
        clock.advance(timedelta(days=3))    # what fell due has happened
"""

import datetime
from typing import Protocol

from careroute._times import microseconds, moment_of, span_us


class Mover(Protocol):
    """The hub behind a clock."""

    def now_us(self) -> int: ...

    def advance_us(self, by_us: int) -> None: ...


class Clock:
    """A hub's clock. Only a virtual one can be moved, and only forward: a
    hub on the real clock answers that with an error."""

    def __init__(self, mover: Mover | None = None):
        self._mover = mover

    def now(self) -> datetime.datetime:
        """The hub's time, in UTC."""
        return moment_of(self._hub().now_us())

    def advance(self, by: datetime.timedelta) -> datetime.datetime:
        """Moves it on. What falls due on the way has happened, each at its own
        time, when this returns. The result is the new time."""
        self._hub().advance_us(span_us(by))
        return self.now()

    def advance_to(self, moment: datetime.datetime) -> datetime.datetime:
        """Moves it on to that time."""
        return self.advance(moment - self.now())

    def _hub(self) -> Mover:
        if self._mover is None:
            raise RuntimeError(
                "no hub runs on this clock: Hub.open(clock=clock) starts one; "
                "with careroute.aio ask hub.clock")
        return self._mover


class VirtualClock(Clock):
    """The clock to open one hub with. A store that had a virtual clock before
    goes on at its own time, whatever `start` says."""

    def __init__(self, start: datetime.datetime):
        super().__init__()
        microseconds(start)    # says so now when the zone is missing
        self.start = start

    def bind(self, mover: Mover) -> None:
        """For the hub that is opened on it."""
        if self._mover is not None:
            raise ValueError("another hub runs on this clock: make a second "
                             "VirtualClock")
        self._mover = mover
