"""How the suite itself makes one-time codes, held against the examples of RFC 6238 (its last six digits)."""

import base64

import people
import pytest

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_one_time_codes_are_those_of_the_standard(seconds: int, code: str):
    assert people.one_time_code(SECRET, seconds // 30) == code
