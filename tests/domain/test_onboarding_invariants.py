"""What must hold whatever happens, in whatever order: random plans, events and decisions against a small model."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain import commands as c
from domain import events as e
from domain.actors import Actor
from domain.drafts import DraftRef
from domain.onboarding import outstanding, step
from domain.plan import ActionType, CollectInfo, Plan, SendEmail
from domain.portal import portal_view
from domain.progress import progress
from domain.state import AccountState, AccountStatus, ActionStatus, HandoffStatus
from tests.domain.plans import DANA, MARA, ORG, account, after, at_start, draft, email, form, plan


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    milestones: list[list[SendEmail | CollectInfo]] = []
    keys: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        actions: list[SendEmail | CollectInfo] = []
        for _ in range(draw(st.integers(0, 3))):
            key = f"a{len(keys)}"
            delay = draw(st.sampled_from([0, 0, 1, 48]))
            follows = draw(st.sampled_from(["", *keys]))
            trigger = after(follows, delay) if follows else at_start(delay)
            required = draw(st.booleans())
            asks = draw(st.sampled_from([False, False, True]))
            actions.append(form(key, trigger, required=required) if asks else email(key, trigger, required=required))
            keys.append(key)
        milestones.append(actions)
    return plan(*milestones)


AE = Actor(name="Ari Sales")
OUTCOMES = ["ok", "ok", "ok", "ok", "failed", "uncertain", "stale"]


class Account(RuleBasedStateMachine):
    """Drives the machine as the shell would, with answers lost, late, doubled and out of order."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 3, 2, tzinfo=UTC)
        self.open: dict[str, c.Command] = {}
        self.approved: dict[UUID, tuple[str, str]] = {}
        self.may_execute: set[UUID] = set()
        self.confirmed: set[UUID] = set()
        self.past: list[e.Event] = []
        self.highest = 0

    @initialize(of=plans(), recall=st.sampled_from([0, 10]), quick=st.booleans())
    def start(self, of: Plan, recall: int, quick: bool) -> None:
        self.state: AccountState = account(of, recall)
        self.take(e.Started())
        if quick:
            self.open.pop("handoff:1")
            self.take(e.HandoffPrepared(command_id="handoff:1"))
            self.decide(e.AcceptHandoff(org_id=ORG, decision_id=uuid4(), by=MARA))

    def take(self, event: e.Event) -> None:
        before = self.state
        self.state, commands = step(before, event, self.now)
        again, same = step(before, event, self.now)
        assert (again, same) == (self.state, commands)
        assert self.state.revision in (before.revision, before.revision + 1)
        self.past.append(event)
        for command in commands:
            self.check(command)

    def check(self, command: c.Command) -> None:
        if isinstance(command, c.CancelTimer):
            assert self.open.pop(command.id, None) is not None, "a timer that does not run was cancelled"
            return
        assert command.id not in self.open, "the same thing was asked twice"
        if isinstance(command, c.Execute):
            assert self.approved.get(command.decision_id) == (command.action, command.content_hash)
            assert command.decision_id in self.may_execute, "executed twice under one approval"
            self.may_execute.discard(command.decision_id)
        self.open[command.id] = command

    @precondition(lambda self: self.open)
    @rule(data=st.data(), outcome=st.sampled_from(OUTCOMES))
    def answer(self, data: st.DataObject, outcome: str) -> None:
        command = self.open.pop(data.draw(st.sampled_from(sorted(self.open))))
        if isinstance(command, c.SetTimer):
            self.now = max(self.now, command.due_at)
            self.take(e.TimerFired(timer_id=command.id))
        elif isinstance(command, c.GenerateDraft):
            self.answer_draft(command, outcome)
        elif isinstance(command, c.Execute):
            self.answer_send(command, outcome)
        elif isinstance(command, c.PrepareHandoff):
            self.take(e.HandoffPrepared(command_id=command.id))
        elif isinstance(command, c.SendNotice | c.RegenerateAnswer):
            self.take(e.Done(command_id=command.id))
        elif isinstance(command, c.Settle):
            self.take(e.Settled(command_id=command.id, action=command.action, sent=command.sent))

    def answer_draft(self, command: c.GenerateDraft, outcome: str) -> None:
        if outcome == "failed":
            self.take(e.DraftFailed(command_id=command.id, action=command.action, reason="no"))
            return
        content_hash = f"{command.action}-{command.revision}"  # so that an early approval can name it
        ref = draft(command.revision, content_hash, ("arr",) if outcome == "stale" else ())
        self.take(e.DraftReady(command_id=command.id, action=command.action, draft=ref))

    def answer_send(self, command: c.Execute, outcome: str) -> None:
        if outcome == "ok":
            if command.type is ActionType.SEND_EMAIL:
                self.confirmed.add(command.decision_id)
            self.take(e.Executed(command_id=command.id, action=command.action))
            return
        if outcome == "failed":
            self.may_execute.add(command.decision_id)  # a person may retry what definitely did not leave
        self.take(
            e.ExecutionFailed.model_validate(
                {"command_id": command.id, "action": command.action, "outcome": outcome, "reason": "no"}
            )
        )

    def in_status(self, *statuses: ActionStatus) -> list[str]:
        return sorted(key for key, action in self.state.actions.items() if action.status in statuses)

    @rule(data=st.data(), off=st.sampled_from(["", "", "", "revision", "hash", "organisation"]))
    def approve(self, data: st.DataObject, off: str) -> None:
        ready = self.in_status(ActionStatus.READY) or self.in_status(ActionStatus.APPROVED, ActionStatus.EXECUTING)
        key = data.draw(st.sampled_from(ready or [*self.state.actions, "nothing"]))
        draft_ = self.draft_of(key)
        decision = e.ApproveAction(
            org_id=uuid4() if off == "organisation" else ORG,
            decision_id=uuid4(),
            by=MARA,
            action=key,
            revision=draft_.revision + (off == "revision"),
            content_hash="another" if off == "hash" else draft_.content_hash,
        )
        self.approved[decision.decision_id] = (key, decision.content_hash)
        self.may_execute.add(decision.decision_id)
        accepted = self.decide(decision)
        assert not (accepted and off), f"an approval with another {off} was accepted"
        assert not (accepted and draft_.unresolved), "an unresolved variable was approved"
        if not accepted and decision not in self.state.held:
            self.may_execute.discard(decision.decision_id)
            executing = [open_.decision_id for open_ in self.open.values() if isinstance(open_, c.Execute)]
            assert decision.decision_id not in executing, "executed under a refused approval"

    @rule(data=st.data(), kind=st.sampled_from(["edit", "recall", "retry", "resolve"]), fits=st.booleans())
    def steer(self, data: st.DataObject, kind: str, fits: bool) -> None:
        wanted = {
            "edit": ActionStatus.READY,
            "recall": ActionStatus.APPROVED,
            "retry": ActionStatus.FAILED,
            "resolve": ActionStatus.UNCERTAIN,
        }
        fitting = self.in_status(wanted[kind]) if fits else []
        key = data.draw(st.sampled_from(fitting or [*self.state.actions, "nothing"]))
        base = {"org_id": ORG, "decision_id": uuid4(), "by": MARA, "action": key}
        revision = self.draft_of(key).revision
        if kind == "edit":
            edit = draft(revision + 1, f"{key}-{revision + 1}-{uuid4().hex}")
            self.decide(e.EditDraft.model_validate({**base, "revision": revision, "draft": edit}))
        elif kind == "recall":
            self.decide(e.RecallAction.model_validate({**base, "revision": revision}))
        elif kind == "retry":
            self.decide(e.RetryAction.model_validate(base))
        else:
            self.decide(e.ResolveAction.model_validate({**base, "sent": data.draw(st.booleans())}))

    @rule(data=st.data(), by=st.sampled_from([MARA, DANA, AE]))
    def respond(self, data: st.DataObject, by: Actor) -> None:
        key = data.draw(st.sampled_from(self.in_status(ActionStatus.EXECUTED) or [*self.state.actions, "nothing"]))
        base = {"org_id": ORG, "decision_id": uuid4(), "by": by, "action": key, "submission_id": uuid4()}
        accepted = self.decide(e.CustomerResponded.model_validate(base))
        assert not accepted or by is DANA, "somebody answered for the customer"

    @rule(data=st.data(), by=st.sampled_from([MARA, MARA, DANA]), take=st.booleans(), fits=st.booleans())
    def judge(self, data: st.DataObject, by: Actor, take: bool, fits: bool) -> None:
        key = data.draw(st.sampled_from(self.in_status(ActionStatus.EXECUTED) or [*self.state.actions, "nothing"]))
        action = self.state.actions.get(key)
        known = action.submission_id if action and fits else None
        base = {"org_id": ORG, "decision_id": uuid4(), "by": by, "action": key, "submission_id": known or uuid4()}
        kind = e.AcceptResponse if take else e.ReturnResponse
        accepted = self.decide(kind.model_validate(base | {"text": "why"}))
        assert not accepted or (by is MARA and known), "answers were judged unseen or by the customer"

    @rule(kind=st.sampled_from(["submit", "accept", "return", "again"]), by=st.sampled_from([MARA, DANA, AE]))
    def hand_over(self, kind: str, by: Actor) -> None:
        base = {"org_id": ORG, "decision_id": uuid4(), "by": by}
        before = self.state.handoff.status
        if kind == "submit":
            self.decide(e.SubmitHandoff.model_validate({**base, "csm_id": uuid4()}))
        elif kind == "again":
            self.decide(e.AskAnswerAgain.model_validate({**base, "question": "goals"}))
        else:
            decision = e.AcceptHandoff if kind == "accept" else e.ReturnHandoff
            accepted = self.decide(decision.model_validate({**base, "text": "why"}))
            assert not accepted or by is MARA, "somebody else took the account over"
        if before is HandoffStatus.ACCEPTED:
            assert self.state.handoff.status is HandoffStatus.ACCEPTED

    def draft_of(self, key: str) -> DraftRef:
        action = self.state.actions.get(key)
        return action.draft if action and action.draft else draft()

    def decide(self, decision: e.Decision) -> bool:
        self.take(decision)  # type: ignore[arg-type]  # each caller passes one of the decisions
        receipt = self.state.receipt(decision.decision_id)
        if receipt is None:
            assert decision in self.state.held, "a decision got no receipt and is not kept"
            return False
        return receipt.accepted

    @precondition(lambda self: self.in_status(ActionStatus.DRAFTING))
    @rule(data=st.data(), right=st.booleans())
    def approve_early(self, data: st.DataObject, right: bool) -> None:
        """The read model showed the draft before the machine heard of it."""
        key = data.draw(st.sampled_from(self.in_status(ActionStatus.DRAFTING)))
        known = self.state.actions[key].draft
        revision = known.revision + 1 if known else 1
        decision = e.ApproveAction(
            org_id=ORG,
            decision_id=uuid4(),
            by=MARA,
            action=key,
            revision=revision,
            content_hash=f"{key}-{revision}" if right else "another",
        )
        self.approved[decision.decision_id] = (key, decision.content_hash)
        self.may_execute.add(decision.decision_id)
        assert not self.decide(decision)
        assert decision in self.state.held

    @invariant()
    def what_is_held_waits_for_something(self) -> None:
        if hasattr(self, "state"):
            on_their_way = self.in_status(ActionStatus.DRAFTING, ActionStatus.EXECUTING, ActionStatus.UNCERTAIN)
            assert {decision.action for decision in self.state.held} <= set(on_their_way)

    @precondition(lambda self: self.past)
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        """A message that arrives a second time changes nothing."""
        event = data.draw(st.sampled_from(self.past))
        before = self.state
        self.take(event)
        known = isinstance(event, e.Decision) and (before.receipt(event.decision_id) or event in before.held)
        if known or isinstance(event, e.Started):
            assert self.state is before

    @rule(hours=st.integers(0, 100))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def continue_as_new(self) -> None:
        """A new run starts from the serialized state and finds the same commands open."""
        self.state = AccountState.model_validate_json(self.state.model_dump_json())

    @invariant()
    def nothing_awaited_is_lost_and_nothing_else_is_open(self) -> None:
        if hasattr(self, "state"):
            assert {command.id: command for command in outstanding(self.state)} == self.open

    @invariant()
    def progress_never_drops(self) -> None:
        if hasattr(self, "state"):
            assert progress(self.state) >= self.highest
            self.highest = progress(self.state)
            assert (self.highest == 100) == (self.state.status is AccountStatus.LIVE)

    @invariant()
    def nothing_starts_before_the_handoff_is_accepted(self) -> None:
        if hasattr(self, "state") and self.state.handoff.status is not HandoffStatus.ACCEPTED:
            assert all(action.status is ActionStatus.PENDING for action in self.state.actions.values())

    @invariant()
    def the_customer_sees_only_what_was_sent_to_them(self) -> None:
        if hasattr(self, "state"):
            shown = {task.key for m in portal_view(self.state).milestones for task in m.tasks}
            sent = set(self.in_status(ActionStatus.EXECUTED, ActionStatus.COMPLETED))
            assert shown <= sent

    @invariant()
    def nothing_asked_of_the_customer_is_done_without_their_answers(self) -> None:
        if hasattr(self, "state"):
            for _, outlined in self.state.outline.actions():
                action = self.state.actions[outlined.key]
                if outlined.type is ActionType.COLLECT_INFO and action.status is ActionStatus.COMPLETED:
                    assert action.submission_id is not None

    @invariant()
    def what_was_confirmed_stays_completed(self) -> None:
        if hasattr(self, "state"):
            done = {key for key, a in self.state.actions.items() if a.status is ActionStatus.COMPLETED}
            assert {self.approved[decision][0] for decision in self.confirmed} <= done


Account.TestCase.settings = settings(max_examples=250, stateful_step_count=50, deadline=None)
TestAccount = Account.TestCase
