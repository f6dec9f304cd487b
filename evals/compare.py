"""What changed since an earlier run: over the questions that both were asked, with the same right answers."""

from collections.abc import Iterator, Sequence

from evals.catalogue import METRICS
from evals.metrics.intervals import estimate_difference
from evals.records import Estimate, Question
from evals.runs import RunFile
from evals.scores import Scores
from evals.summarise import Scored, score_all
from evals.summary import Change, Comparison
from rag import FootnoteError


def compare_runs(
    earlier: RunFile, now: RunFile, questions: Sequence[Question], models: Sequence[str]
) -> Iterator[Comparison]:
    """Compare two runs, model by model; both are scored by today's metrics and today's right answers.

    Args:
        earlier: The earlier run.
        now: The run that has just been made.
        questions: Its questions.
        models: Names of the models; one that the earlier run lacks is compared with its first.

    Yields:
        A comparison a model.

    Raises:
        FootnoteError: The runs have no question in common.
    """
    for model in models:
        other = model if model in earlier.header.models else earlier.header.models[0]
        before = {one.question.id: one for one in score_all(earlier, questions, other)}
        pairs = [
            (before[one.question.id], one)
            for one in score_all(now, questions, model)
            if one.question.id in before and before[one.question.id].response.asked == one.response.asked
        ]
        if not pairs:
            raise FootnoteError(
                f"The run {earlier.header.name} was asked none of these questions.",
                f"It was made with {earlier.header.dataset}.",
            )
        yield Comparison(
            system=model,
            earlier=earlier.header.name,
            questions=len(pairs),
            fixed=tuple(_change(*pair) for pair in pairs if not _right(pair[0]) and _right(pair[1])),
            broken=tuple(_change(*pair) for pair in pairs if _right(pair[0]) and not _right(pair[1])),
            differences=dict(_differences([(old.scores, new.scores) for old, new in pairs])),
        )


def _differences(pairs: Sequence[tuple[Scores, Scores]]) -> Iterator[tuple[str, Estimate]]:
    for metric in METRICS:
        values = [(old.get(metric.key), new.get(metric.key)) for old, new in pairs]
        both = [(old, new) for old, new in values if old is not None and new is not None]
        if both:
            before, after = zip(*both, strict=True)
            yield metric.key, estimate_difference(before, after)


def _right(one: Scored) -> bool:
    return one.scores.get("passed") == 1


def _change(before: Scored, after: Scored) -> Change:
    return Change(after.question, before.response, after.response)
