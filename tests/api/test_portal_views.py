"""Live views: one query for all who look, kept a moment, and none while nobody answers."""

import asyncio
from uuid import uuid4

import pytest

from api.portal_views import NoView, Place, PortalViews
from domain.portal import PortalView
from domain.state import AccountStatus

PLACE: Place = (uuid4(), uuid4())
OTHER: Place = (PLACE[0], uuid4())


class Workflow:
    """Answers by its `revision`, once `open` allows; or raises its `error`."""

    def __init__(self) -> None:
        self.asked: list[Place] = []
        self.revision = 1
        self.error: Exception | None = None
        self.open = asyncio.Event()
        self.open.set()

    async def __call__(self, place: Place) -> PortalView:
        self.asked.append(place)
        revision = self.revision
        await self.open.wait()
        if self.error:
            raise self.error
        return PortalView(status=AccountStatus.ACTIVE, progress=0, revision=revision)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def workflow() -> Workflow:
    return Workflow()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def views(workflow: Workflow, clock: Clock) -> PortalViews:
    return PortalViews(workflow, clock=clock, budget=0.05, most=3)


async def revision(views: PortalViews, place: Place = PLACE) -> int | None:
    seen = await views.live(place)
    return seen.view.revision if seen else None


async def test_an_answer_serves_for_two_seconds(views: PortalViews, workflow: Workflow, clock: Clock) -> None:
    assert await revision(views) == 1
    workflow.revision = 2
    clock.now += 1.9
    assert await revision(views) == 1
    clock.now += 0.2
    assert await revision(views) == 2
    assert len(workflow.asked) == 2


async def test_those_who_look_at_once_share_one_query(views: PortalViews, workflow: Workflow) -> None:
    workflow.open.clear()
    looking = [asyncio.create_task(revision(views)) for _ in range(20)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    looking[0].cancel()  # who asked first leaves
    workflow.open.set()
    assert await asyncio.gather(*looking[1:]) == [1] * 19
    assert workflow.asked == [PLACE]


async def test_each_account_has_its_own_view(views: PortalViews, workflow: Workflow) -> None:
    assert await revision(views) == 1
    workflow.revision = 7
    assert (await revision(views, OTHER), await revision(views)) == (7, 1)


@pytest.mark.parametrize("error", [RuntimeError("not connected"), OSError(), ValueError("another version's view")])
async def test_after_a_failure_nobody_is_asked_for_five_seconds(
    views: PortalViews, workflow: Workflow, clock: Clock, error: Exception
) -> None:
    workflow.error = error
    assert await revision(views) is None
    clock.now += 4.9
    assert (await revision(views), await revision(views, OTHER)) == (None, None)
    assert workflow.asked == [PLACE]
    workflow.error = None
    clock.now += 0.2
    assert (await revision(views), await revision(views, OTHER)) == (1, 1)


async def test_who_does_not_answer_within_the_budget_has_failed(views: PortalViews, workflow: Workflow) -> None:
    workflow.open.clear()
    began = asyncio.get_running_loop().time()
    assert await revision(views) is None
    assert asyncio.get_running_loop().time() - began < 0.5
    assert (await revision(views), len(workflow.asked)) == (None, 1)


async def test_while_nobody_is_asked_what_is_kept_still_serves(
    views: PortalViews, workflow: Workflow, clock: Clock
) -> None:
    assert await revision(views) == 1
    workflow.error = RuntimeError()
    assert await revision(views, OTHER) is None
    assert await revision(views) == 1
    clock.now += 2.1
    assert await revision(views) is None


async def test_one_account_that_cannot_say_does_not_silence_the_others(
    views: PortalViews, workflow: Workflow, clock: Clock
) -> None:
    workflow.error = NoView(5)
    assert await revision(views) is None
    workflow.error = None
    assert (await revision(views), await revision(views, OTHER)) == (None, 1)
    clock.now += 5.1
    assert await revision(views) == 1


async def test_what_is_forgotten_is_asked_again(views: PortalViews, workflow: Workflow) -> None:
    assert await revision(views) == 1
    workflow.revision = 2
    views.forget(PLACE)
    assert await revision(views) == 2


async def test_an_answer_from_before_it_was_forgotten_is_not_kept(views: PortalViews, workflow: Workflow) -> None:
    workflow.open.clear()
    looking = asyncio.create_task(revision(views))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    views.forget(PLACE)
    workflow.revision = 2
    workflow.open.set()
    assert await looking == 1
    assert await revision(views) == 2


async def test_it_keeps_so_many_and_no_more(views: PortalViews, workflow: Workflow) -> None:
    for _ in range(4):
        await revision(views, (PLACE[0], uuid4()))
    assert len(views._kept) == 3
    assert views._asking == {}
