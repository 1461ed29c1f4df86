"""Reference sets: a folder with an index, images and masks, and one right answer to a question."""
