from dataclasses import replace
from datetime import date

from rag.records import Answer, AnswerSentence, Article, ArticleHeader, Citation, Paragraph
from rag.store.report import FileReport
from ui import render

HEADER = ArticleHeader("a", "Talks in Oslo", "", "", "", date(2017, 9, 3), "text")
CITATION = Citation(1, HEADER, 2, 15, 30, "They agreed.")
ANSWER = Answer(
    "Q?", "Q?", "answered", (AnswerSentence("They agreed.", (CITATION,)),), (), "", "", "similarity", 0.01234567
)
REFUSED = replace(ANSWER, outcome="not_in_articles", sentences=(), reason="The articles do not say.")


def test_a_sentence_carries_its_marks() -> None:
    assert render.render_sentence(ANSWER.sentences[0]).plain == "They agreed. [1]"


def test_a_footnote_names_article_date_and_paragraph() -> None:
    assert render.render_footnotes(ANSWER.citations).plain == "[1] Talks in Oslo · 3 September 2017 · a#2"


def test_a_refusal_tells_what_is_lacking_what_may_be_meant_and_when_the_articles_are_from() -> None:
    refused = replace(
        REFUSED, unknown_words=("Netanjahu", "F-16"), hint="Did you mean Netanyahu?", dates=(date(2017, 9, 3), date.max)
    )
    assert render.render_no_answer(refused).plain.splitlines() == [
        "The articles do not say.",
        "No article mentions: Netanjahu, F-16",
        "hint: Did you mean Netanyahu?",
        "The dated articles were published between 3 September 2017 and 31 December 9999.",
    ]


def test_a_refusal_says_nothing_of_what_is_not_known() -> None:
    assert render.render_no_answer(REFUSED).plain == "The articles do not say."


def test_articles_of_one_day_are_told_by_it() -> None:
    refused = replace(REFUSED, dates=(date(2017, 9, 3), date(2017, 9, 3)))
    assert render.render_no_answer(refused).plain.endswith("\nThe dated articles were published on 3 September 2017.")


def test_unknown_words_command_nothing_and_are_cut_if_they_are_many() -> None:
    refused = replace(REFUSED, unknown_words=("[red]a\x1b[2J", *["word"] * 99))
    line = render.render_no_answer(refused).plain.splitlines()[1]
    assert line.startswith("No article mentions: [red]a[2J, word, word,")
    assert len(line) < 200


def test_there_is_no_short_answer_to_show_without_its_marks() -> None:
    assert render.render_short(ANSWER) is None
    assert render.render_short(replace(REFUSED, short="Oslo")) is None
    shown = render.render_short(replace(ANSWER, short="Oslo"))
    assert shown is not None
    assert shown.plain == "Oslo [1]"


def test_an_answer_is_unsure_that_more_likely_is_none() -> None:
    assert render.render_warning(ANSWER) is None  # a language model tells no confidence
    assert render.render_warning(replace(REFUSED, confidence=0.1)) is None
    assert render.render_warning(replace(ANSWER, confidence=0.5)) is None
    unsure = replace(ANSWER, confidence=0.49, short="Oslo")
    assert str(render.render_warning(unsure)) == "This may not answer the question."
    assert unsure.text == "This may not answer the question. Oslo. [1] They agreed. [1]"
    assert render.answer_to_dict(unsure)["unsure"] is True


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


def test_lines_of_a_file_that_fail_alike_are_told_three_times_then_counted() -> None:
    reports = [FileReport(f"a.jsonl:{line}", "failed", 0, "No text.") for line in range(1, 1003)]
    others = [FileReport(f"{name}.txt", "failed", 0, "No text.") for name in "bcdef"]
    lines = [line.plain for line in render.render_reports([*reports, *others])]
    assert lines[2:4] == ["   failed  a.jsonl:3  No text.", "   failed  b.txt  No text."]
    assert lines[-2:] == ["   failed  a.jsonl  999 more lines: No text.", "1007 failed"]
    assert len(lines) == 3 + 5 + 2


def test_an_answer_for_machines_holds_what_json_can_hold() -> None:
    found = render.answer_to_dict(ANSWER)
    told = {"text": "They agreed.", "citations": [1], "added": False, "verdict": None, "reason": ""}
    assert found["sentences"] == [told]
    assert found["citations"][0]["article"]["date"] == "2017-09-03"
    assert found["seconds"] == 0.0123
    assert (found["short"], found["unknown_words"], found["dates"]) == ("", [], None)


def test_a_refusal_for_machines_says_as_much_as_one_for_people() -> None:
    dates = (date(2017, 9, 3), date(2018, 5, 9))
    found = render.answer_to_dict(replace(REFUSED, unknown_words=("Zidane",), dates=dates))
    assert (found["unknown_words"], found["dates"]) == (["Zidane"], ["2017-09-03", "2018-05-09"])


def test_a_verdict_is_told_unless_all_is_well() -> None:
    well, partly = (replace(ANSWER.sentences[0], verdict=verdict, reason="Why.") for verdict in ("supported", "partly"))
    assert render.render_sentence(well).plain == "They agreed. [1]"
    assert render.render_sentence(partly).plain == "They agreed. [1] (borne out only in part: Why.)"


def test_it_is_told_how_much_was_left_out() -> None:
    assert list(render.render_asides(ANSWER)) == []
    for count, told in ((1, "1 sentence was left out"), (2, "2 sentences were left out")):
        [shown] = render.render_asides(replace(ANSWER, withheld=count))
        assert shown.plain.startswith(told)
        assert "bear" in shown.plain


def test_nothing_is_said_of_a_check_that_was_not_made() -> None:
    for count, why in ((1, "it cites no paragraph"), (2, "they cite no paragraph")):
        [shown] = render.render_asides(replace(ANSWER, withheld=count, checked=False))
        assert shown.plain.endswith(f"left out, because {why}.")


def test_machines_are_told_verdicts_too() -> None:
    told = render.answer_to_dict(replace(ANSWER, withheld=1))
    assert told["withheld"] == 1
    assert (told["sentences"][0]["verdict"], told["sentences"][0]["reason"]) == (None, "")
