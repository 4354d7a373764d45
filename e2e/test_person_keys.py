"""The keys of single persons: changed while the power fails again and again, put beside another key file, and lost."""

import html
import random
import re
import shutil
import subprocess
import time
from pathlib import Path

import httpx
import people
import pytest
from people import Person
from program import EXECUTABLE, Program, ProgramFailed, copy_community, plain_environment, run

KILLS = 100
NOTES = 110
"""More than two batches of one person's words, so that a kill can fall between two."""
INSIDE = 50
"""Of the kills so many must have met a rotation at its work: it had made a key, and had not ended."""
SEED = 20_260_329
CLOSED = "这一段已经按规定销毁"
"""What a page says in the place of words that no key opens."""


class Reader:
    """Somebody who reads pages and sends forms without a window."""

    def __init__(self, program: Program, session: str) -> None:
        self.client = httpx.Client(
            base_url=program.address, cookies={"sid": session}, timeout=30,
            headers={"Accept-Language": "zh", "Sec-Fetch-Site": "same-origin"},
        )  # fmt: skip

    def page(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, f"{path} answered {answer.status_code}"
        return answer.text

    def links(self, path: str, shape: str) -> list[str]:
        """The links of a page whose paths look so, each once."""
        return list(dict.fromkeys(re.findall(f'href="({shape})"', self.page(path))))

    def words(self, path: str) -> set[str]:
        """What stands on a page in words; times and numbers, which every look adds to, are left out."""
        text = html.unescape(re.sub(r"<[^>]*>", "\n", self.page(path)))
        return {line.strip() for line in text.splitlines() if line.strip() and not re.search(r"\d", line)}

    def write_notes(self, case: str, notes: list[str]) -> None:
        """Writes notes through the form of the case."""
        form = self.page(f"{case}/note")
        token = re.search(r'name="form_token" value="([^"]+)"', form)[1]
        for number, note in enumerate(notes):
            fields = {
                "form_token": token, "idempotency_key": f"note-{number:026d}", "kind": "progress", "sensitivity": "1",
                "note": note,
            }  # fmt: skip
            answer = self.client.post(f"{case}/note", data=fields)
            assert answer.status_code == 303, f"{answer.status_code} {answer.text[:500]}"


def notes() -> list[str]:
    """Words that differ in letters, so that each is looked for by itself."""
    return [f"今天她又来坐了一会儿，说起{''.join(chr(0x4E00 + 180 * number + place) for place in range(3))}。" for number in range(NOTES)]


def everything_written(program: Program, sessions: dict[str, str]) -> tuple[set[str], str]:
    """The words on all pages of cases and groups that the worker and the supervisor read, and on the page of a client; and
    the path of a case."""
    found: set[str] = set()
    first = ""
    for role in ("social_worker", "supervisor"):
        reader = Reader(program, sessions[role])
        cases = reader.links("/cases", r"/cases/[0-9a-z]{13}") + reader.links("/cases?closed=1", r"/cases/[0-9a-z]{13}")
        groups = reader.links("/groups", r"/groups/[0-9a-z]{13}")
        assert cases and groups, f"the {role} sees {cases} and {groups}"
        first = first or cases[-1]
        for group in groups:
            groups = groups + reader.links(group, f"{group}/(?:members|sessions)/[0-9a-z]{{13}}")
        for path in cases + groups:
            found |= reader.words(path)
    return found | Reader(program, sessions["client"]).words("/my-care"), first


def keys(folder: Path) -> set[str]:
    """The files of the keys that are there; one that is being written is none yet."""
    return {file.name for file in (folder / "demo.sqlite.key.persons").iterdir() if file.name[0] != "." and file.suffix != ".new"}


def rotate(folder: Path, new_keys: int | None = None, seconds: float = 0) -> bool:
    """Changes the keys of everybody; killed so many seconds after so many new keys are there. Whether it came to its end
    before."""
    had = keys(folder)
    command = [EXECUTABLE, "keys", "--rotate", "--database", f"sqlite:{folder / 'demo.sqlite'}"]
    process = subprocess.Popen(command, env=plain_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if new_keys is not None:
        while process.poll() is None and len(keys(folder) - had) < new_keys:
            time.sleep(0.001)
        time.sleep(seconds)
        process.kill()
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 0 or (process.returncode == -9 and new_keys is not None), printed.decode()
    return process.returncode == 0


@pytest.fixture
def community(pristine: Path, tmp_path: Path) -> Path:
    """A copy of the demo that nothing serves."""
    folder = tmp_path / "community"
    copy_community(pristine, folder)
    return folder


def test_no_word_is_lost_when_a_rotation_is_killed(community: Path, everyone: list[Person]) -> None:
    program = Program.start(community)
    try:
        # A session outlives the program, so that nobody has to sign in again afterwards.
        sessions = {role: people.bearer(program.address, people.with_role(everyone, role)) for role in ("social_worker", "supervisor")}
        sessions["client"] = people.bearer(program.address, people.with_role(everyone, "resident", 4))
        _, case = everything_written(program, sessions)
        Reader(program, sessions["social_worker"]).write_notes(case, notes())
        before, _ = everything_written(program, sessions)
        program.stop()
    finally:
        program.process.kill()
        program.process.wait()
    assert before.issuperset(notes())
    persons = len({name.rpartition(".")[0] for name in keys(community)})

    assert rotate(community)
    numbers = random.Random(SEED)
    inside = 0
    for kill in range(KILLS):
        had = keys(community)
        # By what it has done and not by the clock: how fast it is differs from moment to moment on a busy machine. A tenth of
        # the kills come while it begins, and the moment after a key is where one person's words are sealed anew.
        ended = rotate(community, 0 if kill % 10 == 0 else numbers.randint(1, persons), numbers.random() * 0.02)
        new = len(keys(community) - had)
        assert had <= keys(community), "a key was dropped before its ninety days"
        inside += not ended and 0 < new <= persons
    print(f"{inside} of {KILLS} kills met a rotation at its work")
    assert inside >= INSIDE, f"{inside} of {KILLS} kills met a rotation at its work"

    assert "缺 0 个" in run("keys", "--database", f"sqlite:{community / 'demo.sqlite'}")
    program = Program.start(community)
    try:
        after, _ = everything_written(program, sessions)
        program.stop()
    finally:
        program.process.kill()
        program.process.wait()
    assert not (before - after), f"{len(before - after)} are gone: {sorted(before - after)[:5]}"
    assert not any(CLOSED in line for line in after)
    program.check()


def refusal(folder: Path) -> str:
    """What the program says when it does not start; fails where it does."""
    with pytest.raises(ProgramFailed) as failed:
        Program.start(folder).process.kill()
    return str(failed.value)


def test_another_key_file_is_refused(community: Path) -> None:
    key = community / "demo.sqlite.key"
    own = key.read_bytes()
    key.unlink()
    key.write_bytes(bytes(reversed(own)))
    key.chmod(0o400)
    said = refusal(community)
    assert "密钥文件" in said and "key file" in said, said
    assert "Traceback" not in said and "Fatal error" not in said, said
    key.unlink()
    key.write_bytes(own)
    key.chmod(0o400)
    Program.start(community).stop()


def test_missing_keys_are_counted_and_refused(community: Path) -> None:
    folder = community / "demo.sqlite.key.persons"
    persons = sorted({name.rpartition(".")[0] for name in keys(community)})
    shutil.copytree(folder, community / "kept")
    for lost in persons[:3]:
        for file in folder.glob(f"{lost}.*"):
            file.unlink()
    said = refusal(community)
    assert "缺 3 个人的密钥" in said and "lacks those of 3 persons" in said and "--give-up-missing" in said, said
    assert "缺 3 个" in run("keys", "--database", f"sqlite:{community / 'demo.sqlite'}")
    # The copy that is kept apart is put back, and nothing is lost.
    for file in (community / "kept").iterdir():
        shutil.copy2(file, folder)
    Program.start(community).stop()
