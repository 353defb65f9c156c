"""Where protobuf cannot be shared the import says what to do."""

import pathlib
import subprocess

# As Debian's python3-protobuf, as far as the import looks at it.
_CPP = 'def Type(): return "cpp"\n'


def test_debians_protobuf_is_refused_in_one_sentence(
        tmp_path: pathlib.Path, python: list[str]) -> None:
    internal = tmp_path / "google" / "protobuf" / "internal"
    internal.mkdir(parents=True)
    for folder in (internal.parent.parent, internal.parent, internal):
        (folder / "__init__.py").write_text("")
    (internal / "api_implementation.py").write_text(_CPP)
    ran = subprocess.run(
        [*python, "-c", "import sys\nsys.path.insert(0, sys.argv[1])\n"
         "import careroute", str(tmp_path)],
        capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    last = ran.stderr.strip().splitlines()[-1]
    assert last.startswith("ImportError: careroute cannot share libprotobuf")
    assert "pip install 'protobuf>=" in last


def test_it_runs_on_protobuf_of_its_own(python: list[str]) -> None:
    ran = subprocess.run(
        [*python, "-c", "import careroute\n"
         "from google.protobuf.internal import api_implementation as a\n"
         "print(a.Type())"], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "upb"
