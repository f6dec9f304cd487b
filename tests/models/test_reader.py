import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rag.errors import ModelError
from rag.models.reader import MAX_TOKENS, MAX_WINDOWS, WEIGHTS, MiniLMReader, ReadableText, _choose_windows, load_reader

SHIPPED = load_reader(threads=2)
HARBOUR = "The harbour of Oslo was closed on 4 May 2017, because a ship had lost 300 barrels of oil."
FILLER = "The weather was fine all week and nobody complained about anything at all. "


def best(question: str, text: str, title: str = "") -> str:
    span = SHIPPED.read(question, [ReadableText(title, text)])[0].spans[0]
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("When was the harbour closed?", "4 May 2017"),
        ("How many barrels were lost?", "300"),
        ("Which city's harbour was closed?", "Oslo"),
    ],
)
def test_finds_the_words_that_answer(question: str, answer: str) -> None:
    assert answer in best(question, HARBOUR)


def test_a_passage_that_answers_is_told_from_one_that_does_not() -> None:
    texts = [ReadableText("", HARBOUR), ReadableText("", FILLER)]
    right, wrong = SHIPPED.read("Why was the harbour closed?", texts)
    assert right.answered > 0 > wrong.answered


@pytest.mark.parametrize("before", [60, 1000])
def test_an_answer_far_behind_in_a_long_passage_is_found(before: int) -> None:
    text = FILLER * before + HARBOUR + FILLER * 20
    assert "4 May 2017" in best("When was the harbour of Oslo closed?", text)


def test_of_a_very_long_passage_only_the_likeliest_windows_are_read() -> None:
    windows = [[number, number % 2, 99] for number in range(10, 100)]
    windows[70], windows[80] = [1, 2, 3], [2, 3]
    assert _choose_windows([1, 2, 3, 2], windows[:MAX_WINDOWS]) == list(range(MAX_WINDOWS))
    chosen = _choose_windows([1, 2, 3, 2], windows)
    assert (len(chosen), chosen) == (MAX_WINDOWS, sorted(chosen))
    assert {70, 80} < set(chosen)


def test_the_title_is_read_and_never_quoted() -> None:
    text = "It was founded in 1904 by two brothers."
    assert best("Who founded Fjordbank?", text, title="Fjordbank has been sold") in text


def test_what_stands_before_is_read_and_never_quoted() -> None:
    before, text = "Fjordbank was sold on Monday.", "It was founded in 1904 by two brothers."
    alone, below = SHIPPED.read("When was Fjordbank founded?", [ReadableText("", text), ReadableText("", text, before)])
    assert below.answered > alone.answered
    assert [text[span.start : span.end] for span in below.spans[:1]] == ["1904"]


def test_spans_lie_within_the_text_and_do_not_overlap() -> None:
    text = "Zürich – “naïve” café 😀 plans\nnext line, " + HARBOUR
    spans = SHIPPED.read("What happened?", [ReadableText("", text)])[0].spans
    places = sorted((span.start, span.end) for span in spans)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one[1] <= other[0] for one, other in zip(places, places[1:], strict=False))
    assert [span.score for span in spans] == sorted((span.score for span in spans), reverse=True)


@pytest.mark.parametrize("text", ["", " ", "\ud800", "\x00", "😀"])
@pytest.mark.parametrize("question", ["", "Who?", "\ud800", "who " * 1000])
def test_reads_anything(question: str, text: str) -> None:
    [reading] = SHIPPED.read(question, [ReadableText(text, text)])
    assert all(0 <= span.start <= span.end <= len(text) for span in reading.spans)


def test_no_texts_no_readings() -> None:
    assert SHIPPED.read("Who?", []) == []


def test_a_reading_does_not_depend_on_its_neighbours_or_on_threads() -> None:
    texts = [ReadableText("", HARBOUR), ReadableText("Weather", FILLER), ReadableText("", HARBOUR * 20)]
    alone = [SHIPPED.read("Who closed it?", [text])[0] for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda _: SHIPPED.read("Who closed it?", texts), range(4)))
    assert all(readings == alone for readings in together)


def test_a_window_is_never_longer_than_the_model_was_made_for() -> None:
    seen = []
    reader = MiniLMReader(threads=1)
    run = reader._model.run
    reader._model.run = lambda inputs: seen.append(len(inputs["input_ids"])) or run(inputs)  # type: ignore[method-assign, func-returns-value]
    reader.read("who " * 100, [ReadableText("title " * 100, HARBOUR * 30)])
    assert max(seen) == MAX_TOKENS


def damaged(tmp_path: Path, name: str, content: bytes) -> Path:
    folder = shutil.copytree(WEIGHTS, tmp_path / "reader")
    (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "calibration.json"])
def test_a_damaged_file_is_told_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelError, match=name):
        MiniLMReader(folder=damaged(tmp_path, name, b"{}"))


def test_the_calibration_beside_the_weights_counts(tmp_path: Path) -> None:
    values = json.loads((WEIGHTS / "calibration.json").read_text()) | {"start": 7.5}
    reader = MiniLMReader(folder=damaged(tmp_path, "calibration.json", json.dumps(values).encode()))
    assert reader.calibration.start == 7.5


def test_the_models_stay_small() -> None:
    assert all(path.stat().st_size <= 25_000_000 for path in WEIGHTS.parent.rglob("model.onnx"))
