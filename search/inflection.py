"""Endings and changes of sound by which the forms of one word differ, where Snowball has no stemmer or leaves forms apart.

These are rules of each language's grammar. A stem need not be a word: it only matters that the forms of one word share it and different words
don't. So a rule may go further than grammar does, as long as it goes there for all forms alike (center becomes centr, as centra does).
"""

import re
from collections.abc import Callable

Step = Callable[[str], str]

CONSONANT = "[bcćċčdďđfgġhħjklľĺmnňńpqrŕřsśštťvwxzźżžбвгджзйклмнпрстфхцчшщ]"
ET_VOWELS = "aeiouõäöü"
MUTATIONS = {"mb": "b", "gc": "c", "nd": "d", "bhf": "f", "ng": "g", "bp": "p", "dt": "t"}


def cut(*groups: tuple[int, str], after: str = "") -> Step:
    """Without the longest of these endings that leaves so many letters, the last of them one of `after`."""
    least = {ending: letters for letters, endings in groups for ending in endings.split()}
    sizes = sorted({len(ending) for ending in least}, reverse=True)

    def step(word: str) -> str:
        for size in sizes:
            rest = len(word) - size
            letters = least.get(word[-size:])
            if letters and rest >= letters and (not after or word[rest - 1] in after):
                return word[:-size]
        return word

    return step


def change(pattern: str, instead: str) -> Step:
    search, replace = re.compile(pattern).search, re.compile(pattern).sub
    return lambda word: replace(instead, word) if search(word) else word


def fleeting(vowels: str, before: str) -> Step:
    """A vowel that stands only where no ending follows: učenec, učenca."""
    return change(rf"(?<=.{CONSONANT})(?:{vowels})(?=[{before}]$)", "")


def unmutated(word: str) -> str:
    """Irish changes how a word begins: an gcluiche, mo chluiche."""
    for begun, plain in MUTATIONS.items():
        if word.startswith(begun) and len(word) > 3:
            word = plain + word[len(begun) :]
            break
    if len(word) > 3 and word[1] == "h" and word[0] in "bcdfgmpst":
        return word[0] + word[2:]
    if len(word) > 3 and word[0] == "h" and word[1] in "aeiouáéíóú":
        return word[1:]
    return word[1:] if len(word) > 4 and word[:2] == "ts" else word


# Applied in order: to what Snowball leaves, where search/stemming.py names a stemmer of Snowball's, else to the word.
STEPS: dict[str, tuple[Step, ...]] = {
    "bg": (
        cut(
            (3, "овете евете ове еве иите ията ието ият ии ия ие ите ата ята ото ето ът ят и а я о е"),
            (3, "четата чета"),
        ),
        change("(?<=[тщ])т$", ""),  # дейността; проекта keeps its т
        cut((3, "й")),
        change("я(?=[^аеиоуъюя]+$)", "е"),  # място, места
        fleeting("ъ|е", "лнр"),  # център, учебен
        change("ц$", "к"),  # ученици
        change("з$", "г"),  # педагози
    ),
    "et": (
        cut(
            (4, "desse dest dele delt del deks deni dena deta dega des de sse st le ks ni na ta ga id d"),
            after=ET_VOWELS,
        ),
        cut((3, "tesse test tele telt tel teks teni tena teta tega te"), (5, "it ut jat")),
        cut((5, "lt l"), (4, "s"), after=ET_VOWELS),
        change("(?<=aa|ee|oo|uu|öö)(?:de(?:st|le|l|s)?|d|st|ga)$", ""),  # töö, tööd
        change("(?<=.[^n])ne$", "s"),  # õpilane, õpilased
        cut((3, "a e i o u ja")),
        change("(?<=l)t$", ""),  # keelt
        cut((3, "us is as es")),
        fleeting("e", "lr"),  # number, numbri
        change("([nlr])d$", r"\1\1"),  # tund, tunni
        change(r"(?<=..)([pkt])\1$", r"\1"),  # grupp, grupi
    ),
    "fi": (
        change("(?<=.[eoöuy])j$", ""),  # pelejä
        change("(?<=..)in$", "is"),  # ihminen, ihmisen
        change("(?<=[aeiouyäö])(?:ks|st)$", "s"),  # opetuksen, ihmisten
        change("(?<=...[aäuy])s$", ""),  # oppilas, oppilaat
        change("(?<=...)[aäei]+$", ""),  # peli, pelejä; o, ö, u, y belong to the stem
        change("(?<=...m)is$", ""),  # oppiminen, oppimista
        change("nk(?=[ouyö]?$)", "ng"),  # kaupunki, kaupungin
        change("mp(?=[ouyö]?$)", "m"),  # vanhempi, vanhemmat
        change("(?<=[lnr])t(?=[ouyö]?$)", ""),  # tunti, tunnin
        change(r"(?<=..)([kpt])\1(?=[ouyö]?$)", r"\1"),  # verkko, verkot
        change("(?<=[aeiouyäö])d(?=[ouyö]?$)", "t"),  # katu, kadut
    ),
    "ga": (
        unmutated,
        change("(?:(?<=[aeiouáéíóú]{2}[ln])|(?<=.[áéíóú][ln]))t[ae]$", ""),  # scéalta
        cut((3, "eanna anna eachaí achaí eacha acha aí ai í i a e")),
        change("éi(?=[^aeiouáéíóú]+$)", "éa"),  # scéal, scéil
        change("(?<=[aeouáéíóú])i(?=[^aeiouáéíóú]+$)", ""),  # leabhar, leabhair
    ),
    "hr": (change("(?<=..)c$", "k"), fleeting("a", "lnrkv")),
    "lv": (
        cut(
            (4, "ošanas ošana ības ībai ību ība iem ajām ajiem ajās ajos ām ēm īm as es is us os ās ēs īs am ai"),
            (4, "ei ij im ie om a e i o u s š"),
        ),
    ),
    "mt": (
        cut((3, "ajiet ijiet jiet iet a à i u"), (4, "hom kom")),
        cut((3, "at"), after="ej"),  # ideat, but not riżultat
        change("(?<=....[lnrt])s$", ""),  # kompjuters
        fleeting("e|o", "lmnr"),  # xogħol, xogħlijiet
    ),
    "pl": (
        cut(
            (2, "a ą e ę i o u y"),
            (3, "owie iowie ami iami ach iach om iom em iem ów iów ow iow ie ią ię iu ia io ii"),
            (3, "ego iego emu iemu ych ich ymi imi ym im ej iej"),
            (4, "owi iowi um"),
        ),
        change("nc$", "nt"),  # studenci
        change("ck$", "k"),  # dziecko, dzieci
        change("(?<=[^sś])c$", "k"),  # książce
        fleeting("ie|e", "ckńlrm"),  # książek; uczeń, but not uczenie
        fleeting("ie", "n"),  # pewien
    ),
    "sk": (
        cut(
            (2, "a á e é i í o u ú y ý"),
            (3, "ami iami ách ach iach ám am iam om och em ov ovi ovia ia ie iu ou mi"),
            (3, "ého eho ieho ému emu iemu ých ych ích ich ými ymi ími imi ým ym ím im ej"),
        ),
        change("ie(?=[^aeiouyáéíóúý]+$)", "e"),  # dieťa, deti
        change("(?<=..)c$", "k"),  # žiaci
        fleeting("e", "cknňlľrm"),  # okien
        fleeting("o", "k"),  # piatok
    ),
    "sl": (
        cut(
            (2, "a e i o u"),
            (3, "mi ami ama ima imi ema oma omi am ah em om ev ov ih im jo"),
            (3, "ega emu"),
        ),
        change("rj$", "r"),  # profesorja
        fleeting("e", "cklnr"),  # učenec, iger
        change("(?<=..)c$", "k"),  # otroci
    ),
}

# Words whose forms no rule leads together, and which no school does without.
_ODD = {
    "bg": "дете: деца децата",
    "cs": "dítě: děti dětí dětem dětmi dětech",
    "en": "child: children",
    "et": "lapse: last laste lastele lastega lastest lastel",
    "fi": "lapset: lapsi lasten lasta",
    "hr": "dijete: djeca djece djeci djecu djecom djeteta djetetu",
    "mt": "tifel: tfal; ktieb: kotba; skola: skejjel",
}
ODD = {
    language: {form: base for line in told.split("; ") for base, _, forms in [line.partition(": ")] for form in forms.split()}
    for language, told in _ODD.items()
}  # fmt: skip


def inflected(word: str, language: str) -> str:
    for step in STEPS.get(language, ()):
        word = step(word)
    return word
