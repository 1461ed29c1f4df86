"""Labelled sets: questions may have several right answers (multi-label), with boxes or masks."""
