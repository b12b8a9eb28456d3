"""How far along an account is, in percent: finished actions over all of the plan's."""

from domain.state import TERMINAL, AccountState, AccountStatus


def progress(state: AccountState) -> int:
    """0–100; 100 exactly when the account is live."""
    if state.status is AccountStatus.LIVE:
        return 100
    if not state.actions:
        return 0
    finished = sum(action.status in TERMINAL for action in state.actions.values())
    return min(99, finished * 100 // len(state.actions))
