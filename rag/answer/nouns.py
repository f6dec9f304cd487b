"""What an answer may be, and which of it a noun of the question asks for: a "captain" is a person."""

from typing import Literal

# fmt: off
AnswerType = Literal[
    "person", "group", "person or group", "place", "date", "time", "year",
    "number", "money", "percent", "age", "duration", "distance", "quantity", "any",
]
# fmt: on
"""`group` is an organisation, `time` a time of day, `quantity` any amount with or without a unit, `any` unknown."""

_NOUNS: dict[AnswerType, str] = {
    "person": """
        actor actress ambassador analyst architect artist athlete author boss boy brother candidate captain ceo
        chairman chancellor character chief cleric coach composer daughter diplomat director doctor emperor engineer
        envoy expert explorer father footballer founder general girl governor historian husband inventor journalist
        judge king lawmaker lawyer leader man mayor men minister mother musician officer official painter person
        philosopher photographer physicist pilot player poet politician pope premier president priest prince producer
        professor queen reader reporter ruler scientist secretary senator singer sister soldier son spokesman
        spokeswoman student suspect teacher victim wife winner woman women writer children attorney aunt baker barrister
        bishop chairwoman clerk conductor councillor councilman councilwoman cousin detective driver farmer fisherman
        goalkeeper grandfather grandmother inspector manager miner neighbor neighbour nephew niece nurse passenger
        prosecutor referee skipper striker superintendent surgeon survivor uncle widow widower witness activist deputy
        executive friend owner predecessor princess speaker spokesperson successor""",
    "group": """
        agency airline army association authority band bank broadcaster church club college commission committee
        company corporation council court department faction family firm foundation government group institute
        institution league magazine manufacturer militia ministry movement network newspaper organisation organization
        outlet paper party publisher regime school station studio team tribe union university""",
    "person or group": "people",
    "place": """
        airport area birthplace building camp capital city continent country county desert district embassy hometown
        hospital hotel island kingdom lake location mountain nation neighbourhood ocean place planet port
        prison province region republic river road sea site stadium state street suburb territory town village""",
    "date": "century date day decade deadline month period week weekday",
    "number": "number population toll",
    "money": "bail budget cost debt fee gdp income price profit ransom revenue salary wage",
    "percent": "percent percentage proportion share",
    "duration": "duration lifespan",
    "distance": "altitude depth diameter distance elevation height radius width",
    "quantity": "amount capacity density fraction frequency length quantity rate ratio size speed temperature weight",
}
TYPES = {noun: wants for wants, nouns in _NOUNS.items() for noun in nouns.split()}
TYPES |= {"year": "year", "time": "time", "age": "age"}
_PLURALS = (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("s", ""), ("", ""))


def type_of(nouns: list[str]) -> AnswerType:
    """Return the type of the last of some nouns."""
    noun = nouns[-1] if nouns else ""
    ending, instead = next(pair for pair in _PLURALS if noun.endswith(pair[0]))
    return TYPES.get(noun) or TYPES.get(noun.removesuffix(ending) + instead, "any")
