"""The same hub for asyncio."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

import careroute
from careroute import aio
from careroute.testing import agency, member
from support import EARLY_HELP, MONDAY, report_of_a_child

pytestmark = pytest.mark.parametrize("way", ["embedded", "remote"])


@asynccontextmanager
async def opened(way: str, sandbox: str) -> AsyncIterator[aio.Hub]:
    """A hub that knows a clinic."""
    opening = (aio.Hub.connect(sandbox, timeout=600) if way == "remote"
               else aio.Hub.open(clock=careroute.VirtualClock(MONDAY),
                                 overlays=[EARLY_HELP]))
    async with opening as hub:
        await hub.acting_as(
            member=careroute.FIRST_ADMINISTRATOR, role="administrator",
        ).directory.import_directory(directory={
            "organisations": [agency("clinic", "AGENCY_KIND_HEALTH")]})
        yield hub


async def new_case(hub: aio.Hub) -> str:
    cases = hub.acting_as(member=member("clinic", "coordinator")).cases
    known = {row.name async for row in cases.iter_cases()}
    await hub.acting_as(member=member("clinic", "specialist"),
                        role="performer").cases.report_need(
                            report_of_a_child())
    name, = {row.name async for row in cases.iter_cases()} - known
    return name


def test_calls_are_awaited_at_once(way: str, sandbox: str) -> None:
    async def play() -> None:
        async with opened(way, sandbox) as hub:
            name = await new_case(hub)
            cases = hub.acting_as(member=member("clinic", "coordinator")).cases
            replies = await asyncio.gather(
                *(cases.get_case(name=name) for _ in range(50)))
            assert {reply.case.name for reply in replies} == {name}

    asyncio.run(play())


def test_errors_are_those_of_the_waiting_hub(way: str, sandbox: str) -> None:
    async def play() -> None:
        async with opened(way, sandbox) as hub:
            with pytest.raises(careroute.Unauthenticated):
                await hub.cases.list_cases()
            with pytest.raises(careroute.InvalidArgument) as caught:
                await hub.acting_as(member=member("clinic", "coordinator")
                                    ).cases.get_case(name="nothing")
            assert caught.value.problems[0].field == "name"

    asyncio.run(play())


def test_a_watch_is_read_while_the_loop_goes_on(
        way: str, sandbox: str) -> None:
    async def play() -> None:
        async with opened(way, sandbox) as hub:
            name = await new_case(hub)
            cases = hub.acting_as(member=member("clinic", "coordinator")).cases
            async with cases.watch_case(name=name) as watch:
                first = await anext(watch)
                assert first.event.event.header.version == 1

    asyncio.run(play())


def test_a_task_that_is_cancelled_lets_its_watch_go(
        way: str, sandbox: str) -> None:
    async def play() -> None:
        async with opened(way, sandbox) as hub:
            name = await new_case(hub)
            cases = hub.acting_as(member=member("clinic", "coordinator")).cases
            seen = asyncio.Event()

            async def read() -> None:
                async with cases.watch_case(name=name) as watch:
                    async for _ in watch:
                        seen.set()

            task = asyncio.create_task(read())
            await seen.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            # And the hub is well.
            assert (await cases.get_case(name=name)).case.name == name

    asyncio.run(play())


def test_the_clock_is_awaited(way: str, sandbox: str) -> None:
    from datetime import timedelta

    async def play() -> None:
        async with opened(way, sandbox) as hub:
            before = await hub.clock.now()
            assert (await hub.clock.advance(timedelta(hours=1))
                    == before + timedelta(hours=1))

    asyncio.run(play())


def test_a_closed_hub_says_so(way: str, sandbox: str) -> None:
    async def play() -> None:
        async with opened(way, sandbox) as hub:
            pass
        with pytest.raises(careroute.FailedPrecondition, match="closed"):
            await hub.cases.list_cases()
        with pytest.raises(careroute.FailedPrecondition, match="closed"):
            hub.cases.watch_case(name="cases/none")

    asyncio.run(play())
