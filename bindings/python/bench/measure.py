"""What a call costs through this package, beside the same in C++.

    python measure.py                  a table
    python measure.py --json           rows as tests/bench/table.h prints them
    python measure.py --floor-call-us 6.1 --floor-durable-us 340

Measured on the installed wheel. The floors are what the same two methods take
in process in C++, on the same machine a moment ago; without them a row has no
verdict. Floor and value are seconds apart there, so that a neighbour's load may
part them: measure again what surprises.
"""

import argparse
import json
import pathlib
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import careroute
from careroute.testing import agency, import_agencies, member
from careroute.testing.v1 import GetClockRequest, GetClockResponse

EARLY_HELP = "overlays/demo-region.early-help.textproto"
ROUNDS = 5
CLOCK = "careroute.testing.v1.ClockService.GetClock"


@dataclass
class Row:
    row: str
    unit: str
    value: float
    floor: float | None
    # Of the ratio to the floor, or of what is added to it.
    ratio_at_most: float | None = None
    added_at_most: float | None = None
    value_at_most: float | None = None

    def goal(self) -> str:
        if self.ratio_at_most is not None:
            return f"<= {self.ratio_at_most:.2f}"
        if self.added_at_most is not None:
            return f"<= floor + {self.added_at_most:g} {self.unit}"
        return f"<= {self.value_at_most:g} {self.unit}"

    def met(self) -> bool | None:
        if self.value_at_most is not None:
            return self.value <= self.value_at_most
        if self.floor is None:
            return None
        if self.ratio_at_most is not None:
            return self.value <= self.ratio_at_most * self.floor
        return self.value - self.floor <= (self.added_at_most or 0)

    def as_json(self) -> dict[str, object]:
        return {"row": self.row, "value": self.value, "unit": self.unit,
                "floor": self.floor,
                "ratio": self.value / self.floor if self.floor else None,
                "goal": self.goal(), "met": self.met()}


def microseconds_a_call(call: Callable[[], object], calls: int) -> float:
    """The median of some rounds."""
    figures = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in range(calls):
            call()
        figures.append((time.perf_counter() - began) / calls * 1e6)
    return statistics.median(figures)


def no_op(calls: int) -> float:
    """The hub's time: a method that looks at nothing."""
    clock = careroute.VirtualClock(datetime(2025, 3, 24, tzinfo=timezone.utc))
    with careroute.Hub.open(clock=clock) as hub:
        who = hub.acting_as(member=careroute.FIRST_ADMINISTRATOR,
                            role="administrator")
        return microseconds_a_call(
            lambda: GetClockResponse.FromString(
                who.call(CLOCK, GetClockRequest().SerializeToString())), calls)


def durable(calls: int, folder: pathlib.Path) -> float:
    """A talk with a family is recorded: one event, durable."""
    with careroute.Hub.open(folder / "cases.db",
                            overlays=[EARLY_HELP]) as hub:
        import_agencies(hub, [agency("clinic", "AGENCY_KIND_HEALTH")])
        # A year old, whatever the day is.
        born = hub.clock.now().date() - timedelta(days=365)
        hub.acting_as(
            member=member("clinic", "specialist"), role="performer",
        ).cases.report_need(
            pathway="early-help", entry="health_identification",
            criteria=[{"criterion": "f2025_development",
                       "document": {"kind": "development-screening-sheet"}}],
            person={"identity": {"family_name": "Ясень",
                                 "given_name": "Пётр",
                                 "birth_date": born.isoformat()},
                    "needs": {"language": "ru"}})
        cases = hub.acting_as(member=member("clinic", "coordinator")).cases
        name = next(iter(cases.iter_cases())).name
        return microseconds_a_call(
            lambda: cases.record_contact(
                name=name, command={"mode": "CONTACT_MODE_TELEPHONE"}), calls)


def growth_mb(calls: int) -> float:
    """How much larger the process is after so many calls."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    no_op(calls // ROUNDS)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def rows(asked: argparse.Namespace) -> list[Row]:
    scale = 1 if asked.quick else 1000
    no_op(10 * scale)    # what is made once, such as threads, is made
    with tempfile.TemporaryDirectory() as folder:
        return [
            Row("Python: no-op method", "us", no_op(20 * scale),
                asked.floor_call_us, added_at_most=15),
            Row("Python: durable transition, SQLite", "us",
                durable(2 * scale, pathlib.Path(folder)),
                asked.floor_durable_us, ratio_at_most=1.3),
            Row("Python: growth over 500,000 calls", "MB",
                growth_mb(500 * scale), None, value_at_most=8)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true",
                        help="as briefly as it can run: figures mean nothing")
    parser.add_argument("--floor-call-us", type=float)
    parser.add_argument("--floor-durable-us", type=float)
    asked = parser.parse_args()
    measured = rows(asked)
    if asked.json:
        print(json.dumps([row.as_json() for row in measured], indent=1))
        return
    for row in measured:
        floor = "-" if row.floor is None else f"{row.floor:.3g} {row.unit}"
        verdict = {True: "met", False: "missed", None: "-"}[row.met()]
        print(f"{row.row:40} {row.value:9.3g} {row.unit}  floor {floor:10} "
              f"{row.goal():22} {verdict}")


if __name__ == "__main__":
    main()
