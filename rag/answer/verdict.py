"""The "Yes" or "No" in front of an answer, and the sentence that decides."""

from collections.abc import Sequence

from rag.answer.compose import Told
from rag.answer.gate.yes_no import YesNo, judge_yes_no
from rag.answer.scope import offers_choice


def commit(question: str, told: Sequence[Told]) -> tuple[YesNo, list[Told]]:
    """Return what some sentences answer to a yes-or-no question, and the sentences, those first that say so.

    Args:
        question: A question that stands by itself.
        told: The sentences, best first; where they contradict each other, none decides, and nothing does where the
            question is "this or that?".
    """
    if offers_choice(question):
        return "", list(told)
    verdicts = [_judge(question, each) for each in told]
    plain = {verdict for verdict in verdicts if verdict}
    if len(plain) != 1:
        return "", list(told)
    order = sorted(range(len(told)), key=lambda place: not verdicts[place])
    return plain.pop(), [told[place] for place in order]


def _judge(question: str, told: Told) -> YesNo:
    passage = told[0].passage
    return judge_yes_no(question, told[0].text, passage.article.title, passage.paragraph.text)
