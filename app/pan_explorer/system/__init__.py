"""What the program has to settle with Python, Qt and the desktop it runs on."""
