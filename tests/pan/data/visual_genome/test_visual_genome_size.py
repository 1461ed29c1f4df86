"""The real size: 108,000 images are read in less than 2 GB."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter

import pytest

IMAGES, OBJECTS, NAMES, ATTRIBUTES = 108_000, 38, 80_000, 70_000
MOST_MEMORY = 2_000_000  # kB
MEASURE = """
import resource, sys
from pan.cli import main
code = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


def write_synthetic(folder, images):
    """Entries as long as the official ones, with as many words, the second as frequent as the first by half, and so on.

    Returns how often each word occurs, to compare with.
    """
    draw = random.Random(0)
    names = draw.choices(range(NAMES), [1 / rank for rank in range(1, NAMES + 1)], k=1_000_000)
    attributes = draw.choices(range(ATTRIBUTES), [1 / rank for rank in range(1, ATTRIBUTES + 1)], k=1_000_000)
    counts, objects = Counter(), 0
    with (folder / "attributes.json").open("w") as file:
        for image in range(1, images + 1):
            entry = []
            for _ in range(OBJECTS):
                objects += 1
                name = f"some object {names[draw.randrange(1_000_000)]}"
                values = {"synsets": ["clock.n.01"], "h": draw.randrange(1, 300), "object_id": objects, "names": [name],
                          "w": draw.randrange(1, 300), "y": draw.randrange(500), "x": draw.randrange(700)}  # fmt: skip
                if objects % 2:
                    own = [f"Such {attributes[draw.randrange(1_000_000)]} " for _ in range(1 + objects % 3)]
                    values["attributes"] = own
                    counts[name] += 1
                entry.append(values)
            file.write(("[" if image == 1 else ", ") + json.dumps({"image_id": image, "attributes": entry}))
        file.write("]")
    (folder / "image_data.json").write_text(json.dumps([
        {"width": 800, "url": f"https://cs.stanford.edu/people/rak248/VG_100K/{image}.jpg", "height": 600,
         "image_id": image, "coco_id": None, "flickr_id": None} for image in range(1, images + 1)
    ]))  # fmt: skip
    return counts


@pytest.mark.slow
def test_annotations_of_the_real_size_are_read_in_bounded_memory(tmp_path):
    counts = write_synthetic(tmp_path, IMAGES)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, "data", "visual-genome", "--annotations", tmp_path / "attributes.json",
         "--image-data", tmp_path / "image_data.json", "--out", tmp_path / "set", "--json", tmp_path / "summary.json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["objects"] == IMAGES * OBJECTS == summary["kept"] + sum(summary["dropped"].values())
    assert summary["queries"] == sum(count > 100 for count in counts.values())
    assert int(done.stderr.split()[-1]) < MOST_MEMORY
