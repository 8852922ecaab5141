"""Make .venv and install the pinned dependencies; run by every `make` command, with any Python 3.

`install.py` for what the book needs, `install.py test` for what tests and linters need as well.
Where all of it is there, that is found out in a moment. Only the standard library is used, and
syntax that an old Python reads: it has to get as far as the sentence that says it is too old.
"""

import glob
import hashlib
import http.client
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ENVS = os.path.join(ROOT, "envs")
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
OLDEST = (3, 11)
COMPILES = (3, 14)  # from here on `immutables`, which Snakemake needs, has no wheel
OTHERS = ("python3.13", "python3.12", "python3.11")  # tried where the one that is run will not do
GIGABYTES = 8 if sys.platform == "linux" else 3  # torch brings CUDA along
QUARTO_HOST = "https://github.com"
QUARTO_PROBE_SECONDS = 10
QUARTO_INSTALL_SECONDS = 300


def main():
    locks = ["requirements.lock"] + [name + ".lock" for name in sys.argv[1:]]
    missing = [lock for lock in locks if read(stamp_of(lock)) != stamp_text(lock)]
    if not missing:
        return
    if os.path.islink(VENV):
        sys.exit(
            ".venv is a link to %s, which has not what this folder needs: remove the link, and the "
            "same command makes a .venv of its own." % os.readlink(VENV)
        )
    # Nothing of the user's decides what is installed where; which index is asked, it does.
    os.environ.update(PIP_USER="0", PYTHONNOUSERSITE="1")
    for name in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_CONSTRAINT"):
        os.environ.pop(name, None)
    make_venv()
    for lock in missing:
        # The lock file names all there is to install: nothing is left for pip to resolve.
        pip_install("--no-compile", "--no-deps", "--require-hashes", "-r", os.path.join(ENVS, lock))
        # On all cores, where pip would take one for a minute.
        runs([PYTHON, "-I", "-m", "compileall", "-qq", "-j", "0"] + site_packages())
        if lock == "requirements.lock":
            install_quarto()
        with open(stamp_of(lock), "w") as stamp:
            stamp.write(stamp_text(lock))


def stamp_of(lock):
    return os.path.join(VENV, "installed-" + lock)


def stamp_text(lock):
    """What the stamp says if all of `lock` is installed, here, for the Python that is there."""
    digest = hashlib.sha256(read(os.path.join(ENVS, lock)).encode()).hexdigest()
    return "\n".join([os.path.realpath(VENV), os.path.realpath(PYTHON), digest])


def read(path):
    if not os.path.exists(path):
        return ""
    with open(path) as file:
        return file.read()


def make_venv():
    if os.path.exists(PYTHON) and runs([PYTHON, "-I", "-c", "import pip"]):
        mend_scripts()
    else:
        require_python()
        require_disk()
        print("Making .venv", flush=True)
        shutil.rmtree(VENV, ignore_errors=True)
        if subprocess.run([sys.executable, "-I", "-m", "venv", VENV], check=False).returncode:
            sys.exit("Making .venv failed: Python says why above.")
    # Relative, so that a copy of this folder imports its own library.
    for folder in site_packages():
        with open(os.path.join(folder, "answerbook.pth"), "w") as file:
            file.write(os.path.join(*[os.pardir] * 4 + ["src"]) + "\n")


def site_packages():
    return glob.glob(os.path.join(VENV, "lib", "python3*", "site-packages"))


def mend_scripts():
    """Where .venv was moved or copied, let its scripts start with the Python that is here now."""
    config = os.path.join(VENV, "pyvenv.cfg")
    made_at = re.search(" -m venv (/.*)", read(config))
    if not made_at or made_at.group(1) == VENV:
        return
    then, now = made_at.group(1).encode(), VENV.encode()
    # As pip writes it where the path has a space or is long.
    start = b"#!/bin/sh\n'''exec' \"%s/bin/python\" \"$0\" \"$@\"\n' '''\n" % now
    for path in glob.glob(os.path.join(VENV, "bin", "*")) + [config]:
        if os.path.isfile(path) and not os.path.islink(path):
            with open(path, "rb+") as file:
                text = re.sub(b"\\A#!" + re.escape(then) + b".*\n", lambda _: start, file.read())
                file.seek(0)
                file.write(text.replace(then, now))
                file.truncate()


def require_python():
    """Go on with a Python that has all it takes; without one, say what this one lacks."""
    reason = lacks()
    if not reason:
        return
    check = "import sys; sys.path.insert(0, %r); import install; sys.exit(install.lacks())" % ENVS
    for other in filter(None, map(shutil.which, OTHERS)):
        if runs([other, "-c", check]):
            os.execv(other, [other, os.path.abspath(__file__)] + sys.argv[1:])
    sys.exit(reason)


def lacks():
    """What this Python lacks, and the command that brings it, in a sentence; empty for nothing."""
    version = "%d.%d" % sys.version_info[:2]
    if sys.version_info < OLDEST:
        return (
            "answerbook needs Python 3.11 or newer, and this is Python %s (%s): install a newer "
            "one and run `make PYTHON=/path/to/python3.11 …`." % (version, sys.executable)
        )
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        return (
            "%s cannot make a virtual environment, since on Debian and Ubuntu that is a package of "
            "its own: `apt-get install python%s-venv`" % (sys.executable, version)
        )
    if sys.version_info >= COMPILES and not compiles():
        return (
            "On Python %s a dependency has to be compiled, and there is no C compiler with "
            "Python's headers: on Debian and Ubuntu `apt-get install gcc libc6-dev python%s-dev` "
            "brings them; or run `make PYTHON=python3.13 …`, if there is one." % (version, version)
        )
    return ""


def compiles():
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()
    command = compiler + ["-fsyntax-only", "-I", sysconfig.get_path("include"), "-x", "c", "-"]
    return bool(shutil.which(compiler[0])) and runs(command, input=b"#include <Python.h>\n")


def runs(command, **options):
    nowhere = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.run(command, check=False, **nowhere, **options).returncode == 0


def require_disk():
    free = shutil.disk_usage(ROOT).free / 1e9
    if free < GIGABYTES:
        sys.exit(
            "The dependencies take up to %d GB, and %s has %.1f GB left: make room there, and run "
            "the same command again." % (GIGABYTES, ROOT, free)
        )


def pip_install(*arguments):
    print("Installing", arguments[-1], flush=True)
    command = [PYTHON, "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
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
        print(
            "Quarto is not installed (%s): Pandoc and Typst will render the book. To try again: "
            ".venv/bin/pip install --no-build-isolation -r envs/quarto.lock" % why
        )


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
        [PYTHON, "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        + ["--no-deps", "--no-build-isolation", "--require-hashes", "-r", lock],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        said = process.communicate(timeout=QUARTO_INSTALL_SECONDS)[1].decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return "its download took longer than %d s" % QUARTO_INSTALL_SECONDS
    lines = said.strip().splitlines() or ["pip says nothing"]
    return "its installation failed: %s" % lines[-1] if process.returncode else None


if __name__ == "__main__":
    main()
