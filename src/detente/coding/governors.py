"""What a governing word does to the act in its complement, where frames.csv has no row with a carrier for it."""

from __future__ import annotations

from detente.coding.wordsets import words

GOVERNORS = {
    "planned": "plan intend decide prepare expect schedule due set arrange aim hope want seek mean poise agree vow "
    "plot promise pledge commit resolve determine undertake announce ready mull:possible prepared slated scheduled",
    "sought": "ask urge request demand propose call appeal press offer invite suggest encourage recommend require tell "
    "instruct order advise pressure push lobby willing beg implore exhort entitle let bid application consensus need",
    "possible": "consider threaten fear warn weigh contemplate able allow enable permit likely unlikely possible risk "
    "free debate mull ponder discuss worry prevent_not authorize authorise capable empower option possibility prospect "
    "threat",
    "denied": "fail refuse decline deny avoid refrain prevent stop_from forbid bar ban neglect oppose reject rule "
    "unable unwilling reluctant abandon cancel hesitate block prohibit postpone halt_from dissuade shelve scrap",
    "fact": "begin start continue resume go manage keep help use accuse blame criticize criticise condemn regret admit "
    "acknowledge apologize apologise thank praise end proceed succeed dare remain opt choose rush come move serve "
    "return act opportunity chance pleasure honour honor privilege say tell confirm report see watch join appear seem "
    "claim allege charge suspect force compel lead "
    "get have make cause trigger prompt complain deplore denounce welcome hail slam fly travel meet know",
}
BY_WORD = {
    word.partition(":")[0]: status
    for status, line in GOVERNORS.items()
    for word in line.split()
    if "_" not in word
}
GOVERNING = frozenset(BY_WORD) | frozenset(("accuse", "cite", "pay", "suffer", "face"))
# Nouns whose infinitive or gerund tells of no deed: "efforts to mediate", "the importance of lifting the ban".
VAGUE = words(
    "effort work possibility step measure way need ability progress desire goal objective priority importance power "
    "authority capacity capability right duty responsibility obligation idea question issue role tool "
    "forum means determination interest challenge time reason potential action excuse danger disagreement "
    "cooperation support assistance vision mission strategy program programme framework campaign fight"
)
# Nouns of an occasion: who has had it has used it, who will have it will use it.
OCCASION = words("opportunity chance occasion pleasure honour honor privilege")
# Predicates that weigh an act which nobody is said to do: "it is important to free them".
WEIGHED = words(
    "important necessary essential crucial vital critical imperative time incumbent better best good wrong right easy "
    "hard difficult impossible unacceptable appropriate reasonable dangerous key needed priority"
)
# Verbs that leave the act of a taken-for-granted noun untold after all: "averted Russia's invasion".
UNDOING = words("plan prepare threaten prevent avoid cancel fear avert deter forestall")
# Verbs of going somewhere: what a traveller is to do there is on his programme.
GOING = words(
    "go come travel visit return send fly arrive meet gather depart leave deploy head convene host attend dispatch move"
)
# Acts that are done by saying so, and the words with which speakers lead up to them: "I want to thank Oslo".
PERFORMING = words(
    "thank congratulate commend applaud praise salute welcome express offer extend convey reiterate reaffirm affirm "
    "condemn denounce deplore invite apologize apologise urge call appeal encourage recognize recognise acknowledge "
    "appreciate announce"
)
LEADING_UP = words(
    "want like wish let proud pleased happy glad honored honoured delighted pleasure honor honour privilege love begin "
    "start pause join wanted"
)
# Official acts that are done as they are told: "the Treasury is designating a bank".
OFFICIAL = words(
    "designate impose sanction announce commit pledge blacklist list invite propose expel suspend"
)
