"""The thread in which the networks answer: its requests and its worker."""
