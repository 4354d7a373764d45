"""The API under thousands of generated requests, each tried as a stranger, a resident and a leader."""

import json
import math
import subprocess
import sys
from pathlib import Path

import httpx
import people
import pytest
from people import Person
from program import Program

CASES = {"stranger": 600, "resident": 1_200, "leader": 1_200}
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
METHODS = {"get", "put", "post", "delete", "patch"}
RUNS_AT_MOST = 6


def operation_count(address: str) -> int:
    paths = httpx.get(f"{address}/openapi.json", timeout=30).json()["paths"]
    return sum(method in METHODS for path in paths.values() for method in path)


def generate(address: str, token: str | None, seed: int, per_operation: int, folder: Path) -> dict:
    """One run of schemathesis over every operation; returns its report, and fails with its words if it found anything."""
    report = folder / f"report-{seed}.json"
    command = [str(Path(sys.executable).parent / "st"), "run", f"{address}/openapi.json", "--no-color"]
    command += ["--checks", CHECKS, "--seed", str(seed), "--max-examples", str(per_operation), "--continue-on-failure"]
    command += ["--report", "json", "--report-json-path", str(report), "--generation-database", "none"]
    command += ["--request-timeout", "30"]
    if token:
        command += ["--header", f"Authorization: Bearer {token}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=550)
    assert done.returncode == 0, done.stdout[-12_000:] + done.stderr[-2_000:]
    return json.loads(report.read_text())


@pytest.mark.parametrize("role", CASES)
def test_no_generated_request_makes_the_api_fail(
    program: Program, everyone: list[Person], tmp_path: Path, role: str
):
    token = None if role == "stranger" else people.bearer(program.address, people.with_role(everyone, role))
    operations = operation_count(program.address)
    made = 0
    for seed in range(1, RUNS_AT_MOST + 1):
        per_operation = max(10, math.ceil((CASES[role] - made) / operations))
        report = generate(program.address, token, seed, per_operation, tmp_path)
        limited = report["warnings"]["rate_limited"]
        assert not limited, f"the rate limit answered instead of the API, so nothing behind it was tried: {limited}"
        made += report["test_cases"]["generated"]
        if made >= CASES[role]:
            return
    raise AssertionError(f"{RUNS_AT_MOST} runs made only {made} of {CASES[role]} cases")
