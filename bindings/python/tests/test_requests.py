"""A request is given whole, or field by field."""

import datetime
import uuid

import pytest

from careroute._requests import build, build_mutation
from careroute._times import moment_of, microseconds, timeout_us
from careroute.api.v1 import GetCaseRequest, ReportNeedRequest


def test_fields_make_a_request() -> None:
    assert build(GetCaseRequest, None, {"name": "cases/1"}) == GetCaseRequest(
        name="cases/1")


def test_a_whole_request_is_taken_as_it_is() -> None:
    request = GetCaseRequest(name="cases/1")
    assert build(GetCaseRequest, request, {"name": None}) is request


def test_both_at_once_are_refused_by_name() -> None:
    with pytest.raises(TypeError, match="not both: name"):
        build(GetCaseRequest, GetCaseRequest(), {"name": "cases/1"})


def test_another_message_is_refused_by_name() -> None:
    wrong: GetCaseRequest = ReportNeedRequest()    # type: ignore[assignment]
    with pytest.raises(TypeError, match="GetCaseRequest.*ReportNeedRequest"):
        build(GetCaseRequest, wrong, {})


def test_a_change_without_a_request_id_gets_one_of_its_own() -> None:
    request = ReportNeedRequest(pathway="early-help")
    made = [build_mutation(ReportNeedRequest, request, {}) for _ in range(2)]
    assert len({uuid.UUID(one.request_id) for one in made}) == 2
    assert made[0].pathway == "early-help"
    assert request.request_id == ""    # the caller's is left alone


def test_a_request_id_that_was_given_is_kept() -> None:
    request = ReportNeedRequest(request_id=str(uuid.UUID(int=7)))
    assert build_mutation(ReportNeedRequest, request, {}) is request


def test_times_keep_their_microseconds() -> None:
    moment = datetime.datetime(2025, 3, 24, 10, 0, 0, 123457,
                               tzinfo=datetime.timezone.utc)
    assert moment_of(microseconds(moment)) == moment


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        microseconds(datetime.datetime(2025, 3, 24))


@pytest.mark.parametrize("timeout, us", [
    (None, 0), (float("inf"), 0), (1.5, 1_500_000), (0, 1), (-3, 1),
    (1e-9, 1)])
def test_no_timeout_is_forever_and_none_left_is_not(
        timeout: float | None, us: int) -> None:
    assert timeout_us(timeout) == us
