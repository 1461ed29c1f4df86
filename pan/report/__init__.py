"""The paper's tables and figures from trained networks, with the paper's numbers beside ours."""
