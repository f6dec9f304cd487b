"""Which words may stand for each other in news, and which say the contrary."""

from functools import cache

from rag.search.stem import stem

SHORTEST, LONGEST_ENDING = 4, 4
"""Letters of a word at least, and of what may be added to it at most."""

_LOST = "aeyo"
"""Letters that are lost before "-an": Canada, Chile, Italy, Mexico."""

_SAME = """
kill die dead death slay murder fatal casualty, france french, netherlands dutch holland, spain spanish, denmark
danish, greece greek, turkey turkish, switzerland swiss, sweden swedish, poland polish, finland finnish, ireland
irish, wales welsh, scotland scottish, norway norwegian, portugal portuguese, china chinese, europe european, belgium
belgian, lebanon lebanese, afghanistan afghan, philippines filipino philippine, kazakhstan kazakh, burma burmese
myanmar, cyprus cypriot, congo congolese, peru peruvian, malta maltese, venice venetian, kurdistan kurdish kurd, serbia
serb, croatia croat, catalonia catalan, islam muslim islamic, jew jewish judaism, catholic catholicism, protestant
protestantism, buy purchase acquire, begin start launch commence open, end finish conclude close cease stop halt, leave
depart exit quit abandon withdraw, resign quit, say tell state declare announce add, help assist aid assistance
support, attack assault strike raid offensive, talks negotiation discussion meeting meet, agree agreement accord deal
pact treaty, show reveal
disclose indicate, build construct, ban forbid prohibit outlaw bar, increase rise grow growth climb jump surge raise
up gain higher, decrease fall drop decline shrink lower cut reduce reduction down slump plunge, big large huge major
great, small little minor, get receive obtain gain, give provide supply offer hand grant donate, make produce
manufacture create, lead head chair run, leader chief head boss president chairman director, company firm business
corporation, group organisation organization movement, government cabinet administration authorities, country nation
state, war conflict fighting hostilities, soldier troops army military forces fighter militant, police officer
policeman, child kid youngster, woman female lady, man male, doctor physician medic, injure wound hurt, sick ill
illness disease, car vehicle automobile, plane aircraft jet airliner, ship vessel boat, house home residence, money
funds funding cash finance financial, pay spend cost, price cost, job work employment post position, worker employee
staff, vote ballot election poll, elect choose select pick appoint name, win victory beat defeat triumph, plan intend
scheme project, want wish hope seek desire, need require necessary, try attempt effort, allow permit let authorise
authorize, arrest detain capture seize hold, prison jail imprison, judge court, trial case, law legislation act, rule
regulation, find discover locate, search look seek, see watch view observe, ask request demand call urge, answer reply
respond response, send dispatch deliver, bring carry take transport, keep retain maintain remain stay, change alter
modify shift, fix repair restore mend, break damage destroy ruin wreck demolish, fire blaze burn, flood deluge, storm
hurricane cyclone, earthquake quake, near close nearby, about around approximately roughly nearly some, former
previous ex earlier past, current present now, recent lately newly, last final previous, next following coming, first
initial, whole entire all full, fast quick rapid swift, important key significant crucial vital major, hard difficult
tough, easy simple, wrong incorrect mistaken false, true correct right, rich wealthy, poor impoverished, old elderly
aged, young youth, famous well-known renowned celebrated, city town capital, village town, place site location spot
area, region area province district, border frontier, sea ocean, mother mum mom parent, father dad parent, husband
spouse wife partner, marry wed wedding, friend ally ally, enemy foe rival opponent, opponent critic, supporter backer
follower fan, film movie picture, book novel, song music track, match game fixture, team side squad club, player
footballer, coach manager trainer, student pupil, teacher instructor, school academy, university college, base
headquarters seat office, main chief principal primary, use employ utilise utilize, think believe consider feel, know
learn aware, fear worry concern anxious, happen occur take, cause lead result, because due since owing, join enter,
return come back, flee escape run, hide conceal, visit trip travel tour go, arrive come reach land, move shift
relocate transfer, live reside dwell inhabit, refuse reject decline deny, accept approve agree back, criticise
criticize condemn denounce blame slam attack, praise commend hail applaud, warn caution alert, threaten threat,
promise pledge vow, sign ink, publish release issue print, write author pen, speak talk speech, hear listen, test
examine check inspect, study research survey report, expert specialist scientist researcher, weapon arms gun, bomb
explosive explosion blast, shoot fire gunfire shot, crash collision accident, victim casualty, survive survivor,
rescue save, protect guard defend, hold host stage, cancel scrap axe call, delay postpone, year annual yearly, month
monthly, week weekly, day daily, sum amount total, percent percentage, part portion share section, half, several some
few, many numerous lots, people person resident citizen inhabitant, prime premier minister, worth value, earn salary
wage income, tax levy, debt loan owe, anger angry furious, happy glad pleased delighted, sad unhappy, strong powerful,
weak feeble, link tie connect connection relation, sever cut break, renew resume restore, oust topple overthrow
remove, replace succeed, found establish set create, deny reject dispute, admit acknowledge concede confess, prove
proof evidence, sell sale
"""

_CONTRARY = """
rise fall, rose fell, risen fallen, increase decrease, increase fall, rise drop, rise decline, grow shrink, grow fall,
gain lose, up down, higher lower, more fewer, more less, most least, win lose, won lost, victory defeat, accept reject,
accept refuse, approve reject, agree refuse, agree disagree, allow forbid, allow ban, permit ban, support oppose, back
oppose, praise criticise, praise condemn, buy sell, open close, begin end, start stop, start end, enter leave, join
leave, join quit, arrive leave, arrive depart, admit deny, confirm deny, arrest release, guilty innocent, convict
acquit, dead alive, die survive, kill survive, before after, early late, earlier later, first last, old new, oldest
youngest, older younger, north south, northern southern, east west, eastern western, left right, inside outside, above
below, rich poor, strong weak, stronger weaker, better worse, best worst, high low, highest lowest, large small, larger
smaller, largest smallest, bigger smaller, long short, longer shorter, friend enemy, ally enemy, ally rival, success
failure, succeed fail, improve worsen, strengthen weaken, cheap expensive, cheaper dearer, hire fire, appoint dismiss,
legal illegal, male female, men women, man woman, boy girl, father mother, son daughter, brother sister, husband wife,
king queen, public private, majority minority, peace war, attack defend, always never, remember forget, love hate,
borrow lend, teach learn, push pull, import export, winner loser, maximum minimum, military civilian, domestic foreign,
day night, morning evening, summer winter, optimistic pessimistic, positive negative, safe dangerous, safe unsafe,
likely unlikely, able unable, possible impossible, happy unhappy, lawful unlawful, fair unfair, stable unstable,
build destroy, create destroy, raise lower, expand shrink, advance retreat, encourage discourage, include exclude,
hot cold, warm cool, wet dry, full empty, broadened narrowed, widen narrow, pass fail, pass reject, sunny rainy,
lengthen shorten, restore cut, restore sever, resume suspend, strained improved, gave received, lent borrowed, adopt
reject, adopt scrap, keep scrap, keep drop, hasten delay, cancel confirm, upper lower
"""


def _stems(words: str) -> list[str]:
    return [stem(word) for word in words.split()]


@cache
def _groups() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(_SAME.split(",")):
        for word in _stems(line):
            groups.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in groups.items()}


@cache
def _contraries() -> dict[str, frozenset[str]]:
    contraries: dict[str, set[str]] = {}
    for pair in _CONTRARY.split(","):
        one, other = _stems(pair)
        contraries.setdefault(one, set()).add(other)
        contraries.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in contraries.items()}


def groups_of(word: str) -> frozenset[int]:
    """Return the numbers of the groups of words that may stand for each other in which a stem is."""
    return _groups().get(word, frozenset())


def contraries_of(word: str) -> frozenset[str]:
    """Return the stems of the words that say the contrary of a stem.

    Example:
        >>> contraries_of("accept") == {"reject", "refus"}
        True
    """
    return _contraries().get(word, frozenset())


def are_related(word: str, other: str) -> bool:
    """Tell whether two stems may stand for each other: known to, or the one is the other with an ending.

    Example:
        >>> are_related("iran", "iranian"), are_related("ship", "vessel"), are_related("austria", "australian")
        (True, True, False)
    """
    if word == other or groups_of(word) & groups_of(other):
        return True
    short, long = sorted((word, other), key=len)
    if len(short) < SHORTEST or len(long) - len(short) > LONGEST_ENDING:
        return False
    return long.startswith(short) or (long[-2:] == "an" and short[-1] in _LOST and long.startswith(short[:-1]))
