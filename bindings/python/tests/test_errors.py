"""Statuses become exceptions, whatever came with them."""

import pickle

import pytest

import careroute
from careroute.api.v1 import ErrorStatus
from careroute.errors import error_of
from careroute.model.v1 import ErrorReason, Problem, Refusal


def details_of(refusal: Refusal, code: int = 9) -> bytes:
    status = ErrorStatus(code=code, message=refusal.message)
    status.details.add().Pack(refusal)
    return status.SerializeToString()


@pytest.mark.parametrize("code, kind", [
    (1, careroute.Cancelled), (2, careroute.Unknown),
    (3, careroute.InvalidArgument), (4, careroute.DeadlineExceeded),
    (5, careroute.NotFound), (6, careroute.AlreadyExists),
    (7, careroute.PermissionDenied), (8, careroute.ResourceExhausted),
    (9, careroute.FailedPrecondition), (10, careroute.Aborted),
    (11, careroute.OutOfRange), (12, careroute.Unimplemented),
    (13, careroute.Internal), (14, careroute.Unavailable),
    (15, careroute.DataLoss), (16, careroute.Unauthenticated),
    (99, careroute.Unknown)])
def test_each_status_has_its_class(
        code: int, kind: type[careroute.HubError]) -> None:
    assert type(error_of(code, "why")) is kind


@pytest.mark.parametrize("code", [7, 9])
def test_a_refusal_is_refused_and_carries_itself(code: int) -> None:
    refusal = Refusal(reason=ErrorReason.ERROR_REASON_GUARD_UNMET,
                      message="a guard", missing=[{"what": "consent"}])
    error = error_of(code, "a guard", details_of(refusal, code))
    assert isinstance(error, careroute.Refused)
    assert error.refusal == refusal
    assert error.reason == ErrorReason.ERROR_REASON_GUARD_UNMET


def test_problems_say_where_and_what_mends() -> None:
    refusal = Refusal(message="wrong", problems=[Problem(
        path="command.facts[2].value", reason="REQUIRED",
        message="is missing", mend="give it a value")])
    error = error_of(3, "wrong", details_of(refusal, 3))
    problem, = error.problems
    assert problem.field == "command.facts[2].value"
    assert problem.mend == "give it a value"
    assert str(error) == ("wrong\n  command.facts[2].value: is missing; "
                          "give it a value")


@pytest.mark.parametrize("details", [
    b"", b"\xff", b"\x00" * 50, bytes(range(256)),
    ErrorStatus(code=9, details=[{"type_url": "x/careroute.model.v1.Refusal",
                                  "value": b"\xff\xff"}]).SerializeToString()])
def test_details_that_are_none_leave_the_message(details: bytes) -> None:
    error = error_of(9, "why", details)
    assert error.message == "why"
    assert error.refusal == Refusal(message="why")
    assert error.problems == ()


def test_an_error_can_be_sent_to_another_process() -> None:
    refusal = Refusal(message="m", missing=[{"what": "w", "mend": "x"}])
    error = error_of(7, "m", details_of(refusal, 7))
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is careroute.PermissionDenied
    assert again.refusal == refusal
    assert str(again) == str(error)
