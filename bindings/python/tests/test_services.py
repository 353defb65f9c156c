"""The same calls, in this process and over gRPC."""

import socket
from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest

import careroute
from careroute.api.v1 import GetCaseRequest, GetCaseResponse
from careroute.model.v1 import CaseState, ErrorReason
from careroute.testing import member
from program import PATIENCE_SECONDS
from support import coordinator, new_case, report, report_of_a_child


def test_a_report_opens_a_case_of_the_coordinator_on_duty(
        hub: careroute.Hub) -> None:
    case = new_case(hub)
    assert case.state == CaseState.CASE_STATE_OPEN
    assert case.coordinator == member("clinic", "coordinator")
    assert [one.step for one in case.occurrences] == ["identify_and_record"]


def test_a_request_may_be_given_whole(hub: careroute.Hub) -> None:
    case = new_case(hub)
    cases = coordinator(hub).cases
    assert (cases.get_case(GetCaseRequest(name=case.name))
            == cases.get_case(name=case.name))


def test_bytes_by_the_name_of_the_method(hub: careroute.Hub) -> None:
    case = new_case(hub)
    reply = coordinator(hub).call(
        "careroute.api.v1.CaseService.GetCase",
        GetCaseRequest(name=case.name).SerializeToString())
    assert GetCaseResponse.FromString(reply).case.name == case.name


def test_a_repeat_with_its_request_id_has_one_effect(
        hub: careroute.Hub) -> None:
    request = report_of_a_child()
    request.request_id = "00000000-0000-4000-8000-0000000000aa"
    cases = coordinator(hub).cases
    before = len(list(cases.iter_cases()))
    for _ in range(3):
        report(hub, request)
    assert len(list(cases.iter_cases())) == before + 1


def test_rows_come_from_all_pages(hub: careroute.Hub) -> None:
    made = {new_case(hub).name for _ in range(3)}
    cases = coordinator(hub).cases
    assert cases.list_cases(page_size=1).next_page_token
    rows = [row.name for row in cases.iter_cases(page_size=1)]
    assert made <= set(rows)
    assert len(rows) == len(set(rows))


def test_a_refusal_says_what_is_missing(hub: careroute.Hub) -> None:
    case = new_case(hub)
    cases = coordinator(hub).cases
    cases.complete_step(name=case.name, command={
        "occurrence": case.occurrences[0].number, "outcome": "recorded"})
    live, = (one for one in cases.get_case(name=case.name).case.occurrences
             if one.step == "inform_parents")
    with pytest.raises(careroute.Refused) as caught:
        cases.complete_step(name=case.name, command={
            "occurrence": live.number, "outcome": "informed"})
    assert isinstance(caught.value, careroute.FailedPrecondition)
    assert (caught.value.reason
            == ErrorReason.ERROR_REASON_OUTCOME_INCOMPLETE)
    assert [one.what for one in caught.value.refusal.missing] == [
        "document/provider-list"]


def test_all_problems_of_a_request_come_with_their_fields(
        hub: careroute.Hub) -> None:
    with pytest.raises(careroute.InvalidArgument) as caught:
        coordinator(hub).cases.complete_step(
            name="nothing", command={"outcome": "Not An Id"})
    fields = {problem.field for problem in caught.value.problems}
    assert fields >= {"name", "command.occurrence", "command.outcome"}
    assert all(problem.mend for problem in caught.value.problems)


def test_a_case_one_takes_no_part_in_is_not_found(hub: careroute.Hub) -> None:
    case = new_case(hub)
    stranger = hub.acting_as(member=member("ministry", "coordinator"))
    with pytest.raises(careroute.NotFound):
        stranger.cases.get_case(name=case.name)


def test_who_names_no_actor_is_told_what_to_send(hub: careroute.Hub) -> None:
    with pytest.raises(careroute.Unauthenticated) as caught:
        hub.cases.list_cases()
    assert caught.value.refusal.missing[0].what == "careroute-organisation"


def test_a_method_that_is_none_is_unimplemented(hub: careroute.Hub) -> None:
    with pytest.raises(careroute.Unimplemented):
        hub.call("careroute.api.v1.CaseService.NoSuchMethod", b"")


def test_the_clock_is_the_hubs(hub: careroute.Hub) -> None:
    from datetime import timedelta
    before = hub.clock.now()
    assert hub.clock.advance(timedelta(hours=1)) == before + timedelta(hours=1)
    with pytest.raises(careroute.HubError):
        hub.clock.advance(timedelta(hours=-1))


def test_nobody_there_is_unavailable() -> None:
    # Bound, so that it is nobody else's, and never listened on.
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        target = f"127.0.0.1:{nobody.getsockname()[1]}"
        with careroute.Hub.connect(target, timeout=PATIENCE_SECONDS) as hub:
            with pytest.raises(careroute.Unavailable):
                coordinator(hub).cases.list_cases()


def test_a_reply_may_be_as_long_as_a_request() -> None:
    """Over gRPC, which would take a quarter of it unless told."""
    long = bytes(15 << 20)

    class Answers(grpc.GenericRpcHandler):
        def service(self, _: object) -> "grpc.RpcMethodHandler[bytes, bytes]":
            return grpc.unary_unary_rpc_method_handler(lambda *_: long)

    server = grpc.server(ThreadPoolExecutor(1), options=[
        ("grpc.max_send_message_length", 16 << 20)])
    server.add_generic_rpc_handlers((Answers(),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with careroute.Hub.connect(f"127.0.0.1:{port}",
                               timeout=PATIENCE_SECONDS) as hub:
        assert hub.call("careroute.api.v1.CaseService.ListEvents",
                        b"") == long
    server.stop(None).wait()


def test_a_closed_hub_says_so(sandbox: str) -> None:
    hub = careroute.Hub.connect(sandbox)
    hub.close()
    hub.close()
    with pytest.raises(careroute.FailedPrecondition, match="closed"):
        hub.cases.list_cases()
    with pytest.raises(careroute.FailedPrecondition, match="closed"):
        hub.cases.watch_case(name="cases/none")
