"""Which language a text is in, as far as its script and its little words tell."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_LITTLE_WORDS = {
    "English": "the of and to that was is for with as his by on were from which their has said have not but who "
    "what when where why how did does do",
    "German": "der die das und ist von den dem nicht mit sich des ein eine auf für im wurde hat als auch nach sie wird "
    "wer was wann wo warum wie welche",
    "French": "le les des est une dans pour que qui par sur avec pas au aux du ont été leur cette ne se sont et quand "
    "où pourquoi comment quel quelle",
    "Spanish": "el los las del que en por con una para su es al como fue más sus ha se y según sobre entre quién qué "
    "cuándo dónde cómo cuál",
    "Italian": "il gli della di che è per con una nel del sono alla dei non dal come ha si anche più delle chi cosa "
    "quando dove perché quale",
    "Portuguese": "os do da das dos em um uma para com não por que foi ao mais sua são pelo pela segundo e quem quando "
    "onde como qual",
    "Dutch": "het een van en dat zijn niet met voor op aan te werd heeft door ook bij naar uit maar deze wie wat "
    "wanneer waar waarom hoe welke",
}
"""Without "in", which is a word of four of them."""

_KNOWN: dict[str, list[str]] = {}
for _language, _words in _LITTLE_WORDS.items():
    for _word in _words.split():
        _KNOWN.setdefault(_word, []).append(_language)


def other_language(text: str, question: str) -> str:
    """Return the language of a text if that is surely not the one of the question, else an empty string.

    Example:
        >>> other_language("Die Hamas hat die Stadt verlassen.", "When did Hamas leave?")
        'German'
        >>> other_language("Die Hamas hat die Stadt verlassen.", "Wann ging die Hamas?")
        ''
    """
    written, wanted = guess_language(text), guess_language(question, least=1)
    sure = wanted or written not in _LITTLE_WORDS  # a question of names alone still tells its script
    return written if sure and written != wanted else ""


@lru_cache(maxsize=16)  # of one question and its articles for each sentence of an answer
def guess_language(text: str, least: int = 2) -> str:
    """Return the language of a text, the name of its script if that is not Latin, or an empty string if unsure.

    Args:
        text: A sentence or more.
        least: Little words that it must have to be sure; those within names, "Los Angeles", count for nothing.

    Example:
        >>> guess_language("Die Hamas hat Damaskus im Jahr 2012 verlassen."), guess_language("Yes.")
        ('German', '')
    """
    letters = [character for character in text if character.isalpha()]
    scripts = Counter(unicodedata.name(letter, "?").split()[0] for letter in letters)
    script, count = scripts.most_common(1)[0] if scripts else ("LATIN", 0)
    if script != "LATIN":
        return script.capitalize() if count > 4 and count > len(letters) / 2 else ""
    words = re.findall(r"\w+", text)
    little = [word.lower() for place, word in enumerate(words) if not place or word.islower()]  # not those of names
    told = Counter(name for word in little for name in _KNOWN.get(word, ()))
    best = told.most_common(2)
    if not best or best[0][1] < least or (len(best) > 1 and best[1][1] * 2 > best[0][1]):
        return ""
    return best[0][0]
