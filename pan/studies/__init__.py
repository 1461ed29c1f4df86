"""Trainings that are compared: what each part contributes, what seeds change, what the paper's literal text gives."""

from pan.studies.plan import STUDIES, Trial, plan
from pan.studies.record import RESULTS, Record, read_records
from pan.studies.running import Recorded, run_trials

__all__ = ["RESULTS", "STUDIES", "Record", "Recorded", "Trial", "plan", "read_records", "run_trials"]
