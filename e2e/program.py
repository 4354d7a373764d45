"""The real program, as an operator would start it: a process, a port, a folder with its database and keys."""

import os
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import httpx

EXECUTABLE = Path(os.environ.get("NUANLIN_PROGRAM", Path(__file__).parent.parent / ".build/debug/nuanlin"))


class ProgramFailed(AssertionError):
    """The program did not start, did not stop, or found something wrong; the text says what it printed."""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def plain_environment() -> dict[str, str]:
    """The environment without settings that a developer may have for a program of their own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("NUANLIN_")}


def run(*arguments: str, seconds: float = 300) -> str:
    """Runs one command of the program to its end and returns what it printed."""
    done = subprocess.run(
        [EXECUTABLE, *arguments],
        env=plain_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
    )
    if done.returncode != 0:
        raise ProgramFailed(
            f"nuanlin {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
        )
    return done.stdout


@dataclass
class Program:
    """A running demo community in a folder of its own."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> str:
        return f"sqlite:{self.folder / 'demo.sqlite'}"

    @property
    def log(self) -> str:
        return (self.folder / "program.log").read_text(errors="replace")

    @classmethod
    def start(
        cls,
        folder: Path,
        seconds: float = 60,
        payment_services: Path | None = None,
        message_services: Path | None = None,
    ) -> "Program":
        """Serves the community in `folder`, which is built first when there is none; returns once it is ready."""
        folder.mkdir(parents=True, exist_ok=True)
        port = free_port()
        payments = ["--payment-services", str(payment_services)] if payment_services else []
        messages = ["--message-services", str(message_services)] if message_services else []
        public = ["--public-url", f"http://127.0.0.1:{port}"] if payment_services or message_services else []
        with open(folder / "program.log", "wb") as log:
            process = subprocess.Popen(
                [EXECUTABLE, "demo", "--database", f"sqlite:{folder / 'demo.sqlite'}", "--port", str(port)]
                + ["--rate-limit-factor", "1000", *payments, *messages, *public],
                env=plain_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        program = cls(folder, port, process)
        try:
            program.wait_until_ready(seconds)
        except BaseException:
            process.kill()
            process.wait()
            raise
        return program

    def wait_until_ready(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        # One client, since each new one reads every certificate authority of the system.
        with httpx.Client(base_url=self.address, timeout=5) as client:
            while True:
                if self.process.poll() is not None:
                    raise ProgramFailed(f"nuanlin demo ended with {self.process.returncode}:\n{self.log[-4000:]}")
                try:
                    if client.get("/readyz").status_code == 200:
                        return
                except httpx.TransportError:
                    pass
                if time.monotonic() > deadline:
                    raise ProgramFailed(f"nuanlin demo was not ready after {seconds:g} s:\n{self.log[-4000:]}")
                time.sleep(0.05)

    def stop(self) -> None:
        """Asks the program to stop, as a service manager would, and expects it to end well."""
        if self.process.poll() is not None:
            raise ProgramFailed(f"nuanlin demo had ended with {self.process.returncode}:\n{self.log[-4000:]}")
        self.process.terminate()
        try:
            status = self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise ProgramFailed(f"nuanlin demo did not stop within 30 s:\n{self.log[-4000:]}") from None
        if status != 0:
            raise ProgramFailed(f"nuanlin demo stopped with {status}:\n{self.log[-4000:]}")

    def check(self) -> str:
        """Lets `nuanlin check` look over what the tests left behind; only possible while nothing serves it."""
        return run("check", "--database", self.database)


def copy_community(pristine: Path, folder: Path) -> None:
    """Copies a community that nothing serves: database, keys, pictures, all that lies in its folder."""
    shutil.copytree(pristine, folder, ignore=shutil.ignore_patterns("program.log"))
