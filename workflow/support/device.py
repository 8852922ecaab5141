"""Where the networks will be trained, as rules have to know before torch is there to be asked."""

import os
import shutil
import subprocess
import sys

# Of NVIDIA, of AMD, of a Windows around this Linux.
GPUS = ("/dev/nvidiactl", "/dev/kfd", "/dev/dxg")
ANSWER = "ANSWERBOOK_DEVICE"  # an environment variable: the jobs of a call do not ask again
ASK = "import torch; print('cuda' if torch.cuda.is_available() else 'cpu')"


def training_device(asked: str) -> str:
    """Where the config's `device` leads on the machine that plans the jobs: "cuda" or "cpu".

    "auto" is the GPU if torch sees one. Torch is asked where there might be one, in a process of
    its own, since it takes seconds to import; where it is not installed the answer is "cpu".
    """
    if asked != "auto":
        return asked
    if ANSWER not in os.environ:
        os.environ[ANSWER] = _ask_torch() if _might_have_gpu() else "cpu"
    return os.environ[ANSWER]


def _might_have_gpu() -> bool:
    return shutil.which("nvidia-smi") is not None or any(map(os.path.exists, GPUS))


def _ask_torch() -> str:
    answer = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True)
    return answer.stdout.strip() or "cpu"
