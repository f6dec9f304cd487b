"""Whatever happens to a folder, the index of it is like one made from nothing."""

import json
import shutil
import tempfile
from pathlib import Path
from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.store.rooms import check_like_clean_build, open_index, sync_all, write

TEXTS = [
    f"Talks in {town}\n\nThe ministers of {number} countries met in {town} to talk about water.\n\nThey left.\n"
    for number, town in enumerate(["Beirut", "Cairo", "Oslo", "Riga"], start=7)
]
# Names that ask for one id, in folders or not, before and behind each other.
TEXT_FILES = ["a.txt", "a.md", "b.txt", "b.md", "c.txt", "below/a.txt", "z.txt"]
RECORD_FILES = ["a.jsonl", "d.jsonl", "z.jsonl"]

texts = st.sampled_from(TEXTS)
own_ids = st.sampled_from(["", "a", "b", "x"])
names = st.sampled_from([*TEXT_FILES, *RECORD_FILES])


class FolderMachine(RuleBasedStateMachine):
    """Writes, copies, renames, swaps and deletes files, and syncs, reopens or rebuilds in between."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp())
        self.folder = self.place / "articles"
        self.index = open_index(self.place / "index")
        write(self.folder / "always.txt", TEXTS[0].replace("Talks", "Silence"))

    def teardown(self) -> None:
        self.sync()
        self.index.close()
        shutil.rmtree(self.place)

    @rule(name=st.sampled_from(TEXT_FILES), text=texts)
    def write_text(self, name: str, text: str) -> None:
        write(self.folder / name, text)

    @rule(name=st.sampled_from(RECORD_FILES), records=st.lists(st.tuples(own_ids, texts), min_size=1, max_size=4))
    def write_records(self, name: str, records: list[tuple[str, str]]) -> None:
        rows = [json.dumps({"id": own_id, "title": "News", "text": text}) for own_id, text in records]
        write(self.folder / name, "\n".join(rows))

    @precondition(lambda self: len(self.files()) > 1)
    @rule(pick=st.randoms(use_true_random=False))
    def delete(self, pick: Random) -> None:
        pick.choice(self.files()).unlink()

    @rule(pick=st.randoms(use_true_random=False), name=names)
    def rename(self, pick: Random, name: str) -> None:
        if found := [file for file in self.files() if file.suffix == Path(name).suffix]:
            pick.choice(found).replace(self.made(name))

    @rule(pick=st.randoms(use_true_random=False), name=names)
    def copy(self, pick: Random, name: str) -> None:
        if found := [file for file in self.files() if file.suffix == Path(name).suffix and file != self.folder / name]:
            write(self.made(name), pick.choice(found).read_text())

    @rule(pick=st.randoms(use_true_random=False), times=st.integers(1, 2))
    def rotate(self, pick: Random, times: int) -> None:
        files = [file for file in self.files() if file.suffix == ".txt"]
        pick.shuffle(files)
        contents = [file.read_text() for file in files]
        for file, content in zip(files, contents[times:] + contents[:times], strict=True):
            write(file, content)

    @rule()
    def sync(self) -> None:
        sync_all(self.index, self.folder)
        check_like_clean_build(self.index, self.folder)

    @rule(rebuild=st.booleans())
    def reopen(self, rebuild: bool) -> None:
        self.index.close()
        self.index = open_index(self.place / "index", rebuild=rebuild)

    def files(self) -> list[Path]:
        return sorted(file for file in self.folder.rglob("*") if file.is_file() and file.name != "always.txt")

    def made(self, name: str) -> Path:
        (self.folder / name).parent.mkdir(exist_ok=True)
        return self.folder / name


TestFolder = FolderMachine.TestCase
TestFolder.settings = settings(max_examples=6, stateful_step_count=15)
