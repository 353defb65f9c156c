"""What tests of a program that uses careroute need.

With pytest the fixtures of `careroute.testing.plugin` are there by themselves:

    def test_a_report_opens_a_case(careroute_hub, careroute_clock): ...

Everything in it is invented; nothing is anybody's.
"""

from typing import TYPE_CHECKING, Any

from careroute.testing.faults import Faults as Faults
from careroute.testing.invented import PEOPLE as PEOPLE
from careroute.testing.invented import agency as agency
from careroute.testing.invented import import_agencies as import_agencies
from careroute.testing.invented import member as member

if TYPE_CHECKING:
    from careroute.testing.world import World as World


def __getattr__(name: str) -> Any:
    # Stands on the embedded hub, which the rest here can do without.
    if name == "World":
        from careroute.testing.world import World
        return World
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
