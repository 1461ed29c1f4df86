"""The networks answer in a thread of their own: what can be requested of it, and who does it."""
