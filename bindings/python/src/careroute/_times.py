"""Times and spans, as the two transports count them."""

import datetime
import math

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
_MICROSECOND = datetime.timedelta(microseconds=1)


def microseconds(moment: datetime.datetime) -> int:
    """Since 1970. A time without a zone is nobody's time."""
    if moment.tzinfo is None:
        raise ValueError(
            "a time needs its zone: datetime(..., tzinfo=timezone.utc)")
    return (moment - EPOCH) // _MICROSECOND


def moment_of(us: int) -> datetime.datetime:
    return EPOCH + us * _MICROSECOND


def span_us(span: datetime.timedelta) -> int:
    return span // _MICROSECOND


def timeout_us(timeout: float | None) -> int:
    """As the library takes it: 0 = forever; what is over at once is not."""
    if timeout is None or timeout == math.inf:
        return 0
    return max(1, int(timeout * 1e6))
