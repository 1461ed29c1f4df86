"""A page to share: one HTML file that shows explanations without an install or a network."""
