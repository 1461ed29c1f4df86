"""The scene composer: its part of the session, the scene, and the answers to it."""
