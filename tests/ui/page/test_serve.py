"""Who is let in, and where."""

import socket

import pytest

from ui.page import serve


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_this_machine_needs_no_password(host: str) -> None:
    serve.check_address(serve.Address(host))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "news.example"])
def test_others_need_one_or_a_word_that_none_is_wanted(host: str) -> None:
    with pytest.raises(serve.ServeError, match="could read, add and remove"):
        serve.check_address(serve.Address(host))
    serve.check_address(serve.Address(host, auth="ann:secret"))
    serve.check_address(serve.Address(host, no_auth=True))


def test_several_may_come_in() -> None:
    assert serve.parse_auth("ann:a,ben:b:c") == [("ann", "a"), ("ben", "b:c")]
    assert serve.parse_auth("") is None


@pytest.mark.parametrize("text", ["ann", "ann:", ":x", "ann:a,ben"])
def test_a_name_without_a_password_is_an_error(text: str) -> None:
    with pytest.raises(serve.ServeError, match="a name and a password"):
        serve.parse_auth(text)


def test_a_port_that_is_taken_is_an_error_if_it_was_wanted_and_passed_over_if_not() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(serve.ServeError, match="Address already in use") as caught:
            serve.find_port(serve.Address(port=port))
    assert "--port" in caught.value.hint
    assert serve.find_port(serve.Address()) >= serve.DEFAULT_PORT
