"""The templates of the page and of the exported files. All text that they are given is escaped."""

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
