"""Which words translate which."""

from itertools import permutations

from search import analysis
from search.translations import building, compounds, learning
from search.translations.corpus import Corpus
from tests.factories.aligned import ROWS


def corpus_of(rows) -> Corpus:
    return building.read({code: [text] for code, text in row.items()} for row in rows)


def best(corpus, learned, word: str, language: str, other: str) -> str:
    """The stem that translates a word best."""
    names, others = list(corpus.sides[language].numbers), list(corpus.sides[other].numbers)
    links = learned[language, other]
    mine = links.source == names.index(analysis.stem(word, language))
    return others[int(links.target[mine][0])]


def test_the_right_word_is_learned_from_phrases_in_both_directions():
    corpus = corpus_of(ROWS)
    learned = learning.learn(corpus)

    assert set(learned) == set(permutations(("de", "en", "fi", "pt"), 2))
    assert best(corpus, learned, "polkupyörä", "fi", "pt") == analysis.stem("bicicleta", "pt")
    assert best(corpus, learned, "bicicleta", "pt", "fi") == analysis.stem("polkupyörä", "fi")
    assert best(corpus, learned, "borrowing", "en", "fi") == analysis.stem("lainaaminen", "fi")


def test_further_texts_of_a_language_count_with_the_usual_ones_of_the_others():
    corpus = building.read(
        [{"en": ["teacher", "educator"], "fi": ["opettaja"]}, {"en": ["kitchen"], "fi": ["keittiö"]}]
    )
    learned = learning.learn(corpus)

    assert best(corpus, learned, "educator", "en", "fi") == analysis.stem("opettaja", "fi")


def test_a_word_never_seen_beside_a_language_gets_there_through_another():
    corpus = corpus_of([{"et": "raamat", "en": "book"}, {"en": "book", "mt": "ktieb"}])
    learned = learning.learn(corpus)

    assert best(corpus, learned, "raamat", "et", "mt") == analysis.stem("ktieb", "mt")
    assert learned["et", "mt"].weight.tolist() < learned["et", "en"].weight.tolist()


def test_more_than_can_be_counted_leaves_out_the_longest_texts(monkeypatch):
    monkeypatch.setattr(learning, "MOST_CELLS", 2)
    corpus = corpus_of([{"en": "one two three", "fi": "yksi kaksi kolme"}, {"en": "kitchen", "fi": "keittiö"}])

    learned = learning.learn(corpus)

    assert best(corpus, learned, "kitchen", "en", "fi") == analysis.stem("keittiö", "fi")
    assert len(learned["en", "fi"].source) == 1


def test_texts_in_one_language_or_of_words_without_meaning_align_nothing():
    corpus = Corpus()

    assert not corpus.add({"en": ["school"]})
    assert not corpus.add({"en": ["the"], "fi": ["koulu"]})
    assert not corpus.add({"en": ["school"], "xx": ["koulu"]})
    assert learning.learn(corpus) == {}


def test_the_same_texts_have_the_same_digest():
    assert corpus_of(ROWS).digest == corpus_of(ROWS).digest
    assert corpus_of(ROWS).digest != corpus_of(ROWS[1:]).digest


def test_a_compound_is_divided_where_both_parts_are_known():
    known = {"landwirtschaft": ("landwirtschaft", 5), "schul": ("schul", 9), "wirtschaft": ("wirtschaft", 9)}

    assert compounds.parts("landwirtschaftsschul", "de", known) == ("landwirtschaft", "schul")
    assert compounds.parts("landwirtschaftsamt", "de", known) == ()
    assert compounds.parts("landwirtschaftsschul", "fr", known) == ()
