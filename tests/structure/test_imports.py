"""Are the laws about imports and clocks kept? Read from the source, so that a slip fails here and not in production."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOMAIN_MAY_IMPORT = {"pydantic", "markdown_it", "domain"}
VENDOR_CLIENTS = {"aiosmtplib", "hubspot", "openai", "slack_sdk", "simple_salesforce", "notion_client"}
IMPURE_CALLS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.monotonic",
    "uuid4",
    "uuid.uuid4",
    "uuid1",
    "random.random",
    "random.choice",
    "secrets.token_bytes",
    "os.urandom",
    "open",
}


def sources(*packages: str) -> list[Path]:
    return [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.split(".")[0]


def foreign_imports(source: str) -> set[str]:
    return set(imports(ast.parse(source))) - set(sys.stdlib_module_names) - DOMAIN_MAY_IMPORT


def impure_calls(source: str) -> set[str]:
    calls = (ast.unparse(node.func) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return {call for call in calls if call in IMPURE_CALLS}


@pytest.mark.parametrize("path", sources("domain"), ids=lambda path: path.name)
def test_rules_import_only_the_standard_library_and_pydantic(path: Path) -> None:
    found = foreign_imports(path.read_text())
    assert not found, f"{path.name} imports {found}: rules are pure; do this in an activity and pass the result in"


@pytest.mark.parametrize("path", sources("domain", "workflows"), ids=lambda path: path.name)
def test_rules_and_workflows_read_no_clock_and_roll_no_dice(path: Path) -> None:
    found = impure_calls(path.read_text())
    assert not found, f"{path.name} calls {found}: take the time as an argument, or use temporalio.workflow's"


def test_vendor_clients_stay_in_integrations() -> None:
    packages = ("domain", "models", "activities", "workflows", "api")
    found = {path.name: set(imports(ast.parse(path.read_text()))) & VENDOR_CLIENTS for path in sources(*packages)}
    assert not {name: vendors for name, vendors in found.items() if vendors}, "speak to vendors through a Protocol"


def test_only_settings_reads_the_environment() -> None:
    packages = ("domain", "models", "integrations", "activities", "workflows", "api")
    readers = [
        path.name
        for path in [*sources(*packages), ROOT / "worker.py"]
        if "os.environ" in path.read_text() or "getenv" in path.read_text()
    ]
    assert not readers, f"{readers} read the environment: add a field to settings.py"


def test_a_slip_is_found() -> None:
    assert foreign_imports("import sqlalchemy\nfrom httpx import get") == {"sqlalchemy", "httpx"}
    assert impure_calls("x = datetime.now(UTC)\ny = uuid4()") == {"datetime.now", "uuid4"}
