"""The panel of attention surgery."""
