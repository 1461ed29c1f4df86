"""What a notebook needs, under short names: `pan.load`, `pan.evaluate`, `pan.train`, `pan.scenes`."""
