"""How each language counts: the plural rule of its catalogue and a number for which each form is used (after Unicode CLDR, whole numbers)."""

ONE_OTHER = ("nplurals=2; plural=(n != 1);", (1, 5))
SLAVIC = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    (1, 3, 5),
)
CZECH = ("nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;", (1, 3, 5))

PLURALS = {
    **dict.fromkeys(("bg", "da", "de", "el", "en", "es", "et", "fi", "hu", "it", "nl", "pt", "sv"), ONE_OTHER),
    "fr": ("nplurals=2; plural=(n > 1);", (1, 5)),
    "cs": CZECH,
    "sk": CZECH,
    "hr": SLAVIC,
    "pl": (
        "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
        (1, 3, 5),
    ),
    "lt": (
        "nplurals=3; plural=(n%10==1 && (n%100<11 || n%100>19) ? 0 : n%10>=2 && (n%100<11 || n%100>19) ? 1 : 2);",
        (1, 3, 10),
    ),
    "lv": ("nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);", (1, 5, 0)),
    "ro": ("nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2);", (1, 5, 20)),
    "sl": ("nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);", (1, 2, 3, 5)),
    "ga": ("nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n<7 ? 2 : n<11 ? 3 : 4);", (1, 2, 5, 8, 20)),
    "mt": (
        "nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n==0 || (n%100>=3 && n%100<=10) ? 2 : "
        "n%100>=11 && n%100<=19 ? 3 : 4);",
        (1, 2, 5, 15, 20),
    ),
}


def rule(language: str) -> str:
    return PLURALS[language][0]


def examples(language: str) -> tuple[int, ...]:
    """For each form, in order, a number that takes it."""
    return PLURALS[language][1]
