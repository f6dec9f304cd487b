"""Everything that Footnote raises on purpose.

FootnoteError
├── SettingsError            a setting has a wrong value, or a FOOTNOTE_ variable a wrong name
├── FolderError              the folder of articles is missing or no folder
├── ReadError                a file, or one article of it, cannot be read
├── QuestionError            the question is empty or too long
├── NotFoundError            no such article or paragraph
├── ModelError               a model's files are missing, damaged, or it failed
│   ├── ModelKeyError        its key is missing or refused
│   ├── ModelUnknownError    there is no such model, or its package is not installed
│   ├── ModelUnreachableError no server answers
│   ├── ModelTimeoutError    it said nothing for too long
│   ├── ModelBusyError       too many requests, or the server has trouble
│   ├── ModelCutError        the connection broke off
│   ├── ModelReplyError      what it said cannot be used: malformed, empty, endless, in another language
│   ├── ModelTooLongError    question and paragraphs do not fit into its context
│   └── ModelRefusedError    it declined to answer
└── StoreError               the index cannot be read or written
    ├── IndexLockedError     another process uses it
    ├── IndexLayoutError     it was made by another version of Footnote
    ├── IndexFolderError     it belongs to another folder of articles
    ├── EmbedderChangedError its vectors come from another embedder
    ├── VectorsDamagedError  the vectors are lost, and can be made anew
    └── StorageFullError     the disk is full

A wrong argument by a programmer stays a `ValueError`.
"""


class FootnoteError(Exception):
    """Something went wrong that a user can do something about.

    Attributes:
        message: What went wrong and with which file or value, in one sentence.
        hint: What to do next, often a command; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep message and hint; `str()` gives the message alone."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class SettingsError(FootnoteError):
    """A setting has a wrong value, or a `FOOTNOTE_` variable a name that is none."""


class FolderError(FootnoteError):
    """The folder of articles is missing or no folder."""


class ReadError(FootnoteError):
    """A file, or one article of it, cannot be read; the files beside it can.

    Attributes:
        line: Line of a JSON-lines file from 1, or None for the whole file.
    """

    def __init__(self, message: str, hint: str = "", line: int | None = None) -> None:
        """Keep the line beside message and hint."""
        super().__init__(message, hint)
        self.line = line


class QuestionError(FootnoteError):
    """The question is empty or too long."""


class NotFoundError(FootnoteError):
    """No article or paragraph has this address."""


class ModelError(FootnoteError):
    """A model's files are missing or damaged, or the model failed."""


class ModelKeyError(ModelError):
    """The key of a hosted model is missing or refused."""


class ModelUnknownError(ModelError):
    """There is no such model, or the package that speaks to it is not installed."""


class ModelUnreachableError(ModelError):
    """No server answers at the model's address."""


class ModelTimeoutError(ModelError):
    """The model said nothing for too long."""


class ModelBusyError(ModelError):
    """The server has too many requests or trouble of its own; asking again may help.

    Attributes:
        retry_after_seconds: How long the server asks to wait, or None if it does not say.
    """

    def __init__(self, message: str, hint: str = "", retry_after_seconds: float | None = None) -> None:
        """Keep the time to wait beside message and hint."""
        super().__init__(message, hint)
        self.retry_after_seconds = retry_after_seconds


class ModelCutError(ModelError):
    """The connection broke off before the reply was whole."""


class ModelReplyError(ModelError):
    """What the model said cannot be used: it is malformed, empty, endless or in another language."""


class ModelTooLongError(ModelError):
    """Question and paragraphs do not fit into the model's context."""


class ModelRefusedError(ModelError):
    """The model declined to answer."""


class StoreError(FootnoteError):
    """The index cannot be read or written."""


class IndexLockedError(StoreError):
    """Another process uses the index."""


class IndexLayoutError(StoreError):
    """The index was made by another version of Footnote."""


class IndexFolderError(StoreError):
    """The index belongs to another folder of articles."""


class EmbedderChangedError(StoreError):
    """The vectors in the index come from another embedder."""


class VectorsDamagedError(StoreError):
    """The vectors in the index are lost; they can be made anew from the stored articles."""


class StorageFullError(StoreError):
    """The disk is full."""
