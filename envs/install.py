"""Make .venv and install the pinned dependencies; run by `make` with any Python 3.

Only the standard library is used, and syntax that an old Python reads: it has to get as far as
the sentence that says it is too old.
"""

import http.client
import os
import shutil
import signal
import subprocess
import sys
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ENVS = os.path.join(ROOT, "envs")
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
QUARTO_HOST = "https://github.com"
QUARTO_PROBE_SECONDS = 10
QUARTO_INSTALL_SECONDS = 300


def main():
    require_python()
    make_venv()
    # The lock file names all there is to install: nothing is left for pip to resolve.
    pip_install("--no-deps", "--require-hashes", "-r", os.path.join(ENVS, "requirements.lock"))
    pip_install("--no-deps", "--no-build-isolation", "-e", ROOT)
    install_quarto()
    with open(os.path.join(VENV, "installed"), "w") as stamp:
        stamp.write("everything in envs/requirements.lock\n")


def require_python():
    if sys.version_info < (3, 11):
        sys.exit(
            "answerbook needs Python 3.11 or newer, and this is Python %d.%d (%s): install a newer "
            "one and run `make PYTHON=/path/to/python3.11 …`."
            % (sys.version_info[0], sys.version_info[1], sys.executable)
        )


def make_venv():
    if os.path.exists(PYTHON):
        return
    print("Making .venv", flush=True)
    result = subprocess.run([sys.executable, "-m", "venv", VENV], check=False)
    if result.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            "%s could not make a virtual environment. On Debian and Ubuntu its venv module is a "
            "package of its own: apt-get install python3-venv" % sys.executable
        )


def pip_install(*arguments):
    print("Installing", arguments[-1], flush=True)
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run(command + list(arguments), check=False).returncode:
        sys.exit(
            "Installing the pinned dependencies failed: pip says why above. Once that is mended, "
            "the same make command goes on from there."
        )


def install_quarto():
    """Install Quarto if its download is reached in bounded time; say in one line if it is not."""
    if shutil.which("quarto", path=os.path.dirname(PYTHON) + os.pathsep + os.environ["PATH"]):
        return
    why = quarto_out_of_reach() or quarto_install_failure()
    if why:
        print("Quarto is not installed (%s): Pandoc and Typst will render the book." % why)


def quarto_out_of_reach():
    try:
        urllib.request.urlopen(QUARTO_HOST, timeout=QUARTO_PROBE_SECONDS).close()
    except (OSError, http.client.HTTPException) as error:
        return "its download at %s cannot be reached: %s" % (QUARTO_HOST, error)
    return None


def quarto_install_failure():
    print("Installing Quarto", flush=True)
    lock = os.path.join(ENVS, "quarto.lock")
    process = subprocess.Popen(
        [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        + ["--no-build-isolation", "--require-hashes", "-r", lock],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return "its installation failed" if process.wait(QUARTO_INSTALL_SECONDS) else None
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return "its download took longer than %d s" % QUARTO_INSTALL_SECONDS


if __name__ == "__main__":
    main()
