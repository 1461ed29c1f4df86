"""Studies: series of trainings that are compared (ablation, seeds, the paper's table)."""

from pan.studies.plan import STUDIES, plan
from pan.studies.record import RESULTS, Record, read_records
from pan.studies.running import Recorded, run_trials
from pan.studies.trial import Trial

__all__ = ["RESULTS", "STUDIES", "Record", "Recorded", "Trial", "plan", "read_records", "run_trials"]
