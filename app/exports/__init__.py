"""What is shown becomes files: its part of the session, and what is written."""
