"""The parts of the window, each built as Panel(session)."""
