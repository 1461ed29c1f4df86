"""An HTML page to share: one file that shows explanations without an installation or a network connection."""
