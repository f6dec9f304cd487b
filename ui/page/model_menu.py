"""The menu of models, each with its state."""

import threading
import time

from rag import Assistant
from rag.models.llm import PROVIDERS
from ui.render import plain

SHAPES = frozenset(provider.shape for provider in PROVIDERS.values())
"""Stand for models that nobody has named yet, and are not to be chosen."""

FRESH_SECONDS = 10.0
"""Time for which a state counts as true, so that many visitors at once ask the servers of models only once."""


class ModelMenu:
    """What the menu shows. Safe to use from several threads."""

    def __init__(self, desk: Assistant) -> None:
        """List the models of this desk."""
        self._desk = desk
        self._looking = threading.Lock()
        self._looked_at = float("-inf")
        self._labels: dict[str, str] = {}

    def choices(self) -> list[tuple[str, str]]:
        """Return what the menu shows and what it gives, the model asked by default first.

        A model that was there before stays, since some visitor may have chosen it.
        """
        with self._looking:
            if time.monotonic() - self._looked_at > FRESH_SECONDS:
                self._labels = self._look()
                self._looked_at = time.monotonic()
            return [(label, spec) for spec, label in self._labels.items()]

    def _look(self) -> dict[str, str]:
        now = {
            status.spec: status.spec if status.ready else _not_ready(status.spec, status.reason)
            for status in self._desk.models()
            if status.spec not in SHAPES
        }
        gone = {spec: _not_ready(spec, "Its server does not list it any more.") for spec in self._labels}
        return {**now, **{spec: label for spec, label in gone.items() if spec not in now}}


def _not_ready(spec: str, reason: str) -> str:
    return f"{spec} (not ready: {plain(reason)})"
