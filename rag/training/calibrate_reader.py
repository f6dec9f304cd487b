"""Choose the reader's calibration: `python -m rag.training.calibrate_reader --mixed FILE --squad FILE --reader FOLDER`.

Searches for the questions of the validation part, reads what is found, and chooses the weights that make the right
sentences likeliest, with "nothing here answers" as one more choice (conditional logistic regression). Writes
`FOLDER/calibration.json`. Needs the `train` extra.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple, dataclass, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import torch

from rag.answer.judge import Evidence, Quote, judge_quotes, one_line
from rag.answer.kind import analyse_question
from rag.assistant import Assistant
from rag.models.reader import Calibration, MiniLMReader
from rag.search.hybrid import search
from rag.search.reread import reread
from rag.training.export_embedder import default_weights, load_plain_embedder
from rag.training.pieces import choose_borders
from rag.training.reader_examples import Example, read_mixed, read_squad
from rag.training.reword import Synonyms, find_synonyms, reword
from rag.training.train_reader import add_data_options

CANDIDATES = 20
SQUAD_QUESTIONS, MIXED_QUESTIONS = 280, 200
"""Questions taken of the validation part of each file, evenly spread; every second is asked in other words."""

BACKGROUND = 3
"""Every so many of the training passages are searched along with those asked about."""

ANSWERABLE = 0.7
"""Share of questions that the articles answer, as people ask them: the validation part, where it is smaller, is weighed
so. A confidence is right for this share only."""

LEAST_CONFIDENCE = 0.25
"""Probability from which on it pays to answer if a wrong refusal costs three times as much as a wrong answer, whose
quote and place anybody can see."""

PENALTY = 0.001
"""Of the squared weights, so that none runs away."""

LEAST_SHARED = 0.5
"""F1 of the words of a short answer that is right: "more" is not, where "more than 120 countries" is."""

IMPOSSIBLE = -1e9
"""Log odds of what is no competitor."""

UNTRAINED = Calibration(
    answered=1.0,
    searched=2.0,
    span=0.5,
    fit=0.5,
    words=1.0,
    names=1.0,
    similarity=1.0,
    start=0.0,
    least_confidence=0.5,
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
    """Yield the competitors for each question, and for each answered one those without an answer's words around.

    Args:
        examples: The questions.
        passages: Examples whose passages are searched, cut into paragraphs as short as those of news.
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
                yield Judged([quote.evidence for quote in quotes], [_is_right(quote, example) for quote in quotes])
                if example.answers:
                    others = [quote for quote in quotes if not _has_answer(quote.passage.paragraph.text, example)]
                    yield Judged([quote.evidence for quote in others], [False] * len(others))


def _take(examples: Sequence[Example], most: int, synonyms: Synonyms) -> list[Example]:
    """Return some of the examples, evenly spread, every second asked in other words."""
    rng = random.Random(0)
    count = min(most, len(examples))
    taken = [examples[place * len(examples) // count] for place in range(count)]
    return [
        replace(example, question=reword(example.question, synonyms, rng)) if place % 2 else example
        for place, example in enumerate(taken)
    ]


def _write_articles(examples: Sequence[Example], path: Path) -> None:
    """Write passages as articles, those of one title together, each cut into some paragraphs."""
    rng = random.Random(0)
    articles: dict[str, dict[str, None]] = {}
    for example in {example.passage: example for example in examples}.values():
        pieces = [example.passage[start:end] for start, end in choose_borders(example.passage, rng)]
        title = example.title or " ".join(example.passage.split()[:3])
        articles.setdefault(title, {}).update(dict.fromkeys(map(one_line, pieces)))
    with path.open("w", encoding="utf-8") as file:
        for title, texts in articles.items():
            file.write(json.dumps({"title": title, "text": "\n\n".join(texts)}) + "\n")


def _is_right(quote: Quote, example: Example) -> bool:
    """Return whether a quote is of the example's passage and its short answer is right."""
    if not quote.short or quote.passage.paragraph.text not in one_line(example.passage):
        return False
    return any(_share_words(quote.short, answer) >= LEAST_SHARED for answer in example.answers)


def _share_words(one: str, other: str) -> float:
    """Return the F1 of two texts' words, 0 to 1."""
    words, others = (set(re.findall(r"\w+", text.lower())) for text in (one, other))
    return 2 * len(words & others) / max(len(words) + len(others), 1)


def _has_answer(text: str, example: Example) -> bool:
    return any(one_line(answer).lower() in text.lower() for answer in example.answers)


def choose_weights(judged: Sequence[Judged]) -> Calibration:
    """Return the likeliest weights.

    Args:
        judged: Questions whose right sentence was not found count as unanswered.
    """
    names = [field.name for field in fields(Evidence)]
    start = [getattr(UNTRAINED, name) for name in (*names, "start")]
    weights = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    signs, there, right = _stack(judged)
    answered = right.any(dim=1)
    shares = torch.where(answered, ANSWERABLE / answered.sum(), (1 - ANSWERABLE) / (~answered).sum())
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def step() -> torch.Tensor:
        optimizer.zero_grad()
        scores = (signs @ weights).masked_fill(~there, IMPOSSIBLE)
        everything = torch.logsumexp(torch.cat([scores, torch.zeros_like(scores[:, :1])], dim=1), dim=1)
        good = torch.where(answered, torch.logsumexp(scores.masked_fill(~right, IMPOSSIBLE), dim=1), 0.0)
        loss = ((everything - good) * shares).sum() + PENALTY * (weights**2).sum()
        loss.backward()
        return loss

    optimizer.step(step)
    with torch.no_grad():
        scores = (signs @ weights).masked_fill(~there, IMPOSSIBLE)
        _tell(torch.sigmoid(torch.logsumexp(scores, dim=1)), answered, LEAST_CONFIDENCE)
    chosen = dict(zip((*names, "start"), [round(value, 4) for value in weights.tolist()], strict=True))
    return Calibration(**chosen, least_confidence=LEAST_CONFIDENCE)


def _stack(judged: Sequence[Judged]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return the signs of all competitors, which of the places are taken, and which competitors are right.

    Shapes (questions, competitors, signs), (questions, competitors), (questions, competitors); the last sign is 1.
    """
    most = max(len(each.evidence) for each in judged)
    signs = torch.zeros(len(judged), most, len(fields(Evidence)) + 1, dtype=torch.float64)
    there, right = (torch.zeros(len(judged), most, dtype=torch.bool) for _ in range(2))
    for row, each in enumerate(judged):
        count = len(each.evidence)
        if not count:
            continue
        signs[row, :count] = torch.tensor([(*astuple(evidence), 1.0) for evidence in each.evidence])
        there[row, :count] = True
        right[row, :count] = torch.tensor(each.right)
    return signs, there, right


def _tell(confidences: torch.Tensor, answered: torch.Tensor, threshold: float) -> None:
    refused, told = (confidences[answered] < threshold).double(), (confidences[~answered] >= threshold).double()
    sys.stdout.write(f"at {threshold}: wrong refusals {refused.mean():.3f}, wrong answers {told.mean():.3f}\n")


def calibrate_reader(mixed: Path, squad: Path, folder: Path, source: Path) -> Calibration:
    """Choose the calibration of the reader in a folder on the validation part of the data, and write it there.

    Args:
        mixed: The file of several sources that the reader was trained on.
        squad: The SQuAD 2.0 paragraphs.
        folder: Holds `model.onnx` and `tokenizer.json`.
        source: Folder of the model that the reader was made of; tells which words mean the same.
    """
    reader = MiniLMReader(folder=folder, calibration=UNTRAINED)
    synonyms = find_synonyms((example.question for example in read_mixed(mixed, "train")), load_plain_embedder(source))
    taken = _take(read_squad(squad, "validation"), SQUAD_QUESTIONS, synonyms)
    everywhere = [example for part in ("train", "validation") for example in read_squad(squad, part)]
    judged = list(collect(taken, everywhere, reader))
    held_out = [example for example in read_mixed(mixed, "validation") if example.answers]
    held_out.sort(key=lambda example: example.source)
    asked = _take([one for one in held_out if one.source in ("nq", "squad")], MIXED_QUESTIONS, synonyms)
    background = [example for example in read_mixed(mixed, "train") if example.source in ("nq", "squad")]
    judged += list(collect(asked, [*asked, *background[::BACKGROUND]], reader))
    calibration = choose_weights(judged)
    (folder / "calibration.json").write_text(json.dumps(asdict(calibration), indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(judged)} questions: {calibration}\n")
    return calibration


def main() -> None:
    """Read the command line and write the calibration."""
    parser = argparse.ArgumentParser(description="Choose the reader's calibration on validation data.")
    add_data_options(parser)
    parser.add_argument("--reader", type=Path, required=True, help="folder with model.onnx and tokenizer.json")
    parser.add_argument("--weights", type=Path, help="folder of the model that it was made of; default: the package's")
    options = parser.parse_args()
    calibrate_reader(options.mixed, options.squad, options.reader, options.weights or default_weights())


if __name__ == "__main__":
    main()
