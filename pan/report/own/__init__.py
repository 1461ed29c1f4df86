"""The report on a user's set with one answer to a question: accuracy and attention, by query and scale."""
