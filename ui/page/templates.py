"""The templates of the page and of the exported files. All text that they are given is escaped."""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

ASSETS = Path(__file__).parent / "assets"

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(ASSETS), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
)


def fill(template: str, **values: object) -> str:
    """Return a template of `assets/` with its values put in."""
    return _ENVIRONMENT.get_template(template).render(**values)


def asset(name: str) -> str:
    """Return the text of a file of `assets/`."""
    return (ASSETS / name).read_text(encoding="utf-8")


def page_script() -> str:
    """Return the page's own script: the files of `assets/script/` in one function that shows only its `mount…`."""
    parts = "\n".join(file.read_text(encoding="utf-8") for file in sorted((ASSETS / "script").glob("*.js")))
    mounts = ", ".join(re.findall(r"^function (mount\w+)", parts, re.MULTILINE))
    return f'"use strict";\nconst footnote = (() => {{\n{parts}\nbegin(start);\nreturn {{ {mounts} }};\n}})();'
