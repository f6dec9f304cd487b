"""Data moves one way, so imports point one way: down this list only."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

LAYERS = [
    ["rag.records", "rag.errors", "rag.settings"],
    ["rag.read", "rag.models"],
    ["rag.store"],
    ["rag.search"],
    ["rag.answer"],
    ["rag.assistant", "rag.llamaindex"],
    ["rag"],
    ["evals"],
    ["ui"],
]
"""From the bottom up. A module belongs to the longest name that it begins with; siblings may know each other."""

FOREIGN = {
    "chromadb": ["rag/store/vectors.py"],
    "llama_index": ["rag/llamaindex.py", "rag/models/llm_chat.py", "rag/models/llm_loaders.py"],
    "httpx": ["rag/models/llm_loaders.py"],
    "httpx2": ["rag/models/llm_loaders.py"],
    "ollama": ["rag/models/llm_loaders.py"],
    "xllamacpp": ["rag/models/gguf_runner.py"],
    "onnxruntime": ["rag/models/runtime.py"],
    "sqlite3": ["rag/store/"],
    "trafilatura": ["rag/read/html.py"],
    "pypdf": ["rag/read/pdf.py"],
    "docx": ["rag/read/docx.py"],
    "filelock": ["rag/store/lock.py"],
    "typer": ["ui/"],
    "yaml": ["evals/datasets/yaml_file.py"],
    "jinja2": ["evals/report/page.py", "ui/page/templates.py"],
    "gradio": ["ui/page/"],
}
"""Each foreign library is known in one place."""

MODULES = sorted(
    path.relative_to(ROOT) for room in ("rag", "ui", "evals") for path in (ROOT / room).rglob("*.py")
)  # fmt: skip


def level(module: str) -> int:
    names = {name: number for number, layer in enumerate(LAYERS) for name in layer}
    fitting = [name for name in names if module == name or module.startswith(name + ".")]
    return names[max(fitting, key=len)]


def imports(path: Path) -> list[str]:
    """Return the modules that a file imports when it is imported, and those that its functions import."""
    tree = ast.parse((ROOT / path).read_text())
    for_types_only = {
        node
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and ast.unparse(branch.test) == "TYPE_CHECKING"
        for node in ast.walk(branch)
    }
    found = []
    for node in ast.walk(tree):
        if node in for_types_only:
            continue
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.append(node.module or "")
    return found


def name_of(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", [path for path in MODULES if "training" not in path.parts], ids=str)
def test_imports_point_down(path: Path) -> None:
    ours = [module for module in imports(path) if module.split(".")[0] in ("rag", "ui", "evals")]
    above = [module for module in ours if level(module) > level(name_of(path))]
    assert not above


def test_nothing_imports_the_training() -> None:
    assert not [
        path for path in MODULES if "training" not in path.parts for name in imports(path) if "training" in name
    ]


@pytest.mark.parametrize("library", FOREIGN)
def test_a_foreign_library_is_known_in_one_place(library: str) -> None:
    users = [path.as_posix() for path in MODULES for name in imports(path) if name.split(".")[0] == library]
    strangers = [user for user in users if "training" not in user and not user.startswith(tuple(FOREIGN[library]))]
    assert users
    assert not strangers


def test_asking_without_a_language_model_imports_nothing_of_one() -> None:
    script = "import sys, ui.cli, rag.assistant, rag.answer.respond; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"llama_index", "openai", "ollama", "rag.answer.generate"} & set(run.stdout.split())


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_file_is_short_enough_to_read(path: Path) -> None:
    assert len((ROOT / path).read_text().splitlines()) <= 300
