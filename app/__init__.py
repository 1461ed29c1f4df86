"""The window of PAN Explorer: everything Qt."""
