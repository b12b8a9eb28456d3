"""Triggers in the words a CSM would use."""

import pytest

from api.triggers import in_words, why
from domain.plan import Manual, Trigger
from tests.domain.plans import after, at_start, email, plan


@pytest.mark.parametrize(
    ("trigger", "present", "past"),
    [
        (at_start(), "when Milestone 0 starts", "when Milestone 0 started"),
        (at_start(48), "48 h after Milestone 0 starts", "48 h after Milestone 0 started"),
        (at_start(1.5), "1.5 h after Milestone 0 starts", "1.5 h after Milestone 0 started"),
        (at_start(1 / 60), "1 min after Milestone 0 starts", "1 min after Milestone 0 started"),
        (at_start(0.001), "1 min after Milestone 0 starts", "1 min after Milestone 0 started"),
        (after("other", 120), "5 days after Other is completed", "5 days after Other was completed"),
        (after("other"), "when Other is completed", "when Other was completed"),
        (Manual(on="manual"), "when a CSM starts it", "when a CSM started it"),
    ],
)
def test_when_an_action_comes_due(trigger: Trigger, present: str, past: str) -> None:
    of = plan([email("it", trigger), email("other")])
    assert in_words(of, "it") == present
    assert why(of, "it", fired=False) == f"It comes due {present}."
    assert why(of, "it", fired=True) == f"It came due {past}."
