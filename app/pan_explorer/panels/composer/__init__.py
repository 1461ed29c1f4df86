"""The composer's page."""
