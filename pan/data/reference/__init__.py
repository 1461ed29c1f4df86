"""Reference sets: a folder with an index, images and masks, one right answer a question."""
