"""What a mail holds: who sent it to which address, whether a person did, and her words."""

import email
import hashlib
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses

from bs4 import BeautifulSoup
from markdownify import markdownify

from community.attention.replying import quoting

LONGEST_HTML = 1_000_000  # characters
RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
AUTOMATIC_SENDERS = re.compile(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply)@", re.IGNORECASE)
BULK = {"bulk", "junk", "list", "auto_reply"}
QUOTES = (
    "script, style, head, img, blockquote[type=cite], .gmail_quote, .gmail_attr, .moz-cite-prefix, .moz-signature, "
    ".yahoo_quoted, .protonmail_quote, .zmail_extra, .gmail_signature, #Signature"
)
FROM_HERE_ON = "#divRplyFwdMsg, #appendonsend, #stopSpelling, #mail-editor-reference-message-container"


@dataclass(frozen=True)
class Mail:
    message_id: str
    subject: str
    sender: str
    recipients: list[str]
    is_automatic: bool
    text: str
    has_files: bool


def read(raw: bytes, envelope: list[str] | None = None) -> Mail:
    """`envelope`: the addresses the mail server names; without them the headers do."""
    message = email.message_from_bytes(raw, policy=default)
    senders = getaddresses([_header(message, "From")])
    return Mail(
        message_id=_number(message, raw),
        subject=" ".join(_header(message, "Subject").split()),
        sender=senders[0][1].lower() if len(senders) == 1 else "",
        recipients=envelope or [_header(message, name) for name in RECIPIENTS if message[name]],
        is_automatic=_is_automatic(message),
        text=_words(message),
        has_files=any(part.get_content_disposition() == "attachment" for part in message.walk()),
    )


def _header(message: EmailMessage, name: str) -> str:
    """Senders write headers no parser foresees."""
    try:
        return str(message[name] or "")
    except Exception:
        return ""


def _number(message: EmailMessage, raw: bytes) -> str:
    found = _header(message, "Message-ID").strip()
    return found if 2 < len(found) <= 250 else f"<{hashlib.sha256(raw).hexdigest()}>"


def _is_automatic(message: EmailMessage) -> bool:
    """Answers of machines, bounces, lists."""
    said = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    return (
        said not in ("", "no")
        or _header(message, "Precedence").strip().lower() in BULK
        or _header(message, "Return-Path").strip() == "<>"
        or any(name in message for name in ("X-Autoreply", "X-Autorespond", "List-Id"))
        or message.get_content_type() == "multipart/report"
        or any(AUTOMATIC_SENDERS.match(address) for _name, address in getaddresses([_header(message, "From")]))
    )


def _words(message: EmailMessage) -> str:
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    text = _content(plain) if plain else ""
    if plain and plain.get_param("format") == "flowed":
        text = _unflowed(text, delete_space=str(plain.get_param("delsp")).lower() == "yes")
    if not text.strip() and rich:
        text = _from_html(_content(rich))
    return quoting.written("".join(sign for sign in text if sign.isprintable() or sign in "\n\t\r"))


def _content(part: EmailMessage) -> str:
    try:
        return part.get_content()
    except (LookupError, ValueError):  # an encoding nobody knows
        return (part.get_payload(decode=True) or b"").decode("utf-8", "replace")


def _unflowed(text: str, delete_space: bool) -> str:
    """Lines that end with a space go on in the next (RFC 3676)."""
    lines: list[str] = []
    goes_on = False
    for line in text.splitlines():
        if goes_on and not line.startswith(">"):
            lines[-1] += line
        else:
            lines.append(line)
        goes_on = line.endswith(" ") and line != "-- " and not line.startswith(">")
        if goes_on and delete_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _from_html(html: str) -> str:
    soup = BeautifulSoup(html[:LONGEST_HTML], "html.parser")
    for start in soup.select(FROM_HERE_ON):
        for following in [*start.find_next_siblings(), start]:
            following.extract()
    for quoted in soup.select(QUOTES):
        quoted.extract()
    try:
        return markdownify(str(soup), heading_style="ATX", autolinks=True)
    except RecursionError:  # thousands of boxes within boxes
        return soup.get_text("\n")
