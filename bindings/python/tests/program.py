"""A hub in a process of its own."""

import os
import queue
import re
import subprocess
import threading

import pytest

# For what never comes: a sandbox walks through its pathways first.
PATIENCE_SECONDS = 120


def careroute_program() -> str:
    program = os.environ.get("CAREROUTE_PROGRAM")
    if program is None:
        pytest.fail("CAREROUTE_PROGRAM names no `careroute` program; ctest "
                    "sets it, by hand it is build/dev/services/hub/careroute")
    return program


class Program:
    """A hub in a process of its own; what it prints is read to its end."""

    def __init__(self, arguments: list[str]):
        self.log: list[str] = []
        self.process = subprocess.Popen(
            [careroute_program(), *arguments], stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True)
        self._serves: queue.Queue[int | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.log.append(line)
                found = re.search(r"serves gRPC on port (\d+)", line)
                if found:
                    self._serves.put(int(found[1]))
        self._serves.put(None)

    def target(self) -> str:
        """Where it serves, once it does."""
        port = self._serves.get(timeout=PATIENCE_SECONDS)
        if port is None:
            pytest.fail("no hub: " + "".join(self.log))
        return f"127.0.0.1:{port}"

    def stop(self) -> int:
        self.process.terminate()
        status = self.process.wait(PATIENCE_SECONDS)
        self._reader.join()
        return status
