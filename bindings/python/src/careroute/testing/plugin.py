"""Fixtures for pytest: it finds them by itself once careroute is installed.

    EARLY_HELP = "overlays/demo-region.early-help.textproto"

    @pytest.mark.careroute(overlays=[EARLY_HELP])
    def test_a_report_opens_a_case(careroute_hub, careroute_clock):
        ...
        careroute_clock.advance(timedelta(days=3))

careroute is imported only by tests that use them.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from careroute import Hub, VirtualClock
    from careroute.testing import Faults, World

# A Monday morning in Khabarovsk.
_START = datetime.datetime(
    2026, 3, 2, 10, tzinfo=datetime.timezone(datetime.timedelta(hours=10)))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "careroute(start=None, overlays=()): when the virtual clock "
        "of the test's hub begins, and which pathways the hub offers")


def _asked(request: pytest.FixtureRequest, name: str, otherwise: Any) -> Any:
    marker = request.node.get_closest_marker("careroute")
    return otherwise if marker is None else marker.kwargs.get(name, otherwise)


@pytest.fixture
def careroute_clock(request: pytest.FixtureRequest) -> VirtualClock:
    """The virtual clock of the test's hub."""
    from careroute import VirtualClock
    return VirtualClock(_asked(request, "start", _START))


@pytest.fixture
def careroute_hub(request: pytest.FixtureRequest,
                  careroute_clock: VirtualClock) -> Iterator[Hub]:
    """A new hub in memory, on that clock."""
    from careroute import Hub
    with Hub.open(clock=careroute_clock,
                  overlays=_asked(request, "overlays", ())) as hub:
        yield hub


@pytest.fixture
def careroute_faults(careroute_hub: Hub) -> Faults:
    """The same hub, behind calls that fail when they are told to."""
    from careroute.testing import Faults
    return Faults(careroute_hub)


@pytest.fixture
def careroute_world() -> Iterator[Callable[..., World]]:
    """Opens worlds of several hubs: careroute_world({"west": [clinic]})."""
    from careroute.testing.world import World
    opened: list[World] = []

    def open_world(*args: Any, **kwargs: Any) -> World:
        opened.append(World(*args, **kwargs))
        return opened[-1]

    yield open_world
    for world in opened:
        world.close()
