"""The answerer that writes: a language model's sentences, each parsed, footnoted and checked before it is shown."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rag.answer.citations import ReplyParser, ReplySentence
from rag.answer.gate.check import UNCITED, Judgement
from rag.answer.language import guess_language, other_language
from rag.answer.prompts import MOST_OFFERED, Question, build_prompt, build_rewrite_prompt
from rag.answer.quote import QuotedAnswer
from rag.errors import ModelError, ModelRefusedError, ModelReplyError, ModelTooLongError
from rag.models.language_model import LanguageModel
from rag.read import split_sentences
from rag.records import Answer, AnswerSentence, Citation, Passage
from rag.search.lexical import content_words

Check = Callable[[str, Sequence[Passage], Sequence[Passage]], Judgement]
"""Judges a sentence by the paragraphs that it cites, and by all that were offered."""

LONGEST_NOT_SAID = 80
"""Characters of a sentence with marks that says no more than that the articles do not say it."""

MOST_REPEATS = 3
"""A model that says a sentence so often again has lost itself."""

_NOT_SAID = re.compile(
    r"(?!sources )(?:unfortunately,? |however,? )?(?:(?:the |these |none of the )?(?:provided |given |numbered )?"
    r"(?:articles?|paragraphs?|texts?|sources?|passages?) "
    r"(?:do(?:es)? not|don['’]t|doesn['’]t|never|contains? no|gives? no)"
    r"|there is no (?:information|mention)|it is not (?:stated|mentioned)"
    r"|i (?:could not|couldn['’]t|can ?not|can['’]t) find)\b",
    re.IGNORECASE,
)
"""But "Sources do not expect a deal" is news."""

_DECLINES = re.compile(
    r"(?:i['’]?a?m (?:very |really )?sorry|sorry|i apologi[sz]e|as an ai\b|i (?:can ?not|can['’]t|won['’]t|will not|"
    r"am unable to|am not able to|must decline) "
    r".{0,40}\b(?:help|assist|answer|comply|discuss|fulfil|provide|continue|do))",
    re.IGNORECASE,
)


def generate_answer(
    answer: Answer,
    quoted: QuotedAnswer,
    history: Sequence[Answer],
    model: LanguageModel,
    check: Check | None = None,
    *,
    keep_unsupported: bool = False,
) -> Iterator[Answer]:
    """Answer a question with a language model, sentence by sentence.

    Args:
        answer: The question, and what is known so far.
        quoted: What the reader found and makes of it.
        history: The answers before it, oldest first.
        model: Who writes.
        check: Judges each sentence before it is shown; without it, each that cites a paragraph is shown unchecked.
        keep_unsupported: Show a sentence that is not borne out all the same, with its verdict.

    Yields:
        The answer as far as it has come. The last one is whole: answered, or `not_in_articles` without a reason, or
        `model_failed` with the sentences that came before the failure.
    """
    question = Question(answer.question, answer.standalone_question, history)
    answer = replace(answer, model=model.name)
    most = min(MOST_OFFERED, len(quoted.passages))
    writing = _Writing(answer, (), check, keep_unsupported)
    while True:
        try:
            prompt, offered = build_prompt(question, quoted, model, most)
            writing = _Writing(answer, offered, check, keep_unsupported)
            yield from writing.write(model.stream(prompt))
        except ModelTooLongError as error:
            # Its own count is the only sure one: half as many paragraphs, until they fit.
            most = min(most, len(writing.offered)) // 2
            if most:
                continue
            yield writing.failed(error)
        except ModelError as error:
            yield writing.failed(error)
        return


def rewrite_question(question: str, history: Sequence[Answer], model: LanguageModel) -> str | None:
    """Return a follow-up made whole by a language model, or None if what it says cannot be that.

    Args:
        question: The question.
        history: The answers before it, oldest first.
        model: Who is asked.
    """
    try:
        said = "".join(model.stream(build_rewrite_prompt(question, history))).strip().strip('"“”')
    except ModelError:
        return None
    talk = " ".join([question, *(f"{turn.question} {turn.standalone_question} {turn.text}" for turn in history)])
    known = set(content_words(talk))
    if "\n" in said or not 0 < len(said) <= 3 * len(question) + 200 or set(content_words(said)) - known:
        return None
    return said


@dataclass
class _Writing:
    """A reply on its way to an answer."""

    answer: Answer
    offered: Sequence[Passage]
    check: Check | None
    keep_unsupported: bool
    sentences: list[AnswerSentence] = field(default_factory=list)
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    withheld: int = 0
    repeats: int = 0
    not_said: bool = False

    def write(self, pieces: Iterator[str]) -> Iterator[Answer]:
        """Yield the answer as it grows, and at last as a whole."""
        parser = ReplyParser(len(self.offered))
        for piece in pieces:
            for sentence in parser.feed(piece):
                self._take(sentence)
            yield replace(self._grown(), draft=parser.draft)
        for sentence in parser.finish():
            self._take(sentence)
        yield self._whole()

    def failed(self, error: ModelError) -> Answer:
        """Return the answer of a model that failed: what had come before stands."""
        return replace(self._grown(), outcome="model_failed", reason=error.message, hint=error.hint)

    def _grown(self) -> Answer:
        return replace(self.answer, sentences=tuple(self.sentences), withheld=self.withheld)

    def _whole(self) -> Answer:
        if not self.sentences and not self.not_said and not self.withheld:
            raise ModelReplyError(f"{self.answer.model} wrote no sentence.", "Is it a chat model? Try another one.")
        return self._grown() if self.sentences else replace(self._grown(), outcome="not_in_articles")

    def _take(self, sentence: ReplySentence) -> None:
        only_that = not sentence.numbers or len(sentence.text) < LONGEST_NOT_SAID
        if only_that and _NOT_SAID.match(sentence.text):
            self.not_said = True
        elif any(sentence.text == shown.text for shown in self.sentences):
            self._count_repeat()
        elif not self.sentences and not sentence.numbers and _DECLINES.match(sentence.text):
            raise ModelRefusedError(f"{self.answer.model} declined to answer.", "Ask in other words, or another model.")
        elif self._is_foreign(sentence.text):
            self.withheld += 1
        elif shown := self._judge(sentence):
            self.sentences.append(shown)
        else:
            self.withheld += 1

    def _count_repeat(self) -> None:
        self.repeats += 1
        if self.repeats >= MOST_REPEATS:
            raise ModelReplyError(f"{self.answer.model} repeats itself.", "Try another model, or ask in other words.")

    def _is_foreign(self, text: str) -> bool:
        language = other_language(text, self.answer.standalone_question)
        if language and not self.sentences:
            raise ModelReplyError(
                f"{self.answer.model} answered in another language ({language}) than that of the question.",
                "Ask again, or another model; small models often know one language only.",
            )
        return bool(language)

    def _find_uncheckable(self, text: str) -> str:
        """Return the language of a sentence if it is surely not the one of the articles, else an empty string."""
        articles = " ".join(passage.paragraph.text for passage in self.offered)
        language = other_language(text, articles)
        if language and not self.sentences and not self.keep_unsupported:
            raise ModelReplyError(
                f"{self.answer.model} answered in the language of the question ({language}), and sentences can be "
                "checked only in the language of the articles.",
                f"Ask in {guess_language(articles) or 'that language'}; FOOTNOTE_GATE=mark shows it unchecked.",
            )
        return language

    def _judge(self, sentence: ReplySentence) -> AnswerSentence | None:
        """Return a sentence with its footnotes and its verdict, or None if it is not to be shown."""
        cited = [self.offered[number - 1] for number in sentence.numbers]
        if self.check and (language := self._find_uncheckable(sentence.text)):
            return self._unsupported(sentence.text, cited, f"It is in {language}, so that it cannot be checked.")
        if not cited:
            return self._find_footnote(sentence.text) or self._unsupported(sentence.text, cited, UNCITED)
        if self.check is None:
            return AnswerSentence(sentence.text, self._cite(sentence.text, cited))
        judged = self.check(sentence.text, cited, self.offered)
        if judged.verdict == "unsupported":
            return self._unsupported(sentence.text, cited, judged.reason)
        if judged.moved_to:
            cited = [judged.moved_to]
        return AnswerSentence(sentence.text, self._cite(sentence.text, cited), judged.verdict, judged.reason)

    def _unsupported(self, text: str, cited: Sequence[Passage], reason: str) -> AnswerSentence | None:
        if not (self.check and self.keep_unsupported):
            return None
        return AnswerSentence(text, self._cite(text, cited), "unsupported", reason)

    def _find_footnote(self, text: str) -> AnswerSentence | None:
        """Return a sentence without a mark with the only paragraph that supports it, or None if that is not one."""
        if self.check is None or not any(map(str.isalpha, text)):  # a mark of odd brackets is no sentence
            return None
        supporting = [each for each in self.offered if self.check(text, [each], [each]).verdict == "supported"]
        if len(supporting) != 1:
            return None
        return AnswerSentence(text, self._cite(text, supporting), "supported", added=True)

    def _cite(self, text: str, cited: Sequence[Passage]) -> tuple[Citation, ...]:
        return tuple(self._cite_one(text, passage) for passage in cited)

    def _cite_one(self, text: str, passage: Passage) -> Citation:
        start, end = find_quote(text, passage.paragraph.text)
        quote = passage.paragraph.text[start:end]
        start, end = start + passage.paragraph.start, end + passage.paragraph.start
        number = self.numbers.setdefault((passage.ref, start), len(self.numbers) + 1)
        return Citation(number, passage.article, passage.paragraph.number, start, end, quote)


def find_quote(sentence: str, paragraph: str) -> tuple[int, int]:
    """Return the offsets of the sentence of a paragraph that shares most words with another sentence.

    Example:
        >>> paragraph = "It rained. Hamas left Damascus in 2012. Nobody knew."
        >>> start, end = find_quote("In 2012, Hamas moved out of Damascus.", paragraph)
        >>> paragraph[start:end]
        'Hamas left Damascus in 2012.'
    """
    wanted = set(content_words(sentence))

    def shared(span: tuple[int, int]) -> float:
        words = set(content_words(paragraph[span[0] : span[1]]))
        return len(wanted & words) + len(wanted & words) / (1 + len(words))

    return max(split_sentences(paragraph), key=shared)
