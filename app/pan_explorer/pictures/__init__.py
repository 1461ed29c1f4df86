"""Images as the networks see them, from files, sets and memory, with what is known of them."""
