"""The reader as a torch module: a BERT encoder that marks an answer's borders and tells whether there is one."""

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AttentionInterface, AttentionMaskInterface, BertModel
from transformers.masking_utils import sdpa_mask

DROPOUT = 0.1
MASKS = 2**24
"""Elements of the drawn dropout mask, slices of which are used: drawing anew takes a tenth of the time of a step."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network says of a batch; float32.

    Attributes:
        start: Logits of each token being an answer's first, shape (batch, tokens); -inf outside the passage.
        end: The same for its last.
        answered: Logit of the passage answering the question, shape (batch,).
    """

    start: Tensor
    end: Tensor
    answered: Tensor


@dataclass(frozen=True, slots=True)
class Batch:
    """Tokens of pairs of question and passage, padded; int64 of shape (batch, tokens).

    Attributes:
        ids: Tokens.
        mask: 1 for a token, 0 for padding.
        types: 1 for what is read, 0 for the question and around.
        readable: 1 where an answer may begin and end.
    """

    ids: Tensor
    mask: Tensor
    types: Tensor
    readable: Tensor


class ReaderNetwork(nn.Module):
    """The encoder, a span head on every token, and an answer head on [CLS] and on what the span head points at."""

    def __init__(self, source: Path) -> None:
        """Begin from an encoder's weights.

        Args:
            source: Folder with `config.json` and `model.safetensors`.
        """
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            source, add_pooling_layer=False, attn_implementation=ATTENTION, attention_probs_dropout_prob=0.0
        )
        hidden = self.encoder.config.hidden_size
        self.span = nn.Linear(hidden, 2)
        self.mix = nn.Linear(3 * hidden, hidden)
        self.answered = nn.Linear(hidden, 1)
        drop = _PooledDropout(DROPOUT)
        for module in list(self.encoder.modules()):
            for name, child in module.named_children():
                if isinstance(child, nn.Dropout) and child.p:
                    setattr(module, name, drop)

    def forward(self, batch: Batch) -> Reading:
        """Read a batch."""
        states = self.encoder(
            input_ids=batch.ids, attention_mask=batch.mask, token_type_ids=batch.types
        ).last_hidden_state.float()
        with torch.autocast("cpu", enabled=False):
            borders = self.span(states).masked_fill(batch.readable[:, :, None] == 0, -torch.inf)
            pointed = functional.softmax(borders.detach(), dim=1).transpose(1, 2) @ states
            mixed = functional.gelu(self.mix(torch.cat([states[:, 0], pointed.flatten(1)], dim=1)))
            return Reading(borders[:, :, 0], borders[:, :, 1], self.answered(mixed)[:, 0])


class _PooledDropout(nn.Module):
    """Dropout whose mask is a random slice of one that was drawn once."""

    def __init__(self, probability: float) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(0)
        kept = torch.rand(MASKS, generator=generator) >= probability
        self.pool = kept.to(torch.bfloat16) / (1 - probability)

    def forward(self, values: Tensor) -> Tensor:
        if not self.training:
            return values
        start = int(torch.randint(MASKS - values.numel(), ()))
        return values * self.pool[start : start + values.numel()].view(values.shape)


def _attend_in_float32(
    module: nn.Module, query: Tensor, key: Tensor, value: Tensor, attention_mask: Tensor | None, **options: object
) -> tuple[Tensor, None]:
    # Backwards, torch's attention takes three times as long in bfloat16 as in float32 on a CPU.
    with torch.autocast("cpu", enabled=False):
        mixed = functional.scaled_dot_product_attention(query.float(), key.float(), value.float(), attention_mask)
    return mixed.to(query.dtype).transpose(1, 2).contiguous(), None


ATTENTION = "float32"
AttentionInterface.register(ATTENTION, _attend_in_float32)
AttentionMaskInterface.register(ATTENTION, sdpa_mask)


def measure_loss(reading: Reading, starts: Tensor, ends: Tensor, groups: Tensor) -> Tensor:
    """Return what training makes small.

    The sum of three means: the cross entropy of both borders over the answered pairs; that of answered or not over
    all; and over the groups, that of the answered pair being the one with the highest logit, which is what ranking
    asks for.

    Args:
        reading: What the network said.
        starts: Token where the answer begins, -1 if there is none, shape (batch,).
        ends: Its last token.
        groups: Number of each pair's group, shape (batch,); neighbours, and the answered pair first in its group.
    """
    answered = starts >= 0
    loss = functional.binary_cross_entropy_with_logits(reading.answered, answered.float())
    if answered.any():
        borders = [(reading.start, starts), (reading.end, ends)]
        loss = loss + sum(functional.cross_entropy(logits[answered], at[answered]) for logits, at in borders) / 2
    together = groups[answered][:, None] == groups
    together = together[together.sum(dim=1) > 1]
    if len(together):
        rivals = reading.answered.masked_fill(~together, -torch.inf)
        loss = loss + functional.cross_entropy(rivals, together.float().argmax(dim=1))
    return loss
