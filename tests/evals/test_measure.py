import socket

from evals.measure import ConnectionCounter, peak_megabytes


def test_a_network_connection_is_counted_and_a_local_one_is_not() -> None:
    counter = ConnectionCounter()
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
    one, other = socket.socketpair()
    one.close()
    other.close()
    assert counter.opened == 1


def test_memory_is_told_in_megabytes() -> None:
    assert 10 < peak_megabytes() < 100_000
