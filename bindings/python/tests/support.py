"""What several tests do: agencies, children, the people who act."""

import datetime
import itertools

import careroute
from careroute.api.v1 import ReportNeedRequest
from careroute.model.v1 import Case
from careroute.testing import agency, member

EARLY_HELP = "overlays/demo-region.early-help.textproto"
KHABAROVSK = datetime.timezone(datetime.timedelta(hours=10))
MONDAY = datetime.datetime(2025, 3, 24, 10, tzinfo=KHABAROVSK)
DAY = datetime.timedelta(days=1)

AGENCIES = [
    agency("clinic", "AGENCY_KIND_HEALTH"),
    agency("centre", "AGENCY_KIND_SOCIAL", services=["early-help"]),
    agency("ministry", "AGENCY_KIND_SOCIAL",
           roles=["authorised_body", "head_of_region"]),
]

_numbers = itertools.count(1)


def coordinator(hub: careroute.Hub) -> careroute.Hub:
    return hub.acting_as(member=member("clinic", "coordinator"))


def report_of_a_child(
        day: datetime.date = MONDAY.date()) -> ReportNeedRequest:
    """Another child each time, between one and two years old on the day."""
    number = next(_numbers)
    born = day - datetime.timedelta(days=400 + number % 300)
    return ReportNeedRequest(
        pathway="early-help", entry="health_identification",
        criteria=[{"criterion": "f2025_development",
                   "document": {"kind": "development-screening-sheet"}}],
        person={
            "identity": {
                "family_name": "Ясень", "given_name": "Пётр",
                "birth_date": born.isoformat(),
                # So low a number has no check digits.
                "snils": f"00{number:07}00",
                "registered_at": {"region": "RU-DEMO", "district": "town",
                                  "settlement": "town"}},
            "needs": {"language": "ru"}})


def report(hub: careroute.Hub, request: ReportNeedRequest) -> None:
    hub.acting_as(member=member("clinic", "specialist"),
                  role="performer").cases.report_need(request)


def new_case(hub: careroute.Hub, day: datetime.date = MONDAY.date()) -> Case:
    """Of a child that was reported just now; the day is the hub's."""
    cases = coordinator(hub).cases
    known = {row.name for row in cases.iter_cases()}
    report(hub, report_of_a_child(day))
    name, = {row.name for row in cases.iter_cases()} - known
    return cases.get_case(name=name).case
