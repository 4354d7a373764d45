"""What the program says goes to files as well, and disks fill up."""

import subprocess
from pathlib import Path

from program import EXECUTABLE, copy_community, plain_environment


def check(community: Path, **streams) -> subprocess.CompletedProcess:
    return subprocess.run(
        [EXECUTABLE, "check", "--database", f"sqlite:{community / 'demo.sqlite'}"],
        env=plain_environment(),
        stdin=subprocess.DEVNULL,
        timeout=300,
        **streams,
    )


def test_work_goes_on_when_the_log_cannot_be_written(pristine: Path, tmp_path: Path):
    copy_community(pristine, tmp_path / "copy")
    with open("/dev/full", "wb") as full:
        done = check(tmp_path / "copy", stdout=subprocess.PIPE, stderr=full)
    assert done.returncode == 0
    assert b"Everything agrees" in done.stdout


def test_a_command_whose_answer_cannot_be_written_fails_and_says_why(pristine: Path, tmp_path: Path):
    copy_community(pristine, tmp_path / "copy")
    with open("/dev/full", "wb") as full:
        done = check(tmp_path / "copy", stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert b"No space left" in done.stderr
