"""The search page, its feed, its suggestions and the interface for machines."""

import json
import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from search import api, engines, indexer
from search.models import DemandGap
from tests.factories import a_case_study, a_member
from tests.factories.kinds import Threads, only_kind, registered


@pytest.fixture
def three(db):
    for number, country in enumerate(("PT", "FI", "PT"), 1):
        a_case_study(
            f"Lantern walk {number}", countries=[country], first_published_at=datetime(2026, number, 1, tzinfo=UTC)
        )
    indexer.drain()


def test_the_interface_answers_as_documented(client, three):
    answer = client.get("/api/practices/?q=lantern&country=PT&language=fi&sort=newest").json()

    assert answer["count"] == 2
    assert [row["title"] for row in answer["results"]] == ["Lantern walk 3", "Lantern walk 1"]
    first = answer["results"][0]
    assert first["url"].startswith("http://testserver/en/practices/")
    assert (first["language"], first["countries"], first["levels"]) == ("en", ["PT"], ["isced-1"])
    assert first["factors"] == [{"factor": "connectivity", "role": "barrier"}]
    assert answer["facets"]["country"] == [
        {"value": "PT", "label": "Portugali", "count": 2, "selected": True},
        {"value": "FI", "label": "Suomi", "count": 1, "selected": False},
    ]


def test_bad_parameters_are_named_with_their_remedy(client, three):
    response = client.get("/api/practices/?level=primary&page=zero")

    assert response.status_code == 400
    assert response.json() == {
        "errors": [
            {
                "parameter": "level",
                "message": "Not known: primary. The answer's facets list the values there are.",
            },
            {"parameter": "page", "message": "Use a whole number from 1 to 500. Filters lead further."},
        ]
    }


def test_bad_parameters_don_t_stop_the_page(client, three):
    page = client.get("/en/search/?q=lantern&level=primary").content.decode()

    assert "Not known: primary" in page
    assert page.count("Lantern</mark> walk") == 3


@pytest.mark.parametrize("count", [1, 3])
def test_a_result_page_asks_the_database_the_same_for_one_hit_as_for_three(
    client, django_assert_num_queries, db, count
):
    for number in range(count):
        a_case_study(f"Lantern walk {number}")
    indexer.drain()
    client.get("/en/search/?q=lantern")

    with django_assert_num_queries(0):
        page = client.get("/en/search/?q=lantern").content.decode()

    assert page.count("Lantern</mark> walk") == count


def test_the_feed_holds_the_newest_hits_of_its_search(client, three):
    feed = client.get("/en/search/feed.atom?country=PT").content.decode()

    assert feed.index("Lantern walk 3") < feed.index("Lantern walk 1")
    assert "Lantern walk 2" not in feed


def test_nothing_hidden_is_in_page_feed_suggestions_or_interface(client, db):
    page = a_case_study("Zebrafish for members")
    page.view_restrictions.create(restriction_type="login")
    a_case_study("Zebrafish draft", live=False)
    indexer.drain()

    addresses = (
        "/en/search/?q=zebrafish", "/en/search/feed.atom?q=zebrafish", "/en/search/suggest/?q=zebra", "/api/practices/?q=zebrafish",
    )  # fmt: skip
    for address in addresses:
        assert "ebrafish for" not in client.get(address).content.decode()
        assert "ebrafish draft" not in client.get(address).content.decode()

    client.force_login(a_member())
    assert json.loads(client.get("/api/practices/?q=zebrafish").content)["count"] == 1


def test_suggestions_offer_concepts_and_titles(client, three):
    concepts = client.get("/en/search/suggest/?q=rural").json()["suggestions"]
    titles = client.get("/en/search/suggest/?q=lant").json()["suggestions"]

    assert ("Rural area", "concept") in [(row["text"], row["kind"]) for row in concepts]
    assert ("Lantern walk 1", "title") in [(row["text"], row["kind"]) for row in titles]


def test_without_an_index_the_page_says_so_and_the_interface_answers_503(client, db):
    assert not engines.engine().ready()

    page, interface = client.get("/en/search/?q=x"), client.get("/api/practices/?q=x")

    assert (page.status_code, interface.status_code) == (200, 503)
    assert "The search is not available now. Try again in a minute." in page.content.decode()


def test_a_question_without_an_answer_is_kept_without_the_person(client, three):
    client.force_login(a_member())
    for _time in range(2):
        client.get("/en/search/?q=Quantum+Knitting&country=PT")

    gap = DemandGap.objects.get()

    assert (gap.text, gap.language, gap.filters, gap.times) == ("quantum knitting", "en", "country=PT", 2)


def test_a_question_sent_by_a_script_is_kept_and_one_still_being_typed_is_not(client, three):
    live = {"HX-Request": "true"}
    client.get("/en/search/?q=quan", headers={**live, "HX-Trigger": "q"})
    client.head("/en/search/?q=quant")
    client.get("/en/search/?q=quantum", headers={**live, "HX-Trigger": "search-form"})

    assert list(DemandGap.objects.values_list("text", flat=True)) == ["quantum"]


def test_what_was_looked_for_in_vain_says_when_it_was_last_and_keeps_its_operators(client, three, time_machine):
    time_machine.move_to(datetime(2026, 1, 1, tzinfo=UTC), tick=False)
    client.get("/en/search/?q=Quantum+OR+Knitting")
    time_machine.move_to(datetime(2026, 6, 1, tzinfo=UTC), tick=False)
    client.get("/en/search/?q=quantum+OR+knitting")

    gap = DemandGap.objects.get()

    assert (gap.text, gap.times, gap.last_at) == ("quantum OR knitting", 2, datetime(2026, 6, 1, tzinfo=UTC))


def test_a_page_beyond_the_last_leads_to_the_last(client, three):
    beyond, unknown = client.get("/en/search/?q=lantern&page=7"), client.get("/en/search/?q=quokka&page=7")

    assert (beyond.status_code, beyond["Location"]) == (302, "/en/search/?q=lantern")
    assert (unknown.status_code, unknown["Location"]) == (302, "/en/search/?q=quokka")


def test_the_interface_tells_no_more_pages_than_can_be_asked_for(client, three, monkeypatch):
    monkeypatch.setattr(api, "PAGE_SIZE", 1)
    monkeypatch.setattr(api, "MAX_PAGE", 2)

    assert client.get("/api/practices/?q=lantern").json()["pages"] == 2


@pytest.mark.parametrize("page", ["0", "-1", "x", "00000000199999999999999", "1" + "0" * 5000, "000000001" + "0" * 30])
def test_no_number_of_a_page_breaks_anything(client, three, page):
    addresses = ("/api/practices/", "/en/search/", "/en/search/feed.atom")

    assert [client.get(address, {"page": page}).status_code for address in addresses] == [400, 200, 200]


def test_marks_that_other_sites_put_on_links_are_no_faults_of_the_page(client, three):
    assert "notice--warning" not in client.get("/en/search/?q=lantern&utm_source=x&fbclid=y").content.decode()
    assert client.get("/api/practices/?utm_source=x").status_code == 400


def test_a_question_asked_in_another_language_stays_so_on_the_way_on(client, three):
    page = client.get("/en/search/?q=lantern&language=fi").content.decode()

    for name in ("search_feed", "save_search"):
        assert f'href="{reverse(name)}?q=lantern&amp;language=fi"' in page
    assert '<input type="hidden" name="language" value="fi">' in page
    assert 'name="language"' not in client.get("/fi/search/?q=lantern&language=fi").content.decode()


def test_a_feed_says_its_language_and_that_of_each_entry_and_when_it_was_updated(client, db):
    a_case_study("Lanterna", language="pt", first_published_at=datetime(2026, 1, 2, tzinfo=UTC))
    indexer.drain()

    feed = ElementTree.fromstring(client.get("/mt/search/feed.atom").content)

    entry = feed.find("{*}entry")
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert (feed.get(language), entry.get(language)) == ("mt", "pt")
    assert entry.findtext("{*}updated") == "2026-01-02T00:00:00+00:00"


def test_what_word_processors_leave_in_a_text_breaks_no_feed(client, db):
    a_case_study("Lantern\x0bwalk", one_line_result="one\x0ctwo")
    indexer.drain()

    feed = ElementTree.fromstring(client.get("/en/search/feed.atom").content)

    assert feed.find("{*}entry").findtext("{*}title") == "Lantern walk"


def test_a_feed_that_lost_its_filter_gives_nothing_and_says_why(client, three):
    lost, narrowed = (
        client.get(f"/en/search/feed.atom?{params}") for params in ("country=XX", "country=XX&country=FI")
    )

    assert "<entry" not in lost.content.decode()
    assert "country: Not known: XX." in ElementTree.fromstring(lost.content).findtext("{*}subtitle")
    assert narrowed.content.decode().count("<entry") == 1


def test_where_nothing_is_found_the_filter_to_leave_out_is_named_with_all_its_values(client, three):
    page = client.get("/en/search/?q=lantern&country=MT&country=LU").content.decode()

    assert re.findall(r'nofollow">([^<]+): <span lang="en">([^<]+)</span></a>', page) == [
        ("Countries", "Luxembourg, Malta")
    ]
    assert f'href="{reverse("new_thread")}"' in page


def test_where_no_single_filter_helps_all_can_be_cleared(client, three):
    page = client.get("/en/search/?q=lantern&country=MT&level=isced-6").content.decode()

    assert re.search(
        r'<li><a href="/en/search/\?q=lantern" rel="nofollow">Clear all</a> <span class="quiet">3 case studies', page
    )


def test_did_you_mean_keeps_what_was_not_mistaken(client, three):
    assert client.get("/api/practices/?q=lantren OR Compost").json()["did_you_mean"] == "lantern OR Compost"


def test_kinds_stand_above_the_results_with_their_counts(client, three, monkeypatch):
    threads = registered(monkeypatch)
    threads.add("Lantern talk")

    page = client.get("/en/search/?q=lantern&kind=thread").content.decode()

    tabs = re.findall(
        r'<a href="([^"]+)" rel="nofollow"( aria-current="true")?>(.+?) <span class="kinds__count">(\d+)', page
    )
    assert ("/en/search/?q=lantern", "", "Case studies", "3") in tabs
    assert ("/en/search/?q=lantern&amp;kind=thread", ' aria-current="true"', "Threads", "1") in tabs
    assert "Lantern</mark> talk" in page
    assert "Lantern</mark> walk" not in page
    assert '<input type="hidden" name="kind" value="thread">' in page
    assert "Threads: 1" in page


def test_where_there_is_one_kind_there_is_nothing_to_choose(client, three, monkeypatch):
    only_kind(monkeypatch, "practice")

    assert 'class="kinds"' not in client.get("/en/search/?q=lantern").content.decode()


def test_a_kind_may_have_a_card_of_its_own(client, db, monkeypatch):
    class Notes(Threads):
        kind, label = "note", "Notes"
        card_template = "search/_count.html"

    notes = registered(monkeypatch, Notes())
    notes.add("Lantern note")

    page = client.get("/en/search/?kind=note").content.decode()

    assert re.search(r'<ol class="cards cards--list">Notes: 1\s*</ol>', page)


def test_the_interface_for_case_studies_gives_nothing_else(client, three, monkeypatch):
    threads = registered(monkeypatch)
    threads.add("Lantern talk")

    assert client.get("/api/practices/?q=lantern").json()["count"] == 3
    answer = client.get("/api/practices/?q=lantern&kind=thread")
    assert (answer.status_code, [error["parameter"] for error in answer.json()["errors"]]) == (400, ["kind"])


def test_home_and_concept_pages_and_feeds_stay_with_case_studies(client, three, monkeypatch):
    threads = registered(monkeypatch)
    threads.add("Lantern talk", level=("isced-1",))

    for address in ("/en/", reverse("concept", args=["level", "isced-1"]), "/en/search/feed.atom?q=lantern"):
        page = client.get(address).content.decode()
        assert "Lantern walk 3" in page.replace("<mark>", "").replace("</mark>", ""), address
        assert "Lantern talk" not in page, address

    feed = client.get("/en/search/feed.atom?kind=thread").content.decode()
    assert "<title>Threads</title>" in feed
    assert ("Lantern talk" in feed, "Lantern walk" in feed) == (True, False)
