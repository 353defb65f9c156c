#!/usr/bin/env python3
"""clang-tidy over libraries and programs; tests are left to the compilers.

    tests/tidy/clang_tidy.py build/asan

Sources are read by the commands of that build. One without findings is not
read again until it, or a file it includes, or the list of checks changes. What
it includes is known once it was compiled there; before, it is always read.
Findings go to stdout; the status is 1 when there are any.
"""

import concurrent.futures
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAY_EVERY = 20  # sources


def sources():
    listed = subprocess.run(
        ["git", "ls-files", "lib/*.cc", "services/*.cc"],
        cwd=ROOT, check=True, capture_output=True, text=True)
    return [name for name in listed.stdout.split()
            if not name.endswith("_test.cc") and "/testing/" not in name]


def included(build):
    """By source, every file it was compiled from, as ninja knows them."""
    listed = subprocess.run(["ninja", "-C", build, "-t", "deps"],
                            check=True, capture_output=True, text=True)
    files = {}
    for entry in listed.stdout.split("\n\n"):
        names = [line.strip() for line in entry.splitlines()[1:]]
        paths = [os.path.normpath(os.path.join(build, name)) for name in names]
        source = next((path for path in paths if path.endswith(".cc")), None)
        if source:
            files[os.path.relpath(source, ROOT)] = paths
    return files


class Newest:
    """When the last of some files changed; each is asked once."""

    def __init__(self):
        self._times = {}

    def __call__(self, paths):
        return max(self._time(path) for path in paths)

    def _time(self, path):
        if path not in self._times:
            try:
                self._times[path] = os.stat(path).st_mtime
            except FileNotFoundError:
                self._times[path] = float("inf")
        return self._times[path]


def read(build, source):
    started = time.time()
    # A target that uses no message names no folder of generated headers; the
    # common headers need it all the same.
    done = subprocess.run(
        ["clang-tidy", "--quiet", "-p", build, "--extra-arg=-isystem",
         f"--extra-arg={build}/proto/gen", source],
        cwd=ROOT, capture_output=True, text=True, check=False)
    return source, started if done.returncode == 0 else None, (
        done.stdout + done.stderr)


def main(build):
    build = os.path.abspath(build)
    known, newest = included(build), Newest()
    checks = [str(ROOT / ".clang-tidy"), str(pathlib.Path(__file__).resolve())]

    def note(source):
        return pathlib.Path(build, "clang-tidy", source + ".read")

    def must_read(source):
        return (source not in known or not note(source).exists() or
                note(source).stat().st_mtime <
                newest(known[source] + checks))

    to_read = [source for source in sources() if must_read(source)]
    print(f"clang-tidy: {len(to_read)} sources to read", file=sys.stderr)
    found = False
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = [pool.submit(read, build, source) for source in to_read]
        for count, run in enumerate(concurrent.futures.as_completed(runs), 1):
            source, clean_since, said = run.result()
            if clean_since is not None:
                # Of when it began: what changed meanwhile is read again.
                note(source).parent.mkdir(parents=True, exist_ok=True)
                note(source).touch()
                os.utime(note(source), (clean_since, clean_since))
            else:
                found = True
                print(f"{source}\n{said}", flush=True)
            if count % SAY_EVERY == 0:
                print(f"clang-tidy: {count} of {len(to_read)}",
                      file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
