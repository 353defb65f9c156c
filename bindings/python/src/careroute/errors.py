"""What a hub answers when it does not do what was asked.

Every error is a HubError, of the class of its status:

    try:
        hub.cases.complete_step(name=case, command=command)
    except careroute.Refused as refused:            # a rule says no
        for lack in refused.refusal.missing:
            print(lack.what, lack.can_be_met_by, lack.mend)
    except careroute.InvalidArgument as error:      # the request is wrong
        for problem in error.problems:
            print(problem.field, problem.message, problem.mend)
"""

from dataclasses import dataclass
from typing import ClassVar

from google.protobuf.message import DecodeError

from careroute.api.v1.error_status_pb2 import ErrorStatus
from careroute.model.v1.refusal_pb2 import ErrorReason, Refusal


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a request."""

    field: str
    """Where: "command.facts[2].value"."""
    reason: str
    """Stable code in UPPER_SNAKE_CASE."""
    message: str
    mend: str
    """What would make it right."""
    file: str = ""
    line: int = 0
    column: int = 0


class HubError(Exception):
    """A status other than OK. `code` is the number of google.rpc.Code."""

    code: ClassVar[int] = 2

    def __init__(self, message: str = "", refusal: Refusal | None = None):
        super().__init__(message)
        self.message = message
        self.refusal = refusal or Refusal(message=message)
        """Why, typed. Of an error that no hub made it has only a message."""

    @property
    def reason(self) -> ErrorReason:
        """The reason, for programs."""
        return self.refusal.reason

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the request."""
        return tuple(
            Problem(one.path, one.reason, one.message, one.mend, one.file,
                    one.line, one.column) for one in self.refusal.problems)

    def __str__(self) -> str:
        lines = [self.message]
        lines += [f"  {one.field}: {one.message}; {one.mend}"
                  for one in self.problems]
        lines += [f"  {one.what} is missing; {one.mend}"
                  for one in self.refusal.missing]
        return "\n".join(lines)

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.code, self.message,
                        self.refusal.SerializeToString())


class Refused(HubError):
    """A rule does not allow it now: a guard, a consent, a state, a role.
    `refusal` says what is missing, who can supply it, and what is open."""


class Cancelled(HubError):
    code = 1


class Unknown(HubError):
    code = 2


class InvalidArgument(HubError):
    """The request breaks rules of its fields; `problems` lists all."""
    code = 3


class DeadlineExceeded(HubError):
    """The answer did not come in time. The call may still have its effect: a
    repeat with the same request_id tells."""
    code = 4


class NotFound(HubError):
    """Nothing of that name, or nothing the caller takes part in."""
    code = 5


class AlreadyExists(HubError):
    code = 6


class PermissionDenied(Refused):
    code = 7


class ResourceExhausted(HubError):
    """A queue or quota is full."""
    code = 8


class FailedPrecondition(Refused):
    code = 9


class Aborted(HubError):
    """The etag is not current: reload and try again."""
    code = 10


class OutOfRange(HubError):
    code = 11


class Unimplemented(HubError):
    code = 12


class Internal(HubError):
    code = 13


class Unavailable(HubError):
    """Nobody answers now; the same request_id may be sent again."""
    code = 14


class DataLoss(HubError):
    code = 15


class Unauthenticated(HubError):
    """The caller named no actor, or one the directory does not know."""
    code = 16


_CLASSES = {kind.code: kind for kind in (
    Cancelled, Unknown, InvalidArgument, DeadlineExceeded, NotFound,
    AlreadyExists, PermissionDenied, ResourceExhausted, FailedPrecondition,
    Aborted, OutOfRange, Unimplemented, Internal, Unavailable, DataLoss,
    Unauthenticated)}


def error_of(code: int, message: str, details: bytes = b"") -> HubError:
    """The error of a status; `details` is a serialised google.rpc.Status."""
    return _CLASSES.get(code, Unknown)(message, _refusal_in(details))


def _refusal_in(details: bytes) -> Refusal | None:
    """What another release or a proxy put there is no reason to fail twice."""
    try:
        for detail in ErrorStatus.FromString(details).details:
            if detail.TypeName() == "careroute.model.v1.Refusal":
                return Refusal.FromString(detail.value)
    except DecodeError:
        pass
    return None


def _again(code: int, message: str, refusal: bytes) -> HubError:
    return _CLASSES.get(code, Unknown)(message, Refusal.FromString(refusal))
