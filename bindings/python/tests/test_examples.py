"""What the documents show is so."""

import importlib.util
import io
import json
import pathlib
import re
import shutil
import sys
import xml.etree.ElementTree
from types import ModuleType

import pytest

import careroute
from careroute.model.v1 import RowState
from careroute.testing import import_agencies, member
from support import AGENCIES, EARLY_HELP, new_case

HOME = pathlib.Path(__file__).parent.parent


def loaded(path: pathlib.Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module    # where a dataclass looks for itself
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("way", ["embedded", "remote"])
def test_the_tutorial_takes_a_child_through_early_help(
        way: str, tmp_path: pathlib.Path, request: pytest.FixtureRequest,
        capsys: pytest.CaptureFixture[str]) -> None:
    target = (request.getfixturevalue("new_sandbox") if way == "remote"
              else None)
    picture = tmp_path / "route.svg"
    route = loaded(HOME / "examples" / "early_help.py").main(picture, target)
    done = [row.step for row in route.rows
            if row.state == RowState.ROW_STATE_DONE]
    assert done == ["identify_and_record", "inform_parents", "consent",
                    "issue_referral"]
    assert "document/provider-list is missing" in capsys.readouterr().out
    assert picture.with_suffix(".dot").read_text().startswith("digraph")
    if shutil.which("dot"):
        root = xml.etree.ElementTree.parse(picture).getroot()
        assert root.tag.endswith("svg")


def test_the_example_of_the_readme_runs(
        tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (HOME / "README.md").read_text(encoding="utf-8")
    block, = re.findall(r"(?s)```python\n(.*?)```", text)
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "README.md", "exec"), {})
    assert (tmp_path / "cases.db").exists()
    assert (tmp_path / "cases.db.keys").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("what", ["no-op", "contact"])
def test_what_is_measured_can_be_measured(
        what: str, tmp_path: pathlib.Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["measure.py", what]
    if what == "contact":
        store = tmp_path / "cases.db"
        with careroute.Hub.open(store, overlays=[EARLY_HELP]) as hub:
            import_agencies(hub, AGENCIES)
            new_case(hub, hub.clock.now().date())
        words += [str(store), member("clinic", "coordinator")]
    monkeypatch.setattr("sys.argv", words)
    monkeypatch.setattr("sys.stdin", io.StringIO(
        '{"in_flight": 1, "calls": 3}\n{"in_flight": 1, "seconds": 0.01}\n'))
    loaded(HOME / "bench" / "measure.py").main()
    counted, timed = map(json.loads, capsys.readouterr().out.splitlines())
    assert counted["calls"] == 3 and counted["seconds"] > 0
    assert timed["calls"] >= 1 and timed["seconds"] >= 0.01
