"""The settings, and the only place that reads the environment.

An explicit argument wins over a `FOOTNOTE_…` variable, which wins over the default.
"""

import difflib
import os
from collections.abc import Sequence
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
    max_passages: int = Field(default=20, ge=1, le=200, description="Paragraphs that are read for an answer.")
    max_sentences: int = Field(default=4, ge=1, le=20, description="Sentences that a quoting answer may have.")
    model: str = Field(default="reader", description="Model that answers; footnote models lists what there is.")
    fallback: Literal["", "reader"] = Field(
        default="", description="Model that answers if the other one fails: reader, or nothing for none."
    )
    model_timeout: float = Field(
        default=120.0, gt=0, le=3600, description="Seconds that a language model may say nothing."
    )
    context_tokens: int = Field(
        default=0,
        ge=0,
        description="Tokens that a language model may use; 0 means what it tells, 8192 for local ones.",
    )
    max_reply_tokens: int = Field(
        default=2000,
        ge=50,
        le=100_000,
        description="Tokens that a reply may have, thinking included.",
    )
    rewrite_with_model: bool = Field(
        default=False, description="Let the language model rewrite follow-ups; it is asked twice then."
    )
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


def read_key(names: Sequence[str]) -> str:
    """Return a key of a hosted model from the environment, or an empty string if there is none.

    Args:
        names: Variables that may hold it; each with `_FILE` behind may name a file that does, and that wins.

    Raises:
        SettingsError: The file cannot be read.
    """
    for name in names:
        path = os.environ.get(f"{name}_FILE", "")
        try:
            key = Path(path).read_text(encoding="utf-8").strip() if path else os.environ.get(name, "").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"{name}_FILE names a file that cannot be read: {path}.", "Is it a text file?"
            ) from error
        if key:
            return key
    return ""


def read_address(name: str, default: str) -> str:
    """Return the address of a server from a variable that is not ours, such as `OLLAMA_HOST`."""
    return os.environ.get(name, "").strip() or default


def _check_variable_names() -> None:
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    for name in os.environ:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            nearest = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.0)[0]
            raise SettingsError(f"There is no setting {name}.", f"Did you mean {nearest}?")
