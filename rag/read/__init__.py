"""Reading: from a file on disk to articles with numbered paragraphs. Knows nothing of an index."""

from rag.read.count import count_articles
from rag.read.files import SUFFIXES, read_articles, suffix_of
from rag.read.sentences import split_finished, split_sentences
from rag.read.source import clean_id

__all__ = [
    "SUFFIXES",
    "clean_id",
    "count_articles",
    "read_articles",
    "split_finished",
    "split_sentences",
    "suffix_of",
]
