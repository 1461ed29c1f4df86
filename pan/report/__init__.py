"""The paper's tables and figures from trained networks, with the paper's numbers beside ours."""

from pan.report.label_writing import write_label_report
from pan.report.measuring import Settings, load_networks, shipped_names
from pan.report.writing import write_report

__all__ = ["Settings", "load_networks", "shipped_names", "write_label_report", "write_report"]
