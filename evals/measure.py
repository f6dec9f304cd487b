"""What answering costs besides time: memory, and connections to anywhere."""

import resource
import sys
from functools import cache


def peak_megabytes() -> float:
    """Return the most memory that this process ever had, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


class ConnectionCounter:
    """Counts the network connections that this process opens by Python's socket module, whoever opens them.

    What a library opens in C or Rust by itself is not heard.

    Attributes:
        opened: How many since the counter was made; connections by file, as to a local database, are none.
    """

    def __init__(self) -> None:
        """Begin to count; an audit hook cannot be taken out again."""
        self.opened = 0
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        # The address of a network connection is a tuple of host and port, that of a local one a path.
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            self.opened += 1


@cache
def connection_counter() -> ConnectionCounter:
    """Return the one counter of this process."""
    return ConnectionCounter()
