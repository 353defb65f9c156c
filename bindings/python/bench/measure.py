"""What a call costs through this package: the child of tests/bench.

    careroute_bench runs     python measure.py no-op
                             python measure.py contact cases.db MEMBER
    it then asks             {"in_flight": 1, "seconds": 2.0}
    and this answers         {"calls": 120000, "seconds": 2.00001}

An order a line, until its input ends; `calls` instead of `seconds` asks for so
many. Measured on the installed wheel. The rows, their floors and their goals
are those of tests/bench/binding_rows.cc, which says what the two calls are.
"""

import itertools
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta, timezone

import careroute
from careroute.testing.v1 import GetClockRequest, GetClockResponse

CLOCK = "careroute.testing.v1.ClockService.GetClock"
# As much as a caseworker writes; as in tests/bench/script.cc.
NOTE = ("Разговор с матерью: ребёнок окреп, режим соблюдают, помощь по дому "
        "нужна ещё две недели.")

Call = Callable[[], object]


@contextmanager
def no_op() -> Iterator[Call]:
    """The hub's time: a method that looks at nothing."""
    clock = careroute.VirtualClock(datetime(2026, 3, 2, tzinfo=timezone.utc))
    with careroute.Hub.open(clock=clock) as hub:
        who = hub.acting_as(member=careroute.FIRST_ADMINISTRATOR,
                            role="administrator", purpose="coordination")
        yield lambda: GetClockResponse.FromString(
            who.call(CLOCK, GetClockRequest().SerializeToString()))


@contextmanager
def contact(store: str, member: str) -> Iterator[Call]:
    """A talk with the family of one case after the other, and the day of the
    next one: durable."""
    with careroute.Hub.open(store) as hub:
        cases = hub.acting_as(member=member).cases
        names = [row.name for row in cases.iter_cases()]
        # Not today anywhere, also if it is midnight before the end.
        today = hub.clock.now().date()
        days = [(today + timedelta(days=n)).isoformat() for n in (3, 4)]
        turns = itertools.cycle((name, day) for day in days for name in names)

        def call() -> object:
            name, day = next(turns)
            return cases.record_contact(name=name, command={
                "mode": "CONTACT_MODE_TELEPHONE", "with": "мать",
                "note": NOTE, "next_contact_date": day})
        yield call


def measured(call: Call, order: dict[str, float]) -> dict[str, float]:
    if order["in_flight"] != 1:
        sys.exit("in_flight: this script makes one call at a time; ask for 1")
    most = order.get("calls", float("inf"))
    seconds = order.get("seconds", float("inf"))
    calls = 0
    taken = 0.0
    began = time.perf_counter()
    while calls < most and taken < seconds:
        call()
        calls += 1
        taken = time.perf_counter() - began
    return {"calls": calls, "seconds": taken}


def main() -> None:
    opened: AbstractContextManager[Call]
    match sys.argv[1:]:
        case ["no-op"]:
            opened = no_op()
        case ["contact", store, member]:
            opened = contact(store, member)
        case _:
            sys.exit("usage: measure.py no-op | measure.py contact STORE "
                     "MEMBER")
    with opened as call:
        for line in sys.stdin:
            print(json.dumps(measured(call, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
