"""What the read model has to learn about an account: everything that changed since it was last told."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.portal import PortalView, portal_view
from domain.progress import progress
from domain.state import AccountState, AccountStatus, ActionState, HandoffState, MilestoneState


class AccountRecord(BaseModel):
    """One account's news up to `revision`; older news that arrives later changes nothing."""

    model_config = ConfigDict(frozen=True)

    org_id: UUID
    account_id: UUID
    revision: int
    status: AccountStatus
    milestone_key: str | None
    progress: int
    live_at: datetime | None = None
    csm_id: UUID | None = None
    handoff: HandoffState | None = None
    portal: PortalView | None = None
    milestones: tuple[MilestoneState, ...] = ()
    actions: tuple[ActionState, ...] = ()


def news(state: AccountState) -> AccountRecord:
    """What changed since `recorded_revision`; everything, the first time."""
    told = state.recorded_revision
    return AccountRecord(
        org_id=state.org_id,
        account_id=state.account_id,
        revision=state.revision,
        status=state.status,
        milestone_key=state.current_milestone_key(),
        progress=progress(state),
        live_at=state.live_at,
        csm_id=state.csm_id,
        handoff=state.handoff if told == 0 or state.handoff.revision > told else None,
        portal=portal_view(state),
        milestones=tuple(m for m in state.milestones if told == 0 or m.revision > told),
        actions=tuple(a for a in state.actions.values() if told == 0 or a.revision > told),
    )
