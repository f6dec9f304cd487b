"""The README is true to the letter: its commands are run, its answers compared, its tables checked."""

import doctest
import re
import shlex
import tomllib
from pathlib import Path

import pytest

from evals.datasets import LOADERS, load_own
from evals.datasets.question_form import KINDS
from rag import Assistant
from rag.models.llm import PROVIDERS
from rag.settings import PREFIX, Settings
from tests.conftest import Footnote

README = Path("README.md").read_text()
EVALS_README = Path("evals/README.md").read_text()
EXAMPLES = re.findall(r"^```console\n\$ footnote (.*?)\n(.*?)^```$", README, re.M | re.S)


@pytest.fixture(autouse=True)
def at_the_index_of_the_seeds(seeds_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_INDEX", str(seeds_index))


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 2


@pytest.mark.parametrize(("command", "output"), EXAMPLES)
def test_an_answer_in_the_readme_is_what_comes_out(footnote: Footnote, command: str, output: str) -> None:
    assert footnote(*shlex.split(command)).out == output


def test_the_python_examples_run() -> None:
    test = doctest.DocTestParser().get_doctest(README, {}, "README", "README.md", 0)
    runner = doctest.DocTestRunner(verbose=False)
    assert runner.run(test).failed == 0
    assert runner.tries > 10


def test_every_make_command_is_a_target() -> None:
    targets = set(re.findall(r"^([a-z]+):", Path("Makefile").read_text(), re.M))
    named = set(re.findall(r"\bmake ([a-z]+)", README))
    assert {"chat", "test"} <= named <= targets


def test_every_command_named_has_help(footnote: Footnote) -> None:
    named = set(re.findall(r"^footnote ([a-z]+)", README, re.M))
    assert named == {"index", "ask", "chat", "articles", "show", "models"}
    assert all(footnote(name, "--help").code == 0 for name in named)


def test_the_question_file_in_the_evals_readme_is_one(tmp_path: Path) -> None:
    [example] = re.findall(r"^```yaml\n(.*?)^```$", EVALS_README, re.M | re.S)
    (tmp_path / "questions.yaml").write_text(example)
    dataset = load_own(tmp_path, tmp_path / "questions.yaml")
    article = "The talks\n" + "".join(f"\nParagraph {number} of an article about the talks.\n" for number in range(5))
    (tmp_path / "talks.txt").write_text(article)
    with Assistant.open(tmp_path / "talks.txt", index=tmp_path / "index") as assistant:
        assert len(dataset.load_questions(assistant)) == 7


def test_the_evals_readme_names_what_there_is(footnote: Footnote) -> None:
    assert set(re.findall(r"^\| `(\w+):", EVALS_README, re.M)) == set(LOADERS)
    assert set(re.findall(r"`([a-z -]+)`", EVALS_README)) >= set(KINDS)
    options = set(re.findall(r"(?<!\S)`?(--[a-z-]+)", EVALS_README))
    assert options <= set(re.findall(r"--[a-z-]+", footnote("eval", "--help").out))


def test_the_number_of_questions_is_told_as_it_is() -> None:
    written = sum(file.read_text().count("\n- id: ") for file in Path("evals/questions").glob("*.yaml"))
    assert {int(number) for number in re.findall(r"(\d+) questions of our own", README)} == {written}


def test_the_settings_are_told_in_full() -> None:
    rows = {
        name: (default, text) for name, default, text in re.findall(r"^\| `(\w+)` \| `(.*?)` \| (.*) \|$", README, re.M)
    }
    assert rows == {
        PREFIX + name.upper(): (str(field.default), field.description) for name, field in Settings.model_fields.items()
    }


def test_the_models_are_told_in_full_with_what_they_need() -> None:
    rows = {
        spec: (what, needs) for spec, what, needs in re.findall(r"^\| `(\w+:\S+)` \| (.*?) \| (.*) \|$", README, re.M)
    }
    assert {spec: what for spec, (what, _) in rows.items()} == {
        provider.shape: provider.meaning for provider in PROVIDERS.values()
    }
    for provider in PROVIDERS.values():
        needs = rows[provider.shape][1]
        assert all(f"`{key}`" in needs for key in provider.keys[:1])
        assert (f"footnote[{provider.extra}]" in needs) == bool(provider.extra)


def test_the_changelog_tells_the_version() -> None:
    version = tomllib.loads(Path("pyproject.toml").read_text())["project"]["version"]
    assert f"## {version}" in Path("CHANGELOG.md").read_text()


def test_nothing_names_this_machine_or_a_registry() -> None:
    texts = {
        path: path.read_text() for path in map(Path, ["README.md", "Makefile", "constraints.txt", "pyproject.toml"])
    }
    assert not [path for path, text in texts.items() if re.search(r"index-url|/(?:root|home|work)/|file://", text)]
    assert not re.search(r"[@/]", texts[Path("constraints.txt")])
