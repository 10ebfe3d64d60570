"""Finding partners: the list, one offer, posting, and writing to each other."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.models import Offer
from community.partners import actions, listing, matching, permissions, reading
from community.partners.forms import MessageForm, OfferForm
from people.models import User

ON_PAGE = 20
RENEWED_FOR = timedelta(days=180)


def offer_for(request: HttpRequest, pk: int) -> Offer:
    return get_object_or_404(Offer.objects.visible_to(request.user).for_cards(), pk=pk)


@never_cache
@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    asked = listing.Asked.of(request.GET)
    page = Paginator(listing.offers_for(asked).for_cards(), ON_PAGE).get_page(request.GET.get("page"))
    hers = Offer.objects.filter(author=request.user) if request.user.is_authenticated else ()
    context = {"asked": asked, "page": page, "kinds": Offer.Kind.choices, "mine": hers}
    return render(request, "community/partners/offers.html", context)


@never_cache
@require_safe
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, offer_for(request, pk))


def _page(request: HttpRequest, it: Offer, form: MessageForm | None = None, to: int | None = None) -> HttpResponse:
    exchanges = reading.exchanges(it, request.user)
    is_current = it.state == Offer.State.OPEN and it.expires_on >= timezone.localdate()
    context = {
        "offer": it,
        "exchanges": exchanges,
        "may_change": permissions.may_change(request.user, it),
        "may_begin": not exchanges and permissions.may_write_to(request.user, it),
        "is_current": is_current,
        "matches": matching.matches(it) if is_current else (),
        "form": form or MessageForm(),
        "to": to,
    }
    return render(request, "community/partners/offer.html", context, status=422 if form else 200)


@never_cache
@login_required
def new_offer(request: HttpRequest) -> HttpResponse:
    person = request.user
    start = {"language": get_language(), "languages": person.languages, "organisation": person.organisation,
             "country": person.country_id, "kind": request.GET.get("kind")}  # fmt: skip
    form = OfferForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            return redirect(actions.post(form.instance, form.concepts, by=person))
        except actions.NotNow as error:
            form.add_error(None, str(error))
    return _form_page(request, form, _("Offer or look for something"))


@never_cache
@login_required
def edit_offer(request: HttpRequest, pk: int) -> HttpResponse:
    it = _own(request, pk)
    form = OfferForm(request.POST or None, instance=it)
    if form.is_valid():
        actions.save(form.instance, form.concepts)
        return redirect(it)
    return _form_page(request, form, _("Edit"))


@login_required
@require_POST
def change_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """One press: found, withdrawn, or open again."""
    it, verb = _own(request, pk), request.POST.get("verb")
    if verb in (Offer.State.FOUND, Offer.State.WITHDRAWN):
        actions.close(it, verb, by=request.user)
    elif verb == "renew":
        actions.renew(it, timezone.localdate() + RENEWED_FOR, by=request.user)
    messages.success(request, _("Saved."))
    return redirect(it)


@never_cache
@login_required
@require_POST
def write_to(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    it, form = offer_for(request, pk), MessageForm(request.POST)
    receiver = get_object_or_404(User, pk=person)
    if not form.is_valid():
        return _page(request, it, form, person)
    try:
        actions.write(it, form.cleaned_data["text"], by=request.user, to=receiver, language=get_language())
    except actions.NotNow as error:
        form.add_error(None, str(error))
        return _page(request, it, form, person)
    messages.success(request, _("Your message is sent. The answer comes here; nobody sees your address."))
    return redirect(it)


def _own(request: HttpRequest, pk: int) -> Offer:
    it = offer_for(request, pk)
    if not permissions.may_change(request.user, it):
        raise Http404
    return it


def _form_page(request: HttpRequest, form: OfferForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "offer": form.instance if form.instance.pk else None}
    return render(request, "community/partners/form.html", context, status=422 if form.is_bound else 200)
