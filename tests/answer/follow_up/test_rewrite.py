import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.follow_up import standalone_question
from rag.answer.kind import analyse_question
from rag.records import Answer, AnswerSentence, Outcome


def said(question: str, short: str = "", sentence: str = "", outcome: Outcome = "answered") -> Answer:
    sentences = (AnswerSentence(sentence, ()),) if sentence else ()
    return Answer(question, question, outcome, sentences, (), "", "", "", 0.0, short=short)


Example = tuple[Sequence[Answer], str, str]

BRACKETS: list[Example] = [
    ([said("How long was the road closed?", "two years")], "Why so long?", "Why so long? (road, closed, two years)"),
    ([said("How many people died in Oslo?", "12")], "Who is to blame?", "Who is to blame? (Oslo)"),
    ([said("When did the talks begin?", "in March 2015")], "Did it rain?", "Did it rain? (talks, begin)"),
    (
        [said("Who headed the Hamas delegation in Beirut?")],
        "When was that?",
        "When was that? (Hamas, Beirut, headed, delegation)",
    ),
    (
        [said("Who headed the Hamas delegation in Beirut?")],
        "And who headed the Hezbollah team?",
        "And who headed the Hezbollah team? (Hamas, Beirut)",
    ),
    (
        [said("How many people died in the earthquake?")],
        "And how many were injured?",
        "And how many were injured? (people, died, earthquake)",
    ),
    ([said("Which outlet broke the story about Enron?")], "On what day?", "On what day? (Enron)"),
    (
        [said("Did Iran sign an agreement with Russia?")],
        "What does the agreement say?",
        "What does the agreement say? (Iran, Russia)",
    ),
    (
        [said("How many people died in the Genoa bridge collapse?", "43")],
        "Who owned the bridge?",
        "Who owned the bridge? (Genoa)",
    ),
    (
        [said("How many people died in the Genoa bridge collapse?", "43")],
        "Was anyone arrested?",
        "Was anyone arrested? (Genoa)",
    ),
    ([said("Why did the dam break?")], "Who says so?", "Who says so? (dam, break)"),
    ([said("Did the storm hit Florida?")], "How many people live there?", "How many people live there? (Florida)"),
    (
        [said("Did Hamas people go to Tehran for talks?")],
        "How many delegations were there?",
        "How many delegations were there? (Hamas, Tehran)",
    ),
    (
        [said("What is Sinwar waiting for?"), said("What does Sinwar call his policy?", "zero problems")],
        "Which outlet reported that?",
        "Which outlet reported that? (Sinwar, call, policy, zero problems)",
    ),
    (
        [said("Who supports this reform of schools?")],
        "Why did the union reject it?",
        "Why did the union reject it? (supports, reform, schools)",
    ),
    ([said("Who has won the most Grand Slams?", "Novak Djokovic")], "How many?", "How many? (Grand Slams)"),
    (
        [said("Why did Ford close the plant in Genk?")],
        "And the one in Cologne?",
        "And the one in Cologne? (Ford, Genk)",
    ),
    ([said("Did Samsung sue Apple?")], "Who won?", "Who won? (Samsung, Apple)"),
    ([said("Did Samsung sue Apple?")], "What was the verdict?", "What was the verdict? (Samsung, Apple)"),
    (
        [said("What did Fiat pay for Chrysler?")],
        "Is this deal still in force?",
        "Is this deal still in force? (Fiat, Chrysler, pay)",
    ),
    (
        [said("Who is mediating between Iran and Hamas?", "Egypt")],
        "Does Tehran encourage this effort?",
        "Does Tehran encourage this effort? (Iran, Hamas)",
    ),
    ([said("Is Greece leaving the euro?")], "What happened next?", "What happened next? (Greece)"),
    ([said("Is Greece leaving the euro?")], "Is it likely?", "Is it likely? (Greece, leaving, euro)"),
    (
        [said("When did Ann Lee meet Bob Roy?", "in May")],
        "Where did they meet?",
        "Where did they meet? (Ann Lee, Bob Roy)",
    ),
]

WHOLE = [
    "Who is Mahmoud Zahar?",
    "When did Iran resume aid to Syria?",
    "Is there a ceasefire in Gaza?",
    "Who said that Iran would pay?",
    "Which party won the election that took place in Turkey?",
    "How did Israel respond to its critics?",
    "What did the Pope say in his Easter address?",
    "Did the UN condemn this year's attack in Kabul?",
    "Is it true that Syria agreed?",
    "Who rules Gaza?",
    "Which newspaper reported the reconciliation efforts?",
    "Did Israel say that it would withdraw?",
    "how did iran respond to its critics?",
    "Who was there when Lincoln was shot?",
    "Why did the company fire its chief executive?",
    "What is the tallest building in the world?",
    "How long does it take to fly to Mars?",
    "Where do penguins keep their eggs?",
    "When Merkel resigned, who took her place?",
    "Did the president say he would run again?",
    "Which minister said she had lied?",
    "What happened to the crew of the Titanic?",
    "How many countries have signed the treaty and what does it ban?",
    "Who told Putin that he had to leave?",
    "Why is the sky blue?",
    "How does photosynthesis work?",
    "Is it likely that rates will fall this year?",
    "What did Congress decide about the budget that day?",
    "Who lost their seats in the election?",
    "Was there any rain in Spain in May?",
    "When will the next solar eclipse be seen in Europe?",
    "What did Tesla and its rivals earn?",
    "Which team has the most titles?",
    "how many goals did messi score for barcelona?",
    "What is inflation?",
    "Has the dollar fallen against the euro?",
    "Why do bees dance?",
    "What was the weather like in Paris?",
    "Who else signed the petition against the airport?",
    "Did anyone survive the crash of the Hindenburg?",
    "Who owns The Guardian?",
    "What did the vicar tell his flock?",
    "Does caffeine harm the heart?",
    "What does it take to become a pilot in Canada?",
    "When did women get the vote in Switzerland?",
    "Were there survivors when the Hindenburg burned?",
    "Which actor lost his licence?",
    "Why do cats purr when they sleep?",
    "Why did Microsoft drop support for its own browser?",
    "Is this winter colder than usual in Ukraine?",
    "What was agreed at that summit in Bali in 2022?",
    "Who knew that the bank was failing?",
    "Can dogs get covid?",
    "How are vaccines tested before they are approved?",
    "What did Rooney say after his team lost to Chelsea?",
    "When is the next election in Canada?",
    "Where is the headquarters of the European Central Bank?",
    "Why has the price of oil fallen?",
    "What happened on 9 November 1989?",
    "How did the victims of the fire in Grenfell Tower die?",
    "Which of the two candidates won in Ohio?",
    "Is it safe to travel to Nepal?",
    "So far, how many medals has Norway won?",
    "What do we know about the virus that causes measles?",
    "How long had Mubarak been in power when he fell?",
    "Did voters in Chile reject the new constitution?",
    "Has anyone ever climbed K2 in winter?",
    "On what day did the Berlin Wall fall?",
    "By whom was Rasputin killed?",
    "In which city is the Rijksmuseum?",
    "How many seats does the ruling party hold?",
    "Why is there a shortage of nurses in Germany?",
    "Did the pilot report that he was ill?",
    "What did the jury decide, and why?",
    "Who wins if it is a draw?",
    "Which firms pay their interns?",
    "Should the state own the railways?",
    "When the Titanic sank, how many passengers were there?",
    "who is the king of spain?",
    "what did shell earn last year?",
    "Do the articles mention the king of Spain?",
    "What is known about the deal between Nissan and Renault?",
    "Who was killed in the attack on the mosque?",
]


@pytest.mark.parametrize(("history", "question", "wanted"), BRACKETS)
def test_where_it_is_not_sure_names_and_words_stand_in_brackets(
    history: Sequence[Answer], question: str, wanted: str
) -> None:
    assert standalone_question(question, history) == wanted


@pytest.mark.parametrize("question", WHOLE)
@pytest.mark.parametrize(
    "before",
    [
        said("Who heads the office in Gaza?", "Ismail Haniyeh"),
        said("Where was Marie Curie born?", "Warsaw"),
        said("Why did the dam break?"),
    ],
)
def test_a_whole_question_stays_as_it_is(before: Answer, question: str) -> None:
    assert standalone_question(question, [before]) == question


@pytest.mark.parametrize(
    "question", ["Tell me more", "More details?", "Can you elaborate?", "Go on.", "Anything else?"]
)
def test_more_is_asked_of_the_question_before(question: str) -> None:
    whole = standalone_question(question, [said("Why did the dam break?")])
    assert whole == "Tell me more about this: Why did the dam break?"
    assert analyse_question(whole).kind == "summary"


def test_after_more_was_asked_a_follow_up_means_the_question_before() -> None:
    more = Answer("More?", "Tell me more about this: Why did the dam break?", "answered", (), (), "", "", "", 0.0)
    assert standalone_question("When did it happen?", [more]) == "When did the dam break?"


def test_a_comeback_to_a_refused_question_uses_its_words() -> None:
    refused = said("When did the unions sign the contract?", outcome="not_in_articles")
    assert standalone_question("Why?", [refused]) == "Why did the unions sign the contract?"


def test_a_who_question_without_answer_says_nothing_of_he() -> None:
    assert standalone_question("How old is he?", [said("Who leads Nokia?")]) == "How old is he? (Nokia)"


def test_what_was_put_in_brackets_before_stays_there() -> None:
    before = Answer("", "Did it rain? (Oslo)", "answered", (), (), "", "", "", 0.0)
    assert standalone_question("Why?", [before]) == "Why did it rain? (Oslo)"


def test_the_answer_of_a_turn_before_the_last_is_remembered() -> None:
    history = [said("Who won the race?", "Ann Lee"), said("When was the race?", "in May")]
    assert standalone_question("How old is she?", history) == "How old is Ann Lee?"


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Tell me about yesterday.", "What caused it?"),
        ("Summarize only the second article.", "Who wrote it?"),
        ("What is WHO?", "Who leads it?"),
        ("WHO WAS THERE?", "When did he leave?"),
        ("Explain briefly why Hamas left Damascus.", "When did it happen?"),
    ],
)
def test_a_question_without_a_subject_can_be_followed_up(before: str, question: str) -> None:
    assert standalone_question(question, [said(before)]).startswith(question)


@pytest.mark.parametrize(
    ("before", "question"),
    [("Name the ship.", "Who built it?"), ("Please say who built it.", "When was it sold?")],
)
def test_the_first_word_of_a_command_is_no_name(before: str, question: str) -> None:
    assert not re.search("Name|Please", standalone_question(question, [said(before)]))


def test_what_has_the_already_gets_no_second_one() -> None:
    whole = standalone_question("What about the EU?", [said("Has the UN condemned the attack?")])
    assert whole == "Has the EU condemned the attack?"


def test_a_yes_is_nobody() -> None:
    for answer in ("Yes", "Yes. Eva Holm said so"):
        assert standalone_question("When did she win?", [said("Did Ann Lee win?", answer)]) == "When did Ann Lee win?"


SAID = [
    "And",
    "why",
    "did",
    "he",
    "there",
    "the",
    "it",
    "Iran",
    "Oslo's",
    "was",
    "in",
    "2012",
    "(x)",
    "talks",
    "who",
    ";",
    "then",
    "of",
]
ODD = st.text(st.sampled_from("aA bsS,.?'’()-\n1ß谁"), max_size=40) | st.text(max_size=40)
SPOKEN = st.lists(
    st.sampled_from(SAID),
    max_size=9,
).map(" ".join)
ANYTHING = ODD | SPOKEN
GRAMMAR = {
    "why",
    "is",
    "are",
    "was",
    "were",
    "do",
    "does",
    "have",
    "has",
    "it",
    "that",
    "the",
    "in",
    "to",
    "on",
    "not",
    "and",
    "s",
}


@given(ANYTHING)
def test_without_history_nothing_changes(question: str) -> None:
    assert standalone_question(question, []) == question


@given(ANYTHING, st.lists(st.tuples(ANYTHING, ANYTHING), min_size=1, max_size=3))
def test_nothing_is_lost_or_invented_whatever_is_said(question: str, turns: list[tuple[str, str]]) -> None:
    history = [said(text, short) for text, short in turns]
    whole = standalone_question(question, history)
    assert bool(whole.strip()) >= bool(question.strip())
    known = set(re.findall(r"[^\W_]+", " ".join([question, *(part for turn in turns for part in turn)]).lower()))
    assert set(re.findall(r"[^\W_]+", whole.lower())) <= known | GRAMMAR
