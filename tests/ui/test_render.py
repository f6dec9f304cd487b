from datetime import date

from rag.records import Answer, AnswerSentence, Article, ArticleHeader, Citation, FileReport, Paragraph
from ui import render

HEADER = ArticleHeader("a", "Talks in Oslo", "", "", "", date(2017, 9, 3), "text")
CITATION = Citation(1, HEADER, 2, 15, 30, "They agreed.")
ANSWER = Answer(
    "Q?", "Q?", "answered", (AnswerSentence("They agreed.", (CITATION,)),), (), "", "", "similarity", 0.01234567
)


def test_a_sentence_carries_its_marks() -> None:
    assert render.render_sentence(ANSWER.sentences[0]).plain == "They agreed. [1]"


def test_a_footnote_names_article_date_and_paragraph() -> None:
    assert render.render_footnotes(ANSWER.citations).plain == "[1] Talks in Oslo · 3 September 2017 · a#2"


def test_text_is_cut_at_a_word() -> None:
    assert render.one_line("one two, three", most=9) == "one two …"
    assert render.one_line(" one\n two ") == "one two"
    assert render.one_line("w" * 20, most=9) == "w" * 9 + " …"


def test_what_a_terminal_could_obey_is_taken_out() -> None:
    assert render.plain("a\x1b[31mb\x07\x9b\u202ec\td\n") == "a[31mbc\td\n"


def test_an_article_is_shown_with_numbers_and_kinds() -> None:
    paragraphs = (Paragraph(1, "caption", 0, 3, "Oslo"), Paragraph(2, "body", 5, 9, "They agreed."))
    article = Article("a", "Talks in Oslo", "Jane Doe", "", "", date(2017, 9, 3), "text", "", paragraphs)
    shown = render.render_article(article, highlighted=2).plain
    assert shown.splitlines()[1] == "Jane Doe · 3 September 2017 · date from text"
    assert shown.splitlines()[3:] == ["   1  (caption) Oslo", "", "▶  2  They agreed."]


def test_unchanged_files_are_only_counted() -> None:
    reports = [FileReport("a.txt", "unchanged", 1), FileReport("b.txt", "failed", 0, "It is empty.", "Fill it.")]
    lines = [line.plain for line in render.render_reports(reports)]
    assert lines == ["   failed  b.txt  It is empty. Fill it.", "1 failed, 1 unchanged"]


def test_an_answer_for_machines_holds_what_json_can_hold() -> None:
    found = render.answer_to_dict(ANSWER)
    assert found["sentences"] == [{"text": "They agreed.", "citations": [1]}]
    assert found["citations"][0]["article"]["date"] == "2017-09-03"
    assert found["seconds"] == 0.0123
