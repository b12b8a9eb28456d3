"""The onboardings a new organisation can begin with."""

from domain.forms import FieldType, Form, FormField, ShowIf
from domain.plan import (
    ActionCompleted,
    ActionType,
    CollectInfo,
    EmailTemplate,
    FormRequest,
    Milestone,
    MilestoneStart,
    Plan,
    SendEmail,
    Trigger,
)

STANDARD_SAAS_NAME = "Standard SaaS Onboarding"


def _email(key: str, label: str, customer_label: str, trigger: Trigger, subject: str, body: str) -> SendEmail:
    return SendEmail(
        key=key,
        type=ActionType.SEND_EMAIL,
        label=label,
        customer_label=customer_label,
        portal_visible=True,
        trigger=trigger,
        content=EmailTemplate(subject=subject, body=_prose(body)),
    )


def _prose(text: str) -> str:
    """Lines joined to paragraphs, as every line break of a draft is kept; list items and signatures keep theirs."""
    paragraphs = []
    for paragraph in text.strip().split("\n\n"):
        lines: list[str] = []
        for line in paragraph.split("\n"):
            starts_line = not lines or line.startswith(("- ", "1. ", "2. ", "3. ", "{{csm_name}}"))
            if starts_line:
                lines.append(line.strip())
            else:
                lines[-1] += " " + line.strip()
        paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs)


def _at_start(delay_hours: float = 0) -> Trigger:
    return MilestoneStart(on="milestone_start", delay_hours=delay_hours)


def _after(action: str, delay_hours: float = 0) -> Trigger:
    return ActionCompleted(on="action_completed", action=action, delay_hours=delay_hours)


def standard_saas() -> Plan:
    """Kickoff, configuration, training, go-live: about eight weeks."""
    return Plan(milestones=(_kickoff(), _configuration(), _training(), _go_live()))


def _kickoff() -> Milestone:
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
    return Milestone(
        key="kickoff",
        name="Kickoff",
        duration_days=7,
        internal_description="Introduce ourselves, agree on goals, people and dates.",
        customer_description="Meet your team and agree on what success looks like.",
        actions=(
            _email(
                "welcome",
                "Welcome e-mail",
                "Introducing your team",
                _at_start(),
                "Welcome to {{organization_name}}, {{company_name}}",
                welcome,
            ),
            _email(
                "kickoff_agenda",
                "Kickoff agenda",
                "Preparing the kickoff",
                _at_start(24),
                "Agenda for our kickoff",
                agenda,
            ),
        ),
    )


def _configuration() -> Milestone:
    needed = """
Hi {{contact_first_name|there}},

we now set {{company_name}} up. To do that in one go we need a few details from you: it takes about five minutes, and
you can stop and come back at any time.

[Fill in the details]({{portal_url}})

Best regards
{{csm_name}}
"""
    request = FormRequest(subject="What we need to set you up", body=_prose(needed), form=_workspace_form())
    return Milestone(
        key="configuration",
        name="Configuration",
        duration_days=21,
        internal_description="Workspace, data and access.",
        customer_description="Tell us how you want your workspace set up.",
        actions=(
            CollectInfo(
                key="workspace_details",
                type=ActionType.COLLECT_INFO,
                label="Workspace details",
                customer_label="Workspace details",
                portal_visible=True,
                due_days=5,
                trigger=_at_start(),
                content=request,
            ),
        ),
    )


def _workspace_form() -> Form:
    return Form(
        intro="We set your workspace up from these answers. What you don't know yet can wait: write to us instead.",
        fields=(
            FormField(key="workspace_name", label="What should your workspace be called?"),
            FormField(key="users", label="How many people will use it?", type=FieldType.NUMBER),
            FormField(key="first_day", label="When should they start?", type=FieldType.DATE, required=False),
            FormField(
                key="data_source",
                label="Where is your data today?",
                type=FieldType.SELECT,
                options=("Spreadsheets", "Another product", "Nowhere yet"),
            ),
            FormField(
                key="other_product",
                label="Which product?",
                show_if=ShowIf(field="data_source", equals="Another product"),
            ),
            FormField(
                key="teams",
                label="Which teams start first?",
                type=FieldType.MULTI_SELECT,
                options=("Sales", "Support", "Operations", "Finance"),
                required=False,
            ),
            FormField(key="single_sign_on", label="Do you use single sign-on?", type=FieldType.YES_NO),
            FormField(
                key="notes",
                label="Anything else we should know?",
                type=FieldType.TEXTAREA,
                required=False,
            ),
        ),
    )


def _training() -> Milestone:
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
    return Milestone(
        key="training",
        name="Training",
        duration_days=14,
        internal_description="Train the people who use the product every day.",
        customer_description="Pick a date and bring your team.",
        actions=(
            _email(
                "training_dates",
                "Training dates",
                "Planning your training",
                _at_start(),
                "Training for {{company_name}}",
                invitation,
            ),
            _email(
                "training_recap",
                "After the training",
                "Following up on the training",
                _after("training_dates", 48),
                "After the training",
                recap,
            ),
        ),
    )


def _go_live() -> Milestone:
    live = """
Hi {{contact_first_name|there}},

today {{company_name}} goes live. Thank you for the work you and your team have put in.

I stay your contact: write to me at {{csm_email}} whenever something does not work the way it should.

Best regards
{{csm_name}}
"""
    return Milestone(
        key="go_live",
        name="Go-live",
        duration_days=14,
        internal_description="Switch over and hand over to the account team.",
        customer_description="Go live.",
        actions=(_email("live", "You are live", "Switching you over", _at_start(), "{{company_name}} is live", live),),
    )
