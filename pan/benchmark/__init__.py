"""The measurements of `pan benchmark`, and estimates of training time."""
