"""One command: makes an environment with the pinned packages in .cache, and trains in it. `python3 test/reader/run.py smoke`"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE.parents[1] / ".cache" / "reader"


def environment():
    """The Python of the environment, made anew when the requirements have changed."""
    requirements = HERE / "requirements.txt"
    folder = CACHE / ("environment-" + hashlib.sha256(requirements.read_bytes()).hexdigest()[:12])
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = folder / "done"
    if not done.exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--requirement", requirements], check=True)
        done.touch()
    return python


def main():
    plan, *rest = sys.argv[1:] or ["smoke"]
    folder = rest.pop(0) if rest and not rest[0].startswith("-") else str(CACHE / plan)
    print(f"The run is kept in {folder}", flush=True)
    os.execv(python := environment(), [str(python), str(HERE / "train.py"), plan, folder, *rest])


if __name__ == "__main__":
    main()
