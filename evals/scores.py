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
        scores["passed"] = _passed(question, scores)
    if response.sentences:
        scores |= _score_sentences(response, entailment)
    if response.seconds is not None:
        scores["connections"] = float(response.connections)
    if question.history and response.standalone_question:
        same = float(response.standalone_question == question.question)
        scores |= {"left_alone": same} if question.kind == TOPIC_CHANGE else {"rewritten": 1 - same}
    return scores


def passed(question: Question, response: Response, entailment: Entailment) -> bool | None:
    """Tell whether a response is right; None if the system does not answer, a failure is not right."""
    if response.failure:
        return False
    value = score_response(question, response, entailment).get("passed")
    return None if value is None else bool(value)


def _score_search(question: Question, response: Response) -> dict[str, float | None]:
    if response.found is None or not question.answerable:
        return {}
    found_articles = unique([article_of(ref) for ref in response.found])
    scores: dict[str, float | None] = {}
    if question.cites:
        scores |= _score_ranking("", response.found, question.cites, _gains(question.cites))
    accepted = _articles(question.cites) or [frozenset({article}) for article in question.relevant]
    if accepted:
        gains = question.relevant or _gains(accepted)
        scores |= _score_ranking("article_", found_articles, accepted, gains)
    return scores


def _score_ranking(
    prefix: str, found: Sequence[str], accepted: Collection[frozenset[str]], gains: Mapping[str, float]
) -> dict[str, float]:
    return {
        **{f"{prefix}recall@{cut}": recall_at(found, accepted, cut) for cut in CUTS},
        f"{prefix}mrr": reciprocal_rank(found, gains),
        f"{prefix}ndcg@{NDCG_CUT}": ndcg_at(found, gains, NDCG_CUT),
    }


def _score_answer(question: Question, response: Response) -> dict[str, float | None]:
    refused = response.outcome == "not_in_articles"
    if not question.answerable:
        right = float(refused)
        return {"overall_exact_match": right, "overall_f1": right}
    if not question.answers:
        return {}
    accepted = accepted_texts(question.answers)
    exact = 0.0 if refused else exact_match(response.text, accepted)
    f1 = 0.0 if refused else token_f1(response.text, accepted)
    return {
        "contained": 0.0 if refused else answer_contained(response.text, question.answers),
        **{"exact_match": exact, "overall_exact_match": exact},
        **{"f1": f1, "overall_f1": f1},
    }


def _score_citations(question: Question, response: Response) -> dict[str, float | None]:
    cites = bool(response.sentences) or response.outcome == "not_in_articles"
    if not question.answerable or not question.cites or not cites:
        return {}
    cited = response.cited
    articles = unique([article_of(ref) for ref in cited])
    scores: dict[str, float | None] = {"cited": float(citation_recall(cited, question.cites) == 1)}
    for prefix, refs, accepted in (("", cited, question.cites), ("article_", articles, _articles(question.cites))):
        precision, recall = citation_precision(refs, accepted), citation_recall(refs, accepted)
        scores |= {
            f"{prefix}cite_precision": precision,
            f"{prefix}cite_recall": recall,
            f"{prefix}cite_f1": None if precision is None else citation_f1(precision, recall),
        }
    return scores


def _score_refusal(question: Question, response: Response) -> dict[str, float | None]:
    answered = float(response.outcome == "answered")
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


def _passed(question: Question, scores: Scores) -> float | None:
    if not (question.answers or question.cites or question.relevant):  # all that is known is whether it is answerable
        return 1 - (scores.get("false_refusals") or scores.get("false_answers") or 0.0)
    known = [scores.get(key) for key in ("contained", "cited")]
    judged = [value for value in known if value is not None]
    return float(all(judged)) if judged else None


def _articles(cites: Collection[frozenset[str]]) -> list[frozenset[str]]:
    return list(dict.fromkeys(frozenset(map(article_of, refs)) for refs in cites))


def _gains(accepted: Collection[frozenset[str]]) -> dict[str, float]:
    return {ref: 1.0 for refs in accepted for ref in sorted(refs)}
