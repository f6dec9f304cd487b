"""Choose the reader's calibration: `python -m rag.training.calibrate_reader --mixed FILE --squad FILE --reader FOLDER`.

Searches for the questions of the validation part, reads what is found, and chooses the weights that make the right
sentences likeliest, with "nothing here answers" as one more choice (conditional logistic regression). Writes
`FOLDER/calibration.json`. Needs the `train` extra.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple, dataclass, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import torch

from rag.answer.judge import Evidence, Quote, judge_quotes, one_line
from rag.answer.kind import analyse_question
from rag.assistant import Assistant
from rag.models.embedder import load_embedder
from rag.models.reader import Calibration, MiniLMReader
from rag.search.hybrid import search
from rag.search.reread import reread
from rag.training.reader_examples import Example, read_mixed, read_squad
from rag.training.reword import Synonyms, find_synonyms, reword

CANDIDATES = 30
SQUAD_QUESTIONS, MIXED_QUESTIONS = 280, 160
"""Questions taken of the validation part of each file, evenly spread; every second is asked in other words."""

ANSWERABLE = 0.7
"""Share of questions that the articles answer, as people ask them: the validation part, where it is smaller, is weighed
so. A confidence is right for this share only."""

LEAST_CONFIDENCE = 0.25
"""Probability from which on it pays to answer if a wrong refusal costs three times as much as a wrong answer, whose
quote and place anybody can see."""

PENALTY = 0.001
"""Of the squared weights, so that none runs away."""

UNTRAINED = Calibration(
    answered=1.0, searched=2.0, span=0.5, fit=0.5, words=1.0, similarity=1.0, start=0.0, least_confidence=0.5
)


@dataclass(frozen=True, slots=True)
class Judged:
    """The sentences that compete to answer one question.

    Attributes:
        evidence: What is known of each.
        right: Whether each is right; none may be.
    """

    evidence: list[Evidence]
    right: list[bool]


def collect(examples: Sequence[Example], passages: Sequence[Example], reader: MiniLMReader) -> Iterator[Judged]:
    """Yield the competitors for each question, and for each answered one those that are left without its passage.

    Args:
        examples: The questions.
        passages: Examples whose passages are searched.
        reader: Reads what is found; its own calibration does not matter.
    """
    with TemporaryDirectory() as folder:
        _write_articles(passages, Path(folder) / "articles.jsonl")
        with Assistant.open(Path(folder) / "articles.jsonl", index=Path(folder) / "index") as desk:
            for example in examples:
                asked = analyse_question(example.question)
                found = search(desk.index, example.question, CANDIDATES)
                read = reread(example.question, found, reader, CANDIDATES)
                quotes = judge_quotes(example.question, asked, read, reader.calibration)
                right = [_is_right(quote, example) for quote in quotes]
                yield Judged([quote.evidence for quote in quotes], right)
                others = [quote for quote in quotes if quote.passage.paragraph.text != one_line(example.passage)]
                if example.answers:
                    yield Judged([quote.evidence for quote in others], [False] * len(others))


def _take(examples: Sequence[Example], most: int, synonyms: Synonyms) -> list[Example]:
    """Return some of the examples, evenly spread, every second asked in other words."""
    rng = random.Random(0)
    taken = examples[:: max(1, len(examples) // most)]
    return [
        replace(example, question=reword(example.question, synonyms, rng)) if place % 2 else example
        for place, example in enumerate(taken)
    ]


def _write_articles(examples: Sequence[Example], path: Path) -> None:
    """Write passages as articles, those of one title together."""
    articles: dict[str, dict[str, None]] = {}
    for example in examples:
        text = one_line(example.passage)
        articles.setdefault(example.title or " ".join(text.split()[:3]), {})[text] = None
    with path.open("w", encoding="utf-8") as file:
        for title, texts in articles.items():
            file.write(json.dumps({"title": title, "text": "\n\n".join(texts)}) + "\n")


def _is_right(quote: Quote, example: Example) -> bool:
    if not quote.short or quote.passage.paragraph.text != one_line(example.passage):
        return False
    short, answers = quote.short.lower(), [one_line(answer).lower() for answer in example.answers]
    return any(short in answer or answer in short for answer in answers)


def choose_weights(judged: Sequence[Judged]) -> Calibration:
    """Return the likeliest weights.

    Args:
        judged: Questions whose right sentence was not found count as unanswered.
    """
    names = [field.name for field in fields(Evidence)]
    start = [getattr(UNTRAINED, name) for name in (*names, "start")]
    weights = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    rows = [torch.tensor([(*astuple(e), 1.0) for e in each.evidence], dtype=torch.float64) for each in judged]
    right = [torch.tensor(each.right) for each in judged]
    answered = torch.tensor([any(each.right) for each in judged])
    shares = torch.where(answered, ANSWERABLE / answered.sum(), (1 - ANSWERABLE) / (~answered).sum())
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def step() -> torch.Tensor:
        optimizer.zero_grad()
        surprises = torch.stack([_surprise(row @ weights, good) for row, good in zip(rows, right, strict=True)])
        loss = (surprises * shares).sum() + PENALTY * (weights**2).sum()
        loss.backward()
        return loss

    optimizer.step(step)
    with torch.no_grad():
        confidences = torch.stack([_confidence(row @ weights) for row in rows])
    _tell(confidences, answered, LEAST_CONFIDENCE)
    chosen = dict(zip((*names, "start"), [round(value, 4) for value in weights.tolist()], strict=True))
    return Calibration(**chosen, least_confidence=LEAST_CONFIDENCE)


def _surprise(scores: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    everything = torch.logsumexp(torch.cat([scores, scores.new_zeros(1)]), dim=0)
    return everything - (torch.logsumexp(scores[right], dim=0) if right.any() else scores.new_zeros(()))


def _confidence(scores: torch.Tensor) -> torch.Tensor:
    return torch.sigmoid(torch.logsumexp(scores, dim=0))


def _tell(confidences: torch.Tensor, answered: torch.Tensor, threshold: float) -> None:
    refused, told = (confidences[answered] < threshold).double(), (confidences[~answered] >= threshold).double()
    sys.stdout.write(f"at {threshold}: wrong refusals {refused.mean():.3f}, wrong answers {told.mean():.3f}\n")


def main() -> None:
    """Read the command line and write the calibration."""
    parser = argparse.ArgumentParser(description="Choose the reader's calibration on validation data.")
    parser.add_argument("--mixed", type=Path, required=True, help="the file that the reader was trained on")
    parser.add_argument("--squad", type=Path, required=True, help="the SQuAD 2.0 paragraphs")
    parser.add_argument("--reader", type=Path, required=True, help="folder with model.onnx and tokenizer.json")
    options = parser.parse_args()
    path = options.reader / "calibration.json"
    path.write_text(json.dumps(asdict(UNTRAINED)), encoding="utf-8")
    reader = MiniLMReader(folder=options.reader)
    synonyms = find_synonyms((example.question for example in read_mixed(options.mixed, "train")), load_embedder())
    squad = _take(read_squad(options.squad, "validation"), SQUAD_QUESTIONS, synonyms)
    everywhere = [example for part in ("train", "validation") for example in read_squad(options.squad, part)]
    judged = list(collect(squad, everywhere, reader))
    held_out = [example for example in read_mixed(options.mixed, "validation") if example.answers]
    held_out.sort(key=lambda example: example.source)
    asked = _take([one for one in held_out if one.source in ("nq", "squad")], MIXED_QUESTIONS, synonyms)
    background = [example for example in read_mixed(options.mixed, "train") if example.source in ("nq", "squad")]
    judged += list(collect(asked, [*asked, *background], reader))
    calibration = choose_weights(judged)
    path.write_text(json.dumps(asdict(calibration), indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(judged)} questions: {calibration}\n")


if __name__ == "__main__":
    main()
