from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.settings import load_settings


def test_an_argument_wins_over_the_environment_and_that_over_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().threads == 0
    monkeypatch.setenv("FOOTNOTE_THREADS", "2")
    assert load_settings().threads == 2
    assert load_settings(threads=1).threads == 1
    assert load_settings(threads=None).threads == 2


def test_a_misspelt_variable_is_told_the_nearest_right_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_THREAD", "2")
    with pytest.raises(SettingsError, match="FOOTNOTE_THREAD") as caught:
        load_settings()
    assert "FOOTNOTE_THREADS" in caught.value.hint


def test_a_value_out_of_range_is_told_with_what_the_setting_means(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_THREADS", "-1")
    with pytest.raises(SettingsError, match="threads cannot be '-1'") as caught:
        load_settings()
    assert "one per core" in caught.value.hint


def test_a_path_may_be_given_as_text() -> None:
    assert load_settings(index="somewhere").index == Path("somewhere")
