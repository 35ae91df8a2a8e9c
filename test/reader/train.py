"""Trains a tiny reader and writes it as the two files that Facet loads. See README.md."""

import argparse
import os
import signal
import sys
from pathlib import Path


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plan", choices=["smoke", "full"])
    parser.add_argument("folder", type=Path, help="where the run is kept; one that has begun goes on")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--report", action="store_true", help="at the end, exact match by size of type and number of crops")
    given = parser.parse_args()

    # One core: these matrices are too small to share.
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    given.folder.mkdir(parents=True, exist_ok=True)
    import jax

    jax.config.update("jax_compilation_cache_dir", str(given.folder.resolve() / "compiled"))
    from tiny_reader.evaluation import report
    from tiny_reader.export import export
    from tiny_reader.plans import PLANS
    from tiny_reader.training import train

    stopped = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.append(True))
    plan = PLANS[given.plan]
    weights = train(plan, given.folder, given.seed, lambda: bool(stopped))
    export(weights, given.folder)
    if given.report and not stopped:
        for name, value in report(weights, plan.stages[-1].kind, plan.evaluated_pages).items():
            print(f"{name:40} {100 * value:5.1f} %")
    return 130 if stopped else 0


if __name__ == "__main__":
    sys.exit(main())
