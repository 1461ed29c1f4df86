"""The machine: devices, files, errors, and where the program's resources lie."""
