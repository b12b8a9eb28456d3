"""Is what the browser speaks what the API speaks? The description and the generated client are committed, and fresh."""

import json
import shutil
import subprocess
from pathlib import Path

from api.openapi import document
from tests.structure.test_imports import ROOT

UI = ROOT / "portal_ui"


def test_the_description_is_fresh() -> None:
    committed = json.loads((UI / "openapi.json").read_text())
    assert committed == json.loads(document()), "run: python -m api.openapi > portal_ui/openapi.json"


def test_the_client_is_fresh(tmp_path: Path) -> None:
    node = shutil.which("node") or str(ROOT / ".venv/bin/node")
    for name in ("openapi.json", "openapi-ts.config.mjs", "package.json"):
        shutil.copy(UI / name, tmp_path)
    program = UI / "node_modules/@hey-api/openapi-ts/bin/run.js"
    subprocess.run([node, str(program)], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    made = {path.relative_to(tmp_path / "src/client"): path.read_text() for path in files(tmp_path / "src/client")}
    committed = {path.relative_to(UI / "src/client"): path.read_text() for path in files(UI / "src/client")}
    assert made == committed, "run: npm --prefix portal_ui run generate"


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
