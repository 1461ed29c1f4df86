"""The paper's tables and figures from trained networks, with the paper's numbers beside ours."""

from pan.report.measuring import Settings, load_networks
from pan.report.writing import write_report

__all__ = ["Settings", "load_networks", "write_report"]
