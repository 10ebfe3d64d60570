"""Turtle, RDF/XML and JSON-LD files parsed into a graph, with faults named by file and line."""

import json
import logging
import re
from pathlib import Path
from xml.sax import SAXParseException

from rdflib import Graph
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax

FORMATS = {
    ".ttl": "turtle",
    ".turtle": "turtle",
    ".n3": "n3",
    ".nt": "nt",
    ".rdf": "xml",
    ".xml": "xml",
    ".owl": "xml",
    ".jsonld": "json-ld",
    ".json": "json-ld",
}
BASE = "urn:praxis:loaded:"  # what relative addresses of a file without a base of its own are relative to
RDF_NAMESPACE = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"
VALIDATE = "Check the file with an RDF validator."

# rdflib warns of odd addresses in its log; here they are faults with a place.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


class Faulty(Exception):
    """The file can't be loaded; `faults` says where and what to do, one sentence each."""

    def __init__(self, faults: list[str]):
        self.faults = faults
        super().__init__("\n".join(faults))


def parse(path: Path) -> Graph:
    if not path.is_file():
        raise Faulty([f"{path}: there is no such file."])
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        known = ", ".join(sorted(FORMATS))
        raise Faulty([f"{path.name}: the ending {path.suffix or '(none)'} is not known. Use one of {known}."])
    data = path.read_bytes()
    if form == "json-ld":
        _check_json(data, path)
    if form == "xml":
        _check_xml(data, path)
        with path.open("rb") as file:
            return _parsed({"file": file}, form, path)  # its first line says how it is encoded
    return _parsed({"data": _text(data, path)}, form, path)


def _text(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Faulty([f"{path.name}, line {line}: not UTF-8. Save the file as UTF-8."]) from error


def _parsed(source: dict, form: str, path: Path) -> Graph:
    graph = Graph()
    try:
        return graph.parse(**source, format=form, publicID=BASE)
    except BadSyntax as error:
        fault = f"{path.name}, line {error.lines + 1}: {error._why}. Correct the line."
    except SAXParseException as error:
        fault = f"{path.name}, line {error.getLineNumber()}: {error.getMessage()}. Correct the line."
    except ParserError as error:
        place = re.match(r".*?:(\d+):\d+: ", str(error))
        line = f", line {place.group(1)}" if place else ""
        fault = f"{path.name}{line}: {str(error)[place.end() if place else 0 :].rstrip('.')}. {VALIDATE}"
    except Exception as error:  # the parsers of rdflib raise many kinds
        fault = f"{path.name}: {str(error).rstrip('.')}. {VALIDATE}"
    raise Faulty([fault])


def _check_xml(data: bytes, path: Path) -> None:
    if RDF_NAMESPACE not in data:
        raise Faulty([f"{path.name}: XML, but not RDF/XML. Save the vocabulary as RDF/XML or as Turtle."])


def _check_json(data: bytes, path: Path) -> None:
    """JSON that is an object or a list, and whose context stands in the file: nothing is fetched from outside."""
    try:
        value = json.loads(_text(data, path))
    except json.JSONDecodeError as error:
        raise Faulty([f"{path.name}, line {error.lineno}: {error.msg}. Correct the line."]) from error
    except RecursionError as error:
        raise Faulty([f"{path.name}: its values are nested too deep. {VALIDATE}"]) from error
    if not isinstance(value, dict | list):
        raise Faulty([f"{path.name}: JSON-LD is an object or a list. This is neither."])
    outside = sorted(set(_contexts_elsewhere(value)))
    if outside:
        fault = "its @context is the address {}, and nothing is fetched from outside. Write the context into the file."
        raise Faulty([f"{path.name}: {fault.format(address)}" for address in outside])


def _contexts_elsewhere(value):
    if isinstance(value, list):
        for item in value:
            yield from _contexts_elsewhere(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name in ("@context", "@import"):
                yield from (one for one in (item if isinstance(item, list) else [item]) if isinstance(one, str))
            yield from _contexts_elsewhere(item)
