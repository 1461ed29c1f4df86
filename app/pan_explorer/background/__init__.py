"""Work off the GUI thread: how a job runs, and every job but answering."""
