"""How the customer learns of their portal: an action every account gets, drafted and approved like any other."""

from domain.plan import ActionType, EmailTemplate, MilestoneStart, Plan, SendEmail

KEY = "portal_invite"
_BODY = """
Hi {{contact_first_name|there}},

{{organization_name}} has set up a page for your onboarding: it shows where we are, what we need from you and what comes
next.

[Open your onboarding]({{portal_url}})

The page sends you a log-in link each time; there is no password to remember.

Best regards
{{csm_name}}
"""


def with_portal_invite(plan: Plan) -> Plan:
    """The plan with the invite as the first thing that is drafted; one that has its own keeps it."""
    if plan.action(KEY) is not None:
        return plan
    content = EmailTemplate(subject="Your onboarding with {{organization_name}}", body=_BODY.strip())
    invite = SendEmail(
        key=KEY,
        type=ActionType.SEND_EMAIL,
        label="Portal invite",
        trigger=MilestoneStart(on="milestone_start"),
        required=False,
        content=content,
    )
    first, *rest = plan.milestones
    return Plan(milestones=(first.model_copy(update={"actions": (invite, *first.actions)}), *rest))
