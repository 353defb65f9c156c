"""A hub on a file: one owner, and the same for `careroute hub`."""

import datetime
import pathlib
import subprocess
from collections.abc import Callable

import pytest

import careroute
from careroute.testing import import_agencies
from program import PATIENCE_SECONDS, Program, careroute_program
from support import AGENCIES, EARLY_HELP, MONDAY, coordinator, new_case


def test_a_file_is_opened_again(tmp_path: pathlib.Path) -> None:
    store = tmp_path / "cases.db"
    with careroute.Hub.open(store, overlays=[EARLY_HELP],
                            clock=careroute.VirtualClock(MONDAY)) as hub:
        import_agencies(hub, AGENCIES)
        case = new_case(hub)
    with careroute.Hub.open(store,
                            clock=careroute.VirtualClock(MONDAY)) as hub:
        assert coordinator(hub).cases.get_case(name=case.name).case == case


def test_a_second_hub_on_the_file_is_refused(
        tmp_path: pathlib.Path, python: list[str]) -> None:
    store = tmp_path / "cases.db"
    with careroute.Hub.open(store):
        with pytest.raises(careroute.FailedPrecondition):
            careroute.Hub.open(store)
        ran = subprocess.run(
            [*python, "-c", "import sys, careroute\n"
             "try: careroute.Hub.open(sys.argv[1])\n"
             "except careroute.FailedPrecondition as error: print(error)",
             str(store)], capture_output=True, text=True, check=True)
        assert ran.stdout.strip()


def test_a_hub_serves_the_same_file_later(
        tmp_path: pathlib.Path,
        programs: Callable[[list[str]], Program]) -> None:
    store = tmp_path / "cases.db"
    with careroute.Hub.open(store, overlays=[EARLY_HELP]) as hub:
        import_agencies(hub, AGENCIES)
        # `careroute hub` knows no other clock.
        case = new_case(hub, datetime.date.today())
        events = list(coordinator(hub).cases.iter_events(name=case.name))
    checked = subprocess.run(
        [careroute_program(), "fsck", "--hub-id", "hub", "--store",
         f"sqlite:{store}", "--key-ring", f"{store}.keys", "--grpc-address",
         "127.0.0.1:0", "--development"], capture_output=True, text=True,
        check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    served = programs(["hub", "--hub-id", "hub", "--store", f"sqlite:{store}",
                       "--key-ring", f"{store}.keys", "--grpc-address",
                       "127.0.0.1:0", "--development"])
    with careroute.Hub.connect(served.target(),
                               timeout=PATIENCE_SECONDS) as hub:
        # What fell due meanwhile comes after it.
        again = list(coordinator(hub).cases.iter_events(name=case.name))
        assert again[:len(events)] == events


def test_a_key_ring_that_is_gone_is_named(tmp_path: pathlib.Path) -> None:
    store = tmp_path / "cases.db"
    careroute.Hub.open(store).close()
    (tmp_path / "cases.db.keys").unlink()
    with pytest.raises(careroute.NotFound, match="keys"):
        careroute.Hub.open(store)


def test_a_configuration_lists_all_that_is_wrong() -> None:
    from careroute.config.v1 import HubConfig
    with pytest.raises(careroute.InvalidArgument) as caught:
        careroute.Hub.open(settings=HubConfig(
            hub_id="Not An Id", threads=-1, grpc_address="127.0.0.1:7400"))
    fields = " ".join(problem.field for problem in caught.value.problems)
    for name in ("hub_id", "threads", "grpc_address"):
        assert name in fields
