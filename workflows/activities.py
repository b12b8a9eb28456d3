"""Which activity carries out which command, how it answers, and how often it is tried."""

from dataclasses import dataclass
from typing import Any

from domain import messages as m
from domain.commands import Execute, GenerateDraft, Settle
from domain.events import DraftResult, SendResult, Settled
from domain.plan import ActionType
from workflows.options import DRAFT, SEND, ActivityOptions

ActivityCommand = GenerateDraft | Execute | Settle


@dataclass(frozen=True)
class ActivityCall:
    """An activity by name: `answer` is the type of event it returns."""

    name: str
    answer: Any
    options: ActivityOptions


_EXECUTE: dict[ActionType, str] = {ActionType.SEND_EMAIL: m.SEND_EMAIL}


def activity_for(command: ActivityCommand) -> ActivityCall:
    """The activity that carries out the command."""
    match command:
        case GenerateDraft():
            return ActivityCall(m.GENERATE_DRAFT, DraftResult, DRAFT)
        case Execute():
            return ActivityCall(_EXECUTE[command.type], SendResult, SEND)
        case Settle():
            return ActivityCall(m.SETTLE_SEND, Settled, SEND)
