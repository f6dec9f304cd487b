"""Measure the gate, at the thresholds that it is shipped with.

python -m evals.gate people QAGS.jsonl      against three people's judgement of summaries
python -m evals.gate damaged seeds          on true sentences of articles, damaged and reworded by rules
python -m evals.gate pairs                  on true and false rewordings written by hand
"""

import argparse
import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from evals.gate.damaged import judge_damaged
from evals.gate.measuring import Judged, tell_kinds, tell_ranking, tell_seconds
from evals.gate.pairs import judge_pairs
from evals.gate.people import judge_people
from rag.answer.gate import Gate
from rag.models.embedder import load_embedder
from rag.models.reader import load_reader


def main() -> None:
    """Judge, and print the figures."""
    parser = argparse.ArgumentParser("python -m evals.gate", description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("kind", choices=["people", "damaged", "pairs"])
    parser.add_argument("path", type=Path, nargs="?", help="a QAGS file, or a folder of articles")
    parser.add_argument("--without-reader", action="store_true", help="do not ask the reader in reverse")
    parser.add_argument("--most", type=int, default=200, help="sentences of each kind that are damaged or reworded")
    parser.add_argument("--show", action="store_true", help="print each sentence that is judged wrongly")
    arguments = parser.parse_args()
    if (arguments.path is None) != (arguments.kind == "pairs"):
        parser.error("people and damaged need a path, pairs takes none")
    gate = Gate(load_embedder(1), None if arguments.without_reader else load_reader(1))
    if arguments.kind == "people":
        judged = list(judge_people(arguments.path, gate))
    elif arguments.kind == "damaged":
        judged = list(judge_damaged(arguments.path, gate, arguments.most))
    else:
        judged = list(judge_pairs(gate))
    kinds = [] if arguments.kind == "people" else tell_kinds(judged)
    wrong = _show(judged) if arguments.show else []
    for line in chain(wrong, tell_ranking(judged), kinds, [tell_seconds(judged)]):
        sys.stdout.write(f"{line}\n")


def _show(judged: Sequence[Judged]) -> list[str]:
    return [
        f"{'true' if each.is_true else 'false'} {each.kind}: {each.judgement.verdict} {each.judgement.score:.2f} "
        f"{each.judgement.reason}\n    {each.sentence}"
        for each in judged
        if each.is_true != each.is_supported
    ]


if __name__ == "__main__":
    main()
