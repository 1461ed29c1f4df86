"""The rules of `pan data visual-genome` once more, in a few lines that share nothing with it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict


def tidy(word):
    word = " ".join(word.lower().strip().split())
    return word[:-1].strip() if word.endswith(".") else word


def count(annotations, image_data, min_count, aliases=None):
    """The numbers of the summary, and the rows as {(image, word): (attributes, number of boxes)}."""
    images = {each.get("image_id", each.get("id")): each for each in json.loads(image_data.read_text())}
    objects, dropped = [], Counter()
    for entry in json.loads(annotations.read_text()):
        for each in entry["attributes"]:
            names = each.get("names") or each.get("object_names") or []
            word = tidy(names[0]) if names else ""
            word = (aliases or {}).get(word, word)
            attributes = {tidy(a) for a in each.get("attributes") or []} - {""}
            objects.append((entry.get("image_id", entry.get("id")), word, attributes, each))
    whole = [each for each in objects if each[1] and each[2]]
    queries = {w for w, n in Counter(word for _, word, _, _ in whole).items() if n > min_count}
    answers = {w for w, n in Counter(a for _, _, own, _ in whole for a in own).items() if n > min_count}
    rows = defaultdict(lambda: (set(), []))
    for image, word, attributes, each in objects:
        if not word:
            dropped["no_name"] += 1
        elif not attributes:
            dropped["no_attribute"] += 1
        elif image not in images:
            dropped["not_in_image_data"] += 1
        elif (
            min(each["x"] + each["w"], images[image]["width"]) <= max(each["x"], 0)
            or min(each["y"] + each["h"], images[image]["height"]) <= max(each["y"], 0)
        ):
            dropped["no_area"] += 1
        elif word not in queries:
            dropped["rare_name"] += 1
        else:
            own, boxes = rows[image, word]
            own |= attributes & answers
            boxes.append(each)
    written = {key: (own, len(boxes)) for key, (own, boxes) in rows.items() if own}
    dropped["rare_attributes"] = sum(len(boxes) for own, boxes in rows.values() if not own)
    return {
        "objects": len(objects), "queries": len(queries), "answers": len(answers), "rows": len(written),
        "images": len({image for image, _ in written}), "labels": sum(len(own) for own, _ in written.values()),
        "kept": sum(boxes for _, boxes in written.values()), "dropped": {k: n for k, n in dropped.items() if n},
    }, written  # fmt: skip
