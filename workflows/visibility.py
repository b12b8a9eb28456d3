"""What ops can filter accounts by in the Temporal UI: enums and ids only, since these are never encrypted."""

from uuid import UUID

from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

from domain.state import AccountState

ORG = SearchAttributeKey.for_keyword("ThreadOrg")
ACCOUNT = SearchAttributeKey.for_keyword("ThreadAccount")
STATUS = SearchAttributeKey.for_keyword("ThreadStatus")
MILESTONE = SearchAttributeKey.for_keyword("ThreadMilestone")
CSM = SearchAttributeKey.for_keyword("ThreadCsm")


def at_start(*, org_id: UUID, account_id: UUID, csm_id: UUID | None) -> TypedSearchAttributes:
    """What is known when the workflow is started."""
    return TypedSearchAttributes(
        [
            SearchAttributePair(ORG, str(org_id)),
            SearchAttributePair(ACCOUNT, str(account_id)),
            SearchAttributePair(CSM, str(csm_id) if csm_id else ""),
        ]
    )


def attributes(state: AccountState) -> TypedSearchAttributes:
    """What follows from the state."""
    return TypedSearchAttributes(
        [
            SearchAttributePair(STATUS, state.status.value),
            SearchAttributePair(MILESTONE, state.current_milestone_key() or ""),
        ]
    )
