import pytest

from rag.answer.follow_up import standalone_question
from tests.answer.follow_up.test_rewrite import Example, said

EXAMPLES: list[Example] = [
    ([said("What did the trial of Ann Lee show?")], "Was she convicted?", "Was Ann Lee convicted?"),
    ([said("How many thieves broke in?", "three")], "How did they escape?", "How did the thieves escape?"),
    ([said("Who advised the king?", "Ann Lee, a doctor")], "How old is she?", "How old is Ann Lee?"),
    (
        [said("Which company bought the mill?", "Norrstahl")],
        "How many people work there?",
        "How many people work at Norrstahl?",
    ),
    ([said("Tell me about the strike.")], "Why did it begin?", "Why did the strike begin?"),
    ([said("Who attacked the plan?", "the union")], "Did he resign?", "Did he resign? (attacked, plan)"),
    (
        [said("Who founded the firm?", "Nokia, a Finnish company")],
        "Where does she live?",
        "Where does she live? (founded, firm)",
    ),
    (
        [said("When did the siege of Mount Karu end?", "May")],
        "Where did they sleep?",
        "Where did they sleep? (Mount Karu)",
    ),
    ([said("Which two firms made an offer?", "Brunel; Orbis")], "Who leads the first one?", "Who leads Brunel?"),
    (
        [said("Who heads the Hamas office in Gaza?", "Ismail Haniyeh")],
        "What is his job?",
        "What is Ismail Haniyeh's job?",
    ),
    (
        [said("Who heads the Hamas office in Gaza?", "Ismail Haniyeh")],
        "And who are his deputies?",
        "Who are Ismail Haniyeh's deputies?",
    ),
    (
        [said("When did the talks begin?", "in March 2015")],
        "Who was president then?",
        "Who was president in March 2015?",
    ),
    (
        [said("When did the talks begin?", "in March 2015")],
        "Who has led them since then?",
        "Who has led the talks since March 2015?",
    ),
    (
        [said("Who owns the port of Piraeus?", "Cosco")],
        "Was it sold to China?",
        "Was the port of Piraeus sold to China?",
    ),
    ([said("Who owns the port?", "Cosco")], "Is it safe?", "Is the port safe?"),
    ([said("Who owns the port?", "Cosco")], "Is it a mistake to sell it?", "Is it a mistake to sell the port?"),
    ([said("What did the airline announce?")], "Did they apologise?", "Did the airline apologise?"),
    ([said("Who owns the port of Piraeus?", "Cosco")], "Is it still in use?", "Is the port of Piraeus still in use?"),
    (
        [said("Who owns the port of Piraeus?", "Cosco")],
        "Is it too late to sell it?",
        "Is it too late to sell the port of Piraeus?",
    ),
    (
        [said("How many people died in the Genoa bridge collapse?", "43")],
        "Did they find survivors?",
        "Did they find survivors? (Genoa)",
    ),
    ([said("When did the talks begin?", "in March 2015")], "How long did they last?", "How long did the talks last?"),
    ([said("Who won the World Cup in 2014?", "Germany")], "Where was it held?", "Where was the World Cup held?"),
    ([said("Where was the World Cup held in 2014?")], "Who won it?", "Who won the World Cup?"),
    (
        [said("Where did the ministers meet?", "in Oslo")],
        "What did they decide there?",
        "What did the ministers decide in Oslo?",
    ),
    (
        [said("Where did the ministers meet?", "Oslo", "They met in Oslo on Tuesday.")],
        "When did they fly there?",
        "When did the ministers fly to Oslo?",
    ),
    ([said("When did Apple buy Beats?", "2014")], "How much did it pay?", "How much did Apple pay?"),
    ([said("When did Apple buy Beats?", "2014")], "Who led the company then?", "Who led Apple in 2014?"),
    ([said("When did Apple buy Beats?", "2014")], "What are its products?", "What are Apple's products?"),
    ([said("Was the minister arrested?")], "What did he say?", "What did the minister say?"),
    (
        [said("Who discovered penicillin?", "Alexander Fleming"), said("When was Alexander Fleming born?", "1881")],
        "When did he die?",
        "When did Alexander Fleming die?",
    ),
    (
        [said("Who discovered penicillin?", "Alexander Fleming"), said("When was penicillin first sold?", "1942")],
        "What did he say about it?",
        "What did Alexander Fleming say about penicillin?",
    ),
    (
        [said("Which drivers finished first and second?", "Max Verstappen; Lando Norris")],
        "How old are they?",
        "How old are Max Verstappen and Lando Norris?",
    ),
    ([said("Who is Greta Thunberg?")], "Where does she live?", "Where does Greta Thunberg live?"),
    (
        [said("Who is Greta Thunberg?", "a Swedish activist")],
        "How did she become famous?",
        "How did Greta Thunberg become famous?",
    ),
    ([said("Did Haniyeh meet President Putin in Moscow?")], "How did he react?", "How did Haniyeh react?"),
    (
        [said("Was Hamas once an ally of Assad?", "Yes", "Hamas leaders were long the guests of President Assad.")],
        "When did he break with it?",
        "When did Assad break with Hamas?",
    ),
    (
        [said("Did Sony and Microsoft sign an agreement?")],
        "When did they sign the agreement?",
        "When did Sony and Microsoft sign the agreement?",
    ),
    ([said("Why did the dam break?")], "Who built it?", "Who built the dam?"),
    ([said("Why did the dam break?")], "How high was it?", "How high was the dam?"),
    ([said("Who is the prime minister of Japan?", "Shinzo Abe")], "How old is he?", "How old is Shinzo Abe?"),
    ([said("Who scored for Chile?", "Alexis Sánchez")], "Did he score again?", "Did Alexis Sánchez score again?"),
    ([said("What did Zahar say?")], "What about its leader?", "What about Zahar's leader?"),
    ([said("Did the storm hit towns in Florida?")], "How many people live there?", "How many people live in Florida?"),
    (
        [said("Whose album topped the chart?", "Adele")],
        "When did she record it?",
        "When did Adele record Adele's album?",
    ),
    ([said("Who is Khaled Mashaal?")], "Where does he live?", "Where does Khaled Mashaal live?"),
    ([said("when did the border open")], "Why was it closed?", "Why was the border closed?"),
    (
        [said("Who wrote the report on Chernobyl?", "Valery Legasov")],
        "When did he write it?",
        "When did Valery Legasov write the report on Chernobyl?",
    ),
    (
        [said("Which bank collapsed in 2008?", "Lehman Brothers")],
        "Why did it collapse?",
        "Why did Lehman Brothers collapse?",
    ),
    ([said("Which bank collapsed in 2008?", "Lehman Brothers")], "Who ran it?", "Who ran Lehman Brothers?"),
    ([said("Has Boeing delivered the new planes?", "No")], "When will it do so?", "When will Boeing do so?"),
    (
        [said("Which countries joined NATO in 2004?", "Bulgaria; Estonia; Latvia")],
        "Why did they join?",
        "Why did Bulgaria, Estonia and Latvia join?",
    ),
    ([said("Where was Marie Curie born?", "Warsaw")], "When did she leave?", "When did Marie Curie leave?"),
    (
        [said("Where was Marie Curie born?", "Warsaw")],
        "When did she move from there to Paris?",
        "When did Marie Curie move from Warsaw to Paris?",
    ),
    (
        [said("What caused the fire in Notre-Dame?")],
        "When did it break out?",
        "When did the fire in Notre-Dame break out?",
    ),
    ([said("Did the strike at the port end?")], "When did it start?", "When did the strike at the port start?"),
    ([said("Is the bridge in Genoa safe?")], "Who built it?", "Who built the bridge in Genoa?"),
    (
        [said("Who killed Thomas Becket?", "four knights")],
        "Why did they kill him?",
        "Why did four knights kill Thomas Becket?",
    ),
    (
        [said("Why did Ford close the plant in Genk?")],
        "How many people worked there?",
        "How many people worked in Genk?",
    ),
    (
        [said("Who is the head of the IMF?", "Kristalina Georgieva")],
        "Is she French?",
        "Is Kristalina Georgieva French?",
    ),
    (
        [said("Who is the head of the IMF?", "Kristalina Georgieva")],
        "Who preceded her?",
        "Who preceded Kristalina Georgieva?",
    ),
    (
        [said("Who is the head of the IMF?", "Kristalina Georgieva")],
        "What did her predecessor do?",
        "What did Kristalina Georgieva's predecessor do?",
    ),
    ([said("Did Samsung sue Apple?")], "Did it win?", "Did Samsung win?"),
    ([said("Did the Taliban take Kabul?")], "How did they enter it?", "How did the Taliban enter Kabul?"),
    ([said("What do experts say about the vaccine?")], "Do they recommend it?", "Do experts recommend the vaccine?"),
    (
        [said("What did the president of Peru announce?")],
        "Why did he announce that?",
        "Why did the president of Peru announce that?",
    ),
    ([said("How old is the oldest tree?", "5,000 years")], "Where is it?", "Where is the oldest tree?"),
    ([said("Did rebels attack the mine?")], "What did they want?", "What did rebels want?"),
    ([said("How big is Lake Chad?")], "How deep is it?", "How deep is Lake Chad?"),
    ([said("Did Renault and Nissan merge?")], "Why did they?", "Why did Renault and Nissan merge?"),
    (
        [said("Did Renault and Nissan merge?")],
        "What did the two say about it?",
        "What did Renault and Nissan say about it?",
    ),
    ([said("What is the name of the storm?", "Irma")], "When did it reach Cuba?", "When did Irma reach Cuba?"),
    ([said("What is the population of Iceland?", "360,000")], "And its capital?", "What is Iceland's capital?"),
    ([said("Who are the Houthis?")], "Where do they come from?", "Where do the Houthis come from?"),
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_a_pronoun_means_is_put_in_its_place(example: Example) -> None:
    history, question, wanted = example
    assert standalone_question(question, history) == wanted
