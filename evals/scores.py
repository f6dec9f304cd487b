"""What one response to one question is worth, figure by figure."""

from collections.abc import Collection, Mapping, Sequence

from evals.entailment import Entailment
from evals.metrics.citing import alce, citation_f1, citation_precision, citation_recall, exact_spans, uncited_share
from evals.metrics.ranking import ndcg_at, recall_at, reciprocal_rank
from evals.metrics.text import accepted_texts, answer_contained, exact_match, token_f1
from evals.records import Question, Response, article_of, unique

Scores = Mapping[str, float | None]
"""Values by metric key; what is missing or None does not apply."""

TOPIC_CHANGE = "topic change"
CUTS = (1, 5, 20)
NDCG_CUT = 10


def score_response(question: Question, response: Response, entailment: Entailment) -> Scores:
    """Return what a response is worth; nothing applies to a failure.

    Args:
        question: The question.
        response: What a system made of it.
        entailment: Decides whether a sentence follows from what it cites.
    """
    if response.failure:
        return {}
    scores: dict[str, float | None] = {**_score_search(question, response)}
    if response.outcome is not None:
        scores |= _score_answer(question, response)
        scores |= _score_citations(question, response)
        scores |= _score_refusal(question, response)
        scores["passed"] = _passed(question, response, scores)
    if response.sentences:
        scores |= _score_sentences(response, entailment)
    if response.seconds is not None:
        scores["connections"] = float(response.connections)
    if question.history and response.standalone_question:
        same = float(response.standalone_question == question.question)
        scores |= {"left_alone": same} if question.kind == TOPIC_CHANGE else {"rewritten": 1 - same}
    return scores


def _score_search(question: Question, response: Response) -> dict[str, float | None]:
    if response.found is None:
        return {}
    scores: dict[str, float | None] = {}
    if question.cites:
        scores |= _score_ranking("", response.found, question.cites, {})
    articles = question.articles or _articles(question.cites)
    if articles:
        scores |= _score_ranking("article_", response.found_articles, articles, question.gains)
    return scores


def _score_ranking(
    prefix: str, found: Sequence[str], accepted: Collection[frozenset[str]], gains: Mapping[str, float]
) -> dict[str, float]:
    worth = [{ref: gains.get(ref, 1.0) for ref in refs} for refs in accepted]
    return {
        **{f"{prefix}recall@{cut}": recall_at(found, accepted, cut) for cut in CUTS},
        f"{prefix}mrr": max(reciprocal_rank(found, refs) for refs in accepted),
        f"{prefix}ndcg@{NDCG_CUT}": max(ndcg_at(found, refs, NDCG_CUT) for refs in worth),
    }


def _score_answer(question: Question, response: Response) -> dict[str, float | None]:
    refused = response.outcome == "not_in_articles"
    if question.answerable is False:
        right = float(refused)
        return {"overall_exact_match": right, "overall_f1": right}
    if not question.answers:
        return {}
    accepted = accepted_texts(question.answers)
    exact = 0.0 if refused else exact_match(response.short or response.text, accepted)
    f1 = 0.0 if refused else token_f1(response.short or response.text, accepted)
    overall = {"overall_exact_match": exact, "overall_f1": f1} if question.answerable else {}
    contained = 0.0 if refused else answer_contained(response.text, question.answers, response.short)
    return {"contained": contained, "exact_match": exact, "f1": f1, **overall}


def _score_citations(question: Question, response: Response) -> dict[str, float | None]:
    cites = bool(response.sentences) or response.outcome == "not_in_articles"
    if not question.cites or not cites:
        return {}
    cited = response.cited
    articles = unique([article_of(ref) for ref in cited])
    scores: dict[str, float | None] = {"cited": float(citation_recall(cited, question.cites) == 1)}
    for prefix, refs, accepted in (("", cited, question.cites), ("article_", articles, _articles(question.cites))):
        precision, recall = citation_precision(refs, accepted), citation_recall(refs, accepted)
        if precision is not None:
            scores[f"{prefix}cite_precision"] = precision
            scores[f"{prefix}cite_recall"] = recall
            scores[f"{prefix}cite_f1"] = citation_f1(precision, recall)
    return scores


def _score_refusal(question: Question, response: Response) -> dict[str, float | None]:
    answered = float(response.outcome == "answered")
    wrong: dict[str, float | None] = {}
    if question.answerable is not None:
        wrong = {"false_refusals": 1 - answered} if question.answerable else {"false_answers": answered}
    return {**wrong, "coverage": answered}


def _score_sentences(response: Response, entailment: Entailment) -> dict[str, float | None]:
    supported = alce(response.sentences, entailment.entails)
    return {
        "exact_spans": exact_spans(response.sentences),
        "uncited_sentences": uncited_share(response.sentences),
        "alce_recall": supported.recall,
        "alce_precision": supported.precision,
    }


def _passed(question: Question, response: Response, scores: Scores) -> float | None:
    if question.answerable is None:
        return None
    if not (question.answerable and (question.answers or question.cites or question.articles)):
        return float((response.outcome == "answered") == question.answerable)
    judged = [value for key in ("contained", "cited") if (value := scores.get(key)) is not None]
    return float(all(judged)) if judged else None


def _articles(cites: Collection[frozenset[str]]) -> list[frozenset[str]]:
    return list(dict.fromkeys(frozenset(map(article_of, refs)) for refs in cites))
