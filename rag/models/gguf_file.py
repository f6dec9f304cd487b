"""What the head of a GGUF file tells, read before anything is loaded: is it one, is it whole, how much does it take?

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rag.errors import ModelError, ModelUnknownError

Value = int | float | bool | str
"""What a field of the head holds; of lists the largest number alone is kept."""

MOST_ENTRIES = 4_000_000
"""Words of a vocabulary, or tensors, that a head may have; the largest of today have a tenth of that."""

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _LIST = 8, 9


@dataclass(frozen=True, slots=True)
class GgufFile:
    """A model in a file.

    Attributes:
        path: The file.
        context_tokens: Tokens that it was trained for; 0 if it does not tell.
        file_bytes: Its size.
        bytes_per_token: Memory for each token of the context, 0 if it does not tell.
    """

    path: Path
    context_tokens: int
    file_bytes: int
    bytes_per_token: int

    def memory_bytes(self, context_tokens: int) -> int:
        """Return how much memory it takes with a context of some tokens, rather too little than too much."""
        return self.file_bytes + context_tokens * self.bytes_per_token


def read_gguf(path: Path) -> GgufFile:
    """Return what the head of a file tells.

    Args:
        path: The file.

    Raises:
        ModelUnknownError: There is no such file, or it is no GGUF.
        ModelError: It is damaged or cut off.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            return _read(_Head(file, size, path))
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise ModelUnknownError(f"There is no file {path}.", "A model in a file is named gguf:PATH.") from error
    except OSError as error:
        raise ModelUnknownError(f"{path} cannot be read: {error.strerror}.", "May you read it?") from error


def free_memory() -> int:
    """Return how many bytes of memory can be had, 0 if that is not known."""
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    try:  # all that the machine has, where nothing tells what is free
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 0


class _Head:
    """Reads a head; whatever would reach behind the end of the file is an error."""

    def __init__(self, file: BinaryIO, size: int, path: Path) -> None:
        self._file, self.size, self.path = file, size, path

    def take(self, count: int) -> bytes:
        if count > self.size - self._file.tell():
            raise cut_off(self.path)
        return self._file.read(count)

    def number(self, form: str) -> int | float | bool:
        [value] = struct.unpack(f"<{form}", self.take(struct.calcsize(f"<{form}")))
        return value  # type: ignore[no-any-return]

    def count(self) -> int:
        return int(self.number("Q"))

    def entries(self) -> range:
        count = self.count()
        if count > MOST_ENTRIES:
            raise damaged(self.path)
        return range(count)

    def string(self) -> str:
        return self.take(self.count()).decode("utf-8", "replace")

    def value(self) -> Value:
        kind = int(self.number("I"))
        if kind == _STRING:
            return self.string()
        if kind == _LIST:
            return self._largest(int(self.number("I")))
        if kind in _SCALARS:
            return self.number(_SCALARS[kind])
        raise damaged(self.path)

    def _largest(self, kind: int) -> int | float:
        if kind in _SCALARS:
            entries = self.entries()
            values = struct.unpack(f"<{len(entries)}{_SCALARS[kind]}", self._several(kind, len(entries)))
            return max(values, default=0)
        if kind != _STRING:
            raise damaged(self.path)
        for _ in self.entries():
            self.take(self.count())
        return 0

    def _several(self, kind: int, count: int) -> bytes:
        return self.take(count * struct.calcsize(f"<{_SCALARS[kind]}"))

    def tell(self) -> int:
        return self._file.tell()


def cut_off(path: Path) -> ModelError:
    """Return the error of a file that ends too early."""
    return ModelError(f"{path} is cut off: it ends before the model does.", "Get the file again.")


def damaged(path: Path) -> ModelError:
    """Return the error of a file that no program can have written so."""
    return ModelError(f"{path} is damaged.", "Get the file again.")


def _read(head: _Head) -> GgufFile:
    if head.size < 24 or head.take(4) != b"GGUF":
        raise ModelUnknownError(f"{head.path} is no GGUF file.", "Such files begin with the letters GGUF.")
    if head.number("I") not in (2, 3):
        raise ModelUnknownError(f"{head.path} is a GGUF of a version that nobody can read.", "Get a newer file.")
    tensors = head.entries()
    fields = dict(_fields(head))
    _check_whole(head, tensors, int(fields.get("general.alignment", 32)))
    of_its_kind = {name.partition(".")[2]: value for name, value in fields.items()}
    return GgufFile(head.path, _number(of_its_kind, "context_length"), head.size, _bytes_per_token(of_its_kind))


def _fields(head: _Head) -> Iterator[tuple[str, Value]]:
    for _ in head.entries():
        yield head.string(), head.value()


def _check_whole(head: _Head, tensors: range, alignment: int) -> None:
    """Check that the last tensor begins in the file; whether it ends there, llama.cpp tells."""
    last = 0
    for _ in tensors:
        head.string()
        for _ in range(min(8, int(head.number("I")))):
            head.count()
        head.number("I")
        last = max(last, head.count())
    if tensors and -(-head.tell() // max(1, alignment)) * alignment + last >= head.size:
        raise cut_off(head.path)


def _bytes_per_token(fields: dict[str, Value]) -> int:
    """Return what keys and values of one token take in all layers, two bytes each."""
    heads = max(1, _number(fields, "attention.head_count"))
    width = _number(fields, "attention.key_length") or _number(fields, "embedding_length") // heads
    kept = _number(fields, "attention.head_count_kv") or heads
    return 2 * 2 * _number(fields, "block_count") * kept * width


def _number(fields: dict[str, Value], name: str) -> int:
    value = fields.get(name, 0)
    return int(value) if isinstance(value, int | float) else 0
