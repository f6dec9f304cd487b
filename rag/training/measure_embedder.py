"""Measure how far an exported embedder, not projected, is from the model it was made of.

`python -m rag.training.measure_embedder --embedder FOLDER --texts seeds` embeds the paragraphs of a folder of `.txt`
files with both and prints the cosines. Needs the `train` extra.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import BertModel

from rag.models.embedder import MAX_TOKENS, MiniLMEmbedder
from rag.training.export_embedder import default_weights


def embed_with_torch(source: Path, texts: list[str]) -> NDArray[np.float32]:
    """Return the original model's vectors, float32 (len(texts), hidden), rows of length 1.

    Args:
        source: Folder of the original model.
        texts: Embedded one by one.
    """
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    model = BertModel.from_pretrained(source).eval()
    vectors = []
    with torch.inference_mode():
        for text in texts:
            states = model(input_ids=torch.tensor([tokenizer.encode(text).ids])).last_hidden_state
            vectors.append(torch.nn.functional.normalize(states.mean(dim=1)[0], dim=0).numpy())
    return np.stack(vectors)


def main() -> None:
    """Read the command line and print the cosines."""
    parser = argparse.ArgumentParser(description="Compare an exported embedder with the model it was made of.")
    parser.add_argument("--embedder", type=Path, required=True, help="folder that export_embedder wrote")
    parser.add_argument("--texts", type=Path, required=True, help="folder of .txt files")
    parser.add_argument("--weights", type=Path, help="folder of the original; default: the installed package")
    options = parser.parse_args()
    lines = [line for path in sorted(options.texts.rglob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    texts = [line for line in lines if line.strip()]
    exported = MiniLMEmbedder(folder=options.embedder).embed(texts)
    cosines = (exported * embed_with_torch(options.weights or default_weights(), texts)).sum(axis=1)
    figures = f"mean {cosines.mean():.4f}, 1st percentile {np.percentile(cosines, 1):.4f}, least {cosines.min():.4f}"
    sys.stdout.write(f"{len(texts)} texts, cosine to the original: {figures}\n")


if __name__ == "__main__":
    main()
