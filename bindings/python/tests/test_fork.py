"""A child of fork has none of the hub's threads, and is told so."""

import subprocess
import textwrap

_HEAD = """
    import os, sys, careroute
    from careroute.testing import agency, import_agencies, member

    def in_child(work):
        child = os.fork()
        if child == 0:
            try:
                work()
                os._exit(0)
            except BaseException as error:
                print(type(error).__name__, error, file=sys.stderr)
                os._exit(1)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
"""


def run(python: list[str], program: str) -> None:
    """In a process of its own: gRPC threads of other tests must not be in it
    when it forks."""
    ran = subprocess.run(
        [*python, "-c", textwrap.dedent(_HEAD) + textwrap.dedent(program)],
        capture_output=True, text=True, check=False, timeout=600)
    assert ran.returncode == 0, ran.stderr


def test_a_hub_of_the_parent_is_refused_in_the_child(
        python: list[str]) -> None:
    run(python, """
        hub = careroute.Hub.open()
        who = hub.acting_as(member=careroute.FIRST_ADMINISTRATOR,
                            role="administrator")
        def work():
            try:
                who.directory.list_organisations()
            except careroute.FailedPrecondition:
                hub.close()    # nothing is closed, and nothing hangs
                return
            sys.exit("the child was answered")
        assert in_child(work) == 0
        who.directory.list_organisations()    # the parent goes on
        hub.close()
    """)


def test_a_child_opens_a_hub_of_its_own(python: list[str]) -> None:
    run(python, """
        hub = careroute.Hub.open()
        def work():
            with careroute.Hub.open() as own:
                import_agencies(own, [agency("clinic", "AGENCY_KIND_HEALTH")])
        assert in_child(work) == 0
        hub.close()
    """)


def test_a_child_that_exits_leaves_the_parents_hub_alone(
        python: list[str]) -> None:
    run(python, """
        hub = careroute.Hub.open()
        if os.fork() == 0:
            sys.exit(0)    # with everything an interpreter does at its end
        os.wait()
        import_agencies(hub, [agency("clinic", "AGENCY_KIND_HEALTH")])
        hub.close()
    """)


def test_a_process_may_end_with_a_hub_open(python: list[str]) -> None:
    run(python, """
        import warnings
        warnings.simplefilter("ignore", ResourceWarning)
        hub = careroute.Hub.open()
        import_agencies(hub, [agency("clinic", "AGENCY_KIND_HEALTH")])
    """)
