"""What a user has set for other programs changes no result; see also tests/pipeline."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

PROGRAM = """
import shutil
from pathlib import Path
from workflow.support.environment import pin
pin(Path.cwd())
print(shutil.which("snakemake"))
"""


def test_a_program_beside_this_python_is_found_without_being_on_the_path():
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PATH": os.defpath},
        capture_output=True,
        text=True,
    )
    assert run.stdout.strip() == os.path.join(sysconfig.get_path("scripts"), "snakemake")
