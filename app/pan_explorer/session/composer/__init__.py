"""The composing half of the window's document: the scene, its files, and what the networks answer to it."""
