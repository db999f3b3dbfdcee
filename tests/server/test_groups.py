"""Tests that share what they start stay together when browsers' tests run beside each other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from tests.groups import Groups, group

CARD, POPUP, UNSEEN = "tests/browser/test_card.py", "tests/browser/test_popup.py", "tests/evaluation/test_unseen.py"
TESTS = [
    *(
        f"{file}::test_{n}[{browser}]"
        for file in (CARD, POPUP)
        for n in range(5)
        for browser in ("chromium", "firefox")
    ),
    *(f"{POPUP}::test_{theme}[firefox-{theme}]" for theme in ("light", "dark")),
    *(f"{UNSEEN}::test_{n}" for n in range(3)),
]


@dataclass(eq=False)
class Worker:
    """Notes which tests it is given, and has run all of them."""

    config: pytest.Config
    given: list[str] = field(default_factory=list)
    shutting_down: bool = False

    @property
    def gateway(self) -> SimpleNamespace:
        return SimpleNamespace(id=f"gw{id(self)}")

    def send_runtest_some(self, indices: list[int]) -> None:
        self.given += [TESTS[index] for index in indices]

    def shutdown(self) -> None:
        self.shutting_down = True


def test_the_tests_of_one_file_in_one_browser_are_given_to_one_worker(
    pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pytestconfig.option, "tx", ["popen", "popen"], raising=False)
    workers = [Worker(pytestconfig), Worker(pytestconfig)]
    tests = Groups(pytestconfig)
    for worker in workers:
        tests.add_node(worker)
    for worker in workers:
        tests.add_node_collection(worker, TESTS)
    tests.schedule()
    for turn in range(len(TESTS)):
        for worker in workers:
            if turn < len(worker.given):
                tests.mark_test_complete(worker, TESTS.index(worker.given[turn]))
    assert sorted(test for worker in workers for test in worker.given) == sorted(TESTS)
    at = defaultdict(set)
    for number, worker in enumerate(workers):
        for test in worker.given:
            at[group(test)].add(number)
    assert {name: len(numbers) for name, numbers in at.items()} == dict.fromkeys(
        ["test_card chromium", "test_card firefox", "test_popup chromium", "test_popup firefox", "test_unseen"], 1
    )
    assert all(worker.given for worker in workers)


@pytest.mark.parametrize(
    ("test", "name"),
    [
        ("tests/browser/test_card.py::test_it[chromium]", "test_card chromium"),
        ("tests/browser/test_card.py::test_it[360-firefox-dark]", "test_card firefox"),
        ("tests/browser/test_card.py::test_it[firefoxes]", "test_card"),
        ("tests/browser/test_card.py::test_in_firefox", "test_card"),
        ("tests/evaluation/test_noise.py::test_it[a-b]", "test_noise"),
    ],
)
def test_a_group_is_a_file_and_a_browser(test: str, name: str) -> None:
    assert group(test) == name
