"""The question before with another phrase: "And in Rome?", "And the women's final?", "Did Iran?"."""

from rag.answer.follow_up.phrases import Clause, name_runs, noun_phrases
from rag.answer.follow_up.referents import possessive
from rag.answer.follow_up.words import DETERMINERS, PREPOSITIONS, Word, is_date, is_plural, read_words, takes_part


def as_question(text: str) -> str:
    """Return a text with a capital at its beginning and a question mark."""
    return text[:1].upper() + text[1:] + "?"


def swap_subject(words: tuple[Word, ...], bare: str, clause: Clause) -> str:
    """Return "Did Iran accept the plan" for "Did Israel accept the plan" and "Did Iran?"."""
    phrase = bare[words[1].start :] if len(words) > 1 else ""
    inner = words[2:] if len(words) > 1 and words[1].lower in DETERMINERS else words[1:]
    if not inner or not all(takes_part(word) for word in inner) or len(words) > 5 or clause.aux is None:
        return ""
    names = all(word.is_name for word in inner)
    if not (names or (len(inner) == 1 and len(words) == 3)):
        return ""
    same = words[0].lower == clause.words[clause.aux].lower
    return _put(clause, clause.subject_start, clause.subject_end, phrase) if same else ""


def _put(clause: Clause, start: int, end: int, phrase: str) -> str:
    parts = (clause.cut(clause.lead_start, start), phrase, clause.cut(end))
    return as_question(" ".join(filter(None, parts)))


def swap_phrase(fragment: str, clause: Clause) -> str:
    """Return the old question with a fragment in the place of what it stands beside."""
    words = read_words(fragment)
    if any(word.lower in ("one", "ones") for word in words):
        return ""
    if words[0].lower in PREPOSITIONS and len(words) > 1:
        fragment = fragment[0].lower() + fragment[1:]
        return _swap_behind_preposition(fragment, words, clause)
    if is_date(fragment):
        phrase = f"in {fragment}" if fragment.isdecimal() else fragment
        return _swap_behind_preposition(phrase, read_words(phrase), clause)
    place = _beside(fragment, words, clause)
    if not place:
        return ""
    start, end = place
    start -= start > 0 and words[0].lower == clause.words[start - 1].lower == "the"
    if clause.kind == "copula" and start == clause.subject_start and " of " not in fragment and words[0].lower == "the":
        end = next((n for n in range(start, end) if clause.words[n].lower == "of"), end)
    owner = clause.words[end - 1].is_possessive and not words[-1].is_possessive and end < len(clause.words)
    return _put(clause, start, end, possessive(fragment) if owner else fragment)


def _swap_behind_preposition(fragment: str, words: tuple[Word, ...], clause: Clause) -> str:
    """Return the old question with "in Rome" in the place of "in Oslo", else at its end."""
    dated = is_date(fragment)
    for start in range(len(clause.words) - 1, clause.lead_end, -1):
        word = clause.words[start].lower
        end = start + 1
        while end < len(clause.words) and clause.words[end].lower in DETERMINERS:
            end += 1
        while end < len(clause.words) and takes_part(clause.words[end]):
            if clause.words[end - 1].is_name and not clause.words[end].is_name:
                break
            end += 1
        same = word == words[0].lower or (dated and word in ("in", "on", "during", "at"))
        if same and word in PREPOSITIONS and end > start + 1 and is_date(clause.cut(start, end)) == dated:
            return _put(clause, start, end, fragment)
    if words[0].lower == "of":
        return ""
    return as_question(f"{clause.cut(clause.lead_start)} {fragment}")


def _beside(fragment: str, words: tuple[Word, ...], clause: Clause) -> tuple[int, int] | None:
    """Find the phrase that a fragment stands beside, or None if that is not sure."""
    phrases = [pair for pair in noun_phrases(clause) if clause.words[pair[0]].lower not in ("he", "she", "it", "they")]
    names = name_runs(clause.words, clause.lead_end + (clause.aux == clause.lead_end))
    bare = words[1:] if words[0].lower == "the" else words
    if bare and all(word.is_name for word in bare):
        return _beside_name(bare, clause, names, phrases)
    head = words[-1].lower
    same = [pair for pair in phrases if clause.words[pair[1] - 1].lower == head]
    if same:
        return same[0]
    counted = clause.lead.lower().startswith(("how many ", "which ")) and words[0].lower not in DETERMINERS
    if counted and is_plural(fragment) and is_plural(clause.lead) and clause.lead_end - clause.lead_start > 1:
        return clause.lead_start + (2 if clause.lead.lower().startswith("how") else 1), clause.lead_end
    shaped = [pair for pair in phrases if _shape(clause.words[pair[0] : pair[1]]) == _shape(words)]
    others = [pair for pair in phrases if not clause.words[pair[0]].is_name]
    options = shaped or others
    return options[0] if len(options) == 1 or (options and options[0][0] == clause.subject_start) else None


def _beside_name(
    words: tuple[Word, ...], clause: Clause, names: list[tuple[int, int]], phrases: list[tuple[int, int]]
) -> tuple[int, int] | None:
    if words[-1].is_possessive:
        owners = [pair for pair in names if clause.words[pair[1] - 1].is_possessive]
        return owners[0] if owners else None
    if names and names[0][0] == clause.subject_start and " and " in clause.subject:
        return clause.subject_start, clause.subject_end
    if len(names) == 1 or (names and names[0][0] == clause.subject_start):
        start, end = names[0]
        whole = end == len(clause.words) or not takes_part(clause.words[end])
        return start - (whole and clause.words[start - 1].lower == "the"), end
    if not names and clause.subject and phrases:
        return phrases[0]
    return None


def _shape(words: tuple[Word, ...]) -> tuple[bool, bool, bool]:
    """Return whether a phrase has an article, a name and a common noun at its end."""
    return words[0].lower in DETERMINERS, any(word.is_name for word in words), not words[-1].is_name
