"""careroute.testing: time, faults, worlds, and the fixtures."""

import datetime
from collections.abc import Callable

import pytest

import careroute
from careroute.testing import Faults, World, agency, import_agencies, member
from support import (
    AGENCIES, DAY, EARLY_HELP, MONDAY, coordinator, new_case, report,
    report_of_a_child)


def test_a_deadline_falls_due_when_the_clock_is_moved(
        embedded: careroute.Hub) -> None:
    case = new_case(embedded)
    cases = coordinator(embedded).cases
    row, = (one for one in cases.iter_cases() if one.name == case.name)
    assert row.overdue == 0 and row.HasField("next_due_time")
    wait = (row.next_due_time.ToDatetime(datetime.timezone.utc)
            - embedded.clock.now())
    embedded.clock.advance(wait + DAY)
    row, = (one for one in cases.iter_cases() if one.name == case.name)
    assert row.overdue > 0


def test_a_clock_is_for_one_hub() -> None:
    clock = careroute.VirtualClock(MONDAY)
    with pytest.raises(RuntimeError, match="no hub runs on this clock"):
        clock.now()
    with careroute.Hub.open(clock=clock):
        assert clock.now() == MONDAY
        with pytest.raises(ValueError, match="another hub"):
            careroute.Hub.open(clock=clock).close()


def test_the_real_clock_cannot_be_moved() -> None:
    with careroute.Hub.open() as hub:
        with pytest.raises(careroute.FailedPrecondition):
            hub.clock.advance(DAY)


def test_a_call_fails_as_often_as_it_is_told(hub: careroute.Hub) -> None:
    case = new_case(hub)
    faults = Faults(hub)
    faults.fail("CaseService.GetCase", times=2)
    cases = coordinator(faults.hub).cases
    assert cases.list_cases().cases    # another method
    for _ in range(2):
        with pytest.raises(careroute.Unavailable):
            cases.get_case(name=case.name)
    assert cases.get_case(name=case.name).case == case


def test_an_answer_that_was_lost_is_had_by_asking_again(
        hub: careroute.Hub) -> None:
    faults = Faults(hub)
    request = report_of_a_child()
    request.request_id = "00000000-0000-4000-8000-0000000000bb"
    cases = coordinator(hub).cases
    before = len(list(cases.iter_cases()))
    faults.lose_answer("CaseService.ReportNeed")
    with pytest.raises(careroute.DeadlineExceeded):
        report(faults.hub, request)
    report(faults.hub, request)
    assert len(list(cases.iter_cases())) == before + 1


OpenWorld = Callable[..., World]


def two_hubs(careroute_world: OpenWorld) -> World:
    return careroute_world(
        {"west": [AGENCIES[0], AGENCIES[2]], "east": [AGENCIES[1]]},
        seed=7, overlays=[EARLY_HELP])


def test_a_hub_that_crashed_is_there_again(
        careroute_world: OpenWorld) -> None:
    world = two_hubs(careroute_world)
    west = world.hub("west")
    case = new_case(west)
    world.crash("west")
    with pytest.raises(careroute.Unavailable):
        coordinator(west).cases.get_case(name=case.name)
    world.start("west")
    again = coordinator(west).cases.get_case(name=case.name).case
    assert again.person == case.person
    with pytest.raises(careroute.NotFound):
        world.crash("north")


def test_who_waits_in_a_world_for_nothing_is_told(
        careroute_world: OpenWorld) -> None:
    west = two_hubs(careroute_world).hub("west")
    case = new_case(west)
    cases = coordinator(west).cases
    cases.complete_step(name=case.name, command={
        "occurrence": case.occurrences[0].number, "outcome": "recorded"})
    with cases.watch_case(name=case.name) as watch:
        assert next(watch).event.event.header.version == 1
        with pytest.raises(careroute.DeadlineExceeded):
            for _ in watch:
                pass


def test_the_same_seed_gives_the_same_course(
        careroute_world: OpenWorld) -> None:
    names = []
    for _ in range(2):
        world = two_hubs(careroute_world)
        request = report_of_a_child()
        request.request_id = "00000000-0000-4000-8000-0000000000cc"
        request.person.identity.snils = "00000000100"
        request.person.identity.birth_date = "2023-09-10"
        with world.trouble(lost_percent=30, cut=[("west", "east")]):
            report(world.hub("west"), request)
            world.run(datetime.timedelta(hours=2))
        names.append([row.name for row in
                      coordinator(world.hub("west")).cases.iter_cases()])
        world.close()
    assert names[0] and names[0] == names[1]


def test_trouble_that_is_none_is_named(careroute_world: OpenWorld) -> None:
    world = two_hubs(careroute_world)
    with pytest.raises(careroute.InvalidArgument):
        with world.trouble(lost_percent=101):
            pass
    with pytest.raises(careroute.InvalidArgument):
        with world.trouble(cut=[("west", "nowhere")]):
            pass


def test_the_fixtures_open_a_hub_on_a_virtual_clock(
        careroute_hub: careroute.Hub, careroute_clock: careroute.VirtualClock,
        careroute_faults: Faults) -> None:
    import_agencies(careroute_hub, [agency("clinic", "AGENCY_KIND_HEALTH")])
    assert careroute_hub.clock.now() == careroute_clock.start
    careroute_clock.advance(DAY)
    assert careroute_hub.clock.now() == careroute_clock.start + DAY
    careroute_faults.fail()
    with pytest.raises(careroute.Unavailable):
        careroute_faults.hub.acting_as(
            member=member("clinic", "coordinator")).cases.list_cases()


@pytest.mark.careroute(start=MONDAY)
def test_the_marker_says_when_the_clock_begins(
        careroute_clock: careroute.VirtualClock) -> None:
    assert careroute_clock.start == MONDAY


def test_pytest_finds_the_fixtures_by_itself(
        pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        def test_here(careroute_hub, careroute_clock):
            assert careroute_hub.clock.now() == careroute_clock.start
    """)
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(
        passed=1)
