"""Characters that no reader sees, every model reads, and any model may write."""

import re

_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)


def strip_hidden(text: str) -> str:
    r"""Return a text without what cannot be seen; all white space stays.

    Example:
        >>> strip_hidden("hid\u200bden\u202e \U000e0041text")
        'hidden text'
    """
    return _HIDDEN.sub("", text)
