"""Words whose forms share no stem: a question's "When did they meet?" is an article's "They met"."""

IRREGULAR = """
    arise arose arisen, beat beaten, become became, begin began begun, bind bound, bite bit bitten, blow blew blown,
    break broke broken, bring brought, build built, buy bought, catch caught, choose chose chosen, come came, deal
    dealt, dig dug, draw drew drawn, drink drank drunk, drive drove driven, eat ate eaten, fall fell fallen, feed
    fed, feel felt, fight fought, find found, flee fled, fly flew flown, forbid forbade forbidden, forget forgot
    forgotten, freeze froze frozen, get got gotten, give gave given, go went gone, grow grew grown, hang hung, hear
    heard, hide hid hidden, hold held, keep kept, know knew known, lay laid, lead led, leave left, lend lent, lie
    lay lain, light lit, lose lost, make made, mean meant, meet met, pay paid, ride rode ridden, ring rang rung,
    rise rose risen, run ran, see saw seen, seek sought, sell sold, send sent, shake shook shaken, shine shone,
    shoot shot, show showed shown, shrink shrank shrunk, sing sang sung, sink sank sunk, sit sat, sleep slept, slide
    slid, speak spoke spoken, spend spent, spin spun, stand stood, steal stole stolen, stick stuck, strike struck
    stricken, swear swore sworn, swim swam swum, swing swung, take took taken, teach taught, tear tore torn, think
    thought, throw threw thrown, understand understood, wake woke woken, wear wore worn, win won, withdraw withdrew
    withdrawn, write wrote written, child children, man men, woman women, person people, foot feet, tooth teeth,
    wife wives, life lives
"""

_GROUPS = [group.split() for group in IRREGULAR.split(",")]
BASES = frozenset(group[0] for group in _GROUPS)
"""The form of each that a dictionary has."""


def other_forms(word: str) -> list[str]:
    """Return the other forms of an irregular verb or noun, in any case; none for any other word.

    Example:
        >>> other_forms("Meet"), other_forms("spoken"), other_forms("talk")
        (['met'], ['speak', 'spoke'], [])
    """
    folded = word.lower()
    return [form for group in _GROUPS if folded in group for form in group if form != folded]
