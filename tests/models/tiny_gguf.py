"""Language models of some thousand weights in GGUF files: each says one sentence, whatever it is asked."""

from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGUFWriter

WIDTH = 32
"""Most words of a sentence; each has a place of its own in the vectors."""

TEMPLATE = "{% for message in messages %}{{ message.role }}: {{ message.content }}\n{% endfor %}assistant:"
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]
COLON, LINE_END, END = "<0x3A>", "<0x0A>", "</s>"
"""What a prompt ends with, with our template and with llama.cpp's own; and what a reply ends with."""


def write_gguf(path: Path, *words: str, endless: bool = False, template: str = TEMPLATE, **fields: Any) -> Path:
    """Write a llama that says some words, and then ends or begins again.

    Each word's vector points at the next word: attention and feed-forward are zero, so the last token alone decides.
    """
    vocabulary = ["<unk>", "<s>", END, *BYTES, *("▁" + word for word in words)]
    chain = [COLON, *("▁" + word for word in words)]
    following = [*chain[1:], chain[1] if endless else END]
    embedding = np.zeros((len(vocabulary), WIDTH), dtype=np.float32)
    output = np.zeros_like(embedding)
    for place, (word, after) in enumerate(zip(chain, following, strict=True)):
        embedding[vocabulary.index(word), place] = 1.0
        output[vocabulary.index(after), place] = 1.0
    embedding[vocabulary.index(LINE_END)] = embedding[vocabulary.index(COLON)]
    writer = GGUFWriter(path, "llama")
    _describe(writer, vocabulary, template, {"context_length": 4096, **fields})
    writer.add_tensor("token_embd.weight", embedding)
    writer.add_tensor("output.weight", output)
    writer.add_tensor("output_norm.weight", np.ones(WIDTH, dtype=np.float32))
    for name in ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"):
        writer.add_tensor(f"blk.0.{name}.weight", np.zeros((WIDTH, WIDTH), dtype=np.float32))
    for name in ("attn_norm", "ffn_norm"):
        writer.add_tensor(f"blk.0.{name}.weight", np.ones(WIDTH, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _describe(writer: GGUFWriter, vocabulary: list[str], template: str, fields: dict[str, int]) -> None:
    writer.add_context_length(fields["context_length"])
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(fields.get("block_count", 1))
    writer.add_feed_forward_length(WIDTH)
    writer.add_head_count(2)
    writer.add_head_count_kv(2)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // 2)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(vocabulary)
    writer.add_token_scores([0.0] * len(vocabulary))
    writer.add_token_types([2, 3, 3, *[6] * 256, *[1] * (len(vocabulary) - 259)])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    if template:
        writer.add_chat_template(template)
