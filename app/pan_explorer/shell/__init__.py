"""The frame of the program: opening, main window, contents, closing, actions and notices."""
