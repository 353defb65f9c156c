"""Several hubs on one virtual clock, and what goes wrong between them.

    with World({"west": [clinic], "east": [centre]}, overlays=[...]) as world:
        west = world.hub("west")
        with world.trouble(lost_percent=30):
            world.run(timedelta(hours=2))
        world.crash("east")
        world.start("east")

Production code on a simulated network and simulated disks: the same seed and
the same calls give the same course. For one thread. Nothing happens but in a
call, in a watch that waits, and while the world runs; after a minute of its
time whoever waits for nothing gets DeadlineExceeded.
"""

import contextlib
import datetime
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any

from careroute import _native
from careroute._embedded import CATALOGUE, EmbeddedTransport, response_of
from careroute._times import microseconds, span_us
from careroute.hub import Hub
from careroute.model.v1.directory_pb2 import Organisation
from careroute.testing.v1.world_pb2 import (
    CutWay, NetworkFaults, WorldConfig, WorldHub)


class World:
    def __init__(self, hubs: Mapping[str, Iterable[Organisation]], *,
                 seed: int = 1, start: datetime.datetime | None = None,
                 overlays: Iterable[str] = (),
                 ahead: Mapping[str, datetime.timedelta] | None = None):
        """hubs: by id, the organisations each of them hosts.

        overlays: which pathways they all offer, by files of the catalogue.
        ahead: hubs whose clocks are wrong, and by how much.
        """
        config = WorldConfig(seed=seed, catalogue=str(CATALOGUE),
                             overlays=overlays)
        if start is not None:
            config.start_time.FromMicroseconds(microseconds(start))
        for id, organisations in hubs.items():
            one = WorldHub(id=id, organisations=organisations)
            if ahead and id in ahead:
                one.ahead.FromTimedelta(ahead[id])
            config.hubs.append(one)
        world, outcome = _native.open_world(config.SerializeToString())
        response_of(outcome)
        assert world is not None
        self._world = world
        self._hubs: dict[str, Hub] = {}

    def hub(self, id: str) -> Hub:
        """One of the hubs, also while it is down: then it is Unavailable."""
        if id not in self._hubs:
            hub, outcome = self._world.hub(id)
            response_of(outcome)
            assert hub is not None
            self._hubs[id] = Hub(EmbeddedTransport(hub, in_world=True))
        return self._hubs[id]

    def run(self, span: datetime.timedelta) -> None:
        """Lets time pass: timers fire, messages travel."""
        response_of(self._world.run_us(span_us(span)))

    def crash(self, id: str) -> None:
        """kill -9 and a power loss: what was not synced is gone."""
        response_of(self._world.crash(id))

    def start(self, id: str) -> None:
        """Starts a hub that crashed, from what its disk has."""
        response_of(self._world.start(id))

    def set_network(self, faults: NetworkFaults) -> None:
        """What happens to messages from now on."""
        response_of(self._world.set_network(faults.SerializeToString()))

    @contextlib.contextmanager
    def trouble(self, *, cut: Iterable[tuple[str, str]] = (),
                **faults: Any) -> Iterator[None]:
        """Trouble on the network for as long as the block lasts: fields of
        NetworkFaults; cut: pairs of hubs between which nothing passes, neither
        way."""
        made = NetworkFaults(**faults)
        for one, other in cut:
            made.cut.append(CutWay(from_hub=one, to_hub=other))
            made.cut.append(CutWay(from_hub=other, to_hub=one))
        self.set_network(made)
        try:
            yield
        finally:
            self.set_network(NetworkFaults())

    def close(self) -> None:
        """All of it is gone. Repeatable."""
        for hub in self._hubs.values():
            hub.close()
        self._world.close()

    def __enter__(self) -> "World":
        return self

    def __exit__(self, kind: type[BaseException] | None,
                 error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()
