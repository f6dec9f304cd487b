"""The figures that a report can show, in the order in which it shows them."""

from evals.summary import Metric

FOUND = "Found by search"
ANSWERED = "Said"
CITED = "Cited"
REFUSED = "Answered or refused"
FOLLOWED = "Follow-ups"
COST = "Cost"

METRICS: tuple[Metric, ...] = (
    Metric("passed", "passed", ANSWERED, "higher", "share",
           "Answerable: answered, with an accepted answer in it and an accepted set of paragraphs cited, as far as "
           "these are known. Unanswerable: refused."),
    Metric("contained", "answer contained", ANSWERED, "higher", "share",
           "The answer, the short one in front, says an accepted answer: its words, or an equal number or date; a yes "
           "or no has to begin it. A refusal says none."),
    Metric("exact_match", "exact match", ANSWERED, "higher", "share",
           "The answer, the short one where one is given, is an accepted answer, as SQuAD compares them."),
    Metric("f1", "token F1", ANSWERED, "higher", "share",
           "Words shared with an accepted answer, as SQuAD counts them; of the short answer where one is given."),
    Metric("overall_exact_match", "exact match, refusals too", ANSWERED, "higher", "share",
           "SQuAD 2.0: a refusal is right exactly if the question is unanswerable."),
    Metric("overall_f1", "token F1, refusals too", ANSWERED, "higher", "share",
           "SQuAD 2.0: a refusal is right exactly if the question is unanswerable."),
    Metric("recall@1", "right paragraph first", FOUND, "higher", "share",
           "Share of the best covered accepted set of paragraphs that is found first."),
    Metric("recall@5", "right paragraph among five", FOUND, "higher", "share", "The same among the first five."),
    Metric("recall@20", "right paragraph among twenty", FOUND, "higher", "share", "The same among the first twenty."),
    Metric("mrr", "reciprocal rank", FOUND, "higher", "share",
           "1 divided by the place of the first accepted paragraph, 0 if it is not among twenty; of a set that is "
           "needed together one is enough."),
    Metric("ndcg@10", "nDCG of ten", FOUND, "higher", "share",
           "Discounted gain of the first ten paragraphs, by the best accepted set."),
    Metric("article_recall@1", "right article first", FOUND, "higher", "share",
           "As above, for articles, in the order in which the first hundred paragraphs come."),
    Metric("article_recall@5", "right article among five", FOUND, "higher", "share", "As above, for articles."),
    Metric("article_recall@20", "right article among twenty", FOUND, "higher", "share", "As above, for articles."),
    Metric("article_mrr", "article's reciprocal rank", FOUND, "higher", "share", "As above, for articles."),
    Metric("article_ndcg@10", "article's nDCG of ten", FOUND, "higher", "share", "As above, for articles."),
    Metric("cited", "right paragraphs cited", CITED, "higher", "share",
           "An accepted set of paragraphs is cited whole. A refusal cites none."),
    Metric("cite_precision", "citation precision", CITED, "higher", "share",
           "Share of the cited paragraphs that are accepted; of answers only."),
    Metric("cite_recall", "citation recall", CITED, "higher", "share",
           "Share of the best covered accepted set that is cited; of answers only."),
    Metric("cite_f1", "citation F1", CITED, "higher", "share", "Harmonic mean of the two; of answers only."),
    Metric("article_cite_precision", "citation precision, articles", CITED, "higher", "share",
           "The same for articles."),
    Metric("article_cite_recall", "citation recall, articles", CITED, "higher", "share", "The same for articles."),
    Metric("article_cite_f1", "citation F1, articles", CITED, "higher", "share", "The same for articles."),
    Metric("exact_spans", "quotes that are exact", CITED, "higher", "share",
           "Share of an answer's citations whose quote stands at its offsets, letter for letter. Must be 1."),
    Metric("uncited_sentences", "sentences without citation", CITED, "lower", "share",
           "Share of an answer's sentences."),
    Metric("alce_recall", "ALCE citation recall", CITED, "higher", "share",
           "Share of an answer's sentences that follow from the paragraphs they cite, by the named entailment."),
    Metric("alce_precision", "ALCE citation precision", CITED, "higher", "share",
           "Share of an answer's citations without which less would follow, by the named entailment."),
    Metric("false_refusals", "false refusals", REFUSED, "lower", "share", "Of the answerable questions."),
    Metric("false_answers", "false answers", REFUSED, "lower", "share", "Of the unanswerable questions."),
    Metric("balanced_accuracy", "balanced accuracy of refusing", REFUSED, "higher", "share",
           "Mean of the shares rightly answered or refused, answerable and unanswerable questions weighing the same; "
           "0.5 is chance."),
    Metric("roc_auc", "ROC AUC of the confidence", REFUSED, "higher", "share",
           "How often an answerable question has the higher confidence of two; 0.5 is chance."),
    Metric("calibration_error", "calibration error (ECE)", REFUSED, "lower", "share",
           "How far the confidence, read as the probability that the question is answerable, is from the share that "
           "is: the mean gap over ten steps of confidence, each weighing as many questions as it has. Chance alone "
           "keeps it above 0, most where questions are few. Only of confidences between 0 and 1."),
    Metric("risk_area", "risk over coverage", REFUSED, "lower", "share",
           "Mean share of wrong answers among the surest, over all coverages that the system reaches. Refusing more "
           "lowers it: read it beside the coverage."),
    Metric("coverage", "coverage", REFUSED, "neither", "share", "Share of all questions that are answered."),
    Metric("rewritten", "follow-ups reworded", FOLLOWED, "higher", "share",
           "Share of follow-ups that were searched for in other words than they were asked in."),
    Metric("left_alone", "new topics left alone", FOLLOWED, "higher", "share",
           "Share of complete new questions in a conversation that were searched for as asked."),
    Metric("p50_seconds", "median time", COST, "lower", "seconds",
           "From question to whole answer; the machine's load is in it."),
    Metric("p95_seconds", "95th percentile", COST, "lower", "seconds",
           "From question to whole answer; the machine's load is in it."),
    Metric("connections", "connections opened", COST, "lower", "count",
           "Connections an answer, by Python's socket module."),
)  # fmt: skip

BY_KEY = {metric.key: metric for metric in METRICS}

HEADLINES = frozenset({
    "passed", "contained", "exact_match", "f1", "overall_f1",
    "recall@1", "recall@5", "recall@20", "article_recall@1", "article_recall@5", "article_ndcg@10",
    "cited", "cite_precision", "exact_spans", "alce_recall",
    "false_refusals", "false_answers", "balanced_accuracy", "roc_auc", "calibration_error", "risk_area", "coverage",
    "rewritten", "left_alone", "p50_seconds", "p95_seconds", "connections",
})  # fmt: skip
"""The figures that the terminal shows; the page and the JSON have all."""
