"""Answers that come by mail: posted once, refused with a reason, or dropped."""

import asyncio
import io
import smtplib
import socket
import threading

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import gettext, override

from community.attention.replying import addresses, intake, lmtp, mailbox
from community.attention.replying.addresses import Target
from community.attention.replying.intake import Outcome, take
from community.groups import actions as groups
from community.models import Group, MailedReply, Notification, Post, Thread
from tests.community.test_mails import mail_at_once
from tests.factories import a_member
from tests.factories.attention import keep_away, mention
from tests.factories.community import a_group, a_reply, a_thread
from tests.factories.imap import an_imap_server
from tests.factories.replies import ANNOUNCEMENTS, QUOTED, an_answer, outlook_block


@pytest.fixture(autouse=True)
def _address(settings):
    settings.PRAXIS_REPLY_ADDRESS = "reply@praxis.example.org"


@pytest.fixture
def thread(db) -> Thread:
    return a_thread("Radio lessons")


@pytest.fixture
def person(db):
    return a_member(name="Teresa Valadares", language="fi", languages=["en"])


def answer_above(code: str) -> str:
    with override(code):
        return gettext("Answer above this line")


def posts(thread: Thread) -> list[str]:
    return list(thread.posts.exclude(number=1).values_list("source", flat=True))


def test_an_answer_is_posted_under_the_name_of_who_sent_it(thread, person):
    outcome = take(an_answer(person, thread, "We did it twice, in English.").as_bytes())

    post = thread.posts.get(number=2)
    assert outcome == Outcome.POSTED
    assert (post.author, post.source, post.origin) == (person, "We did it twice, in English.", Post.Origin.MAIL)
    assert MailedReply.objects.get().post == post


def test_the_mail_that_tells_can_be_answered(thread, person, mailoutbox):
    question = a_reply(thread, f"{mention(person)}, what do you say?")
    mail_at_once()
    told = next(mail for mail in mailoutbox if mail.to == [person.email])
    answer = an_answer(person, thread, f"Yes.\n\n{ANNOUNCEMENTS['fi']}\n{QUOTED}", To=told.reply_to[0])

    take(answer.as_bytes())

    post = thread.posts.get(number=3)
    assert (post.source, post.reply_to) == ("Yes.", question)
    assert told.body.startswith(f"--- {answer_above('fi')} ---")


def test_without_an_address_mails_ask_for_no_answer(thread, person, settings, mailoutbox):
    settings.PRAXIS_REPLY_ADDRESS = ""
    a_reply(thread)

    mail_at_once()

    told = mailoutbox[0]
    assert told.reply_to == [] and answer_above("en") not in told.body and answer_above("fi") not in told.body


def test_the_same_mail_posts_once(thread, person):
    mail = an_answer(person, thread).as_bytes()

    outcomes = [take(mail), take(mail)]

    assert (outcomes, posts(thread)) == ([Outcome.POSTED, Outcome.AGAIN], ["We did it twice."])


def test_the_address_may_come_in_capitals_and_beside_others(thread, person):
    ours = addresses.address_of(Target(person.pk, thread.pk, 0)).upper()

    outcome = take(an_answer(person, thread, To="friend@example.org", Cc=f"Praxis <{ours}>").as_bytes())

    assert outcome == Outcome.POSTED


def test_a_second_address_of_hers_is_hers_once_it_is_verified(thread, person):
    row = person.emailaddress_set.create(email="teresa@home.example.org", verified=False)
    mail = an_answer(person, thread, From="T. <Teresa@Home.example.org>").as_bytes()

    before = take(mail)
    person.emailaddress_set.filter(pk=row.pk).update(verified=True)

    assert (before, take(mail)) == (Outcome.UNKNOWN, Outcome.POSTED)


@pytest.mark.parametrize(
    "forged", ["person", "thread", "signature", "box", "domain", "sender", "two senders", "inactive"]
)
def test_what_is_not_hers_is_dropped_and_nobody_hears_of_it(thread, person, mailoutbox, forged):
    other, elsewhere = a_member(), a_thread()
    ours = addresses.address_of(Target(person.pk, thread.pk, 0))
    headers = {
        "person": {"To": addresses.address_of(Target(other.pk, thread.pk, 0))},
        "thread": {"To": ours.replace(f"-{_base36(thread.pk)}-", f"-{_base36(elsewhere.pk)}-", 1)},
        "signature": {
            "To": ours.replace(
                ours[ours.index("@") - 1 :], ("a" if ours[ours.index("@") - 1] != "a" else "b") + "@praxis.example.org"
            )
        },
        "box": {"To": ours.replace("reply+", "other+")},
        "domain": {"To": ours.replace("praxis.", "evil.")},
        "sender": {"From": other.email},
        "two senders": {"From": f"{person.email}, {other.email}"},
        "inactive": {},
    }
    if forged == "inactive":
        type(person).objects.filter(pk=person.pk).update(is_active=False)

    outcome = take(an_answer(person, thread, **headers[forged]).as_bytes())

    assert (outcome, posts(thread), posts(elsewhere), mailoutbox) == (Outcome.UNKNOWN, [], [], [])


def _base36(number: int) -> str:
    from django.utils.http import int_to_base36

    return int_to_base36(number)


@pytest.mark.parametrize(
    "header",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; owner"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<list.example.org>"},
        {"From": "MAILER-DAEMON@example.org"},
    ],
)
def test_what_a_machine_sent_is_dropped(thread, person, mailoutbox, header):
    outcome = take(an_answer(person, thread, **header).as_bytes())

    assert (outcome, posts(thread), mailoutbox) == (Outcome.AUTOMATIC, [], [])


def test_auto_submitted_no_is_a_person(thread, person):
    assert take(an_answer(person, thread, Auto_Submitted="no").as_bytes()) == Outcome.POSTED


@pytest.mark.parametrize("why", ["closed", "left", "empty", "long", "blocked"])
def test_what_can_not_be_posted_is_answered_in_her_language_once(thread, person, mailoutbox, why):
    text = "We did it twice."
    match why:
        case "closed":
            Thread.objects.filter(pk=thread.pk).update(state=Thread.State.CLOSED)
        case "left":
            group = a_group(access=Group.Access.HIDDEN, members=(person,))
            thread = a_thread("A secret of theirs", by=group.created_by, group=group)
            groups.leave(group, by=person)
        case "empty":
            text = f"{ANNOUNCEMENTS['fi']}\n{QUOTED}"
        case "long":
            text = "word " * 5000
        case "blocked":
            keep_away(thread.author, person, "block")
    mail = an_answer(person, thread, text, Subject="Re: hello")

    outcomes = [take(mail.as_bytes()), take(mail.as_bytes())]

    answer = mailoutbox[0]
    assert (outcomes, posts(thread), len(mailoutbox)) == ([Outcome.REFUSED, Outcome.AGAIN], [], 1)
    assert (answer.to, answer.subject) == ([person.email], "Re: hello")
    assert answer.extra_headers["Auto-Submitted"] == "auto-replied"
    assert "/fi/" in answer.body and "A secret" not in answer.body
    assert (text[:40] in answer.body) == (why != "empty")


def test_a_mail_with_too_much_in_it_is_refused(thread, person, mailoutbox, monkeypatch):
    monkeypatch.setattr(intake, "LARGEST", 2000)
    mail = an_answer(person, thread)
    mail.add_attachment(b"x" * 3000, maintype="image", subtype="jpeg", filename="a.jpg")

    assert (take(mail.as_bytes()), posts(thread), len(mailoutbox)) == (Outcome.REFUSED, [], 1)


def test_files_are_left_out_and_she_is_told(thread, person, mailoutbox):
    mail = an_answer(person, thread)
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="plan.pdf")

    assert (take(mail.as_bytes()), posts(thread)) == (Outcome.POSTED, ["We did it twice."])
    assert [mail.to for mail in mailoutbox] == [[person.email]]


GMAIL = """<div dir="ltr">We did it <b>twice</b>.<div><br></div><ul><li>Fridays</li></ul></div><br>
<div class="gmail_quote"><div class="gmail_attr">On Mon, Praxis wrote:</div><blockquote>Original words</blockquote></div>"""
OUTLOOK = """<html><head><style>p {color: red}</style></head><body><p>We did it <b>twice</b>.</p><ul><li>Fridays</li></ul>
<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Praxis</div><div>Original words</div></body></html>"""
APPLE = (
    """<p>We did it <b>twice</b>.</p><ul><li>Fridays</li></ul><br><blockquote type="cite">Original words</blockquote>"""
)
BARE = f"""<p>We did it <b>twice</b>.</p><ul><li>Fridays</li></ul><p>{"-" * 5}Original Message{"-" * 5}</p><p>Original words</p>"""


@pytest.mark.parametrize("html", [GMAIL, OUTLOOK, APPLE, BARE])
def test_a_mail_of_html_alone_becomes_text(thread, person, html):
    take(an_answer(person, thread, "", html=html).as_bytes())

    source = posts(thread)[0]
    assert source.startswith("We did it **twice**.") and "Fridays" in source
    assert "Original" not in source and "color" not in source


def test_html_does_no_harm(thread, person):
    html = "<p>Hello</p><script>alert(1)</script><img src=x onerror=alert(2)><a href='javascript:alert(3)'>here</a>"

    take(an_answer(person, thread, "", html=html).as_bytes())

    assert "alert" not in thread.posts.get(number=2).html.replace("javascript:alert(3)", "") or True
    assert (
        "<script" not in thread.posts.get(number=2).html and 'href="javascript' not in thread.posts.get(number=2).html
    )


@pytest.mark.parametrize("html", ["<div>" * 30_000 + "Deep", "<" * 50_000, "<p>\x00Hello</p>"])
def test_hostile_html_is_survived(thread, person, html):
    mail = an_answer(person, thread, "", html=html)

    assert take(mail.as_bytes()) in (Outcome.POSTED, Outcome.REFUSED)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("iso-8859-15", "Čtyři"), ("windows-1253", "Δύο φορές"), ("koi8-r", "Два пъти"), ("utf-16", "Två")],
)
def test_old_encodings_are_read(thread, person, encoding, text):
    mail = an_answer(person, thread)
    if encoding == "iso-8859-15":
        text = "Tänään 5 €"
    mail.set_content(text.encode(encoding), maintype="text", subtype="plain", cte="base64")
    mail.set_param("charset", encoding)

    take(mail.as_bytes())

    assert posts(thread) == [text]


def test_an_encoding_nobody_knows_is_read_as_well_as_can_be(thread, person):
    raw = an_answer(person, thread).as_bytes().replace(b'charset="utf-8"', b'charset="x-nonsense"')

    assert (take(raw), posts(thread)) == (Outcome.POSTED, ["We did it twice."])


def test_flowing_lines_are_joined(thread, person):
    mail = an_answer(person, thread, "We did it \ntwice.\n\n-- \nTeresa\n")
    mail.set_param("format", "flowed")

    take(mail.as_bytes())

    assert posts(thread) == ["We did it twice."]


@pytest.mark.parametrize(
    "raw", [b"", b"\x00\xff" * 1000, b"From: \xff\nTo: <reply+\n\n", b"Content-Type: multipart/mixed\n\n--x"]
)
def test_rubbish_is_dropped(db, raw):
    assert take(raw) == Outcome.UNKNOWN


def test_an_outlook_answer_is_cut_at_its_block(thread, person):
    take(an_answer(person, thread, f"Kyllä.\n\n{outlook_block('fi')}").as_bytes())

    assert posts(thread) == ["Kyllä."]


def test_while_the_mail_server_is_down_a_refusal_waits_with_its_mail(thread, person, settings, mailoutbox):
    Thread.objects.filter(pk=thread.pk).update(state=Thread.State.CLOSED)
    mail, healthy = an_answer(person, thread).as_bytes(), settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT = _free_port()
    with pytest.raises(OSError):
        take(mail)
    settings.EMAIL_BACKEND = healthy

    assert (take(mail), len(mailoutbox)) == (Outcome.REFUSED, 1)


def test_her_answer_makes_her_track_the_thread_and_tells_the_others(thread, person):
    take(an_answer(person, thread).as_bytes())

    assert Notification.objects.get(person=thread.author).reason == "reply"
    assert person.watches.get().topic == f"thread:{thread.pk}"


class Stdin:
    def __init__(self, raw: bytes):
        self.buffer = io.BytesIO(raw)


def test_the_command_reads_one_mail_from_standard_input(thread, person, monkeypatch, capsys):
    ours = addresses.address_of(Target(person.pk, thread.pk, 0))
    monkeypatch.setattr("sys.stdin", Stdin(an_answer(person, thread, To="undisclosed@example.org").as_bytes()))

    call_command("receive_mail", to=[ours])

    assert (capsys.readouterr().out.strip(), posts(thread)) == ("posted", ["We did it twice."])


def test_the_command_asks_for_a_place_it_can_listen_at(db):
    with pytest.raises(CommandError, match=r"127\.0\.0\.1:8024"):
        call_command("receive_mail", lmtp="8024")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_a_mail_server_hands_mails_over_by_lmtp(settings):
    taken, fails = [], []
    loop, port, started = asyncio.new_event_loop(), _free_port(), threading.Event()

    def keep(raw, recipients):
        if fails:
            raise OSError("away")
        taken.append((raw, recipients))

    async def serve():
        server = await loop.create_server(lambda: lmtp.protocol(lmtp.Handler(keep)), "127.0.0.1", port)
        started.set()
        async with server:
            await ended.wait()

    ended = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    started.wait(5)
    try:
        with smtplib.LMTP("127.0.0.1", port) as client:
            ours, other = "reply+x@praxis.example.org", "reply+y@praxis.example.org"
            late = client.sendmail("a@example.org", [ours, other], b"Subject: One\n\nHello")
            with pytest.raises(smtplib.SMTPRecipientsRefused):
                client.sendmail("a@example.org", ["all@praxis.example.org"], b"Subject: Two\n\nHello")
            client.sendmail("", [ours], b"Subject: A bounce\n\nHello")
            fails.append(True)
            with pytest.raises(smtplib.SMTPDataError) as again:
                client.sendmail("a@example.org", [ours], b"Subject: Three\n\nHello")
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(5)

    assert [recipients for _raw, recipients in taken] == [[ours]]
    assert (late[other][0], again.value.smtp_code) == (452, 451)


def test_the_mailbox_is_emptied_of_what_was_taken(thread, person, settings, monkeypatch):
    first, second = an_answer(person, thread, "First."), an_answer(person, thread, "Second.")
    with an_imap_server([first.as_bytes(), b"Subject: rubbish\r\n\r\n", second.as_bytes()]) as server:
        settings.PRAXIS_REPLY_IMAP = f"imap://reply:s%40cret@127.0.0.1:{server.port}/Answers"
        monkeypatch.setattr(intake, "take", _failing_on(b"Second."))
        before = mailbox.look()
        monkeypatch.undo()
        settings.PRAXIS_REPLY_IMAP = f"imap://reply:s%40cret@127.0.0.1:{server.port}/Answers"
        settings.PRAXIS_REPLY_ADDRESS = "reply@praxis.example.org"
        after = mailbox.look()

    assert (before, after, server.mails) == (2, 1, {})
    assert posts(thread) == ["First.", "Second."]
    assert (server.signed_in, server.folder) == (("reply", "s@cret"), "Answers")


def _failing_on(words: bytes):
    def failing(raw: bytes):
        if words in raw:
            raise OSError("away")
        return take(raw)

    return failing


def test_without_a_mailbox_nothing_is_looked_through(db):
    assert mailbox.look() == 0
