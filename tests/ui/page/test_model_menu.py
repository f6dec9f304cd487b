from typing import Any

import pytest

from rag.models.llm_states import ModelStatus
from ui.page import model_menu
from ui.page.model_menu import ModelMenu


class CountingDesk:
    """A desk whose models change, and that counts how often it was asked for them."""

    def __init__(self, *statuses: ModelStatus) -> None:
        self.statuses = statuses
        self.asked = 0

    def models(self) -> list[ModelStatus]:
        self.asked += 1
        return list(self.statuses)


def menu(desk: Any) -> ModelMenu:
    return ModelMenu(desk)


READER = ModelStatus("reader", ready=True)
LLAMA = ModelStatus("ollama:llama", ready=True)


def test_the_menu_tells_why_a_model_is_not_ready_and_leaves_out_what_nobody_named() -> None:
    down = ModelStatus("ollama:llama", ready=False, reason="No server\x1b[2J answers.")
    shown = menu(CountingDesk(READER, down, ModelStatus("openai:NAME", ready=False))).choices()
    assert shown == [("reader", "reader"), ("ollama:llama (not ready: No server[2J answers.)", "ollama:llama")]


def test_however_many_visitors_come_the_models_are_looked_at_once() -> None:
    desk = CountingDesk(READER)
    shown = menu(desk)
    assert [shown.choices() for _ in range(50)] == [[("reader", "reader")]] * 50
    assert desk.asked == 1


def test_a_model_that_is_gone_stays_in_the_menu_as_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_menu, "FRESH_SECONDS", -1.0)
    desk = CountingDesk(READER, LLAMA)
    shown = menu(desk)
    assert ("ollama:llama", "ollama:llama") in shown.choices()
    desk.statuses = (READER,)
    assert [spec for label, spec in shown.choices() if "not ready" in label] == ["ollama:llama"]
    desk.statuses = (READER, LLAMA)
    assert ("ollama:llama", "ollama:llama") in shown.choices()
