"""A year of promises, kept through restarts and clock changes: python bench/year.py [--callbacks N] [--restarts N].

The exit status is 1 when a promise was lost, rung twice, or late by more than the restart that hid it.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from promising import simulate


def main() -> int:
    """Print what became of the year."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--callbacks", type=int, default=20_000)
    parser.add_argument("--restarts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    began = time.perf_counter()
    memory = Path("/dev/shm")  # the disk is not what is measured
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        year = asyncio.run(simulate(Path(folder), wanted.callbacks, restarts=wanted.restarts, seed=wanted.seed))
    print(f"{year.callbacks:,} callbacks, {year.promises:,} promises, {year.rung:,} alarms rung")
    print(f"{year.restarts} restarts, {year.jumps} jumps of the clock, two changes for daylight saving")
    print(f"latest: {year.latest.total_seconds():.3f} s; {time.perf_counter() - began:.0f} s of real time")
    for fault in year.faults[:20]:
        print(fault)
    print(f"{len(year.faults)} faults")
    return 1 if year.faults else 0


if __name__ == "__main__":
    sys.exit(main())
