"""What the customer sees of their onboarding. What is hidden is not in here, so it can't be shown by mistake."""

import math
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.plan import ActionOutline, ActionType, MilestoneOf
from domain.progress import progress
from domain.state import (
    TERMINAL,
    AccountState,
    AccountStatus,
    ActionState,
    ActionStatus,
    MilestoneState,
    MilestoneStatus,
    ResponseStatus,
)

FOR_THE_CUSTOMER = frozenset(
    {ActionType.COLLECT_INFO, ActionType.REQUEST_DOCS, ActionType.REQUEST_ASSETS, ActionType.SCHEDULE_MEETING}
)


class TaskStatus(StrEnum):
    """Where one of the customer's tasks stands."""

    OPEN = "open"
    RETURNED = "returned"
    SENT = "sent"
    DONE = "done"


class _View(BaseModel):
    model_config = ConfigDict(frozen=True)


class PortalTask(_View):
    """Something the customer does; `note` is the CSM's reason for returning it."""

    key: str
    type: ActionType
    label: str
    status: TaskStatus
    required: bool
    due_at: datetime | None = None
    note: str = ""


class PortalMilestone(_View):
    """A phase. `starts_at` and `ends_at` are facts once it has started or ended, and a plan before."""

    key: str
    name: str
    description: str
    status: MilestoneStatus
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    tasks: tuple[PortalTask, ...] = ()


class PortalView(_View):
    """Where we are, what you need to do, what we are doing, what is next."""

    status: AccountStatus
    progress: int
    milestones: tuple[PortalMilestone, ...] = ()
    todo: tuple[PortalTask, ...] = ()
    doing: tuple[str, ...] = ()
    next: str = ""
    live_at: datetime | None = None
    revision: int = 0


def portal_view(state: AccountState) -> PortalView:
    """The account as its customer may see it."""
    visible = [
        (outline, milestone)
        for outline, milestone in zip(state.outline.milestones, state.milestones, strict=True)
        if outline.portal_visible
    ]
    milestones = _dated([_milestone(state, outline, milestone) for outline, milestone in visible], state)
    tasks = [task for milestone in milestones for task in milestone.tasks]
    upcoming = [m.name for m in milestones if m.status is MilestoneStatus.NOT_STARTED]
    return PortalView(
        status=state.status,
        progress=progress(state),
        milestones=tuple(milestones),
        todo=tuple(sorted((t for t in tasks if t.status in (TaskStatus.OPEN, TaskStatus.RETURNED)), key=_urgency)),
        doing=tuple(_doing(state)),
        next=upcoming[0] if upcoming else "",
        live_at=state.live_at,
        revision=state.revision,
    )


def _milestone(state: AccountState, outline: MilestoneOf[ActionOutline], milestone: MilestoneState) -> PortalMilestone:
    tasks = (_task(action, state.actions[action.key]) for action in outline.actions if _is_task(action))
    return PortalMilestone(
        key=outline.key,
        name=outline.name,
        description=outline.customer_description,
        status=milestone.status,
        starts_at=milestone.started_at,
        ends_at=milestone.completed_at,
        tasks=tuple(task for task in tasks if task),
    )


def _is_task(action: ActionOutline) -> bool:
    return action.portal_visible and action.type in FOR_THE_CUSTOMER


def _task(outline: ActionOutline, action: ActionState) -> PortalTask | None:
    """The customer's side of an action, once it was sent to them."""
    if action.status is ActionStatus.COMPLETED:
        status = TaskStatus.DONE
    elif action.status is ActionStatus.EXECUTED:
        status = {
            ResponseStatus.RETURNED: TaskStatus.RETURNED,
            ResponseStatus.SUBMITTED: TaskStatus.SENT,
        }.get(action.response, TaskStatus.OPEN)
    else:
        return None
    return PortalTask(
        key=outline.key,
        type=outline.type,
        label=outline.customer_label or outline.label,
        status=status,
        required=outline.required,
        due_at=_due(outline, action),
        note=action.reason if status is TaskStatus.RETURNED else "",
    )


def _due(outline: ActionOutline, action: ActionState) -> datetime | None:
    if outline.due_days is None or action.approval is None:
        return None
    return action.approval.at + timedelta(days=outline.due_days)


def _urgency(task: PortalTask) -> tuple[bool, float]:
    """Blockers first, then what is due first."""
    return (not task.required, task.due_at.timestamp() if task.due_at else math.inf)


def _doing(state: AccountState) -> list[str]:
    """What we have in hand in the phase that runs: by the customer's words for it, never our own."""
    for outline, milestone in zip(state.outline.milestones, state.milestones, strict=True):
        if milestone.status is MilestoneStatus.IN_PROGRESS and outline.portal_visible:
            return [
                action.customer_label
                for action in outline.actions
                if action.portal_visible and action.customer_label and _is_ours(action, state.actions[action.key])
            ]
    return []


def _is_ours(outline: ActionOutline, action: ActionState) -> bool:
    if action.status in TERMINAL:
        return False
    with_customer = action.status is ActionStatus.EXECUTED and action.response is not ResponseStatus.SUBMITTED
    return not with_customer


def _dated(milestones: list[PortalMilestone], state: AccountState) -> list[PortalMilestone]:
    """Planned dates for the phases to come, counted from the one that runs."""
    lengths = {m.key: timedelta(days=m.duration_days) for m in state.outline.milestones}
    at: datetime | None = None
    dated = []
    for milestone in milestones:
        starts = milestone.starts_at or at
        ends = milestone.ends_at or (starts + lengths[milestone.key] if starts else None)
        dated.append(milestone.model_copy(update={"starts_at": starts, "ends_at": ends}))
        at = ends
    return dated
