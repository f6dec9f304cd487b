"""From judgements to the answer that is shown: what is let through, marked, moved or left out."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.answer.gate.check import Gate, Judgement
from rag.errors import ModelError, NotFoundError
from rag.records import Answer, AnswerSentence, Article, Citation, Paragraph, Passage
from rag.settings import GateAction

FindArticle = Callable[[str], Article]
"""Returns the article of an id, or raises `NotFoundError`."""

LOST = "What the model wrote is not borne out by the articles."


class AnswerGate:
    """Judges the sentences of answers, and lets through what is borne out."""

    def __init__(self, load_gate: Callable[[], Gate], find_article: FindArticle, action: GateAction) -> None:
        """Judge with this gate.

        Args:
            load_gate: Returns the gate; called when there is a sentence to judge.
            find_article: Where the paragraphs are that an answer cites.
            action: What becomes of a sentence that is not borne out; with `off` nothing is judged at all.
        """
        self._load_gate = load_gate
        self._find_article = find_article
        self.action = action

    def let_through(self, answer: Answer, read: Sequence[Passage]) -> Answer:
        """Return an answer with the verdict on each of its sentences.

        Args:
            answer: The answer; where a model of the gate fails, that is its outcome.
            read: All paragraphs that it could have cited, those that it cites among them.

        Raises:
            StoreError: The articles cannot be read.
        """
        if self.action == "off" or not answer.sentences:
            return answer
        try:
            judgements = [self._judge(sentence, answer, read) for sentence in answer.sentences]
        except ModelError as error:
            failed = replace(answer, outcome="model_failed", sentences=(), short="")
            return replace(failed, reason=error.message, hint=error.hint)
        return apply_gate(answer, judgements, self.action)

    def check(self, question: str, sentence: str, cited: Sequence[Passage], offered: Sequence[Passage]) -> Judgement:
        """Return whether a sentence of an answer is borne out.

        Args:
            question: The question that is answered.
            sentence: The sentence, without marks.
            cited: The paragraphs that it cites.
            offered: All paragraphs that it could have cited.

        Raises:
            ModelError: A model of the gate failed.
            StoreError: The articles cannot be read.
        """
        return self._load_gate().check(sentence, cited, offered, self._beside, question)

    def _judge(self, sentence: AnswerSentence, answer: Answer, read: Sequence[Passage]) -> Judgement:
        refs = {citation.ref for citation in sentence.citations}
        cited = [passage for passage in read if passage.ref in refs]
        return self.check(answer.standalone_question, sentence.text, cited, read)

    def _beside(self, passage: Passage) -> Sequence[Paragraph]:
        try:
            paragraphs = self._find_article(passage.article.id).paragraphs
        except NotFoundError:  # given from elsewhere, as `Assistant.read` allows
            return ()
        return [each for each in paragraphs if abs(each.number - passage.paragraph.number) == 1]


def apply_gate(answer: Answer, judgements: Sequence[Judgement], action: GateAction) -> Answer:
    """Return an answer with what the gate found out.

    A misattributed sentence keeps its verdict, so that the mistake is told, and gets the footnote that it should have
    had. An unsupported one is left out or marked. Footnotes are counted anew, a short answer keeps what is still told,
    and an answer of which nothing is left is none.

    Args:
        answer: The answer, not judged yet.
        judgements: One for each of its sentences.
        action: What becomes of an unsupported sentence.

    Raises:
        ValueError: There are not as many judgements as sentences.
    """
    pairs = list(zip(answer.sentences, judgements, strict=True))
    kept = [pair for pair in pairs if action != "withhold" or pair[1].verdict != "unsupported"]
    sentences = _count_anew([_with_verdict(*pair) for pair in kept])
    left_out = len(pairs) - len(kept)
    if pairs and not kept:
        hint = "FOOTNOTE_GATE=mark shows it all the same, with what is wrong."
        return replace(
            answer,
            outcome="not_in_articles",
            sentences=(),
            short="",
            reason=LOST,
            hint=hint,
            withheld=answer.withheld + left_out,
        )
    return replace(
        answer,
        sentences=sentences,
        short=_still_told(answer, sentences) if left_out else answer.short,
        withheld=answer.withheld + left_out,
    )


def _with_verdict(sentence: AnswerSentence, judgement: Judgement) -> AnswerSentence:
    citations = sentence.citations
    if judgement.moved_to:
        citations = (_cite(judgement.moved_to),)
    return replace(sentence, citations=citations, verdict=judgement.verdict, reason=judgement.reason)


def _cite(passage: Passage) -> Citation:
    paragraph = passage.paragraph
    return Citation(0, passage.article, paragraph.number, paragraph.start, paragraph.end, paragraph.text)


def _count_anew(sentences: Sequence[AnswerSentence]) -> tuple[AnswerSentence, ...]:
    """Number the footnotes from 1 in order of first use, the same words of a paragraph once."""
    numbers: dict[tuple[str, int, int], int] = {}
    return tuple(
        replace(sentence, citations=tuple(_number(citation, numbers) for citation in sentence.citations))
        for sentence in sentences
    )


def _number(citation: Citation, numbers: dict[tuple[str, int, int], int]) -> Citation:
    number = numbers.setdefault((citation.ref, citation.start, citation.end), len(numbers) + 1)
    return replace(citation, number=number)


def _still_told(answer: Answer, sentences: Sequence[AnswerSentence]) -> str:
    """Return the parts of the short answer that a sentence still has; "Yes" and "No" stood on all of them."""
    parts = [part for part in answer.short.split("; ") if part and any(part in each.text for each in sentences)]
    return "; ".join(parts)
