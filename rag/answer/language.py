"""Which language a text is in, as far as its script and its little words tell."""

import re
import unicodedata
from collections import Counter

_LITTLE_WORDS = {
    "English": "the of and to in that was is for with as his by on were from which their has said have not but who",
    "German": "der die das und ist von den dem nicht mit sich des ein eine auf für im wurde hat als auch nach sie wird",
    "French": "le les des est une dans pour que qui par sur avec pas au aux du ont été leur cette ne se sont et",
    "Spanish": "el los las del que en por con una para su es al como fue más sus ha se y según sobre entre",
    "Italian": "il gli della di che è per con una nel del sono alla dei non dal come ha si anche più delle",
    "Portuguese": "os do da das dos em um uma para com não por que foi ao mais sua são pelo pela segundo e",
    "Dutch": "het een van en dat zijn niet met voor op aan te werd heeft door ook bij naar uit maar deze",
}
_KNOWN = {word: [name for name, words in _LITTLE_WORDS.items() if word in words.split()] for word in
          {word for words in _LITTLE_WORDS.values() for word in words.split()}}  # fmt: skip


def guess_language(text: str) -> str:
    """Return the language of a text, the name of its script if that is not Latin, or an empty string if unsure.

    Example:
        >>> guess_language("Die Hamas hat Damaskus im Jahr 2012 verlassen."), guess_language("Yes.")
        ('German', '')
    """
    letters = [character for character in text if character.isalpha()]
    scripts = Counter(unicodedata.name(letter, "?").split()[0] for letter in letters)
    script, count = scripts.most_common(1)[0] if scripts else ("LATIN", 0)
    if script != "LATIN":
        return script.capitalize() if count > 4 and count > len(letters) / 2 else ""
    told = Counter(name for word in re.findall(r"\w+", text.lower()) for name in _KNOWN.get(word, ()))
    best = told.most_common(2)
    if not best or best[0][1] < 2 or (len(best) > 1 and best[1][1] * 2 > best[0][1]):
        return ""
    return best[0][0]
