"""Python, Qt and the desktop: threads, garbage collection, the log, unhandled exceptions, the menu entry."""
