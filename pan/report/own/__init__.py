"""The report on a set of one's own, with one answer to a question: right answers and attention, by query and scale."""
