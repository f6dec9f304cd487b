"""The gate: every sentence of an answer is checked against the paragraphs that it cites."""

from rag.answer.gate.apply import AnswerGate, FindArticle, apply_gate
from rag.answer.gate.check import Gate, Judgement
from rag.answer.gate.evidence import Beside, nothing_beside

__all__ = ["AnswerGate", "Beside", "FindArticle", "Gate", "Judgement", "apply_gate", "nothing_beside"]
