"""The one document of the window and its parts: verbs and signals, no widgets."""
