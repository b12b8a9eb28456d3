"""Does the worker run everything that is defined, and does every command have an activity?"""

import inspect
from typing import get_args

import pytest
from temporalio import activity

import worker
from domain import commands, messages
from domain.events import ActionDecision, Decision
from domain.plan import Action, ActionType
from models.session import Database
from settings import Settings
from tests.structure.test_imports import ROOT, sources
from workflows.account import AccountWorkflow
from workflows.activities import activity_for
from workflows.client import connect


def defined_activities() -> set[str]:
    return {
        line.split("name=")[1].split(")")[0]
        for path in sources("activities")
        for line in path.read_text().splitlines()
        if line.strip().startswith("@activity.defn(name=")
    }


async def test_the_worker_runs_every_activity(settings: Settings) -> None:
    made = worker.make_worker(await connect(settings), Database.from_settings(settings), settings)
    registered = {activity._Definition.must_from_callable(run).name for run in made.config()["activities"]}
    assert registered == {getattr(messages, name) for name in defined_activities()}


def test_the_worker_runs_every_workflow() -> None:
    defined = sum(path.read_text().count("@workflow.defn(") for path in sources("workflows"))
    assert len(worker.WORKFLOWS) == defined


def test_every_decision_has_its_signal() -> None:
    signals = {name for name, _ in inspect.getmembers(AccountWorkflow) if not name.startswith("_")}
    decisions = {*Decision.__subclasses__(), *ActionDecision.__subclasses__()} - {ActionDecision}
    names = {"".join(f"_{c.lower()}" if c.isupper() else c for c in d.__name__)[1:] for d in decisions}
    assert names <= signals, "add a @workflow.signal to workflows/account.py for each decision"


@pytest.mark.parametrize("command", get_args(commands.ActivityCommand))
def test_every_command_for_an_activity_has_one(command: type) -> None:
    fields = {"id": "x", "action": "a"}
    if command is commands.Execute:
        for kind in executable_types():
            assert activity_for(commands.Execute.model_construct(**fields, type=kind)).name  # type: ignore[arg-type]
    else:
        assert activity_for(command.model_construct(**fields)).name  # type: ignore[attr-defined]


def executable_types() -> list[ActionType]:
    variants = get_args(get_args(Action)[0])
    return [get_args(variant.model_fields["type"].annotation)[0] for variant in variants]


def test_every_setting_is_documented() -> None:
    readme = (ROOT / "README.md").read_text()
    missing = [name for name in Settings.model_fields if f"`THREAD_{name.upper()}`" not in readme]
    assert not missing, f"add {missing} to the table of settings in README.md"
