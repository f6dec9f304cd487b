"""Reading a YAML file so that every value knows its line. The only file of the datasets that knows PyYAML."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from evals.datasets.rows import Loc, read_text
from rag import FootnoteError

_MAX_VALUES = 200_000
"""Most values of a file. Aliases in aliases can stand for more values than there are atoms."""

_MAX_MEGABYTES = 4

_QUOTE_HINT = "Put text in quotes that has any of : ? # , [ ] { } in it, and indent with spaces."


@dataclass(frozen=True, slots=True)
class YamlFile:
    """What is in a YAML file, and where.

    Attributes:
        path: The file.
        value: Its value, of lists, mappings and plain values; None if it is empty.
        lines: The lines of all values, from 1, by where they stand.
    """

    path: Path
    value: object
    lines: Mapping[Loc, int]

    def line(self, loc: Loc) -> int:
        """Return the line of a value, or of the innermost value around it that there is."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def error(self, loc: Loc, problem: str, hint: str) -> FootnoteError:
        """Return an error that names file and line."""
        return _error(self.path, self.line(loc), problem, hint)


def read_yaml(path: Path, hint: str) -> YamlFile:
    """Read a file with one YAML value.

    Args:
        path: The file.
        hint: What is expected of it, in one sentence.

    Raises:
        FootnoteError: It cannot be read or is no YAML, or a mapping has one key twice.
    """
    text = read_text(path, hint)
    if len(text) > _MAX_MEGABYTES << 20:
        raise FootnoteError(f"{path} is larger than {_MAX_MEGABYTES} MB.", "Split it into several files.")
    walk = _Walk(path, text)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        value = walk.value(root, ()) if root else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = ", ".join(filter(None, (error.context, error.problem)))
        raise _error(path, line, f"this is no YAML: {problem}.", _QUOTE_HINT) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _error(path, line, "this has a character that YAML does not allow.", "Remove it.") from error
    except RecursionError as error:
        raise FootnoteError(f"{path} is nested too deep.", hint) from error
    except (ValueError, OverflowError) as error:  # such as "\UFFFFFFFF", or a number of 5,000 digits
        raise FootnoteError(f"{path} has a value that YAML cannot read: {error}.", hint) from error
    return YamlFile(path, value, walk.lines)


def _error(path: Path, line: int, problem: str, hint: str) -> FootnoteError:
    return FootnoteError(f"{path}, line {line}: {problem}", hint)


class _Walk:
    """Turns nodes into values and notes their lines."""

    def __init__(self, path: Path, text: str) -> None:
        self.lines: dict[Loc, int] = {}
        self._path = path
        self._characters = 0
        self._scalars = yaml.constructor.SafeConstructor()

    def value(self, node: yaml.Node, loc: Loc) -> object:
        self.lines.setdefault(loc, _line(node))  # a mapping has noted the line of the key before
        if len(self.lines) > _MAX_VALUES:
            raise FootnoteError(f"{self._path} has more than {_MAX_VALUES:,} values.", "Use fewer aliases (*name).")
        if isinstance(node, yaml.MappingNode):
            return {self._key(key, loc): self.value(value, (*loc, str(key.value))) for key, value in node.value}
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*loc, place)) for place, child in enumerate(node.value)]
        return self._scalar(node)

    def _key(self, node: yaml.Node, loc: Loc) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise _error(self._path, _line(node), "the name of a field must be text.", "Write it as NAME: VALUE.")
        place = (*loc, str(node.value))
        if place in self.lines:
            problem = f"field {node.value!r} is there twice, first in line {self.lines[place]}."
            raise _error(self._path, _line(node), problem, "Keep one of them.")
        self.lines[place] = _line(node)
        return str(node.value)

    def _scalar(self, node: yaml.Node) -> object:
        self._characters += len(node.value)
        if self._characters > _MAX_MEGABYTES << 20:
            raise FootnoteError(f"{self._path} is too large when its aliases are written out.", "Use fewer of them.")
        try:
            return self._scalars.construct_object(node)
        except yaml.YAMLError as error:
            raise _error(self._path, _line(node), f"{node.tag!r} is not understood here.", "Leave it out.") from error
        except Exception as error:  # PyYAML lets through what goes wrong in it: 2012-13-45, !!bool maybe, !!int ""
            problem = f"{node.value!r} is not what it looks like."
            raise _error(self._path, _line(node), problem, "Put it in quotes if it is text.") from error


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
