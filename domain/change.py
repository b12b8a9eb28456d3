"""One step of the machine in progress: the working copy of the state, and what each state waits for."""

from datetime import datetime
from typing import Any

from domain.commands import (
    CancelTimer,
    Command,
    Execute,
    GenerateDraft,
    PrepareHandoff,
    RegenerateAnswer,
    SendNotice,
    SetTimer,
    Settle,
)
from domain.plan import ActionOutline, ActionType
from domain.state import AccountState, ActionState, ActionStatus, HandoffState, HandoffStatus, Pending

S = ActionStatus


class Change:
    """One step in progress: a working copy of the state, and the commands it gives rise to."""

    def __init__(self, state: AccountState, now: datetime) -> None:
        self.before = state
        self.now = now
        self.revision = state.revision + 1
        self.status = state.status
        self.live_at = state.live_at
        self.milestones = list(state.milestones)
        self.actions = dict(state.actions)
        self.handoff = state.handoff
        self.csm_id = state.csm_id
        self.pending = dict(state.pending)
        self.asked = state.asked
        self.receipts = state.receipts
        self.held = state.held
        self.commands: list[Command] = []
        self.changed = False

    def result(self) -> tuple[AccountState, list[Command]]:
        """The new state, or the old one itself when nothing changed."""
        if not self.changed:
            return self.before, self.commands
        update = {
            "status": self.status,
            "live_at": self.live_at,
            "handoff": self.handoff,
            "csm_id": self.csm_id,
            "pending": self.pending,
            "asked": self.asked,
            "milestones": tuple(self.milestones),
            "actions": self.actions,
            "receipts": self.receipts,
            "held": self.held,
            "revision": self.revision,
        }
        return self.before.model_copy(update=update), self.commands

    def set_action(self, key: str, **fields: Any) -> ActionState:
        """Replace fields of one action."""
        action = self.actions[key].model_copy(update={**fields, "revision": self.revision})
        self.actions[key] = action
        self.changed = True
        return action

    def ask(self, key: str, **fields: Any) -> None:
        """Change an action and command what its new state waits for."""
        action = self.set_action(key, step=self.actions[key].step + 1, **fields)
        self.commands.extend(awaited(self, action))

    def set_handoff(self, **fields: Any) -> None:
        """Replace fields of the handoff and command what its new state waits for; its old timer is forgotten."""
        for command in awaited_of_handoff(self.handoff):
            if isinstance(command, SetTimer):
                self.commands.append(CancelTimer(id=command.id))
        update = {**fields, "step": self.handoff.step + 1, "revision": self.revision}
        self.handoff = self.handoff.model_copy(update=update)
        self.changed = True
        self.commands.extend(awaited_of_handoff(self.handoff))

    def ask_beside(self, **fields: Any) -> None:
        """Ask for a notice, or for an answer of the handoff to be written again."""
        self.asked += 1
        asked = Pending(id=f"{'notice' if 'notice' in fields else 'answer'}:{self.asked}", **fields)
        self.pending[asked.id] = asked
        self.changed = True
        self.commands.append(awaited_beside(asked))

    def set_milestone(self, index: int, **fields: Any) -> None:
        """Replace fields of one milestone."""
        update = {**fields, "revision": self.revision}
        self.milestones[index] = self.milestones[index].model_copy(update=update)
        self.changed = True

    def label(self, key: str) -> str:
        """The action's label, for summaries people read."""
        return self._outlined(key).label

    def action_type(self, key: str) -> ActionType:
        """What kind of action it is."""
        return self._outlined(key).type

    def _outlined(self, key: str) -> ActionOutline:
        action = self.before.outline.action(key)
        if action is None:
            raise KeyError(key)
        return action


def awaited(change: Change, action: ActionState) -> list[Command]:
    """The command whose answer an action in this state waits for: none or one."""
    key, approval = action.key, action.approval
    if action.status is S.SCHEDULED and action.due_at:
        summary = f"{change.label(key)}: wait until it is due"
        return [SetTimer(id=timer_id(action), due_at=action.due_at, summary=summary)]
    if action.status is S.APPROVED and action.due_at:
        summary = f"{change.label(key)}: recall window"
        return [SetTimer(id=timer_id(action), due_at=action.due_at, summary=summary)]
    if action.status is S.DRAFTING:
        draft = action.draft
        return [
            GenerateDraft(
                id=f"draft:{key}:{action.step}",
                action=key,
                summary=f"Draft: {change.label(key)}",
                revision=draft.revision + 1 if draft else 1,
                based_on=draft.draft_id if draft else None,
            )
        ]
    if action.status is S.EXECUTING and approval:
        return [
            Execute(
                id=f"send:{key}:{action.step}",
                action=key,
                summary=f"Send: {change.label(key)}",
                type=change.action_type(key),
                decision_id=approval.decision_id,
                draft_id=approval.draft.draft_id,
                content_hash=approval.draft.content_hash,
            )
        ]
    if action.status is S.UNCERTAIN and approval and action.resolution is not None:
        return [
            Settle(
                id=f"settle:{key}:{action.step}",
                action=key,
                summary=f"Settle: {change.label(key)}",
                decision_id=approval.decision_id,
                sent=action.resolution,
            )
        ]
    return []


def awaited_of_handoff(handoff: HandoffState) -> list[Command]:
    """What the handoff waits for: to be prepared, or the moment of the next reminder."""
    if handoff.status is HandoffStatus.PREPARING:
        return [PrepareHandoff(id=f"handoff:{handoff.step}", summary="Prepare the handoff")]
    if handoff.due_at is not None:
        return [SetTimer(id=f"timer:handoff:{handoff.step}", due_at=handoff.due_at, summary="Handoff: next reminder")]
    return []


def awaited_beside(asked: Pending) -> Command:
    """The command behind something that stands beside the actions."""
    if asked.notice is not None:
        return SendNotice(
            id=asked.id,
            summary=f"Notice: {asked.notice}",
            notice=asked.notice,
            member_id=asked.member_id,
            text=asked.text,
        )
    summary = f"Draft the answer again: {asked.question}"
    return RegenerateAnswer(id=asked.id, summary=summary, question=asked.question, instruction=asked.text)


def timer_id(action: ActionState) -> str:
    """The id of the timer an action waits for."""
    return f"timer:{action.key}:{action.step}"
