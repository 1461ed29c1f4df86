"""The frame of the program: opening, the main window, its contents, closing, actions, notices."""
