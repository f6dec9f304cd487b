"""Turn groups of examples into batches of tokens of about one size."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from rag.models.reader import MAX_QUESTION, build_inputs, join_context
from rag.training.reader_examples import Example
from rag.training.reader_groups import Group
from rag.training.reader_network import Batch

MAX_TOKENS = 176
"""Tokens of a pair; of a longer passage a random window is read, which holds the answer if there is one."""

BATCH_TOKENS = 4608
"""Tokens of a batch, padding counted."""

SORTED_TOGETHER = 50
"""So many batches' groups are sorted by length, so that a batch is padded little."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The tokens of a question and a passage.

    Attributes:
        ids: All tokens, as the model takes them.
        types: 1 for what is read, 0 for the question and the context.
        readable: 1 where an answer may begin and end.
        start: Place of the answer's first token, or -1.
        end: Place of its last, or -1.
    """

    ids: Sequence[int]
    types: Sequence[int]
    readable: Sequence[int]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LabelledBatch:
    """A batch with its labels, int64 of shape (batch,), as `measure_loss` takes them."""

    batch: Batch
    starts: torch.Tensor
    ends: torch.Tensor
    groups: torch.Tensor


def pair_tokens(example: Example, tokenizer: Tokenizer, rng: random.Random) -> Pair:
    """Return the tokens of an example.

    Args:
        example: The example.
        tokenizer: Must neither cut nor pad.
        rng: Chooses the window of a passage that is too long.
    """
    question, title, before, passage = (
        tokenizer.encode(text, add_special_tokens=False)
        for text in (example.question, example.title, example.before, example.passage)
    )
    asked, context = question.ids[:MAX_QUESTION], join_context(title.ids, before.ids)
    room = MAX_TOKENS - 3 - len(asked) - len(context)
    start, end = -1, -1
    if example.answers:
        inside = [
            at for at, (left, right) in enumerate(passage.offsets) if right > example.start and left < example.end
        ]
        start, end = inside[0], min(inside[-1], inside[0] + room - 1)
    cut = _choose_cut(len(passage.ids), room, start, end, rng)
    ids, _, types, readable = build_inputs(asked, context, passage.ids[cut : cut + room]).values()
    shift = readable.index(1) - cut if example.answers else 0
    return Pair(ids, types, readable, start + shift, end + shift)


def _choose_cut(length: int, room: int, start: int, end: int, rng: random.Random) -> int:
    if length <= room:
        return 0
    least, most = (max(0, end + 1 - room), min(start, length - room)) if start >= 0 else (0, length - room)
    return rng.randint(least, max(least, most))


def split_batches(groups: Sequence[Group], tokenizer: Tokenizer, seed: int) -> Iterator[LabelledBatch]:
    """Yield the batches of an epoch; groups stay together, and neighbours in the order may be exchanged.

    Args:
        groups: The epoch.
        tokenizer: Must neither cut nor pad.
        seed: The same seed gives the same batches.
    """
    rng = random.Random(seed)
    for pool in _pools(groups, tokenizer, rng):
        pool.sort(key=_longest)
        batches: list[list[list[Pair]]] = [[]]
        for group in pool:
            count = sum(map(len, batches[-1])) + len(group)
            if count * max(map(_longest, [*batches[-1], group])) > BATCH_TOKENS and batches[-1]:
                batches.append([])
            batches[-1].append(group)
        rng.shuffle(batches)
        yield from map(stack_batch, batches)


def _pools(groups: Sequence[Group], tokenizer: Tokenizer, rng: random.Random) -> Iterator[list[list[Pair]]]:
    pool: list[list[Pair]] = []
    tokens = 0
    for group in groups:
        pool.append([pair_tokens(example, tokenizer, rng) for example in group])
        tokens += sum(len(pair.ids) for pair in pool[-1])
        if tokens >= SORTED_TOGETHER * BATCH_TOKENS:
            yield pool
            pool, tokens = [], 0
    if pool:
        yield pool


def _longest(group: Sequence[Pair]) -> int:
    return max(len(pair.ids) for pair in group)


def stack_batch(groups: Sequence[Sequence[Pair]]) -> LabelledBatch:
    """Return the pairs of some groups as one padded batch."""
    pairs = [pair for group in groups for pair in group]
    width = max(len(pair.ids) for pair in pairs)

    def pad(rows: Iterable[Sequence[int]]) -> torch.Tensor:
        return torch.tensor([[*row, *[0] * (width - len(row))] for row in rows])

    return LabelledBatch(
        Batch(
            ids=pad([pair.ids for pair in pairs]),
            mask=pad([[1] * len(pair.ids) for pair in pairs]),
            types=pad([pair.types for pair in pairs]),
            readable=pad([pair.readable for pair in pairs]),
        ),
        starts=torch.tensor([pair.start for pair in pairs]),
        ends=torch.tensor([pair.end for pair in pairs]),
        groups=torch.tensor([number for number, group in enumerate(groups) for _ in group]),
    )
