import pytest

from rag.answer.follow_up import standalone_question
from tests.answer.follow_up.test_rewrite import Example, said

EXAMPLES: list[Example] = [
    ([said("Has the merger been approved?")], "When will it be?", "When has the merger been approved?"),
    (
        [said("What did Ann Lee say about the strike?", "nothing")],
        "What did Ben Ray say?",
        "What did Ben Ray say about the strike?",
    ),
    (
        [said("Who heads the Hamas office in Gaza?", "Ismail Haniyeh")],
        "When was he elected?",
        "When was Ismail Haniyeh elected?",
    ),
    ([said("Who leads Hamas?", "Ismail Haniyeh")], "And Hezbollah?", "Who leads Hezbollah?"),
    ([said("Did Israel and Hamas agree to a truce?")], "And Iran?", "Did Iran agree to a truce?"),
    ([said("Who won the vote in Kenya?", "William Ruto")], "And his deputy?", "William Ruto's deputy?"),
    ([said("Who is the president of Kenya?", "William Ruto")], "And his deputy?", "Who is William Ruto's deputy?"),
    (
        [said("Who won the vote in Kenya?", "William Ruto")],
        "By how many points?",
        "By how many points was it that William Ruto won the vote in Kenya?",
    ),
    ([said("Who owns the port of Piraeus?", "Cosco")], "And now?", "And now? (Piraeus)"),
    ([said("How many people died in the Genoa bridge collapse?", "43")], "And injured?", "And injured? (Genoa)"),
    ([said("Who leads Hamas?", "Ismail Haniyeh")], "what about Hezbollah?", "Who leads Hezbollah?"),
    ([said("Who leads Hamas?", "Ismail Haniyeh")], "Since when?", "Since when is it that Ismail Haniyeh leads Hamas?"),
    ([said("When did the talks begin?", "in March 2015")], "Why?", "Why did the talks begin?"),
    ([said("When did the talks begin?", "in March 2015")], "And where?", "Where did the talks begin?"),
    (
        [said("Who headed the Hamas delegation in Beirut?")],
        "And the Hezbollah team?",
        "Who headed the Hezbollah team in Beirut?",
    ),
    ([said("Who won the World Cup in 2014?", "Germany")], "And in 2018?", "Who won the World Cup in 2018?"),
    ([said("Who won the World Cup in 2014?", "Germany")], "Who else?", "Who else won the World Cup in 2014?"),
    (
        [said("Where did the ministers from Norway meet?")],
        "And when was that?",
        "When did the ministers from Norway meet?",
    ),
    ([said("When did Apple buy Beats?", "2014")], "and Google?", "When did Google buy Beats?"),
    ([said("Was the minister arrested?")], "By whom?", "By whom was the minister arrested?"),
    ([said("Was the minister arrested?")], "Is that true?", "Was the minister arrested?"),
    ([said("Has Iran agreed to pay Hamas again?")], "how much?", "How much has Iran agreed to pay Hamas again?"),
    ([said("Were any hostages released?")], "How many?", "How many hostages were released?"),
    ([said("Did Israel accept the plan?")], "Did Hamas?", "Did Hamas accept the plan?"),
    ([said("Did Israel accept the plan?")], "And Egypt?", "Did Egypt accept the plan?"),
    ([said("Did Israel accept the plan?")], "Why not?", "Why did Israel not accept the plan?"),
    ([said("What did Zahar want from Iran?")], "And from Nasrallah?", "What did Zahar want from Nasrallah?"),
    ([said("What is Ali Akbar Velayati's job?")], "And Larijani's?", "What is Larijani's job?"),
    ([said("How many men were killed?")], "And women?", "How many women were killed?"),
    ([said("How did the markets react to the vote?")], "Why?", "Why did the markets react to the vote?"),
    (
        [said("Which outlet broke the story about Enron?", "Fortune")],
        "On what day?",
        "On what day was it that Fortune broke the story about Enron?",
    ),
    (
        [said("Who was elected mayor of Rome?", "Virginia Raggi")],
        "When was that?",
        "When was Virginia Raggi elected mayor of Rome?",
    ),
    ([said("Why did the dam break?")], "When did it happen?", "When did the dam break?"),
    (
        [said("Where did the Hamas leadership go after it left Syria?")],
        "When was that?",
        "When did the Hamas leadership go after it left Syria?",
    ),
    ([said("Does Kenya export tea to Pakistan?")], "And to Egypt?", "Does Kenya export tea to Egypt?"),
    ([said("Does Kenya export tea to Pakistan?")], "Since when?", "Since when does Kenya export tea to Pakistan?"),
    ([said("Who is the prime minister of Japan?")], "And of Italy?", "Who is the prime minister of Italy?"),
    ([said("Is the Louvre closed on Tuesdays?")], "Why?", "Why is the Louvre closed on Tuesdays?"),
    ([said("Will the court hear the case in May?")], "And when will it decide?", "When will the court decide?"),
    ([said("Who coaches Juventus?", "Massimiliano Allegri")], "And Inter Milan?", "Who coaches Inter Milan?"),
    ([said("How many votes did Macron get?")], "And Le Pen?", "How many votes did Le Pen get?"),
    ([said("How many votes did Macron get in 2017?")], "And in 2022?", "How many votes did Macron get in 2022?"),
    ([said("What did the WHO recommend?", "masks")], "When?", "When did the WHO recommend masks?"),
    ([said("What did the WHO recommend?", "masks")], "Why?", "Why did the WHO recommend masks?"),
    ([said("Has Boeing delivered the new planes?", "No")], "Why not?", "Why has Boeing not delivered the new planes?"),
    ([said("Has Boeing delivered the new planes?", "No")], "And Airbus?", "Has Airbus delivered the new planes?"),
    (
        [said("Who killed Thomas Becket?", "four knights")],
        "Where?",
        "Where was it that four knights killed Thomas Becket?",
    ),
    ([said("Who founded SpaceX?", "Elon Musk")], "In what year?", "In what year was it that Elon Musk founded SpaceX?"),
    (
        [said("When does the parliament vote on the budget?")],
        "What about the senate?",
        "When does the senate vote on the budget?",
    ),
    ([said("Does the drug help children?")], "And adults?", "Does the drug help adults?"),
    ([said("Why did Ford close the plant in Genk?")], "When was that?", "When did Ford close the plant in Genk?"),
    (
        [said("Who is the head of the IMF?", "Kristalina Georgieva")],
        "And the World Bank?",
        "Who is the head of the World Bank?",
    ),
    ([said("Whom did Biden nominate?")], "and why?", "Why did Biden nominate?"),
    (
        [said("Whom did Biden nominate?", "Ketanji Brown Jackson")],
        "and why?",
        "Why did Biden nominate Ketanji Brown Jackson?",
    ),
    ([said("Was Ben Johnson tested for steroids?")], "Was Carl Lewis?", "Was Carl Lewis tested for steroids?"),
    ([said("Are the hospitals in Madrid full?")], "And in Seville?", "Are the hospitals in Seville full?"),
    (
        [said("Why was the match between Ajax and Feyenoord stopped?")],
        "When was it resumed?",
        "When was the match between Ajax and Feyenoord resumed?",
    ),
    ([said("How big is Lake Chad?")], "And Lake Victoria?", "How big is Lake Victoria?"),
    ([said("Is Greece leaving the euro?")], "According to whom?", "According to whom is Greece leaving the euro?"),
    ([said("What is the population of Iceland?", "360,000")], "and the area?", "What is the area of Iceland?"),
    ([said("Whom did the police arrest?", "two brothers")], "Where?", "Where did the police arrest two brothers?"),
    ([said("What did the minister say about taxes?")], "About pensions?", "What did the minister say about pensions?"),
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_is_left_out_comes_from_the_question_before(example: Example) -> None:
    history, question, wanted = example
    assert standalone_question(question, history) == wanted
