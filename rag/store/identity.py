"""Deciding what an article is called: the same name for life, and one name for the same content."""

import itertools
from collections.abc import Collection, Iterator

from rag.read import clean_id, suffix_of
from rag.records import Article
from rag.store.articles import ArticleStore
from rag.store.chunks import article_version
from rag.store.files import FileStore
from rag.store.scan import ADDED


class Identities:
    """Gives out ids during one sync. An id stays with its article; no two articles ever share one."""

    def __init__(self, articles: ArticleStore, files: FileStore, gone: Collection[str]) -> None:
        """Start from what is stored.

        Args:
            articles: The stored articles.
            files: The stored files.
            gone: Paths of files that are no longer there; what they were called is free again.
        """
        self._articles = articles
        self._files = files
        self._gone = set(gone)
        self._base_ids = {row.base_id: path for path, row in files.files().items() if path not in self._gone}
        self._ids: dict[str, str] = {}
        self._versions: dict[str, str] = {}

    def base_id(self, path: str) -> str:
        """Return what the articles of a file are called: for life, even if the file is renamed later."""
        name = path.removeprefix(ADDED)
        stem = name[: len(name) - len(suffix_of(name))]
        for base_id in _candidates(clean_id(stem) or "article"):
            if self.claim(base_id, path):
                return base_id
        raise AssertionError("there is always another number")

    def claim(self, base_id: str, path: str) -> bool:
        """Take a base id for a file; False if another file has it."""
        return self._base_ids.setdefault(base_id, path) == path

    def id_of_same(self, article: Article) -> str:
        """Return the id under which exactly this content is kept, or an empty string; it stays with the content."""
        version = article_version(article)
        kept = self._ids.get(version) or self._articles.id_of_version(version)
        if not kept or self._versions.get(kept, version) != version:
            return ""
        self._pair(kept, version)
        return kept

    def new_id(self, article: Article, path: str) -> str:
        """Return an id for new content: the one that the article asks for, if no other holds it."""
        for article_id in _candidates(article.id):
            if article_id not in self._versions and self._held_only_by(path, article_id):
                self._pair(article_id, article_version(article))
                return article_id
        raise AssertionError("there is always another number")

    def release(self, article_id: str) -> None:
        """Take back an id that `new_id` gave: the article will not be stored."""
        del self._ids[self._versions.pop(article_id)]

    def _pair(self, article_id: str, version: str) -> None:
        self._ids[version], self._versions[article_id] = article_id, version

    def _held_only_by(self, path: str, article_id: str) -> bool:
        return {*self._files.paths(article_id)} <= {path, *self._gone}


def _candidates(wanted: str) -> Iterator[str]:
    yield wanted
    for number in itertools.count(2):
        yield f"{wanted}-{number}"
