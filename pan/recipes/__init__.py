"""What is asked, and all that decides how a network is trained to answer it; without torch."""
