import rag
from rag import errors


def test_rag_exports_fewer_than_twenty_names_in_order() -> None:
    assert len(rag.__all__) < 20
    assert rag.__all__ == sorted(rag.__all__)


def test_every_exported_name_is_there_and_has_a_docstring() -> None:
    for name in rag.__all__:
        assert getattr(rag, name).__doc__


def test_the_tree_of_errors_is_drawn_in_full() -> None:
    found = [name for name, value in vars(errors).items() if isinstance(value, type)]
    assert found
    assert all(f"{name} " in (errors.__doc__ or "") or name == "FootnoteError" for name in found)
    assert all(issubclass(vars(errors)[name], errors.FootnoteError) for name in found)
