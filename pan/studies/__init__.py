"""Trainings that are compared: what each part contributes, what seeds change, what gives the paper's numbers."""

from pan.studies.plan import STUDIES, plan
from pan.studies.record import RESULTS, Record, read_records
from pan.studies.running import Recorded, run_trials
from pan.studies.trial import Trial

__all__ = ["RESULTS", "STUDIES", "Record", "Recorded", "Trial", "plan", "read_records", "run_trials"]
