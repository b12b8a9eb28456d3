"""How does a draft come to be? Rendered from the account's plan and stored before anybody is told of it."""

from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.dialects.postgresql import insert
from temporalio import activity

from activities.facts import load_facts
from activities.heartbeat import heartbeating
from domain.commands import GenerateDraft
from domain.drafts import DraftRef, parse_template, render_email
from domain.errors import DomainError
from domain.events import DraftFailed, DraftReady, DraftResult
from domain.messages import GENERATE_DRAFT, Request
from domain.plan import EmailTemplate, Plan
from models.accounts import Account
from models.drafts import Draft
from models.session import AsyncSession, Database


def draft_id_of(account_id: UUID, command_id: str) -> UUID:
    """The id of the draft that a command asks for: a second attempt finds the first one's row."""
    return uuid5(NAMESPACE_URL, f"thread:{account_id}:{command_id}")


class Drafts:
    """Writes drafts from the template's words."""

    def __init__(self, database: Database, public_url: str) -> None:
        self._database = database
        self._public_url = public_url

    @activity.defn(name=GENERATE_DRAFT)
    async def generate_draft(self, request: Request[GenerateDraft]) -> DraftResult:
        """Render and store the draft; what makes that impossible for good is an answer, not an error."""
        command = request.command
        async with heartbeating(), self._database.org(request.org_id) as session:
            try:
                draft = await self._draft(session, request)
            except DomainError as error:
                return DraftFailed(command_id=command.id, action=command.action, reason=str(error))
        return DraftReady(command_id=command.id, action=command.action, draft=draft)

    async def _draft(self, session: AsyncSession, request: Request[GenerateDraft]) -> DraftRef:
        command = request.command
        draft_id = draft_id_of(request.account_id, command.id)
        draft = await session.get(Draft, (request.org_id, draft_id))
        if draft is None:
            draft = await self._render(session, request, draft_id)
        return reference(draft, command.revision)

    async def _render(self, session: AsyncSession, request: Request[GenerateDraft], draft_id: UUID) -> Draft:
        command = request.command
        account = await session.get_one(Account, (request.org_id, request.account_id))
        plan = Plan.model_validate(account.plan)
        action = plan.action(command.action)
        if action is None:
            raise DomainError(f"the account's plan has no action {command.action!r}")
        template: EmailTemplate = action.content
        origin = "template"
        if command.based_on:
            base = await session.get_one(Draft, (request.org_id, command.based_on))
            template, origin = parse_template(base.source), base.origin
        milestone = plan.milestone_of(command.action)
        facts = await load_facts(session, account, milestone.name, self._public_url)
        rendered = render_email(template, facts)
        draft = Draft(
            org_id=request.org_id,
            id=draft_id,
            account_id=request.account_id,
            action_key=command.action,
            revision=command.revision,
            origin=origin,
            source=template.model_dump(mode="json"),
            content=rendered.content.model_dump(mode="json"),
            content_hash=rendered.content_hash,
            unresolved=list(rendered.unresolved),
        )
        await store(session, draft)
        return draft


async def store(session: AsyncSession, draft: Draft) -> None:
    """Insert the draft; one that is there already stays as it is."""
    row = draft.model_dump(exclude={"created_at"})
    await session.execute(insert(Draft).values(row).on_conflict_do_nothing())


def reference(draft: Draft, revision: int, author: str = "") -> DraftRef:
    """How messages name this draft."""
    return DraftRef(
        draft_id=draft.id,
        revision=revision,
        content_hash=draft.content_hash,
        unresolved=tuple(draft.unresolved),
        author=author,
    )
