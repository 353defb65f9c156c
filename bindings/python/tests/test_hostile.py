"""Bytes that are no request, for every method: an error, never a crash."""

import random
from typing import Any

import pytest

import careroute
from careroute import _native
from careroute._embedded import response_of
from careroute.config.v1 import MethodEntry, MethodList
from careroute.services import Services
from support import coordinator

_SEED = 20260302
_TRIES = 20


def methods_of(hub: careroute.Hub) -> list[MethodEntry]:
    native = hub._transport._hub    # type: ignore[attr-defined]
    return list(MethodList.FromString(
        response_of(native.methods())).methods)


def rubbish(chance: random.Random) -> bytes:
    return chance.randbytes(chance.choice([1, 3, 40, 3000]))


def test_every_method_withstands_rubbish(embedded: careroute.Hub) -> None:
    chance = random.Random(_SEED)
    hub = coordinator(embedded)
    for method in methods_of(embedded):
        for _ in range(_TRIES):
            request = rubbish(chance)
            try:
                if method.streams:
                    stream = hub._line.watch(method.name, request, 0.05)
                    try:
                        stream.next()
                    finally:
                        stream.close()
                else:
                    hub.call(method.name, request, timeout=60)
            except careroute.HubError as error:
                assert not isinstance(error, careroute.Internal), (
                    method.name, request, _SEED)


@pytest.mark.parametrize("method", [
    "", ".", "/", "\0", "careroute", "careroute.api.v1.CaseService",
    "/careroute.api.v1.CaseService/GetCase", "x" * 100_000, "случай",
    "careroute.api.v1.CaseService.GetCase\0"])
def test_a_name_that_is_none_is_an_error(
        embedded: careroute.Hub, method: str) -> None:
    with pytest.raises((careroute.Unimplemented, careroute.InvalidArgument)):
        embedded.call(method, b"")


def test_text_that_cannot_be_written_stays_in_python(
        embedded: careroute.Hub) -> None:
    with pytest.raises((UnicodeError, TypeError)):
        embedded.call("\ud800", b"")
    with pytest.raises((UnicodeError, TypeError)):
        embedded.acting_as(member="\ud800")


@pytest.mark.parametrize("member", [
    "x" * 100_000, "organisations/a\0b/members/c", "cases/1",
    "organisations/clinic/members/"])
def test_an_actor_that_is_none_is_an_error(
        embedded: careroute.Hub, member: str) -> None:
    with pytest.raises((careroute.Unauthenticated, careroute.InvalidArgument)):
        embedded.acting_as(member=member).cases.list_cases()


def test_a_request_beyond_the_limit_is_refused(
        embedded: careroute.Hub) -> None:
    with pytest.raises((careroute.InvalidArgument,
                        careroute.ResourceExhausted)):
        coordinator(embedded).call("careroute.api.v1.CaseService.GetCase",
                                   bytes((16 << 20) + 1))


@pytest.mark.parametrize("config", [
    b"\xff", bytes(100), b"\x0a\xff\xff\xff\xff\x0f", bytes((1 << 20) + 1)])
def test_a_configuration_that_is_none_is_an_error(config: bytes) -> None:
    hub, outcome = _native.open_hub(config)
    assert hub is None
    with pytest.raises(careroute.InvalidArgument):
        response_of(outcome)


def test_the_typed_services_are_what_the_hub_has(
        embedded: careroute.Hub) -> None:
    """A method of the table that nobody can call by its name here."""
    served = {method.name for method in methods_of(embedded)
              if method.name.startswith("careroute.api.v1.")}
    offered = set()
    nobody: Any = None    # a caller that is never asked
    for service in vars(Services(nobody)).values():
        for name in vars(type(service)):
            if not name.startswith(("_", "iter_")):
                words = "".join(word.capitalize()
                                for word in name.split("_"))
                offered.add("careroute.api.v1."
                            f"{type(service).__name__}.{words}")
    assert offered == served

