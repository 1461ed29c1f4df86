"""Sets whose questions have several right answers, with boxes in place of masks."""
