"""What a model has to beat, and what others published."""

from collections.abc import Callable, Mapping

from evals.desk import Desk, first_found
from evals.entailment import Entailment
from evals.records import CitedText, GivenSentence, Question, Response
from evals.summary import Role
from rag import Passage
from rag.read import split_sentences
from rag.records import Outcome


class SearchBaseline:
    """One half of the search alone, asked the question that the assistant searches for."""

    role: Role = "baseline"

    def __init__(self, desk: Desk, name: str, rank: Callable[[Passage], int | None]) -> None:
        """Order what is found by a rank of each passage; a passage without one falls out."""
        self.name = name
        self._desk = desk
        self._rank = rank

    def applies(self, question: Question) -> bool:
        """Every question is for it."""
        return True

    def respond(self, question: Question) -> Response:
        """Search, and answer nothing."""
        standalone = self._desk.standalone(question)
        ranked = [passage for passage in self._desk.search_all(standalone) if self._rank(passage)]
        found = first_found(sorted(ranked, key=lambda passage: self._rank(passage) or 0))
        return Response(question.id, self.name, found=found.refs, found_articles=found.articles)


class FirstSentence:
    """The first sentence of the best paragraph, whatever was asked."""

    name = "first sentence"
    role: Role = "baseline"

    def __init__(self, desk: Desk) -> None:
        """Ask this desk."""
        self._desk = desk

    def applies(self, question: Question) -> bool:
        """Every question is for it."""
        return True

    def respond(self, question: Question) -> Response:
        """Search, and quote; it never refuses unless nothing is found."""
        standalone = self._desk.standalone(question)
        best = next(iter(self._desk.search(standalone)), None)
        if best is None:
            return Response(question.id, self.name, "not_in_articles")
        start, end = split_sentences(best.paragraph.text)[0]
        quote = best.paragraph.text[start:end]
        sentence = GivenSentence(quote, (CitedText(best.ref, quote, best.paragraph.text, exact=True),))
        return Response(question.id, self.name, "answered", quote, (sentence,), confidence=best.score)


class Published:
    """Another system's answers, as they were published."""

    role: Role = "published"

    def __init__(self, name: str, answers: Mapping[str, str]) -> None:
        """Take the answers by question id."""
        self.name = name
        self._answers = answers

    def applies(self, question: Question) -> bool:
        """Only what it has answered is for it."""
        return question.id in self._answers

    def respond(self, question: Question) -> Response:
        """Return its answer."""
        return Response(question.id, self.name, "answered", self._answers[question.id])


class SupportJudge:
    """An entailment that is asked whether an article supports a sentence: `answered` means that it does."""

    role: Role = "model"

    def __init__(self, desk: Desk, entailment: Entailment) -> None:
        """Judge by this entailment."""
        self.name = entailment.name
        self._desk = desk
        self._entailment = entailment

    def applies(self, question: Question) -> bool:
        """Every sentence is for it."""
        return True

    def respond(self, question: Question) -> Response:
        """Judge the sentence by the article that it is given with."""
        [article_id] = question.given or ()
        score = self._entailment.score(self._desk.article(article_id).text, question.question)
        outcome: Outcome = "answered" if score >= self._entailment.threshold else "not_in_articles"
        return Response(question.id, self.name, outcome, confidence=score)
