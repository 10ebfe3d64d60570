"""Forms of one word meet, different words don't: in the languages whose stems are made by rules of our own."""

import pytest

from search import analysis

# A word, then forms of it that have to share a key with it.
ONE = {
    "bg": """класа клас класът класове; книжка книжки книжката; оценка оценки оценките; задача задачи задачата задачите; институт института
        институти; студент студенти студента студентите; учебник учебници учебникът учебниците; център центрове центърът; място места
        мястото; дигитален дигитална дигитални дигиталните; история истории историята; възможност възможности възможността; семейство
        семейства семействата; музей музеи музеят; град градове градът градовете; език езикът; предмет предмети предмета; майка майки
        майките; баща бащи бащата; книга книгите; работа работата работи; компютър компютри компютърът; група групи групата групите;
        знание знания знанията; умение умения уменията; културен културна културно културните; ключ ключове; тема теми темата; учителка
        учителки учителката; година години годината; ден дни; кабинет кабинети кабинета; ръководител ръководители ръководителя""",
    "et": """klass klassi klassid klassis klasside; tund tunni tunnid tundides; õppimine õppimise õppimist; keskkond keskkonna keskkonnas;
        haridus hariduse haridust; programm programmi programmid; vanem vanema vanemad; arvuti arvutid arvutite arvutiga; küla külad külas
        külade; teadus teaduse teadust; rühm rühma rühmad; inimene inimesed inimeste inimest; ülesanne ülesande ülesanded; oskus oskused
        oskuste; linn linna linnas linnad; töö tööd töös; auto autod autos; sõber sõbra sõbrad; ema emad emale; raha rahata; kultuur
        kultuuri kultuuris; teema teemad teemat; grupp grupi grupid gruppi; mets metsa metsas; keskus keskuse keskused; projekt projekti
        projektis projektide; uus uue uued; digitaalne digitaalse digitaalsed; ajalugu ajaloo; kogemus kogemuse kogemusi; tulemus
        tulemused tulemuste; noor noore noored noorte; vahend vahendi vahendid""",
    "fi": """luokka luokat luokan luokassa; tunti tunnit tunnin tunneilla; kylä kylät kylässä; kaupunki kaupungit kaupungin; opetus opetuksen
        opetusta; vanhempi vanhemmat vanhempien; katu kadut kadulla; ihminen ihmiset ihmisten; tietokone tietokoneet tietokoneita; ryhmä
        ryhmät ryhmien; ympäristö ympäristön ympäristössä; taito taidot taitoja; hanke hankkeet hankkeen; kirja kirjat kirjoja; kaupunki
        kaupungissa; työ työt työssä; projekti projektit projektin projekteissa; oppiminen oppimisen oppimista; ympäristö ympäristöt;
        yhteisö yhteisöt yhteisön; aine aineet aineiden; taulu taulut; verkko verkossa; digitaalinen digitaaliset digitaalisen; kokemus
        kokemukset kokemuksia; tulos tulokset tulosten; nuori nuoret nuorten nuoria; kulttuuri kulttuurin; väline välineet välineitä;
        menetelmä menetelmät; talo talot talossa; tehtävä tehtävät tehtäviä; aika ajan ajat""",
    "ga": """rang ranganna; ceist ceisteanna gceist; baile bhaile mbaile bailte; teach theach dteach; tír tíre dtír; scéal scéalta scéil; dán
        dánta; cultúr cultúir gcultúr; pobal pobail bpobal phobail; tionscadal tionscadail dtionscadal thionscadal; ríomhaire ríomhairí
        ríomhaireanna; múineadh mhúineadh; foghlaim fhoghlaim bhfoghlaim; deis deiseanna ndeis; grúpa grúpaí ngrúpa; eolas eolais; bean
        bhean; cara chara; gairm gairme ghairm; timpeallacht timpeallachta thimpeallacht; post poist; clár cláir gclár chláir; ábhar
        ábhair; duine dhuine ndaoine; cathair chathair; bóthar bóthair; scileanna scil; cuspóir cuspóirí gcuspóir; modh modhanna; tuairisc
        tuairiscí; seachtain seachtaine tseachtain; torthaí toradh; teicneolaíocht teicneolaíochta; mac mhac mic; gluaiseacht
        gluaiseachta; áit áiteanna""",
    "mt": """studju studji; klassi klassijiet; proġett proġetti; lingwa lingwi; komunità komunitajiet; attività attivitajiet; gwida gwidi;
        għalliem għalliema għalliemi; programm programmi; sistema sistemi; esperjenza esperjenzi; metodu metodi; problema problemi; grupp
        gruppi; universita universitajiet; riżors riżorsi; eżami eżamijiet; kors korsijiet; teknoloġija teknoloġiji; persuna persuni;
        strument strumenti; vjaġġ vjaġġi; attitudni attitudnijiet; xogħol xogħlijiet; familja familji; spazju spazji; livell livelli; belt
        bliet; kultura kulturi; ambjent ambjenti; grupp gruppi; riżultat riżultati; ħila ħiliet; żagħżugħ żgħażagħ; esperjenza esperjenzi;
        klassi klassijiet; objettiv objettivi; ċentru ċentri; suġġett suġġetti; idea ideat; ħidma ħidmiet; għodda għodod; titjiba
        titjibiet; materjal materjali; inizjattiva inizjattivi; politika politiki""",
    "pl": """klasa klasy klasie klas klasach; uczennica uczennice uczennicy; lekcja lekcje lekcji lekcjami; student studenci studentów
        studentem; zadanie zadania zadaniami; rodzic rodzice rodziców; miasto miasta miast miastach; nauka nauki nauce naukę; dzień dni;
        środowisko środowiska środowisku; cyfrowy cyfrowa cyfrowe cyfrowych; umiejętność umiejętności umiejętnościami; wiejski wiejska
        wiejskie wiejskich; muzeum muzea; temat tematy tematów tematem; grupa grupy grup grupie; kultura kultury kulturze; wynik wyniki
        wyników; doświadczenie doświadczenia doświadczeń; materiał materiały materiałów; metoda metody metod; komputer komputery
        komputerów; nowy nowa nowe nowych; młodzież młodzieży; społeczność społeczności; edukacja edukacji edukację; narzędzie narzędzia
        narzędzi; miesiąc miesiące miesięcy; rok roku; cel cele celów; ocena oceny ocen; przedmiot przedmioty""",
    "sk": """trieda triedy triede tried triedach; študent študenti študentov študentom; úloha úlohy úloh; rodič rodičia rodičov rodičom; mesto
        mestá miest mestách; okno okná okien; učebnica učebnice učebníc; projekt projekty projektov; dedina dediny dedín dedinách;
        digitálny digitálna digitálne digitálnych; zručnosť zručnosti zručností; predmet predmety predmetov; materiál materiály; téma témy
        tém témou; skupina skupiny skupín; kultúra kultúry; výsledok výsledky výsledkov; skúsenosť skúsenosti; mládež mládeže; metóda
        metódy metód; počítač počítače počítačov; nový nová nové nových; vzdelanie vzdelania; hodnotenie hodnotenia; ciel ciele; nástroj
        nástroje nástrojov; rok roky rokov; mesiac mesiace mesiacov; učiteľka učiteľky učiteliek; práca práce prác; spoločnosť
        spoločnosti; otázka otázky otázok""",
    "sl": """razred razredi razreda razredov; naloga naloge nalog nalogam; starš starši staršev staršem; mesto mesta mest mestih; profesor
        profesorji profesorja; okno okna oken; vrtec vrtca vrtci vrtcev; učbenik učbeniki učbenika; projekt projekti projektov; digitalen
        digitalna digitalni digitalnih; skupina skupine skupin skupinah; jezik jeziki jezikov; predmet predmeti predmetov; soba sobe sob;
        tema teme tem temo; kultura kulture; rezultat rezultati rezultatov; izkušnja izkušnje izkušenj; mladina mladine; metoda metode
        metod; računalnik računalniki računalnikov; nov nova novi novih; izobraževanje izobraževanja; ocena ocene ocen; cilj cilji ciljev;
        orodje orodja orodij; leto leta let; mesec meseci mesecev; učiteljica učiteljice učiteljic; delo dela del; skupnost skupnosti;
        vprašanje vprašanja vprašanj; predavatelj predavatelji""",
}  # fmt: skip

# Pairs of different words.
TWO = {
    "bg": """клас класика; учен училище; учител учебник; образ образование; игра играч; книга книжка; град градина; село селище; проект
        проектор; дете детектив; урок урод; език езеро; наука научен; история историк; студ студент; хор хорда; стол столица; час част;
        музей музика; рода родител; среда сряда; роля ролка; вода водач; план планета; цена център; право правило; мост място; брат
        братовчед; карта картина; вест вестник""",
    "et": """kool koolitus; õpetaja õpik; õpilane õppimine; raamat raamatukogu; mäng mängija; keel keeld; laps lapik; klass klaas; tund tundra;
        küla külm; haridus hari; arvuti arve; linn lind; mets meri; kell keel; vesi vend; aeg aed; maja mägi; rühm rõhk; teadus teade;
        noor noot; töö tööstus; pilt pill; kohv kool; ilm ilu; sõna sõda; loom loodus; muusika muuseum; tee teema; kunst kuningas""",
    "fi": """koulu koulutus; opettaja oppilas; kirja kirjasto; kieli kielto; peli pelko; lapsi lapio; luokka luola; kaupunki kauppa; kylä
        kylmä; metsä meri; tunti tunne; katu katto; verkko vero; taito taide; hanke hanki; ryhmä rytmi; ympäristö ympyrä; vesi vene; kuva
        kuppi; työ työtön; ihminen ihme; maa maku; aika aikuinen; yhteys yhteisö; tieto tie; tuki tukki; perhe peruna; sana sanko; luonto
        luokka; ilma ilo""",
    "ga": """scoil scéal; múinteoir múnla; leabhar leabharlann; teanga teach; dalta dán; páiste páirc; cluiche clog; rang rann; ceist ceo;
        baile bailiú; tír tine; cultúr cúl; pobal post; ríomhaire rí; eolas eorna; foghlaim foghar; deis deoch; grúpa gruaig; oideachas
        oifig; ceol ceann; spórt spás; lá lámh; bia bád; uisce uimhir; cathair cathaoir; fear féar; bean beann; muir mór; sliabh slí;
        obair oíche""",
    "mt": """skola skont; student studju; għalliem għalaq; tifel tifsira; ktieb kitba; proġett program; lingwa linja; kompjuter kompitu; grupp
        gruża; kors kurżità; familja falza; vjaġġ vjal; belt bejt; dar dawl; baħar biħir; kulur kultura; mużika mużew; xogħol xogħra; ħin
        ħien; triq trid; sena senter; persuna person; sistema siġra; spazju spiża; livell livatur; metodu metru; siegħa siġar; raġel
        riġel; ilma ilsien; ferħ fergħa""",
    "pl": """szkoła szkolenie; uczeń uczony; nauczyciel nauka; książka książę; gra grupa; język jeż; klasa klasyka; dziecko dzień; zadanie
        zadek; miasto miasteczko; rodzic rodzaj; muzeum muzyka; las los; lekcja lekarz; student studnia; praca prawo; wieś wiek; rok róg;
        dom dym; matka mata; kot koło; kraj krok; środowisko środek; cyfra cyrk; umiejętność umysł; projekt projektor; sport spór; woda
        wódz; czas część; pokój pokora""",
    "sk": """škola školenie; učiteľ učebnica; žiak žiara; kniha knieža; jazyk jazero; hra hrad; hodina hodnota; dieťa diera; trieda trieska;
        študent studňa; úloha úrad; rodič rodina; mesto meter; okno oko; projekt projektor; dedina dedič; zručnosť zrub; predmet predok;
        materiál mater; les list; dom dym; voda vodič; hudba hudec; rok roh; práca právo; deň dno; kraj krok; skupina skúška; cieľ celok;
        pole politika""",
    "sl": """šola šolanje; učitelj učilo; učenec učenje; otrok otok; knjiga knez; igra igla; vas vaza; pouk poklic; ura urad; razred razlog;
        naloga nalaganje; starš star; mesto mestnik; okno oko; vrtec vrt; profesor profil; učbenik učinek; projekt projektor; skupina
        skupnost; jezik jezero; soba sobota; predmet predlog; gozd gost; dom dim; voda vodja; delo del; pot potica; znanje znak; cilj cel;
        šport spor""",
}  # fmt: skip

# Of a hundred pairs, how many have to be right. What is missing are words no rule leads together or apart: Polish dzień and dni, Estonian linn and lind.
MEET = {"bg": 95, "et": 85, "fi": 88, "ga": 92, "mt": 92, "pl": 94, "sk": 97, "sl": 95}
APART = {"bg": 95, "et": 90, "fi": 85, "ga": 95, "mt": 97, "pl": 97, "sk": 97, "sl": 95}
FEWEST = 28


def keys(word: str, language: str) -> set[str]:
    return set(analysis.keys(analysis.tokens(word, language)))


def meets(one: str, other: str, language: str) -> bool:
    return not keys(one, language).isdisjoint(keys(other, language))


def forms(language: str) -> list[tuple[str, str]]:
    families = [family.split() for family in ONE[language].split(";")]
    return [(base, form) for base, *others in families for form in others]


def different(language: str) -> list[tuple[str, str]]:
    return [tuple(pair.split()) for pair in TWO[language].split(";")]


@pytest.mark.parametrize("language", ONE)
def test_forms_of_a_word_meet(language):
    pairs = forms(language)
    apart = [pair for pair in pairs if not meets(*pair, language)]

    assert len(pairs) >= FEWEST
    assert 100 * (1 - len(apart) / len(pairs)) >= MEET[language], apart


@pytest.mark.parametrize("language", TWO)
def test_different_words_stay_apart(language):
    pairs = different(language)
    met = [pair for pair in pairs if meets(*pair, language)]

    assert len(pairs) >= FEWEST
    assert 100 * (1 - len(met) / len(pairs)) >= APART[language], met


@pytest.mark.parametrize("language", ONE)
def test_forms_typed_without_diacritics_meet_the_word(language):
    pairs = [(base, analysis.fold(form)) for base, form in forms(language)]
    apart = [pair for pair in pairs if not meets(*pair, language)]

    assert 100 * (1 - len(apart) / len(pairs)) >= MEET[language] - 5, apart


@pytest.mark.parametrize(
    ("language", "child", "children"),
    [("bg", "дете", "деца"), ("cs", "dítě", "děti"), ("en", "child", "children"), ("et", "laps", "lastele"), ("fi", "lapsi", "lasten"),
     ("hr", "dijete", "djeca"), ("mt", "tifel", "tfal"), ("pl", "dziecko", "dzieci"), ("sk", "dieťa", "deti"), ("sl", "otrok", "otroci")],
)  # fmt: skip
def test_children_are_found_by_the_child(language, child, children):
    assert meets(child, children, language)
