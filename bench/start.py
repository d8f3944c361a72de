"""How long a start takes, from the command to a good /readyz: cold, and with the model in the cache."""

import tempfile
from pathlib import Path

from serving import serving


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for kind, bar in (("cold", 15), ("cached", 5)):
            with serving(Path(folder)) as server:
                print(f"start, {kind}: {server.seconds:.2f} s (bar: {bar} s)")


if __name__ == "__main__":
    main()
