"""Watches of a hub, in this process and over gRPC."""

import threading

import pytest

import careroute
from support import coordinator, new_case


def test_a_watch_begins_with_what_was_and_goes_on(hub: careroute.Hub) -> None:
    case = new_case(hub)
    cases = coordinator(hub).cases
    before = [row.event.header.version
              for row in cases.iter_events(name=case.name)]
    with cases.watch_case(name=case.name, timeout=60) as watch:
        assert [next(watch).event.event.header.version
                for _ in before] == before
        cases.complete_step(name=case.name, command={
            "occurrence": case.occurrences[0].number, "outcome": "recorded"})
        after = next(watch).event.event
        assert after.header.version == before[-1] + 1
        assert after.HasField("step_completed")


def test_a_watch_resumes_after_a_version(hub: careroute.Hub) -> None:
    case = new_case(hub)
    cases = coordinator(hub).cases
    cases.complete_step(name=case.name, command={
        "occurrence": case.occurrences[0].number, "outcome": "recorded"})
    versions = [row.event.header.version
                for row in cases.iter_events(name=case.name)]
    with cases.watch_case(name=case.name, after_version=versions[-2],
                          timeout=60) as watch:
        assert next(watch).event.event.header.version == versions[-1]


def test_cancel_from_another_thread_ends_a_reader_that_waits(
        hub: careroute.Hub) -> None:
    case = new_case(hub)
    watch = coordinator(hub).cases.watch_case(name=case.name)
    next(watch)
    ended = threading.Event()

    def read() -> None:
        for _ in watch:
            pass
        ended.set()

    reader = threading.Thread(target=read)
    reader.start()
    watch.cancel()
    assert ended.wait(60)
    reader.join()
    watch.close()
    watch.close()


def test_the_time_of_a_watch_is_over(hub: careroute.Hub) -> None:
    case = new_case(hub)
    with coordinator(hub).cases.watch_case(name=case.name,
                                           timeout=0.2) as watch:
        with pytest.raises(careroute.DeadlineExceeded):
            for _ in watch:
                pass


def test_what_is_wrong_with_a_watch_is_told_by_its_first_message(
        hub: careroute.Hub) -> None:
    with coordinator(hub).cases.watch_case(name="cases/none") as watch:
        with pytest.raises(careroute.HubError):
            next(watch)
