"""The settings, and the only place that reads the environment.

An explicit argument wins over a `FOOTNOTE_…` variable, which wins over the default.
"""

import difflib
import os
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from rag.errors import SettingsError

PREFIX = "FOOTNOTE_"

GateAction = Literal["withhold", "mark", "off"]
"""What becomes of a sentence of an answer that its footnotes do not bear out; `off` checks nothing."""


class Settings(BaseSettings):
    """Everything that can be set, with its unit, range and default.

    Example:
        >>> Settings(threads=1).threads
        1
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid")

    index: Path = Field(default=Path(".footnote"), description="Folder that holds the index.")
    threads: int = Field(default=0, ge=0, le=256, description="Threads for the models; 0 means one per core.")
    max_file_megabytes: int = Field(
        default=50,
        ge=1,
        le=10_000,
        description="Larger files are not read. A .jsonl file may be of any size, its lines not.",
    )
    max_question_characters: int = Field(default=2000, ge=1, description="Longer questions are refused.")
    max_passages: int = Field(default=30, ge=1, le=200, description="Paragraphs that are read for an answer.")
    max_sentences: int = Field(default=4, ge=1, le=20, description="Sentences that a quoting answer may have.")
    gate: GateAction = Field(
        default="withhold",
        description="A sentence that its footnotes do not bear out: withhold it, mark it, or off to check nothing.",
    )


def load_settings(**explicit: object) -> Settings:
    """Return the settings from explicit values, the environment and the defaults, in this order.

    Args:
        explicit: Values by field name; None means "not given".

    Raises:
        SettingsError: A value is out of range, or a `FOOTNOTE_` variable is misspelt.
    """
    _check_variable_names()
    try:
        return Settings.model_validate({name: value for name, value in explicit.items() if value is not None})
    except ValidationError as error:
        problem = error.errors()[0]
        name = str(problem["loc"][0]) if problem["loc"] else "settings"
        field = Settings.model_fields.get(name)
        raise SettingsError(
            f"Setting {name} cannot be {problem['input']!r}: {problem['msg']}.",
            f"{PREFIX}{name.upper()}: {field.description}" if field else "",
        ) from error


def _check_variable_names() -> None:
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    for name in os.environ:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            nearest = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.0)[0]
            raise SettingsError(f"There is no setting {name}.", f"Did you mean {nearest}?")
