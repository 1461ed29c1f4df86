"""General widgets that do not depend on networks or attention."""
