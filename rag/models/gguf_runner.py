"""Runs a GGUF file, in a process of its own that `llm_gguf` starts and that ends with it. Imports nothing of ours.

In our own process xllamacpp would hold Python's lock as long as it loads, so that no other thread moves, and a file
that llama.cpp does not expect would end us with it.
"""

import json
import os
import signal
import sys


def main() -> None:
    """Load the model that standard input names, tell where it can be asked, and serve until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever llama.cpp prints is no answer
    told = json.loads(sys.stdin.readline())
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = told["path"]
    params.n_ctx = told["context_tokens"]
    params.api_keys = [told["key"]]  # other users of this machine can reach its address too
    params.cors_origins = ""
    params.ui = False
    params.verbosity = 1  # errors
    params.warmup = False
    params.cache_ram_mib = 0
    if told["threads"]:
        params.cpuparams.n_threads = told["threads"]
        params.cpuparams_batch.n_threads = told["threads"]
    try:
        server = xllamacpp.Server(params)
    except RuntimeError:
        sys.exit(1)  # no `os._exit`: llama.cpp tells why from a thread of its own, which an orderly end waits for
    answers.write(f"{server.listening_address}\n")
    answers.flush()
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
