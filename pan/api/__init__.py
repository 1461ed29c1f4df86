"""The functions that `import pan` offers: `pan.load`, `pan.evaluate`, `pan.train`, `pan.scenes`."""
