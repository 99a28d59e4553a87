"""Harvesting by OAI-PMH 2.0: the shelves of every room, and the answers as XML.

A room that comes later is harvested once its shelves stand in `SHELVES`.
"""

from datetime import UTC, datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Min
from django.http import HttpResponse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core import clock, oai, shelves, throttle
from core.models import PublicRecord
from core.oai_xml import (
    DUBLIN_CORE,
    OAI_DC,
    OAI_DC_SCHEMA,
    OAI_IDENTIFIER,
    ROOT,
    Writer,
    as_utc,
)
from positions import harvested

SHELVES = {shelf.kind: shelf for shelf in harvested.SHELVES}
HOST = urlsplit(settings.SITE_URL).hostname or "localhost"
SCHEME = f"oai:{HOST}:"
BASE_URL = f"{settings.SITE_URL}/oai"
RATE = "600/10m"


def note_changes() -> int:
    """What the worker does by time."""
    return shelves.note_changes_if_any(SHELVES.values())


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def harvest(request):
    """Whatever is wrong with the request is told in the protocol's own words, with 200."""
    throttle.limit(request, scope="oai", rate=RATE)
    sent = request.POST if request.method == "POST" else request.GET
    with override(settings.LANGUAGE_CODE):
        text = _answer(sent)
    response = HttpResponse(text, content_type="text/xml; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _answer(sent) -> str:
    try:
        arguments = oai.read_arguments(sent)
    except oai.Fault as fault:
        return _fault(fault, {})
    try:
        return VERBS[arguments["verb"]](arguments)
    except oai.Fault as fault:
        return _fault(fault, arguments if fault.echo else {})


def _document(arguments, write) -> str:
    """The frame of every answer around what `write` adds."""
    writer = Writer()
    with writer.element("OAI-PMH", **ROOT):
        writer.text("responseDate", as_utc(clock.now()))
        writer.text("request", BASE_URL, arguments)
        write(writer)
    return writer.written()


def _fault(fault, arguments) -> str:
    def write(writer):
        writer.text("error", fault.detail, {"code": fault.code})

    return _document(arguments, write)


def _identify(arguments) -> str:
    earliest = PublicRecord.objects.aggregate(first=Min("changed_at"))["first"]

    def write(writer):
        with writer.element("Identify"):
            writer.text("repositoryName", str(settings.SITE_NAME))
            writer.text("baseURL", BASE_URL)
            writer.text("protocolVersion", "2.0")
            writer.text("adminEmail", parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
            writer.text("earliestDatestamp", as_utc(earliest or FIRST_DAY))
            writer.text("deletedRecord", "persistent")
            writer.text("granularity", "YYYY-MM-DDThh:mm:ssZ")
            if "." in HOST and HOST[0].isalpha():
                with writer.element("description"):
                    _scheme(writer)

    return _document(arguments, write)


def _scheme(writer):
    with writer.element("oai-identifier", **OAI_IDENTIFIER):
        writer.text("scheme", "oai")
        writer.text("repositoryIdentifier", HOST)
        writer.text("delimiter", ":")
        writer.text("sampleIdentifier", f"{SCHEME}MT-2026/014")


def _list_metadata_formats(arguments) -> str:
    if "identifier" in arguments:
        _record(arguments["identifier"])

    def write(writer):
        with writer.element("ListMetadataFormats"), writer.element("metadataFormat"):
            writer.text("metadataPrefix", oai.PREFIX)
            writer.text("schema", OAI_DC_SCHEMA)
            writer.text("metadataNamespace", OAI_DC)

    return _document(arguments, write)


def _list_sets(arguments) -> str:
    if "resumptionToken" in arguments:
        raise oai.Fault("badResumptionToken", "The list of sets is handed out whole.")

    def write(writer):
        with writer.element("ListSets"):
            for spec, name in _sets().items():
                with writer.element("set"):
                    writer.text("setSpec", spec)
                    writer.text("setName", name)

    return _document(arguments, write)


def _sets() -> dict[str, str]:
    return {spec: name for shelf in SHELVES.values() for spec, name in shelf.all_sets()}


def _get_record(arguments) -> str:
    record = _record(arguments["identifier"])
    oai.refuse_other_formats(arguments["metadataPrefix"])
    thing = oai.read_things(SHELVES, [record]).get(record.pk)

    def write(writer):
        with writer.element("GetRecord"):
            _write_record(writer, record, thing)

    return _document(arguments, write)


def _record(identifier) -> PublicRecord:
    number = identifier.removeprefix(SCHEME) if identifier.startswith(SCHEME) else ""
    record = PublicRecord.objects.filter(number=number).first() if number else None
    if record is None:
        raise oai.Fault("idDoesNotExist", "No record has this identifier.")
    return record


def _list(arguments) -> str:
    asked = oai.ask(arguments, lambda: set(_sets()))
    part = oai.part(asked)
    things = oai.read_things(SHELVES, part.records)
    write_one = _write_record if asked.verb == "ListRecords" else _write_header

    def write(writer):
        with writer.element(asked.verb):
            for record in part.records:
                write_one(writer, record, things.get(record.pk))
            if part.token is not None:
                size = {"completeListSize": str(part.total), "cursor": str(part.cursor)}
                writer.text("resumptionToken", part.token, size)

    return _document(arguments, write)


def _write_record(writer, record, thing):
    with writer.element("record"):
        _write_header(writer, record, thing)
        if thing is None:
            return
        with writer.element("metadata"), writer.element("oai_dc:dc", **DUBLIN_CORE):
            for element in SHELVES[record.kind].describe(thing):
                spoken = {"xml:lang": element.language} if element.language else {}
                writer.text(f"dc:{element.name}", element.text, spoken)


def _write_header(writer, record, thing):
    """What is public no more is told to be deleted at once, also before the worker has noted it."""
    with writer.element("header", **({} if thing else {"status": "deleted"})):
        writer.text("identifier", f"{SCHEME}{record.number}")
        writer.text("datestamp", as_utc(record.changed_at))
        for spec in record.sets.split():
            writer.text("setSpec", spec)


FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
VERBS = {
    "Identify": _identify,
    "ListMetadataFormats": _list_metadata_formats,
    "ListSets": _list_sets,
    "GetRecord": _get_record,
    "ListIdentifiers": _list,
    "ListRecords": _list,
}
