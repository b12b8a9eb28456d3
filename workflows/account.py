"""One customer's onboarding, from the closed deal until the account is archived.

The workflow waits and sends; what anything means is decided by `domain.onboarding`. Signals, timers and results of
activities become events; the commands that come back become timers and activities. Its state outlives each run.
"""

import asyncio
from uuid import UUID

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from domain import commands as c
    from domain import events as e
    from domain import messages as m
    from domain import onboarding
    from domain.portal import PortalView, portal_view
    from domain.records import news
    from domain.state import AccountState, Receipt, begin
    from workflows import options
    from workflows.activities import activity_for
    from workflows.visibility import attributes


@workflow.defn(name=m.ACCOUNT_WORKFLOW)
class AccountWorkflow:
    """The durable life of one account."""

    @workflow.init
    def __init__(self, start: m.AccountStart) -> None:
        self._start = start
        self._state: AccountState = start.state or begin(
            org_id=start.org_id,
            account_id=start.account_id,
            outline=start.outline,
            recall_seconds=start.recall_seconds,
            csm_id=start.csm_id,
            reminder_hours=start.reminder_hours,
        )
        self._first_milestone = self._state.current_milestone_key()  # of this run; None while there is none yet
        self._timers: dict[str, asyncio.Task[None]] = {}
        self._activities: dict[str, asyncio.Task[None]] = {}

    @workflow.run
    async def run(self, start: m.AccountStart) -> None:
        """Live until a milestone ends, then go on in a fresh run with the same state."""
        if start.state is None:
            self._take(e.Started())
        self._carry_out(onboarding.outstanding(self._state))
        while not self._may_leave():
            await workflow.wait_condition(lambda: self._unrecorded() or self._may_leave())
            if self._unrecorded():
                await self._record()
        await workflow.wait_condition(workflow.all_handlers_finished)
        workflow.continue_as_new(start.model_copy(update={"state": self._state}))

    @workflow.signal(description="The AE handed the account over")
    def submit_handoff(self, decision: e.SubmitHandoff) -> None:
        """The AE handed the account over."""
        self._take(decision)

    @workflow.signal(description="A CSM took the account over")
    def accept_handoff(self, decision: e.AcceptHandoff) -> None:
        """A CSM took the account over."""
        self._take(decision)

    @workflow.signal(description="A CSM asked the AE something first")
    def return_handoff(self, decision: e.ReturnHandoff) -> None:
        """A CSM asked the AE something first."""
        self._take(decision)

    @workflow.signal(description="The AE wants an answer drafted again")
    def ask_answer_again(self, decision: e.AskAnswerAgain) -> None:
        """The AE wants an answer drafted again."""
        self._take(decision)

    @workflow.signal(description="A CSM approved exactly the content of that hash")
    def approve_action(self, decision: e.ApproveAction) -> None:
        """A CSM approved exactly the content of that hash."""
        self._take(decision)

    @workflow.signal(description="A CSM replaced a draft")
    def edit_draft(self, decision: e.EditDraft) -> None:
        """A CSM replaced a draft."""
        self._take(decision)

    @workflow.signal(description="A CSM called an approval back")
    def recall_action(self, decision: e.RecallAction) -> None:
        """A CSM called an approval back."""
        self._take(decision)

    @workflow.signal(description="A CSM asked to try again")
    def retry_action(self, decision: e.RetryAction) -> None:
        """A CSM asked to try again."""
        self._take(decision)

    @workflow.signal(description="A CSM said whether an uncertain send arrived")
    def resolve_action(self, decision: e.ResolveAction) -> None:
        """A CSM said whether an uncertain send arrived."""
        self._take(decision)

    @workflow.signal(description="A contact sent answers")
    def customer_responded(self, decision: e.CustomerResponded) -> None:
        """A contact sent answers."""
        self._take(decision)

    @workflow.signal(description="A CSM accepted the customer's answers")
    def accept_response(self, decision: e.AcceptResponse) -> None:
        """A CSM accepted the customer's answers."""
        self._take(decision)

    @workflow.signal(description="A CSM returned the customer's answers")
    def return_response(self, decision: e.ReturnResponse) -> None:
        """A CSM returned the customer's answers."""
        self._take(decision)

    @workflow.query(description="What became of a decision")
    def receipt(self, decision_id: str) -> Receipt | None:
        """The receipt of that decision, once it has been taken."""
        return self._state.receipt(UUID(decision_id))

    @workflow.query(name=m.PORTAL_QUERY, description="What the customer may see")
    def portal(self) -> PortalView:
        """The account as its customer sees it now."""
        return portal_view(self._state)

    def _take(self, event: e.Event) -> None:
        """Let the machine decide, and carry out what it commands."""
        before = self._state
        self._state, commands = onboarding.step(before, event, workflow.now())
        if attributes(self._state) != attributes(before):
            workflow.upsert_search_attributes([pair.key.value_set(pair.value) for pair in attributes(self._state)])
        self._carry_out(commands)

    def _carry_out(self, commands: list[c.Command]) -> None:
        for command in commands:
            match command:
                case c.SetTimer() if command.id not in self._timers:
                    self._timers[command.id] = asyncio.create_task(self._wait(command))
                case c.CancelTimer() if command.id in self._timers:
                    self._timers.pop(command.id).cancel()
                case c.SetTimer() | c.CancelTimer():  # set already by a signal that came before this run, or gone
                    pass
                case _ if command.id not in self._activities:
                    self._activities[command.id] = asyncio.create_task(self._perform(command))

    async def _wait(self, command: c.SetTimer) -> None:
        delay = command.due_at - workflow.now()
        if delay.total_seconds() > 0:
            await workflow.sleep(delay, summary=command.summary)
        self._timers.pop(command.id, None)
        self._take(e.TimerFired(timer_id=command.id))

    async def _perform(self, command: c.ActivityCommand) -> None:
        activity = activity_for(command)
        request: m.Request[c.ActivityCommand] = m.Request(
            org_id=self._state.org_id, account_id=self._state.account_id, command=command
        )
        try:
            event: e.Event = await workflow.execute_activity(
                activity.name,
                request,
                result_type=activity.answer,
                activity_id=command.id,
                summary=command.summary,
                **activity.options,
            )
        except ActivityError as error:
            event = onboarding.unanswered(command, str(error.cause or error))
        self._activities.pop(command.id, None)
        self._take(event)

    def _unrecorded(self) -> bool:
        return self._state.revision > self._state.recorded_revision

    async def _record(self) -> None:
        """Bring the read model up to date; changes that come meanwhile go out together in the next one."""
        record = news(self._state)
        await workflow.execute_local_activity(m.RECORD_ACCOUNT, record, **options.RECORD)
        self._state = self._state.model_copy(update={"recorded_revision": record.revision})

    def _may_leave(self) -> bool:
        """At the end of a milestone, or when the server suggests it, once nothing is under way but timers."""
        current = self._state.current_milestone_key()
        self._first_milestone = self._first_milestone or current
        due = current != self._first_milestone or workflow.info().is_continue_as_new_suggested()
        return due and not self._activities and not self._unrecorded()
