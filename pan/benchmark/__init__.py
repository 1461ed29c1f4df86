"""How fast this machine is: what `pan benchmark` measures, and how long a recipe takes here."""
