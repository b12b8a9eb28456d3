"""Which activity carries out which command, how it answers, and how often it is tried."""

from dataclasses import dataclass
from typing import Any

from domain import messages as m
from domain.commands import (
    ActivityCommand,
    Execute,
    GenerateDraft,
    PrepareHandoff,
    RegenerateAnswer,
    SendNotice,
    Settle,
)
from domain.events import Done, DraftResult, HandoffPrepared, SendResult, Settled
from domain.plan import ActionType
from workflows.options import DRAFT, SEND, ActivityOptions


@dataclass(frozen=True)
class ActivityCall:
    """An activity by name: `answer` is the type of event it returns."""

    name: str
    answer: Any
    options: ActivityOptions


_EXECUTE: dict[ActionType, str] = {ActionType.SEND_EMAIL: m.SEND_EMAIL, ActionType.COLLECT_INFO: m.COLLECT_INFO}


def activity_for(command: ActivityCommand) -> ActivityCall:
    """The activity that carries out the command."""
    match command:
        case GenerateDraft():
            return ActivityCall(m.GENERATE_DRAFT, DraftResult, DRAFT)
        case Execute():
            return ActivityCall(_EXECUTE[command.type], SendResult, SEND)
        case Settle():
            return ActivityCall(m.SETTLE_SEND, Settled, SEND)
        case PrepareHandoff():
            return ActivityCall(m.PREPARE_HANDOFF, HandoffPrepared, DRAFT)
        case RegenerateAnswer():
            return ActivityCall(m.REGENERATE_ANSWER, Done, DRAFT)
        case SendNotice():
            return ActivityCall(m.SEND_NOTICE, Done, SEND)
