"""The questions of a set and networks' answers to them, as tables: kept, read from files, and picked from."""
