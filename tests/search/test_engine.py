"""What the engine must do, whichever it is."""

import itertools
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from people.access import audience_of
from practices.models import CaseStudy
from search import engines, facets, indexer, outbox
from search.query import Query
from tests.factories import a_case_study, a_member
from tests.factories.entries import an_entry
from tests.factories.kinds import registered

EVERYBODY = frozenset({"public"})


def find(text="", language="en", person=None, **chosen):
    query = Query.from_params({"q": [text], "language": [language], **chosen})
    return engines.engine().find(query, audience_of(person))


def titles(results):
    return [hit.title for hit in results.hits]


def test_finnish_words_find_a_portuguese_case_study_by_concept(db):
    a_case_study("Rede nas escolas", language="pt", countries=["PT"])
    a_case_study("Robots in the city", topics=["robotics"], factors=[("ethics", "addressed", "")])
    indexer.drain()

    assert titles(find("yhteydet maaseudulla", "fi")) == ["Rede nas escolas"]


def test_words_are_found_whatever_their_ending(db):
    a_case_study("Escolas rurais ligadas", language="pt")
    indexer.drain()

    assert titles(find("escola ligada", "pt")) == ["Escolas rurais ligadas"]


def test_words_without_their_accents_are_found(db):
    a_case_study("Índice de participação", language="pt")
    indexer.drain()

    assert titles(find("indice participacao", "pt")) == ["Índice de participação"]


def test_a_name_is_found_in_a_text_of_another_language(db):
    a_case_study("Moodle no ensino", language="pt", topics=[])
    indexer.drain()

    assert titles(find("Moodle", "fi")) == ["Moodle no ensino"]


def test_a_word_is_met_in_each_language_by_the_stem_it_has_there(db):
    texts = {"en": "They learn by doing", "de": "Das Learn-Zentrum", "fi": "Learning-teema", "sv": "Learningen"}
    engines.engine().replace([an_entry(language, title, language) for language, title in texts.items()])
    engines.engine().refresh()

    assert sorted(keys(find("learning", language="hu"))) == ["en", "fi", "sv"]  # English alone has the stem learn


def test_a_slip_of_the_finger_still_finds(db):
    a_case_study("Robots in the city", topics=["robotics"])
    indexer.drain()

    assert titles(find("robtos", "en")) == ["Robots in the city"]


def test_the_words_asked_are_marked_and_nothing_in_a_text_becomes_markup(db):
    a_case_study("<b>Robots</b> & schools", one_line_result="Robots <script>alert(1)</script> helped.")
    indexer.drain()

    hit = find("robots").hits[0]

    assert hit.title_html == "&lt;b&gt;<mark>Robots</mark>&lt;/b&gt; &amp; schools"
    assert hit.summary_html == "<mark>Robots</mark> &lt;script&gt;alert(1)&lt;/script&gt; helped."


def test_translations_are_one_hit_shown_in_the_readers_language(db):
    original = a_case_study("Rede", language="pt", slug="rede")
    a_case_study("Verkko", language="fi", slug="rede", source_language="pt", translation_key=original.translation_key)
    indexer.drain()

    finnish, german = find(language="fi"), find(language="de")

    assert (titles(finnish), finnish.total) == (["Verkko"], 1)
    assert titles(german) == ["Rede"]
    assert {bucket.value: bucket.count for bucket in finnish.facets["text"]} == {"fi": 1, "pt": 1}
    assert {bucket.value: bucket.count for bucket in finnish.facets["country"]} == {"PT": 1}


def test_among_languages_chosen_a_hit_is_shown_in_one_of_them(db):
    original = a_case_study("Rede", language="pt", slug="rede")
    for title, language in (("Netz", "de"), ("Nätverk", "sv")):
        a_case_study(
            title, language=language, slug="rede", source_language="pt", translation_key=original.translation_key
        )
    indexer.drain()

    def shown(language, *chosen):
        return titles(engines.engine().find(Query(language=language).with_only("text", chosen), audience_of(None)))

    assert shown("fi", "fi", "sv") == ["Nätverk"]
    assert shown("fi", "de", "pt", "sv") == ["Rede"]  # the original, where it is one of them
    assert shown("de", "sv") == ["Netz"]
    assert shown("fi") == ["Rede"]


def test_values_of_one_facet_widen_and_facets_narrow(db):
    a_case_study("One", countries=["PT"], levels=["isced-1"])
    a_case_study("Two", countries=["FI"], levels=["isced-2"])
    a_case_study("Three", countries=["FI"], levels=["isced-1"])
    indexer.drain()

    assert set(titles(find(country=["PT", "FI"]))) == {"One", "Two", "Three"}
    assert set(titles(find(country=["PT", "FI"], level=["isced-1"]))) == {"One", "Three"}
    assert titles(find(factor=["connectivity:outcome"])) == []


def test_a_factor_is_asked_for_with_its_role(db):
    a_case_study("Barrier", factors=[("connectivity", "barrier", "")])
    a_case_study("Outcome", factors=[("connectivity", "outcome", "")])
    indexer.drain()

    assert titles(find(factor=["connectivity:barrier"])) == ["Barrier"]
    assert set(titles(find(factor=["connectivity"]))) == {"Barrier", "Outcome"}


def test_facet_counts_are_those_of_a_count_by_hand(db):
    levels, countries, outcomes = ["isced-1", "isced-2"], ["PT", "FI", "MT"], ["privacy", "ethics"]
    for level, country, factor in itertools.product(levels, countries, outcomes):
        a_case_study(levels=[level], countries=[country], factors=[(factor, "addressed", "")])
    a_case_study(levels=levels, countries=["PT"], factors=[("privacy", "barrier", "")])
    indexer.drain()

    for chosen in ({}, {"country": ["PT"]}, {"country": ["PT", "MT"], "level": ["isced-1"]}, {"factor": ["privacy"]}):
        results = find(**chosen)

        for facet in ("level", "country", "factor"):
            others = {name: values for name, values in chosen.items() if name != facet}
            expected = _counted_by_sql(facet, others)
            counted = {bucket.value: bucket.count for bucket in results.facets[facet] if ":" not in bucket.value}
            assert {value: count for value, count in counted.items() if count} == expected


FIELDS = {"level": "levels", "country": "countries", "factor": "factor_statements__factor"}


def _counted_by_sql(facet, chosen):
    pages = CaseStudy.objects.published()
    for name, values in chosen.items():
        pages = pages.filter(**{f"{FIELDS[name]}__notation__in": values})
    pages = CaseStudy.objects.filter(pk__in=pages.values("pk"))
    rows = pages.values_list("pk", f"{FIELDS[facet]}__notation").distinct()
    counts = {}
    for _pk, notation in rows:
        counts[notation] = counts.get(notation, 0) + 1
    return counts


def test_a_selected_value_stays_in_sight_when_nothing_has_it(db):
    a_case_study(countries=["FI"])
    indexer.drain()

    results = find(country=["PT"])

    assert results.total == 0
    assert [(one.value, one.count, one.selected) for one in results.facets["country"]] == [
        ("FI", 1, False),
        ("PT", 0, True),
    ]
    assert [(one.facet, one.values, one.count) for one in results.relaxations] == [("country", ("PT",), 1)]


def test_a_draft_is_in_nothing_the_engine_answers(db):
    a_case_study("Canary zebrafish draft", live=False, countries=["MT"])
    indexer.drain()

    _assert_nothing_of_the_canary()


def test_a_withdrawn_case_study_is_in_nothing_the_engine_answers(db):
    page = a_case_study("Canary zebrafish withdrawn", countries=["MT"])
    indexer.drain()
    assert titles(find("zebrafish")) == ["Canary zebrafish withdrawn"]

    page.withdrawn_at = timezone.now()
    page.save()
    indexer.drain()

    _assert_nothing_of_the_canary()


def test_a_private_page_is_for_those_it_is_for(db):
    page = a_case_study("Canary zebrafish members", countries=["MT"])
    page.view_restrictions.create(restriction_type="login")
    indexer.drain()

    _assert_nothing_of_the_canary()
    assert titles(find("zebrafish", person=a_member())) == ["Canary zebrafish members"]


def test_a_page_behind_a_password_is_found_by_nobody(db):
    page = a_case_study("Canary zebrafish password", countries=["MT"])
    page.view_restrictions.create(restriction_type="password", password="x")
    indexer.drain()

    _assert_nothing_of_the_canary(person=a_member())


def test_opening_a_private_page_lets_it_be_found(db):
    page = a_case_study("Canary zebrafish opened")
    restriction = page.view_restrictions.create(restriction_type="login")
    indexer.drain()
    assert titles(find("zebrafish")) == []

    restriction.delete()
    indexer.drain()

    assert titles(find("zebrafish")) == ["Canary zebrafish opened"]


def test_a_deleted_page_is_gone(db):
    page = a_case_study("Canary zebrafish deleted", countries=["MT"])
    indexer.drain()

    page.delete()
    indexer.drain()

    _assert_nothing_of_the_canary()


def _assert_nothing_of_the_canary(person=None):
    audience = audience_of(person)
    assert find("zebrafish", person=person).total == 0
    assert find("canary", person=person).hits == ()
    assert all(bucket.value != "MT" for bucket in find(person=person).facets["country"])
    assert engines.engine().suggest("canary zeb", "en", audience, 8) == []


def test_sorting_by_evidence_puts_the_strongest_first(db):
    from tests.factories import concept

    a_case_study("Weak", evidence=concept("evidence/tier-1"))
    a_case_study("Strong", evidence=concept("evidence/tier-4"))
    a_case_study("Unknown", evidence=None)
    indexer.drain()

    assert titles(find(sort=["evidence"])) == ["Strong", "Weak", "Unknown"]


def test_pages_follow_each_other_without_gap_or_repeat(db):
    for number in range(45):
        a_case_study(f"Number {number}")
    indexer.drain()

    seen = [title for page in ("1", "2", "3") for title in titles(find(page=[page]))]

    assert sorted(seen) == sorted(f"Number {number}" for number in range(45))
    assert seen == [title for page in ("1", "2", "3") for title in titles(find(page=[page]))]


def test_the_old_index_serves_until_the_new_one_is_complete(db):
    a_case_study("Before")
    indexer.drain()

    def entries():
        for source in indexer.all_sources().values():
            for entry in source.entries():
                assert titles(find("before")) == ["Before"]
                yield entry

    engines.engine().replace(entries())
    engines.engine().refresh()

    assert titles(find("before")) == ["Before"]


def test_a_rebuild_that_breaks_off_leaves_the_old_index(db):
    a_case_study("Before")
    indexer.drain()

    def broken():
        yield from ()
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        engines.engine().replace(broken())

    assert titles(find("before")) == ["Before"]


def test_index_and_database_agree_by_digest(db):
    first, _second = a_case_study("One"), a_case_study("Two")
    indexer.drain()
    assert engines.engine().digests() == indexer.expected()

    CaseStudy.objects.filter(pk=first.pk).update(title="Changed behind its back")

    assert engines.engine().digests() != indexer.expected()


def test_whatever_is_typed_is_answered(db, shared_data):
    a_case_study("One")
    indexer.drain()
    strings = json.loads((shared_data / "hostile" / "blns.json").read_text(encoding="utf-8"))
    strings += ["((((" * 100, '"', "*" * 400, "a:b:c", "AND OR NOT", "\\", "title:", "[* TO *]", "é" * 500, "x" * 500]
    assert len(strings) > 500

    for text in strings:
        assert find(text[:500]).total in (0, 1)


def test_every_configured_facet_is_counted(db):
    a_case_study(year=2024)
    indexer.drain()

    results = find()

    assert tuple(results.facets) == (*facets.names(), "kind")
    assert [bucket.value for bucket in results.facets["year"]] == ["2024"]


def test_a_phrase_is_met_by_its_words_in_order(db):
    a_case_study("Local servers in school")
    a_case_study("School servers for local use")
    indexer.drain()

    assert titles(find('"local servers"')) == ["Local servers in school"]
    assert len(titles(find("local servers"))) == 2


def test_a_phrase_is_met_without_its_diacritics_and_with_them(db):
    a_case_study("A participação cidadã na aldeia", language="pt")
    a_case_study("A cidadã e a participação", language="pt")
    a_case_study("Participacao cidada", language="pt")
    indexer.drain()

    for asked in ('"participacao cidada"', '"participação cidadã"', '"participação cidada"', '"PARTICIPACAO CIDADÃ"'):
        assert set(titles(find(asked, "pt"))) == {"A participação cidadã na aldeia", "Participacao cidada"}
    assert titles(find('"participacao"', "pt")) and titles(find('"aldeia a"', "pt")) == []


def test_a_phrase_stands_within_one_part_of_a_text(db):
    a_case_study("A lantern so red", one_line_result="Lantern walks.")
    a_case_study("Kayaks", one_line_result="By red", summary="Lantern light and red kites.")
    a_case_study("A red lantern", summary="Kites.")
    indexer.drain()

    assert titles(find('"red lantern"')) == ["A red lantern"]
    assert titles(find('"red kites"')) == ["Kayaks"]


def test_a_phrase_may_be_asked_for_in_one_part_of_a_text(db):
    a_case_study("A lantern so red", one_line_result="The red lantern.")
    a_case_study("A red lantern", one_line_result="A lantern so red.")
    indexer.drain()

    assert titles(find('title:"red lantern"')) == ["A red lantern"]
    assert titles(find('summary:"red lantern"')) == ["A lantern so red"]
    assert titles(find('body:"red lantern"')) == []
    assert titles(find("title:red-lantern")) == ["A red lantern"]


def test_a_word_after_a_minus_must_not_be_there(db):
    a_case_study("Robots in the city")
    a_case_study("Robots in the village")
    indexer.drain()

    assert titles(find("robots -village")) == ["Robots in the city"]
    assert titles(find("-village")) == ["Robots in the city"]


def test_a_word_after_a_minus_is_excluded_as_it_is_written(db):
    a_case_study("Lanterns e-mail")
    a_case_study("Lanterns, e safety")
    a_case_study("Lanterns and cartography")
    a_case_study("Lanterns with noodle")
    indexer.drain()

    assert len(titles(find("lanterns"))) == 4
    assert set(titles(find("lanterns -e-mail"))) == {
        "Lanterns, e safety",
        "Lanterns and cartography",
        "Lanterns with noodle",
    }
    assert len(titles(find("lanterns -carto"))) == 4
    assert len(titles(find("lanterns -moodle"))) == 4


def test_words_joined_by_a_hyphen_are_one_of_two_alternatives(db):
    a_case_study("Quokka")
    a_case_study("E-wombat")
    a_case_study("Lantern e platypus")
    indexer.drain()

    assert set(titles(find("quokka OR e-wombat"))) == {"Quokka", "E-wombat"}
    assert set(titles(find("e-wombat OR quokka"))) == {"Quokka", "E-wombat"}


def test_and_between_words_is_no_word(db):
    a_case_study("Lanternes quokka", language="fr")
    indexer.drain()

    assert titles(find("lanternes AND quokka", "fr")) == ["Lanternes quokka"]
    assert titles(find('"lanternes" AND quokka', "fr")) == ["Lanternes quokka"]


def test_one_word_or_the_other(db):
    a_case_study("Lanterns")
    a_case_study("Kayaks")
    a_case_study("Marbles")
    indexer.drain()

    assert set(titles(find("lanterns OR kayaks"))) == {"Lanterns", "Kayaks"}


def test_a_word_in_the_title_only(db):
    a_case_study("Lanterns")
    a_case_study("Kayaks", summary="With lanterns at night.")
    indexer.drain()

    assert titles(find("title:lanterns")) == ["Lanterns"]


def test_a_filter_typed_as_words_is_a_filter(db):
    a_case_study("Finnish", countries=["FI"])
    a_case_study("Maltese", countries=["MT"])
    indexer.drain()

    assert titles(find("country:mt")) == ["Maltese"]
    assert titles(find("-country:mt")) == ["Finnish"]
    assert titles(find("country:Suomi", "fi")) == ["Finnish"]
    assert titles(find("country:finsko", "cs")) == ["Finnish"]
    assert titles(find("country:φινλανδια", "el")) == ["Finnish"]
    assert titles(find('country:"an fhionlainn"', "ga")) == ["Finnish"]


def test_a_slip_is_told_as_it_was_perhaps_meant(db):
    a_case_study("Robots in the city", topics=["robotics"])
    indexer.drain()

    assert find("robtos city").instead == "robots city"
    assert find("robots city").instead == ""


def test_a_word_of_a_hidden_text_is_no_suggestion_and_no_knowledge(db):
    page = a_case_study("Canary zebrafish members")
    page.view_restrictions.create(restriction_type="login")
    a_case_study("Zebrafisch", language="en")
    indexer.drain()

    results = find("zebrafish")

    assert titles(results) == ["Zebrafisch"]  # as if nobody had ever written the word
    assert results.instead == "zebrafisch"


def test_where_nothing_meets_the_whole_question_the_nearest_is_shown(db):
    a_case_study("Lanterns at night")
    indexer.drain()

    results = find("lanterns quizzaciously submarine", country=["FI"])

    assert (results.total, [hit.title for hit in results.nearest]) == (0, ["Lanterns at night"])


def test_only_those_asked_about_are_matched(db):
    one, other = a_case_study("Lanterns", countries=["PT"]), a_case_study("Lanterns", countries=["FI"])
    a_case_study("Lanterns", countries=["PT"])
    indexer.drain()
    query = Query.from_params({"q": ["lanterns"], "country": ["PT", "MT"]})

    found = engines.engine().matching(query, audience_of(None), [other.search_key, one.search_key])

    assert found == [one.search_key]


def counts(results, facet):
    return {bucket.value: bucket.count for bucket in results.facets[facet]}


def test_a_question_is_about_case_studies_unless_it_names_another_kind(db, monkeypatch):
    threads = registered(monkeypatch)
    a_case_study("Lantern walk")
    threads.add("Lantern talk")
    threads.add("Lantern chat")

    for asked in ("", "lantern"):
        usual, other, both = find(asked), find(asked, kind=["thread"]), find(asked, kind=["practice", "thread"])

        assert titles(usual) == ["Lantern walk"]
        assert set(titles(other)) == {"Lantern talk", "Lantern chat"}
        assert both.total == 3
        for results in (usual, other, both):
            assert counts(results, "kind") == {"practice": 1, "thread": 2}


def test_kinds_are_counted_under_the_words_and_the_other_filters(db, monkeypatch):
    threads = registered(monkeypatch)
    a_case_study("Lantern walk", countries=["PT"])
    a_case_study("Lantern night", countries=["FI"])
    threads.add("Lantern talk", country=("PT",))
    threads.add("Kayak talk")

    results = find("lantern", country=["PT"])

    assert counts(results, "kind") == {"practice": 1, "thread": 1}
    assert counts(results, "country") == {"PT": 1, "FI": 1}
    assert counts(find("lantern", kind=["thread"]), "country") == {"PT": 1}


def test_a_kind_may_lack_every_facet(db, monkeypatch):
    threads = registered(monkeypatch)
    a_case_study("Lantern walk", countries=["PT"])
    threads.add("Lantern talk")

    results = find("lantern", kind=["thread"])

    assert titles(results) == ["Lantern talk"]
    assert {name: buckets for name, buckets in results.facets.items() if buckets and name != "kind"} == {}


def test_the_kind_is_no_filter_to_leave_out(db, monkeypatch):
    threads = registered(monkeypatch)
    threads.add("Lantern talk")

    results = find("lantern")

    assert (results.total, results.relaxations) == (0, ())
    assert counts(results, "kind") == {"practice": 0, "thread": 1}


def test_the_nearest_is_of_the_kind_asked_for(db, monkeypatch):
    threads = registered(monkeypatch)
    a_case_study("Lanterns at night")
    threads.add("Lanterns in talk")

    nearest = {kind: find("lanterns quizzaciously submarine", kind=[kind]).nearest for kind in ("practice", "thread")}

    assert {kind: [hit.title for hit in hits] for kind, hits in nearest.items()} == {
        "practice": ["Lanterns at night"],
        "thread": ["Lanterns in talk"],
    }


def test_every_kind_the_asker_may_see_is_suggested(db, monkeypatch):
    threads = registered(monkeypatch)
    a_case_study("Zebrafish walk")
    threads.add("Zebrafish talk")
    threads.add("Zebrafish secret", audience=["group:7"])

    found = engines.engine().suggest("zebraf", "en", audience_of(None), 8)

    assert {one.text for one in found} == {"Zebrafish walk", "Zebrafish talk"}


def test_only_things_of_the_kind_are_matched(db, monkeypatch):
    threads = registered(monkeypatch)
    keys = [a_case_study("Lanterns").search_key, threads.add("Lanterns").key]

    found = [
        engines.engine().matching(Query.from_params({"kind": [kind]}), audience_of(None), keys)
        for kind in ("practice", "thread")
    ]

    assert found == [[keys[0]], [keys[1]]]


def test_a_kind_that_comes_and_goes_is_counted_as_it_is(db, monkeypatch):
    threads = registered(monkeypatch)
    a_case_study("Lantern walk")
    thread = threads.add("Lantern talk")
    assert counts(find(), "kind") == {"practice": 1, "thread": 1}

    threads.held.clear()
    outbox.touch(thread.key)
    indexer.drain()

    assert (titles(find()), counts(find(), "kind")) == (["Lantern walk"], {"practice": 1})


def some_entries(count, title="Lantern walk", start=0, **values):
    """Equal but for their keys and dates, the last the newest."""
    first = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        replace(an_entry(f"{number:03}", title, **values), published_at=first + timedelta(hours=number))
        for number in range(start, start + count)
    ]


def keys(results):
    return [hit.key.partition(":")[2] for hit in results.hits]


@pytest.mark.parametrize("count", [45, 260])
def test_of_equally_good_ones_the_newest_come_first_whenever_they_were_written(db, count):
    entries = some_entries(count)
    engines.engine().replace(entries)
    engines.engine().put(entries[3:5])
    engines.engine().refresh()

    pages = [keys(find("lantern", page=[str(page)])) for page in (1, 2, 3)]

    newest_first = [f"{number:03}" for number in reversed(range(count))]
    assert pages == [newest_first[:20], newest_first[20:40], newest_first[40:60]]


def test_without_words_the_most_relevant_are_the_newest(db):
    engines.engine().replace(some_entries(25))
    engines.engine().refresh()

    asked = find(sort=["relevance"])

    assert keys(asked) == [f"{number:03}" for number in range(24, 4, -1)]
    assert {hit.score for hit in asked.hits} == {0.0}


def test_a_page_beyond_all_bounds_is_an_empty_one(db):
    engines.engine().replace(some_entries(3))
    engines.engine().refresh()

    beyond = [engines.engine().find(Query(page=page), EVERYBODY) for page in (2, 500, 10**15)]

    assert [(results.total, results.hits) for results in beyond] == [(3, ())] * 3


def test_of_a_filter_that_finds_nothing_all_its_values_are_left_out(db):
    engines.engine().replace(some_entries(3, country=("PT",)))
    engines.engine().refresh()

    relaxed = find("lantern", country=["MT", "LU"]).relaxations

    assert [(one.facet, one.values, one.count) for one in relaxed] == [("country", ("LU", "MT"), 3)]


def test_where_no_single_filter_helps_all_are_left_out(db):
    engines.engine().replace(some_entries(3, country=("PT",), level=("isced-1",)))
    engines.engine().refresh()

    without_words, with_words = (find(text, country=["MT"], level=["isced-6"]).relaxations for text in ("", "lantern"))

    assert [(one.facet, one.count) for one in without_words] == [("", 3)]
    assert with_words == without_words
    assert find("quokka", country=["MT"], level=["isced-6"]).relaxations == ()


def test_a_facet_of_thousands_of_values_is_counted_whole(db, settings):
    settings.PRAXIS_FACETS = [*settings.PRAXIS_FACETS, {"name": "note", "field": "note", "length": "long"}]
    entries = [
        replace(an_entry(str(number), "Lantern"), facets={"note": (f"v{number}", f"v{number + 1}", "all")})
        for number in range(2500)
    ]
    engines.engine().replace(entries)
    engines.engine().refresh()

    counted = {bucket.value: bucket.count for bucket in find("lantern").facets["note"]}
    chosen = find("lantern", note=["v2500"]).facets["note"]

    assert counted == {"all": 2500, "v0": 1, "v2500": 1} | {f"v{number}": 2 for number in range(1, 2500)}
    assert [(one.count, one.selected) for one in chosen if one.value == "v2500"] == [(1, True)]
