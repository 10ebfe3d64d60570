"""Repeatable parts of the writing form: rows keep who they are, and what is half typed harms nothing."""

from practices.models import Organisation, Participation
from tests.factories import a_case_study, concept
from tests.factories.writing import latest, rows, short_form


def test_saving_by_itself_says_what_it_could_not_keep(client, draft):
    half = rows("factors", {"factor": "", "role": "", "sentence": "It rained."})
    answer = client.post(f"/en/my/{draft.pk}/", {"summary": "One", **half}, headers={"X-Autosave": "1"})

    assert answer.json()["faults"] == [
        "Success factors, row 1, Success factor: Fill this in, or empty the whole row.",
        "Success factors, row 1, Role: Fill this in, or empty the whole row.",
    ]
    assert latest(draft).summary == "One"


def test_a_row_spoilt_stays_as_it_was_kept(client, draft):
    client.post(f"/en/my/{draft.pk}/", short_form())
    key = latest(draft).factor_statements.get().translation_key

    spoilt = rows("factors", {"key": key, "factor": concept("factor/privacy").pk, "role": "", "sentence": "New"})
    response = client.post(f"/en/my/{draft.pk}/", short_form(**spoilt))

    assert response.status_code == 422
    assert [one.sentence for one in latest(draft).factor_statements.all()] == ["A rede caiu 11 dias."]


def test_what_editors_filled_in_of_a_grant_survives_the_author_s_form(client, draft):
    draft.funding = [("funding", {"programme": "Erasmus+", "label": "good-practice", "coordinator": "A school"})]
    draft.save()
    draft.save_revision()
    key = latest(draft).funding[0].id

    client.post(f"/en/my/{draft.pk}/more/", rows("funding", {"key": key, "programme": "Erasmus+", "title": "Nets"}))

    [block] = latest(draft).funding
    assert (block.id, block.value["title"], block.value["label"], block.value["coordinator"]) == (
        key,
        "Nets",
        "good-practice",
        "A school",
    )


def test_a_reference_of_the_wrong_form_is_told(client, draft):
    wrong = rows("funding", {"programme": "Erasmus+", "reference": "2021-1-DE-KA220-12"})
    right = rows("funding", {"programme": "Erasmus+", "reference": "2021-1-DE03-KA220-SCH-000012345"})

    page = client.post(f"/en/my/{draft.pk}/more/", wrong).content.decode()
    client.post(f"/en/my/{draft.pk}/more/", right)

    assert "Funding, row 1, Project reference: Not the form of an Erasmus+ reference" in page
    assert latest(draft).funding[0].value["reference"] == "2021-1-DE03-KA220-SCH-000012345"


def test_a_name_saved_while_it_is_typed_stays_one_organisation(client, draft):
    for name in ("Esc", "Escola da", "Escola da Serra"):
        client.post(f"/en/my/{draft.pk}/more/", rows("organisations", {"name": name}), headers={"X-Autosave": "1"})

    assert [one.name for one in Organisation.objects.all()] == ["Escola da Serra"]


def test_an_organisation_of_others_is_found_again_and_never_renamed(client, draft):
    known = Organisation.objects.create(name="Escola da Serra", pic="999")
    key = rows("organisations", {"name": "Escola da Serra"})
    client.post(f"/en/my/{draft.pk}/more/", key)
    client.post(f"/en/my/{draft.pk}/more/", rows("organisations", {"key": known.pk, "name": "Escola do Vale"}))

    assert sorted(one.name for one in Organisation.objects.all()) == ["Escola da Serra", "Escola do Vale"]
    assert [one.organisation.name for one in latest(draft).participations.all()] == ["Escola do Vale"]


def test_a_factor_the_text_names_is_offered_and_begins_a_row(client, draft):
    client.post(f"/en/my/{draft.pk}/", {"summary": "Privacidade primeiro."})
    privacy = concept("factor/privacy")
    assert [one.pk for one in client.get(f"/en/my/{draft.pk}/").context["factors"]] == [privacy.pk]

    response = client.post(
        f"/en/my/{draft.pk}/", {"summary": "Privacidade.", "more": f"factors:{privacy.pk}"}, follow=True
    )

    assert response.context["editing"].formsets["factors"].forms[0]["factor"].value() == privacy.pk
    assert latest(draft).factor_statements.count() == 0


def test_a_row_is_added_without_javascript(client, draft):
    before = len(client.get(f"/en/my/{draft.pk}/more/").context["editing"].formsets["steps"].forms)

    response = client.post(f"/en/my/{draft.pk}/more/", {"year": "2020", "more": "steps"}, follow=True)

    assert response.redirect_chain == [(f"/en/my/{draft.pk}/more/?more=steps#section-steps", 302)]
    assert len(response.context["editing"].formsets["steps"].forms) == before + 2
    assert latest(draft).year == 2020


def test_a_draft_opens_though_an_organisation_it_names_is_gone(client, author):
    page = a_case_study(owner=author)
    school = Organisation.objects.create(name="School")
    page.participations.add(Participation(organisation=school))
    page.save_revision()
    Organisation.objects.filter(pk=school.pk).delete()

    assert client.get(f"/en/my/{page.pk}/more/").status_code == 200
    assert latest(page).participations.count() == 0
    assert latest(page).factor_statements.count() == 1
