"""The "Yes" or "No" in front of an answer, and the sentence that decides."""

from collections.abc import Sequence
from functools import partial

from rag.answer.compose import Told
from rag.answer.gate.attribution import attribute
from rag.answer.gate.yes_no import YesNo, judge_yes_no
from rag.answer.scope import offers_choice


def commit(question: str, told: Sequence[Told]) -> tuple[str, list[Told]]:
    """Return what some sentences answer to a yes-or-no question, and the sentences, those first that say so.

    The answer is "Yes" or "No", with "Police said so" behind it if no sentence says so in the article's own words, or
    an empty string.

    Args:
        question: A question that stands by itself.
        told: The sentences, best first; where they contradict each other, none decides, and nothing does where the
            question is "this or that?".
    """
    if offers_choice(question):
        return "", list(told)
    verdicts = [_judge(question, each, each[0].text) for each in told]
    plain = {verdict for verdict in verdicts if verdict}
    if len(plain) != 1:
        return "", list(told)
    verdict = plain.pop()
    whose = [
        attribute(question, verdict, each[0].text, partial(_judge, question, each)) if verdicts[place] else ""
        for place, each in enumerate(told)
    ]
    order = sorted(range(len(told)), key=lambda place: (not verdicts[place], bool(whose[place])))
    return ". ".join(filter(None, (verdict, whose[order[0]]))), [told[place] for place in order]


def _judge(question: str, told: Told, sentence: str) -> YesNo:
    passage = told[0].passage
    return judge_yes_no(question, sentence, passage.article.title, passage.paragraph.text)
