"""Make the shipped embedder: `python -m rag.training.train_embedder --mixed FILE --squad FILE --to FOLDER`.

It is all-MiniLM-L6-v2 with its vectors projected on fewer numbers. Only the projection is learned, a matrix that
brings questions near to the paragraphs that answer them: so little cannot unlearn what the model knows of other texts,
and takes two minutes once everything is embedded. Needs the `train` extra and ten minutes.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import cross_entropy, normalize

from rag.models.embedder import MiniLMEmbedder
from rag.training.export_embedder import build_embedder, default_weights, load_plain_embedder, write_model
from rag.training.pieces import cut_passage
from rag.training.reader_examples import Example, read_examples
from rag.training.reword import Synonyms, find_synonyms, reword
from rag.training.train_reader import add_data_options

DIMENSION = 192
"""Numbers that are left of 384: the memory of a large index is mostly vectors. With 256, of what is validated on up to
two in a hundred more are found among five; of 7,584 news articles none."""

CUT = 0.8
"""Chance that only a piece of a passage is seen: the paragraphs of news are as short."""

SHARES = {"qamr": 0.3, "covid": 0.5, "fairy": 0.7}
"""How often a source's questions are drawn, others 1: these ask least like readers of news."""

REWORDED = 0.5
"""Chance that a question is asked in other words."""

EPOCHS = 6
QUESTIONS, OTHERS = 256, 3584
"""Questions of a batch, and passages drawn at random that compete along with those of all its questions."""

NEIGHBOURS = 2
"""The pieces that follow the right one compete too: mostly they are of the same passage."""

TEMPERATURE = 0.05
LEARNING_RATE = 5e-4
PENALTY = 0.003
"""Of the squared distance to where the projection began."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Questions and what answers them, as vectors of all-MiniLM-L6-v2, float32.

    Attributes:
        asked: The questions, shape (questions, hidden).
        reworded: The same in other words.
        passages: All passages, shape (passages, hidden).
        right: For each question the place of the passage that answers it, int64.
        also: For each question the places of other cuts of the same passage that have its answer's words.
        shares: How often each question is drawn, relative to the others.
    """

    asked: Tensor
    reworded: Tensor
    passages: Tensor
    right: Tensor
    also: Sequence[Sequence[int]]
    shares: Tensor


def collect_pairs(examples: Sequence[Example], synonyms: Synonyms, embedder: MiniLMEmbedder) -> Pairs:
    """Embed the answered examples, most of them cut into pieces, each below its title as in an index.

    Args:
        examples: The examples.
        synonyms: Words that may stand for each other.
        embedder: Gives vectors that are not projected.
    """
    rng = random.Random(0)
    answered = [example for example in examples if example.answers]
    places: dict[str, int] = {}
    cuts: dict[str, set[str]] = {}
    right = []
    for example in answered:
        pieces = (rng.random() < CUT and cut_passage(example, rng)) or [example]
        told = [_told(piece) for piece in pieces]
        found = [places.setdefault(text, len(places)) for text in told]
        cuts.setdefault(example.passage, set()).update(told)
        right.append(found[0])
    questions = [example.question for example in answered]
    return Pairs(
        asked=torch.from_numpy(embedder.embed(questions)),
        reworded=torch.from_numpy(embedder.embed([reword(question, synonyms, rng) for question in questions])),
        passages=torch.from_numpy(embedder.embed(list(places))),
        right=torch.tensor(right),
        also=[[places[cut] for cut in cuts[one.passage] if one.answers[0] in cut] for one in answered],
        shares=torch.tensor([SHARES.get(example.source, 1.0) for example in answered]),
    )


def _told(piece: Example) -> str:
    return f"{piece.title}\n{piece.passage}" if piece.title else piece.passage


def train_projection(pairs: Pairs) -> NDArray[np.float32]:
    """Return the projection under which a question is nearest to what answers it, shape (hidden, `DIMENSION`).

    It begins as the directions in which the passages differ most. What is made small is the cross entropy of the right
    passage among many, by cosine (van den Oord and others, "Representation Learning with Contrastive Predictive
    Coding", 2018).

    Args:
        pairs: What to learn from.
    """
    torch.manual_seed(0)
    begin = torch.linalg.svd(pairs.passages, full_matrices=False)[2][:DIMENSION].T.clone()
    projection = begin.clone().requires_grad_()
    optimizer = torch.optim.Adam([projection], lr=LEARNING_RATE)
    steps = EPOCHS * len(pairs.asked) // QUESTIONS
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, total_iters=max(steps, 1))
    for _ in range(steps):
        loss = _measure_loss(pairs, projection) + PENALTY * ((projection - begin) ** 2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return np.asarray(projection.detach())


def _measure_loss(pairs: Pairs, projection: Tensor) -> Tensor:
    drawn = torch.multinomial(pairs.shares, QUESTIONS, replacement=True)
    other_words = torch.rand(QUESTIONS, 1) < REWORDED
    questions = normalize(torch.where(other_words, pairs.reworded[drawn], pairs.asked[drawn]) @ projection, dim=1)
    right, last = pairs.right[drawn], len(pairs.passages) - 1
    near = [(right + step).clamp(max=last) for step in range(1, NEIGHBOURS + 1)]
    rivals = torch.cat([right, *near, torch.randint(last + 1, (OTHERS,))])
    cosines = questions @ normalize(pairs.passages[rivals] @ projection, dim=1).T
    again = (rivals == right[:, None]) & ~torch.eye(QUESTIONS, len(rivals), dtype=torch.bool)
    return cross_entropy((cosines / TEMPERATURE).masked_fill(again, -torch.inf), torch.arange(QUESTIONS))


def measure_finding(pairs: Pairs, projection: NDArray[np.float32] | None = None) -> list[float]:
    """Return how often the right passage is first, among five and among twenty; for questions in other words.

    Other cuts of the same passage that have the answer's words are as right, and no rivals. In the loss they are: left
    out there, no more is found.

    Args:
        pairs: What to measure with.
        projection: If none, the vectors stay as they are.
    """
    matrix = torch.eye(pairs.asked.shape[1]) if projection is None else torch.from_numpy(projection)
    cosines = normalize(pairs.reworded @ matrix, dim=1) @ normalize(pairs.passages @ matrix, dim=1).T
    better = cosines > cosines.gather(1, pairs.right[:, None])
    for row, also in zip(better, pairs.also, strict=True):
        row[also] = False
    ranks = better.sum(dim=1)
    return [round(float((ranks < most).double().mean()), 3) for most in (1, 5, 20)]


def main() -> None:
    """Read the command line and make the embedder."""
    parser = argparse.ArgumentParser(description="Make the shipped embedder from all-MiniLM-L6-v2.")
    add_data_options(parser)
    parser.add_argument("--weights", type=Path, help="folder of the model to begin from; default: the package's")
    parser.add_argument("--to", type=Path, required=True, help="folder to write to")
    options = parser.parse_args()
    source = options.weights or default_weights()
    examples = read_examples(options.mixed, options.squad, "train")
    plain = load_plain_embedder(source)
    synonyms = find_synonyms((example.question for example in examples), plain)
    projection = train_projection(collect_pairs(examples, synonyms, plain))
    held_out = collect_pairs(read_examples(options.mixed, options.squad, "validation"), synonyms, plain)
    figures = f"{measure_finding(held_out)} as it was, {measure_finding(held_out, projection)} projected"
    sys.stdout.write(f"right passage first, among five, among twenty of what is validated on: {figures}\n")
    write_model(build_embedder(source, projection=projection), source, options.to)


if __name__ == "__main__":
    main()
