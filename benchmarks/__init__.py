"""Our times beside what the machine can do and what others take for the same: `make bench`."""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # numpy's products, as torch's; before numpy is there
