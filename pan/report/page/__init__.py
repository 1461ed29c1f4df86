"""The report as a page to share: one file with its tables and pictures."""
