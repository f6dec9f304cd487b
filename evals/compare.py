"""What changed since an earlier run: over the questions that both were asked, with the same right answers."""

from collections.abc import Iterator, Sequence
from statistics import fmean

from evals.catalogue import BY_KEY
from evals.metrics.intervals import estimate_difference
from evals.records import Question, conversation
from evals.runs import RunFile, tell_difference
from evals.statistics import STATISTICS, Scored, estimate_shift
from evals.summarise import score_all
from evals.summary import Change, Comparison, Shift
from rag import FootnoteError


def check_common(earlier: RunFile, questions: Sequence[Question]) -> None:
    """Check, before anything is asked, that there will be something to compare.

    Raises:
        FootnoteError: The earlier run was asked none of these questions.
    """
    asked = {(response.question_id, response.asked) for response in earlier.responses.values()}
    if not any((question.id, conversation(question)) in asked for question in questions):
        raise FootnoteError(
            f"The run {earlier.header.name} was asked none of these questions.",
            f"It was made with {earlier.header.dataset}.",
        )


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
    """
    for model in models:
        other = model if model in earlier.header.models else earlier.header.models[0]
        before = {one.question.id: one for one in score_all(earlier, questions, other)}
        pairs = [
            (before[one.question.id], one)
            for one in score_all(now, questions, model)
            if one.question.id in before and before[one.question.id].response.asked == one.response.asked
        ]
        yield Comparison(
            system=model,
            earlier=earlier.header.name,
            earlier_system=other,
            changed=tell_difference(earlier.header, now.header),
            questions=len(pairs),
            fixed=tuple(_change(*pair) for pair in pairs if not _right(pair[0]) and _right(pair[1])),
            broken=tuple(_change(*pair) for pair in pairs if _right(pair[0]) and not _right(pair[1])),
            shifts={key: found for key in BY_KEY if (found := _shift(pairs, key))},
        )


def _shift(pairs: Sequence[tuple[Scored, Scored]], key: str) -> Shift | None:
    if key in STATISTICS:
        done = [(old, new) for old, new in pairs if not (old.response.failure or new.response.failure)]
        return estimate_shift([old for old, _ in done], [new for _, new in done], key)
    values = [(old.scores.get(key), new.scores.get(key)) for old, new in pairs]
    both = [(old, new) for old, new in values if old is not None and new is not None]
    if not both:
        return None
    before, after = [old for old, _ in both], [new for _, new in both]
    return Shift(fmean(before), fmean(after), estimate_difference(before, after))


def _right(one: Scored) -> bool:
    return one.scores.get("passed") == 1


def _change(before: Scored, after: Scored) -> Change:
    return Change(after.question, before.response, after.response)
