"""A hub in this process is for any number of threads."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import careroute
from support import coordinator, new_case


def test_many_threads_ask_at_once(embedded: careroute.Hub) -> None:
    case = new_case(embedded)
    cases = coordinator(embedded).cases
    with ThreadPoolExecutor(16) as pool:
        names = list(pool.map(
            lambda _: cases.get_case(name=case.name).case.name, range(400)))
    assert set(names) == {case.name}


def test_others_run_while_a_reader_waits(embedded: careroute.Hub) -> None:
    """Were the interpreter's lock held, nobody could cancel."""
    case = new_case(embedded)
    watch = coordinator(embedded).cases.watch_case(name=case.name)
    seen = threading.Event()

    def read() -> None:
        for _ in watch:
            seen.set()

    reader = threading.Thread(target=read)
    reader.start()
    assert seen.wait(60)
    assert coordinator(embedded).cases.get_case(name=case.name)
    watch.cancel()
    reader.join(60)
    assert not reader.is_alive()


def test_two_readers_of_one_watch_are_told_apart(
        embedded: careroute.Hub) -> None:
    case = new_case(embedded)
    watch = coordinator(embedded).cases.watch_case(name=case.name)
    for _ in coordinator(embedded).cases.iter_events(name=case.name):
        next(watch)
    answers: list[BaseException | None] = []
    told = threading.Event()

    def read() -> None:
        try:
            for _ in watch:
                pass
            answers.append(None)
        except careroute.FailedPrecondition as error:
            answers.append(error)
        told.set()

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    assert told.wait(60)    # the second is refused; the first waits on
    watch.cancel()
    for reader in readers:
        reader.join(60)
    assert sorted(type(answer).__name__ for answer in answers) == [
        "FailedPrecondition", "NoneType"]


def test_a_hub_that_is_left_open_is_told() -> None:
    hub = careroute.Hub.open()
    with pytest.warns(ResourceWarning, match="left open"):
        del hub


def test_a_hub_closes_under_readers_and_callers() -> None:
    """Everybody is answered, nobody hangs."""
    hub = careroute.Hub.open()
    administrator = hub.acting_as(member=careroute.FIRST_ADMINISTRATOR,
                                  role="administrator")
    started = threading.Barrier(5)

    def ask() -> None:
        started.wait()
        try:
            while True:
                administrator.directory.list_organisations()
        except (careroute.Unavailable, careroute.FailedPrecondition):
            pass

    askers = [threading.Thread(target=ask) for _ in range(4)]
    for asker in askers:
        asker.start()
    started.wait()
    hub.close()
    for asker in askers:
        asker.join(60)
        assert not asker.is_alive()
