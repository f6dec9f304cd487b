"""Train the reader once: `python -m rag.training.train_reader --mixed FILE --squad FILE --work FOLDER`.

Writes `FOLDER/reader.safetensors`; `rag.training.make_reader` makes the shipped reader of several such. Interrupted,
the same command goes on from the last checkpoint, and ends with the same weights as without the interruption on the
same machine. Needs the `train` extra.
"""

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import save_model
from tokenizers import Tokenizer
from torch import nn

from rag.models.embedder import load_embedder
from rag.training.average import average_weights
from rag.training.export_embedder import default_weights, load_plain_embedder, load_tokenizer
from rag.training.hard_negatives import find_hard_negatives
from rag.training.reader_batches import LabelledBatch, split_batches
from rag.training.reader_examples import Example, read_examples
from rag.training.reader_groups import Group, plan_epoch
from rag.training.reader_network import ReaderNetwork, measure_loss
from rag.training.reword import find_synonyms

LEARNING_RATE = 2e-4
WARM_UP = 0.06
"""Share of the steps in which the learning rate rises; afterwards it falls to 0 in a straight line."""

WEIGHT_DECAY = 0.01
STEPS_BETWEEN_CHECKPOINTS = 200
STEPS_BETWEEN_REPORTS = 50


@dataclass(slots=True)
class Progress:
    """Where a training stands.

    Attributes:
        epoch: Epochs finished.
        step: Steps made in the epoch under way.
        seconds: Time spent.
    """

    epoch: int = 0
    step: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Data:
    """The files to train on, as the model card describes them.

    Attributes:
        mixed: Questions of several sources.
        squad: Articles of SQuAD 2.0.
        negatives: Where the wrong passages of each question are kept; they are found once, which takes minutes.
    """

    mixed: Path
    squad: Path
    negatives: Path


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train.

    Attributes:
        epochs: How often the data is seen.
        seed: One that is at least `epochs` apart makes another training: no epoch comes twice.
        begin: `reader.safetensors` of earlier trainings, to go on from their mean; if none, from the model's weights.
    """

    epochs: int
    seed: int
    begin: tuple[Path, ...] = ()


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description="Train the reader from the weights of all-MiniLM-L6-v2.")
    add_training_options(parser)
    parser.add_argument("--begin", type=Path, nargs="+", default=(), help="reader.safetensors to go on from their mean")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0, help="at least --epochs apart for another training")
    options = parser.parse_args()
    plan = Plan(options.epochs, options.seed, tuple(options.begin))
    data = Data(options.mixed, options.squad, options.work / "negatives.json")
    train_reader(data, plan, options.work, options.weights or default_weights())


def add_data_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that name the data."""
    parser.add_argument("--mixed", type=Path, required=True, help="gzipped lines of source, question, context, answer")
    parser.add_argument("--squad", type=Path, required=True, help="gzipped lines of SQuAD 2.0 paragraphs")


def add_training_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that every training has."""
    add_data_options(parser)
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints and the result")
    parser.add_argument("--weights", type=Path, help="folder of the model to begin from; default: the package's")


def train_reader(data: Data, plan: Plan, work: Path, source: Path) -> Path:
    """Train a reader, or go on where an interrupted training stopped.

    Args:
        data: What to train on.
        plan: How.
        work: Folder for checkpoints and the result.
        source: Folder of the model that the network is made like.

    Returns:
        The file with the weights; one that is already there is not made again.
    """
    result = work / "reader.safetensors"
    if result.exists():
        _tell(f"{result} is there")
        return result
    work.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(source)
    examples = read_examples(data.mixed, data.squad, "train")
    negatives = _load_negatives(examples, data.negatives)
    synonyms = find_synonyms((example.question for example in examples), load_plain_embedder(source))
    epochs = [plan_epoch(examples, negatives, synonyms, plan.seed + epoch) for epoch in range(plan.epochs)]
    torch.manual_seed(plan.seed)
    network = ReaderNetwork(source)
    if plan.begin:
        mean = average_weights(plan.begin)
        network.load_state_dict({name: torch.from_numpy(weights) for name, weights in mean.items()})
    trainer = Trainer(network, tokenizer, work, plan)
    held_out = read_examples(data.mixed, data.squad, "validation")
    trainer.train(epochs, [(example,) for example in held_out])
    save_model(trainer.network, result.with_suffix(".new"))
    return result.with_suffix(".new").replace(result)


def _load_negatives(examples: list[Example], path: Path) -> list[list[str]]:
    """Return the wrong passages of each example, from the file if it is there: finding them takes minutes."""
    if not path.exists():
        _tell("finding wrong passages …")
        path.parent.mkdir(parents=True, exist_ok=True)
        found = find_hard_negatives(examples, load_embedder())
        path.with_suffix(".new").write_text(json.dumps(found), encoding="utf-8")
        path.with_suffix(".new").replace(path)
    negatives: list[list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return negatives


class Trainer:
    """Trains a network over epochs, saving now and then."""

    def __init__(self, network: ReaderNetwork, tokenizer: Tokenizer, work: Path, plan: Plan) -> None:
        """Take what is to be trained.

        Args:
            network: The network.
            tokenizer: Must neither cut nor pad.
            work: Folder for the checkpoint.
            plan: Its seed decides batches and dropout; a checkpoint goes on only with the plan that it was made with.
        """
        self.network = network
        self._tokenizer = tokenizer
        self._path = work / "checkpoint.pt"
        self._plan = plan
        self._optimizer = torch.optim.AdamW(
            network.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY, fused=True
        )
        self._progress = Progress()

    def train(self, epochs: list[list[Group]], validation: list[Group]) -> None:
        """Train to the end, from the checkpoint if there is one.

        Args:
            epochs: Groups of each epoch.
            validation: Its loss is shown after each epoch, for whoever looks on.
        """
        self._load()
        while self._progress.epoch < len(epochs):
            self._train_epoch(epochs[self._progress.epoch], len(epochs))
            self._progress.epoch, self._progress.step = self._progress.epoch + 1, 0
            self._save()
            _tell(f"epoch {self._progress.epoch}: validation loss {self._measure(validation):.3f}")

    def _train_epoch(self, groups: list[Group], epochs: int) -> None:
        self.network.train()
        batches = list(split_batches(groups, self._tokenizer, self._plan.seed))
        started, losses = time.monotonic(), 0.0
        while self._progress.step < len(batches):
            share = (self._progress.epoch + self._progress.step / len(batches)) / epochs
            losses += self._make_step(batches[self._progress.step], share)
            self._progress.step += 1
            if self._progress.step % STEPS_BETWEEN_REPORTS == 0:
                self._progress.seconds += time.monotonic() - started
                started = time.monotonic()
                _tell(f"{share:.1%}, {self._progress.seconds / 60:.1f} min, loss {losses / STEPS_BETWEEN_REPORTS:.3f}")
                losses = 0.0
            if self._progress.step % STEPS_BETWEEN_CHECKPOINTS == 0:
                self._save()

    def _make_step(self, batch: LabelledBatch, share: float) -> float:
        torch.manual_seed(hash((self._plan.seed, self._progress.epoch, self._progress.step)))
        rise, fall = share / WARM_UP, (1 - share) / (1 - WARM_UP)
        for group in self._optimizer.param_groups:
            group["lr"] = LEARNING_RATE * min(rise, fall)
        with torch.autocast("cpu", torch.bfloat16):
            reading = self.network(batch.batch)
        loss = measure_loss(reading, batch.starts, batch.ends, batch.groups)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad()
        return float(loss.detach())

    def _measure(self, groups: list[Group]) -> float:
        self.network.eval()
        losses = []
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            for batch in split_batches(groups, self._tokenizer, self._plan.seed):
                losses.append(measure_loss(self.network(batch.batch), batch.starts, batch.ends, batch.groups).item())
        return float(sum(losses)) / len(losses)

    def _save(self) -> None:
        state = {
            "network": self.network.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "progress": (self._progress.epoch, self._progress.step, self._progress.seconds),
            "plan": str(self._plan),
        }
        torch.save(state, self._path.with_suffix(".new"))
        self._path.with_suffix(".new").replace(self._path)

    def _load(self) -> None:
        if self._path.exists():
            state = torch.load(self._path)
            if state["plan"] != str(self._plan):
                told = f"{self._path} was made with {state['plan']}, not with {self._plan}"
                raise SystemExit(f"error: {told}\nhint: give another --work, or delete the file")
            self.network.load_state_dict(state["network"])
            self._optimizer.load_state_dict(state["optimizer"])
            self._progress = Progress(*state["progress"])


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
