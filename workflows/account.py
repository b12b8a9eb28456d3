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
    from domain.records import news
    from domain.state import AccountState, Receipt, begin
    from workflows import options
    from workflows.activities import ActivityCommand, activity_for
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
        )
        self._first_milestone = self._state.current_milestone_key()
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

    @workflow.signal(description="A CSM approved exactly the content of that hash")
    def approve_action(self, decision: e.ApproveAction) -> None:
        """Take the approval; the receipt says whether it stands."""
        self._take(decision)

    @workflow.signal(description="A CSM replaced a draft")
    def edit_draft(self, decision: e.EditDraft) -> None:
        """Take the new draft."""
        self._take(decision)

    @workflow.signal(description="A CSM called an approval back")
    def recall_action(self, decision: e.RecallAction) -> None:
        """Take the recall."""
        self._take(decision)

    @workflow.signal(description="A CSM asked to try again")
    def retry_action(self, decision: e.RetryAction) -> None:
        """Take the retry."""
        self._take(decision)

    @workflow.signal(description="A CSM said whether an uncertain send arrived")
    def resolve_action(self, decision: e.ResolveAction) -> None:
        """Take the answer."""
        self._take(decision)

    @workflow.query(description="What became of a decision")
    def receipt(self, decision_id: str) -> Receipt | None:
        """The receipt of that decision, once it has been taken."""
        return self._state.receipt(UUID(decision_id))

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
                case c.GenerateDraft() | c.Execute() | c.Settle() if command.id not in self._activities:
                    self._activities[command.id] = asyncio.create_task(self._perform(command))
                case _:  # already under way: a new run asks again for what a signal has just asked for
                    pass

    async def _wait(self, command: c.SetTimer) -> None:
        delay = command.due_at - workflow.now()
        if delay.total_seconds() > 0:
            await workflow.sleep(delay, summary=command.summary)
        self._timers.pop(command.id, None)
        self._take(e.TimerFired(timer_id=command.id))

    async def _perform(self, command: ActivityCommand) -> None:
        activity = activity_for(command)
        request: m.Request[ActivityCommand] = m.Request(
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
        due = self._state.current_milestone_key() != self._first_milestone
        due = due or workflow.info().is_continue_as_new_suggested()
        return due and not self._activities and not self._unrecorded()
