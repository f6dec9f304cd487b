"""Make the reader from nothing: `python -m rag.training.make_reader --mixed FILE --squad FILE --work DIR --to DIR`.

Trains two readers, a third from their mean, and writes the mean of the three, quantized and calibrated: a mean reads
better than its parts, and better still where a part began from a mean. Interrupted, the same command goes on. Needs the
`train` extra and two to six hours on two cores.
"""

import argparse
from dataclasses import replace
from pathlib import Path

from rag.training.average import average_weights
from rag.training.calibrate_reader import calibrate_reader
from rag.training.export_embedder import default_weights, write_model
from rag.training.export_reader import build_reader
from rag.training.train_reader import Data, Plan, add_training_options, train_reader

ONE, TWO, LAST = Plan(epochs=2, seed=0), Plan(epochs=2, seed=5), Plan(epochs=2, seed=10)
"""The trainings. Epochs have the seeds from these on, so that none of them comes twice."""

WEIGHT_OF_LAST = 4
"""What the last training weighs in the mean; the first two weigh 1 each."""


def make_reader(data: Data, work: Path, source: Path, to: Path) -> None:
    """Train, average, export and calibrate.

    Args:
        data: What to train on.
        work: Folder for checkpoints and the trainings' weights.
        source: Folder of the model to begin from.
        to: Folder to write to.
    """
    first = tuple(train_reader(data, plan, work / name, source) for name, plan in (("one", ONE), ("two", TWO)))
    last = train_reader(data, replace(LAST, begin=first), work / "last", source)
    write_model(build_reader(average_weights([*first, *[last] * WEIGHT_OF_LAST]), source), source, to)
    calibrate_reader(data.mixed, data.squad, to, source)


def main() -> None:
    """Read the command line and make the reader."""
    parser = argparse.ArgumentParser(description="Make the reader from the weights of all-MiniLM-L6-v2.")
    add_training_options(parser)
    parser.add_argument("--to", type=Path, required=True, help="folder to write to")
    options = parser.parse_args()
    data = Data(options.mixed, options.squad, options.work / "negatives.json")
    make_reader(data, options.work, options.weights or default_weights(), options.to)


if __name__ == "__main__":
    main()
