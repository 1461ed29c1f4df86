"""Devices, files, errors, processes, and the folder of the program's resources."""
