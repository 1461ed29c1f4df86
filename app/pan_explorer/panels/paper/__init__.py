"""The page of the paper's tables and figures."""
