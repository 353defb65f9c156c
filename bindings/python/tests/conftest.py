"""Hubs for the tests: one in this process, one behind gRPC.

`hub` is both by turns, so that a test says once what holds on either way. They
live as long as the run: each test reports a child of its own.
"""

import sys
from collections.abc import Callable, Iterator

import pytest

import careroute
from careroute.testing import import_agencies
from program import PATIENCE_SECONDS, Program
from support import AGENCIES, EARLY_HELP, MONDAY

# Tests of the fixtures themselves.
pytest_plugins = ["pytester"]

@pytest.fixture
def programs() -> Iterator[Callable[[list[str]], Program]]:
    """Starts hubs, which are stopped after the test."""
    started: list[Program] = []

    def start(arguments: list[str]) -> Program:
        started.append(Program(arguments))
        return started[-1]

    yield start
    for program in started:
        program.stop()


_SANDBOX = ["sandbox", "--start", MONDAY.isoformat(),
            "--grpc-address", "127.0.0.1:0", "--overlays", EARLY_HELP]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[str]:
    """Where a sandbox serves that knows the agencies."""
    one = Program(_SANDBOX)
    target = one.target()
    with careroute.Hub.connect(target) as hub:
        import_agencies(hub, AGENCIES)
    yield target
    one.stop()


@pytest.fixture
def new_sandbox(programs: Callable[[list[str]], Program]) -> str:
    """Where one serves that knows nothing yet."""
    return programs(_SANDBOX).target()


@pytest.fixture(scope="session")
def embedded() -> Iterator[careroute.Hub]:
    with careroute.Hub.open(clock=careroute.VirtualClock(MONDAY),
                            overlays=[EARLY_HELP]) as hub:
        import_agencies(hub, AGENCIES)
        yield hub


@pytest.fixture(params=["embedded", "remote"])
def hub(request: pytest.FixtureRequest) -> Iterator[careroute.Hub]:
    if request.param == "embedded":
        yield request.getfixturevalue("embedded")
        return
    target = request.getfixturevalue("sandbox")
    with careroute.Hub.connect(target, timeout=PATIENCE_SECONDS) as connected:
        yield connected


@pytest.fixture
def python() -> list[str]:
    """Another Python with the same packages."""
    return [sys.executable, "-W", "error"]
