"""How fast a machine is: what the window estimates training times from, and what `pan benchmark` measures."""
