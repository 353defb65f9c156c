"""careroute: a person's route across health, social help and education.

A hub in this process, or one elsewhere, with the same typed services:

    import careroute

    with careroute.Hub.open("cases.db") as hub: ...
    with careroute.Hub.connect("hub.example.org:7400", credentials) as hub: ...

Messages are in careroute.api.v1, careroute.model.v1 and their neighbours;
`careroute.aio` is the same for asyncio, `careroute.testing` is for tests.
"""

from careroute._protobuf import require_independent_protobuf

require_independent_protobuf()

# pylint: disable=wrong-import-position
from careroute._actors import FIRST_ADMINISTRATOR as FIRST_ADMINISTRATOR
from careroute._actors import Role as Role
from careroute._callers import Watch as Watch
from careroute.clock import Clock as Clock
from careroute.clock import VirtualClock as VirtualClock
from careroute.errors import Aborted as Aborted
from careroute.errors import AlreadyExists as AlreadyExists
from careroute.errors import Cancelled as Cancelled
from careroute.errors import DataLoss as DataLoss
from careroute.errors import DeadlineExceeded as DeadlineExceeded
from careroute.errors import FailedPrecondition as FailedPrecondition
from careroute.errors import HubError as HubError
from careroute.errors import Internal as Internal
from careroute.errors import InvalidArgument as InvalidArgument
from careroute.errors import NotFound as NotFound
from careroute.errors import OutOfRange as OutOfRange
from careroute.errors import PermissionDenied as PermissionDenied
from careroute.errors import Problem as Problem
from careroute.errors import Refused as Refused
from careroute.errors import ResourceExhausted as ResourceExhausted
from careroute.errors import Unauthenticated as Unauthenticated
from careroute.errors import Unavailable as Unavailable
from careroute.errors import Unimplemented as Unimplemented
from careroute.errors import Unknown as Unknown
from careroute.hub import Hub as Hub
