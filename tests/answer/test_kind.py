import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.kind import Asked, analyse_question

QUESTIONS = """
span      | person or group | Who founded Amnesty International?
span      | any             | What were the messages about?
span      | any             | How likely is a strike?
span      | money           | What did he pay for the boat?
span      | money           | Which fine did he get?
span      | person          | Name of the driver?
explain   | any             | What went wrong?
explain   | any             | What is the reaction to the plan?
summary   | any             | Give me a timeline of the strike.
span      | person or group | If the deal fails, who will pay?
span      | duration        | If he is convicted, how many years could he get?
span      | any             | What supports the theory?
span      | duration        | How long was the road closed?
span      | duration        | How long is the wait for a train?
span      | distance        | How long is the bridge between the islands?
span      | money           | How much tax did he pay?
span      | money           | How much did he sell it for?
span      | distance        | How long is the River Nile?
span      | quantity        | How much oil did Iran sell?
span      | money           | How much public money was spent?
span      | any             | Which bridge? (repairs, Oslo)
list      | person          | Give me a list of the victims.
list      | person          | Tell me the names of the victims.
list      | any             | Which of the hostages were released?
explain   | any             | What is happening with the strike?
explain   | any             | What will happen if he loses?
span      | person or group | Whose car was stolen?
span      | person or group | To whom did she leave her money?
span      | person or group | Apocalypse Now was directed by whom?
span      | person or group | In 1990, who was president when the wall fell?
span      | person or group | When the war ended, who was chancellor?
span      | person or group | Tell me who won the election.
span      | any             | Who is Wangari Maathai?
span      | any             | Who are the Maroons?
span      | person          | Which senator opposes the bill?
span      | person          | What is the name of the head coach?
span      | person          | Which 19th century painter lived in Arles?
span      | group           | Which company makes the engines?
span      | group           | What newspaper reported it?
span      | group           | What company's shares fell?
span      | group           | Which of the two teams won?
span      | place           | Where do monarch butterflies winter?
span      | place           | Can you tell me where the ferry leaves?
span      | place           | What country borders both Spain and France?
span      | place           | In what city was the treaty signed?
span      | place           | What is the capital of Mongolia?
span      | place           | What is the largest lake in Africa?
span      | place           | Which planet orbits the sun in 88 days?
span      | place           | Name the capital of Peru.
span      | date            | When did the Berlin Wall fall?
span      | date            | when was penicillin discovered
span      | date            | The bank was founded when?
span      | date            | Will Smith was born when?
span      | date            | Do you know when the library opens?
span      | date            | Do the articles say when the strike began?
span      | date            | Since when has the tunnel been closed?
span      | date            | On what date was the charter signed?
span      | date            | What day of the week did the strike begin?
span      | date            | What month does the monsoon start?
span      | date            | What time of year do the whales migrate?
span      | date            | How soon will the vaccine be ready?
span      | year            | In which year did Nepal become a republic?
span      | year            | What year was the telephone patented?
span      | year            | Marie Curie, who won two prizes, was born in what year?
span      | time            | What time did the train leave?
span      | time            | At what time does the museum open?
span      | number          | How many people speak Basque?
span      | number          | The avalanche killed how many people?
span      | number          | At the time of its formation, how many members did the union have?
span      | number          | What was the death toll in the quake?
span      | number          | What is the population of Malta?
span      | money           | How much did the stadium cost?
span      | money           | How much money was stolen?
span      | money           | How many dollars did the city spend?
span      | money           | What salary does the conductor get?
span      | percent         | What percentage of voters stayed at home?
span      | percent         | Approximately what percentage of tenants moved?
span      | age             | How old was the goalkeeper?
span      | age             | At what age did Mozart die?
span      | duration        | How long did the siege last?
span      | duration        | For how many years was the mine open?
span      | distance        | How long is the bridge?
span      | distance        | How far is it from Oslo to Bergen?
span      | distance        | How tall is the lighthouse?
span      | distance        | What is the height of the dam?
span      | any             | How far had the reform got?
span      | quantity        | How much rain fell?
span      | quantity        | How often does the committee meet?
span      | quantity        | What is the unemployment rate?
span      | any             | What is photosynthesis?
span      | any             | What was the president accused of?
span      | any             | What type of train will be used?
span      | any             | What's the name of the ship?
list      | place           | Which countries signed the accord?
list      | place           | Which European rivers flow into the Black Sea?
list      | place           | What are the names of the villages?
list      | place           | List the provinces of Canada.
list      | person          | Which retired officers talked to the press?
list      | person or group | Who are the members of the band?
list      | any             | What two things did she want?
list      | any             | Where did they move, and what did they sell?
explain   | any             | Why did the bank fail?
explain   | any             | I would like to know why the dam broke.
explain   | any             | How come the shop closed?
explain   | any             | How did the fire start?
explain   | any             | Describe how glass is made.
explain   | any             | What happened in Chernobyl?
explain   | any             | May 2012: what happened?
explain   | any             | What caused the accident?
explain   | any             | For what reason was he fired?
explain   | any             | Could you explain why bees swarm?
summary   | any             | What do the articles say about vaccines?
summary   | any             | Summarise the news on the rail strike.
summary   | any             | Tell me about the new tram line.
summary   | any             | Can you tell me more about the tram?
summary   | any             | What is known about the suspect?
summary   | any             | Give me an overview of the trial.
yes_no    | any             | Is the museum open on Mondays?
yes_no    | any             | Didn't the minister resign?
yes_no    | any             | Is it true that the mayor resigned?
yes_no    | any             | Has anyone said who lit the fire?
yes_no    | any             | I wonder if the dam broke.
yes_no    | any             | The ferry sank, didn't it?
yes_no    | any             | While the others left, did the captain stay?
yes_no    | any             | Answer in one word. Did the captain stay?
yes_no    | any             | Did the captain stay? What does each article say?
yes_no    | any             | When the dam broke, was anybody hurt?
quotation | person or group | Who said that the plan was dead?
quotation | person or group | Who called the law a disgrace?
quotation | person          | Which minister quoted by the BBC used the word "chaos"?
quotation | any             | What did the mayor say about taxes?
quotation | any             | How did the pilot describe the landing?
"""


@pytest.mark.parametrize("line", QUESTIONS.strip().splitlines())
def test_a_question_tells_its_kind_and_what_it_wants(line: str) -> None:
    kind, wants, question = (part.strip() for part in line.split("|"))
    asked = analyse_question(question)
    assert (asked.kind, asked.wants) == (kind, wants)


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("Which three countries signed?", 3),
        ("Name the two largest moons.", 2),
        ("What are the 12 signs?", 12),
        ("Who were the four winners?", 4),
        ("Which countries signed?", None),
        ("Which two-time champion lost?", None),
        ("Which of the two teams won?", None),
        ("How many of the three survived?", None),
        ("Which 2012 films won?", None),
    ],
)
def test_a_list_tells_how_many_it_wants(question: str, count: int | None) -> None:
    assert analyse_question(question).count == count


@pytest.mark.parametrize(
    "question",
    [
        "What do readers say about the bridge?",
        "What did commenters complain about?",
        "Which reader comments are friendly?",
        "Is anyone in the comments section angry?",
        "What do the comments say?",
    ],
)
def test_readers_comments_are_asked_for_by_name(question: str) -> None:
    assert analyse_question(question).about_comments


@pytest.mark.parametrize(
    "question", ["How many readers does the paper have?", "What did the ambassador's comments mean?", "Who commented?"]
)
def test_readers_and_comments_are_not_readers_comments(question: str) -> None:
    assert not analyse_question(question).about_comments


def test_what_readers_say_is_summed_up() -> None:
    assert analyse_question("What did readers say about the bridge?").kind == "summary"


@pytest.mark.parametrize("question", ["", "?", "bridge", "Oslo Bergen ferry", "Wer hat gewonnen?", "أين؟"])
def test_what_is_not_understood_rules_nothing_out(question: str) -> None:
    assert analyse_question(question) == Asked("span", "any")


@given(st.text(max_size=200))
def test_any_text_is_a_question(question: str) -> None:
    asked = analyse_question(question)
    assert asked.count is None or (asked.kind == "list" and asked.count >= 2)


_WORDS = "who what which is are the of two names year , ? and how many when did Will tell me"


@given(st.lists(st.sampled_from(_WORDS.split()), max_size=12))
def test_courtesy_and_spaces_change_nothing(words: list[str]) -> None:
    question = " ".join(["which", *words])
    assert analyse_question(f"  Please tell me \n {question}") == analyse_question(question)


def test_a_long_question_is_read_in_a_blink() -> None:
    for part in ("who ", "A", "Who is A", "what, ", "and what ", "how much cost "):
        analyse_question(part * 20_000)


@pytest.mark.parametrize(
    ("question", "compares"),
    [
        ("Compare the two explanations of why they left.", True),
        ("Did they win? What does each side say?", True),
        ("How do the reports differ on the number of dead?", True),
        ("What do the articles say about the mayor?", False),
        ("When did both sides sign?", False),
        ("Which two papers reported it?", False),
    ],
)
def test_a_comparison_asks_what_several_say(question: str, compares: bool) -> None:
    assert analyse_question(question).compares == compares
