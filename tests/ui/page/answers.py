"""Answers made by hand, and articles to go with them."""

from datetime import date

from rag.records import Answer, AnswerSentence, Article, ArticleHeader, Citation, Outcome, Paragraph, Passage, Verdict

TEXT = "First.\n\nThe 🐟 price & more.\n\n<b>Last</b> ${alert(1)} {{x}}"
PARAGRAPHS = (
    Paragraph(1, "body", 0, 6, "First."),
    Paragraph(2, "body", 8, 29, TEXT[8:29]),
    Paragraph(3, "comment", 31, len(TEXT), TEXT[31:]),
)
HEADER = ArticleHeader("a", "Fish <i>& chips</i>", "Ann", "", "", date(2020, 5, 1), "text")
ARTICLE = Article("a", HEADER.title, "Ann", "", "", HEADER.date, "text", TEXT, PARAGRAPHS)


def find(article_id: str) -> Article:
    assert article_id == "a"
    return ARTICLE


def cite(number: int = 1, words: str = "price & more") -> Citation:
    start = TEXT.index(words)
    return Citation(number, HEADER, 2, start, start + len(words), words)


def say(text: str = "Fish costs <more>.", verdict: Verdict | None = None, reason: str = "") -> AnswerSentence:
    return AnswerSentence(text, (cite(),), verdict, reason)


def answer(*sentences: AnswerSentence, outcome: Outcome = "answered", **fields: object) -> Answer:
    question = str(fields.pop("question", "What does <fish> cost?"))
    standalone = str(fields.pop("standalone_question", question))
    base = Answer(question, standalone, outcome, sentences, (), "", "", "reader", 0.5)
    return base.__class__(**{**{name: getattr(base, name) for name in base.__dataclass_fields__}, **fields})  # type: ignore[arg-type]


def nearest() -> Passage:
    return Passage(HEADER, PARAGRAPHS[1], 1.0)
