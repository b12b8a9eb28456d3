"""The onboardings a new organisation can begin with."""

from domain.plan import (
    ActionCompleted,
    ActionType,
    EmailTemplate,
    MilestoneOf,
    MilestoneStart,
    Plan,
    SendEmail,
    Trigger,
)

STANDARD_SAAS_NAME = "Standard SaaS Onboarding"


def _email(key: str, label: str, trigger: Trigger, subject: str, body: str, *, required: bool = True) -> SendEmail:
    content = EmailTemplate(subject=subject, body=body.strip())
    return SendEmail(
        key=key, type=ActionType.SEND_EMAIL, label=label, trigger=trigger, required=required, content=content
    )


def _at_start(delay_hours: float = 0) -> Trigger:
    return MilestoneStart(on="milestone_start", delay_hours=delay_hours)


def _after(action: str, delay_hours: float = 0) -> Trigger:
    return ActionCompleted(on="action_completed", action=action, delay_hours=delay_hours)


def standard_saas() -> Plan:
    """Kickoff, configuration, training, go-live: about eight weeks."""
    return Plan(milestones=(_kickoff(), _configuration(), _training(), _go_live()))


def _kickoff() -> MilestoneOf[SendEmail]:
    welcome = """
Hi {{contact_first_name|there}},

thank you for choosing {{organization_name}}. I am {{csm_name}}, and I look after {{company_name}} from today until you
are live and settled.

**What happens next**

- Within two days I send you an agenda for our kickoff call.
- Until then, think about who on your side should be in it: usually the person who owns the project and the one who
  will administer the product.

Just reply to this e-mail if anything is unclear.

Best regards
{{csm_name}}
"""
    agenda = """
Hi {{contact_first_name|there}},

here is what I would like to get out of our kickoff call:

1. What has to be true for you to call this project a success
2. Who decides, who works on it, and who should be kept informed
3. The dates that matter to you, and what could get in their way

Is anything missing? Tell me, and I will add it.

Best regards
{{csm_name}}
"""
    return MilestoneOf[SendEmail](
        key="kickoff",
        name="Kickoff",
        duration_days=7,
        internal_description="Introduce ourselves, agree on goals, people and dates.",
        customer_description="Meet your team and agree on what success looks like.",
        actions=(
            _email(
                "welcome", "Welcome e-mail", _at_start(), "Welcome to {{organization_name}}, {{company_name}}", welcome
            ),
            _email("kickoff_agenda", "Kickoff agenda", _at_start(24), "Agenda for our kickoff", agenda),
        ),
    )


def _configuration() -> MilestoneOf[SendEmail]:
    needed = """
Hi {{contact_first_name|there}},

we now set {{company_name}} up. Two things help us to do that in one go:

- a sample of the data that you want to see in the product from day one
- the names and e-mail addresses of the people who need access

Reply with them here and we take care of the rest.

Best regards
{{csm_name}}
"""
    return MilestoneOf[SendEmail](
        key="configuration",
        name="Configuration",
        duration_days=21,
        internal_description="Workspace, data and access.",
        customer_description="Send us sample data and the people who need access.",
        actions=(
            _email("setup_needs", "What we need for the set-up", _at_start(), "What we need to set you up", needed),
        ),
    )


def _training() -> MilestoneOf[SendEmail]:
    invitation = """
Hi {{contact_first_name|there}},

your workspace is ready. The next step is an hour of training for the people who will use it every day.

Which two days in the next two weeks suit your team?

Best regards
{{csm_name}}
"""
    recap = """
Hi {{contact_first_name|there}},

now that your team has had its training: which three things do you want everybody to do in the product this week?

Reply with them, and I will check on Friday how it went.

Best regards
{{csm_name}}
"""
    return MilestoneOf[SendEmail](
        key="training",
        name="Training",
        duration_days=14,
        internal_description="Train the people who use the product every day.",
        customer_description="Pick a date and bring your team.",
        actions=(
            _email("training_dates", "Training dates", _at_start(), "Training for {{company_name}}", invitation),
            _email("training_recap", "After the training", _after("training_dates", 48), "After the training", recap),
        ),
    )


def _go_live() -> MilestoneOf[SendEmail]:
    live = """
Hi {{contact_first_name|there}},

today {{company_name}} goes live. Thank you for the work you and your team have put in.

I stay your contact: write to me at {{csm_email}} whenever something does not work the way it should.

Best regards
{{csm_name}}
"""
    return MilestoneOf[SendEmail](
        key="go_live",
        name="Go-live",
        duration_days=14,
        internal_description="Switch over and hand over to the account team.",
        customer_description="Go live.",
        actions=(_email("live", "You are live", _at_start(), "{{company_name}} is live", live),),
    )
