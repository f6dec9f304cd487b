import json
import sys
from pathlib import Path

import pytest

from evals.gate.__main__ import main
from evals.gate.damaged import judge_damaged
from evals.gate.measuring import tell_kinds, tell_ranking
from evals.gate.pairs import PAIRS, judge_pairs
from evals.gate.people import judge_people
from rag.answer.gate import Gate
from tests.fakes import WordHashEmbedder

GATE = Gate(WordHashEmbedder())


def test_there_are_at_least_sixty_pairs_and_none_is_a_quotation() -> None:
    articles = [json.loads(line) for line in PAIRS.read_text().splitlines()]
    pairs = [(pair, article) for article in articles for pair in article["pairs"]]
    assert len(pairs) >= 60
    for pair, article in pairs:
        assert all(pair["true"] not in text for text in article["paragraphs"])
        assert all(1 <= number <= len(article["paragraphs"]) for number in pair["cites"])


def test_the_rules_alone_tell_most_false_rewordings_from_the_true() -> None:
    judged = list(judge_pairs(GATE))
    caught = [not each.is_supported for each in judged if not each.is_true]
    withheld = [each.judgement.verdict == "unsupported" for each in judged if each.is_true]
    assert sum(caught) > 0.7 * len(caught)
    assert sum(withheld) < 0.1 * len(withheld)


def test_damaged_sentences_of_a_folder_are_caught() -> None:
    judged = list(judge_damaged(Path("seeds"), GATE, most=5))
    kinds = {each.kind for each in judged if not each.is_true}
    assert {"number", "date", "name", "negation", "speaker"} <= kinds
    caught = [not each.is_supported for each in judged if not each.is_true]
    assert sum(caught) > 0.8 * len(caught)
    assert len(list(tell_kinds(judged))) > len(kinds)


def test_people_agree_or_not(tmp_path: Path) -> None:
    rows = [
        {"sentence": "The harbour of Oslo was closed.", "responses": [{"worker_id": 1, "response": "yes"}]},
        {"sentence": "The bank of Lisbon was robbed.", "responses": [{"worker_id": 1, "response": "no"}]},
    ]
    file = tmp_path / "qags.jsonl"
    file.write_text(json.dumps({"article": "The harbour of Oslo was closed. It rained.", "summary_sentences": rows}))
    told = list(tell_ranking(list(judge_people(file, GATE))))
    assert told[0] == "n 2, 1 of them true"
    assert told[1].split()[2] == "1.000"


def test_a_path_is_needed_where_something_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["evals.gate", "people"])
    with pytest.raises(SystemExit):
        main()
