"""The networks of the paper; `pan.models.build.build_model` builds them by name."""
