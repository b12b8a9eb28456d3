"""How soon may something be tried again?"""

import pytest

from api.limits import AttemptLimit, network
from api.problems import ApiError


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_and_then_one_at_a_time() -> None:
    clock = Clock()
    limit = AttemptLimit(burst=3, seconds=10, clock=clock)
    for _ in range(3):
        limit.take("a")
    with pytest.raises(ApiError) as refused:
        limit.take("a")
    assert (refused.value.status_code, refused.value.headers) == (429, {"Retry-After": "10"})
    limit.take("b")
    clock.now += 9.9
    with pytest.raises(ApiError):
        limit.take("a")
    clock.now += 0.1
    limit.take("a")
    with pytest.raises(ApiError):
        limit.take("a")


def test_being_refused_does_not_make_the_wait_longer() -> None:
    clock = Clock()
    limit = AttemptLimit(burst=1, seconds=10, clock=clock)
    limit.take("a")
    for _ in range(100):
        with pytest.raises(ApiError):
            limit.take("a")
    clock.now += 10
    limit.take("a")


def test_a_good_attempt_does_not_count() -> None:
    limit = AttemptLimit(burst=1, seconds=10, clock=Clock())
    for _ in range(5):
        limit.take("a")
        limit.give_back("a")


def test_its_memory_has_an_end() -> None:
    limit = AttemptLimit(burst=1, seconds=10, most_keys=2, clock=Clock())
    for key in ("a", "b", "c", "a"):
        limit.take(key)
    with pytest.raises(ApiError):
        limit.take("c")


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", ""),
        ("testclient", "testclient"),
    ],
)
def test_ipv6_is_counted_by_the_network_one_customer_gets(host: str, key: str) -> None:
    assert network(host) == key
