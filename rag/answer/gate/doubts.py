"""What speaks against a sentence, in words that its reader understands."""

from dataclasses import dataclass
from typing import Literal

DoubtKind = Literal[
    "quotation", "number", "date", "name", "speaker", "negation", "contrary", "hedge", "order", "addition"
]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a sentence says and its paragraphs don't, or say otherwise.

    Attributes:
        kind: What it is about.
        reason: What is wrong, in one sentence.
        grave: Whether the sentence is then unsupported; otherwise it is borne out in part at most.
    """

    kind: DoubtKind
    reason: str
    grave: bool = True
