"""The public directory as other programs read it: HSDS 3.0, the map as GeoJSON and opening hours as a calendar."""

import importlib.util
import json
import re
import sys
from datetime import datetime
from pathlib import Path

import httpx
import jsonschema_rs
import pytest
from people import Person
from program import Program

FOLDER = Path(__file__).parent.parent / "Tests/ResourcesTests/HSDS"
# No cache of it beside the tests of Swift.
sys.dont_write_bytecode, writes = True, sys.dont_write_bytecode
SPEC = importlib.util.spec_from_file_location("hsds_reference", FOLDER / "reference.py")
reference = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(reference)
sys.dont_write_bytecode = writes

# Each list with the kind of what is on its pages.
LISTS = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
DEEP = ("services", "organizations", "service_at_locations")
NOBODY = "00000000-0000-8000-8000-000000000000"


@pytest.fixture(scope="module")
def client(program: Program):
    with httpx.Client(base_url=program.address, timeout=60, headers={"Accept-Language": "zh"}) as client:
        yield client


@pytest.fixture(scope="module")
def validators() -> dict:
    return reference.validators()


def read(client: httpx.Client, path: str) -> dict:
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:300]}"
    assert answer.headers["content-type"].startswith("application/json"), path
    return answer.json()


def moment(service: dict) -> datetime:
    return datetime.fromisoformat(service["last_modified"])


def pages(client: httpx.Client, path: str, per_page: int):
    """Every page of a list, until the one that says that it is the last."""
    number = 1
    while True:
        page = read(client, f"{path}{'&' if '?' in path else '?'}page={number}&per_page={per_page}")
        yield page
        if page["last_page"]:
            return
        number += 1


def everything(client: httpx.Client):
    """Each document of the API with the kind that it has to be."""
    for name, kind in LISTS.items():
        for page in pages(client, f"/hsds/{name}", 3):
            yield f"page_of_{kind}", page
            for entry in page["contents"]:
                yield kind, read(client, f"/hsds/{name}/{entry['id']}")
    for name in DEEP:
        for page in pages(client, f"/hsds/{name}?full=true", 5):
            yield f"full_page_of_{LISTS[name]}", page
        yield "page_of_changed", read(client, f"/hsds/{name}?minimal=true")
    for page in pages(client, "/hsds/organizations?full_service=true", 5):
        yield "full_page_of_organization", page
        for entry in page["contents"]:
            yield "organization", read(client, f"/hsds/organizations/{entry['id']}?full_service=true")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_document_holds_against_the_fields_of_hsds(client: httpx.Client, validators: dict, language: str):
    client.headers["Accept-Language"] = language
    found = reference.faults(validators["root"], read(client, "/hsds/"))
    count = 0
    for kind, document in everything(client):
        found += [f"{kind} {fault}" for fault in reference.faults(validators[kind], document)]
        count += 1
    assert not found, "\n".join(found[:20])
    assert count > 30, f"only {count} documents: the demo has no directory"


def test_every_document_holds_against_the_description_that_it_gives(client: httpx.Client):
    """The root leads to an OpenAPI document, and that document is true."""
    description = httpx.get(read(client, "/hsds")["openapi_url"], timeout=30).json()
    assert description["openapi"].startswith("3.1")
    assert {f"/{name}" for name in LISTS} <= set(description["paths"])
    found = []
    shapes = {
        name: jsonschema_rs.Draft202012Validator(
            {"components": description["components"], "$ref": f"#/components/schemas/{name}"}, validate_formats=True
        )
        for name in description["components"]["schemas"]
    }
    for kind, document in everything(client):
        name = "Page" if "page_of_" in kind else kind
        found += [f"{kind} {fault}" for fault in reference.faults(shapes[name], document)]
    assert not found, "\n".join(found[:20])


@pytest.mark.parametrize("name", LISTS)
def test_pages_together_are_the_list(client: httpx.Client, name: str):
    whole = read(client, f"/hsds/{name}?per_page=100")
    parts = list(pages(client, f"/hsds/{name}", 2))
    together = [entry["id"] for page in parts for entry in page["contents"]]
    assert together == [entry["id"] for entry in whole["contents"]]
    assert len(set(together)) == len(together) == whole["total_items"]
    assert [page["page_number"] for page in parts] == list(range(1, len(parts) + 1))
    assert all(page["size"] == len(page["contents"]) and page["total_pages"] == len(parts) for page in parts)
    beyond = read(client, f"/hsds/{name}?page={len(parts) + 7}")
    assert beyond["empty"] and beyond["contents"] == [] and beyond["total_items"] == whole["total_items"]
    assert client.get(f"/hsds/{name}/{NOBODY}").status_code == 404


def test_filters_hold_together(client: httpx.Client):
    services = read(client, "/hsds/services?full=true&per_page=100")["contents"]
    assert len(services) >= 5, "the demo has too few services"
    taxonomy = read(client, "/hsds/taxonomies")["contents"][0]["id"]
    for service in services:
        owner, term = service["organization_id"], service["attributes"][0]["taxonomy_term_id"]
        query = f"organization_id={owner}&taxonomy_term_id={term}&taxonomy_id={taxonomy}"
        same = [
            other["id"]
            for other in services
            if other["organization_id"] == owner and other["attributes"][0]["taxonomy_term_id"] == term
        ]
        found = read(client, f"/hsds/services?{query}")["contents"]
        assert [entry["id"] for entry in found] == same
        assert read(client, f"/hsds/services?{query.replace(owner, NOBODY)}")["empty"]
        since = read(client, f"/hsds/services?modified_after={service['last_modified']}&per_page=100")["contents"]
        expected = [other["id"] for other in services if moment(other) >= moment(service)]
        assert [entry["id"] for entry in since] == expected
        named = read(client, f"/hsds/services?search={service['name']}")["contents"]
        assert service["id"] in [entry["id"] for entry in named]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("format=json", 200),
        ("format=ndjson", 406),
        ("page=0", 422),
        ("per_page=101", 422),
        ("organization_id=1", 422),
        ("modified_after=yesterday", 422),
        ("minimal=true&full=true", 422),
        ("proximity=500", 422),
    ],
)
def test_what_is_not_offered_is_told(client: httpx.Client, query: str, status: int):
    answer = client.get(f"/hsds/services?{query}")
    assert answer.status_code == status, answer.text[:300]
    if status != 200:
        assert answer.headers["content-type"].startswith("application/problem+json")


def test_nobody_is_named_in_it(client: httpx.Client, everyone: list[Person]):
    sent = json.dumps([document for _, document in everything(client)], ensure_ascii=False)
    names = {person.name.split()[0] for person in everyone}
    assert names and not [name for name in names if name in sent]
    assert not [person.phone for person in everyone if person.phone and person.phone in sent]
    assert '"contacts"' not in sent and '"metadata"' not in sent


def test_the_map_is_geojson(client: httpx.Client):
    answer = client.get("/places.geojson")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("application/geo+json")
    collection = answer.json()
    assert collection["type"] == "FeatureCollection" and len(collection["features"]) >= 5
    for feature in collection["features"]:
        assert feature["type"] == "Feature" and feature["properties"]["name"]
        assert feature["geometry"]["type"] == "Point"
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -180 <= longitude <= 180 and -90 <= latitude <= 90


def test_opening_hours_are_a_calendar(client: httpx.Client):
    """RFC 5545 as calendars stumble over it: line ends, folding, and what every event needs."""
    answer = client.get("/places.ics")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/calendar")
    assert answer.content.endswith(b"END:VCALENDAR\r\n")
    lines = answer.content.decode("utf-8").split("\r\n")
    assert not [line for line in lines if "\n" in line or "\r" in line]
    assert not [line for line in lines if len(line.encode()) > 75]
    unfolded = re.sub("\r\n[ \t]", "", answer.content.decode("utf-8")).split("\r\n")
    assert unfolded[0] == "BEGIN:VCALENDAR"
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") > 20
    events = "\n".join(unfolded).split("BEGIN:VEVENT")[1:]
    uids = [re.search(r"^UID:(.+)$", event, re.M).group(1) for event in events]
    assert len(set(uids)) == len(uids)
    for event in events:
        starts, ends = (re.search(rf"^{name}:(\d{{8}}T\d{{6}}Z)$", event, re.M).group(1) for name in ("DTSTART", "DTEND"))
        assert starts < ends
        assert re.search(r"^SUMMARY:.+$", event, re.M) and re.search(r"^DTSTAMP:\d{8}T\d{6}Z$", event, re.M)
