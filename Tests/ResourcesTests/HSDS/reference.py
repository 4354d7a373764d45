"""Holds documents of the HSDS API against the schema beside this file: {"documents": [{"kind", "text"}]} in, faults out."""

import json
import sys
from pathlib import Path

import jsonschema_rs

SCHEMA = json.loads((Path(__file__).parent / "Schema/hsds-3.0.json").read_text(encoding="utf-8"))
FAULTS_AT_MOST = 20


def validators() -> dict:
    """One for each kind of document."""
    return {
        kind: jsonschema_rs.Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{kind}"}, validate_formats=True)
        for kind in SCHEMA["$defs"]
    }


def faults(validator, document) -> list[str]:
    """What is wrong with a document, each with its place."""
    return [
        f"{'/'.join(str(part) for part in error.instance_path)}: {error.message[:200]}"
        for error in validator.iter_errors(document)
    ]


def main() -> None:
    by_kind = validators()
    found = []
    for entry in json.load(sys.stdin)["documents"]:
        found += [f"{entry['kind']} {fault}" for fault in faults(by_kind[entry["kind"]], json.loads(entry["text"]))]
        if len(found) >= FAULTS_AT_MOST:
            break
    json.dump({"faults": found[:FAULTS_AT_MOST]}, sys.stdout)


if __name__ == "__main__":
    main()
