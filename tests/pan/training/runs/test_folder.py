"""What stands in the folder of a run."""

from dataclasses import replace

import pytest

from pan.training.events import Epoch
from pan.training.runs.folder import METRICS, append_epoch, keep_epochs, read_metrics
from pan.training.runs.state import Progress


def test_bytes_that_are_no_text_cost_their_line_alone(tmp_path):
    epoch = Epoch(1, 2, loss=1.0, accuracy=0.5, validation_loss=1.0, validation_accuracy=0.5, accuracy_by_layer=(0.5,),
                  tpr_by_layer=(0.1,), learning_rate=0.1, seconds=1.0, best=True)
    append_epoch(tmp_path, epoch)
    with (tmp_path / METRICS).open("ab") as file:
        file.write(b"\xff\xfe\x00\n")
    assert read_metrics(tmp_path) == (epoch,)


def test_a_run_of_0_4_0_is_read_without_the_column_it_did_not_have(tmp_path):
    head = ("epoch,epochs,loss,accuracy,validation_loss,validation_accuracy,accuracy_by_layer,tpr_by_layer,"
            "learning_rate,seconds,best,mean_average_precision")
    row = "1,2,1.0,0.5,1.5,0.25,0.1 0.2,0.3 0.4,0.01,9.0,True,"
    (tmp_path / METRICS).write_text(f"{head}\n{row}\n", encoding="utf-8")
    (old,) = read_metrics(tmp_path)
    assert (old.tpr_by_layer, old.pxap_by_layer) == ((0.3, 0.4), ())
    keep_epochs(tmp_path, [old])  # as resuming does
    new = replace(old, epoch=2, pxap_by_layer=(0.5, 0.75))
    append_epoch(tmp_path, new)
    assert read_metrics(tmp_path) == (old, new)


@pytest.mark.parametrize("step", [-1, 2**31, 10**400])
def test_an_impossible_state_is_refused(step):
    with pytest.raises(ValueError, match="no run has come so far"):
        Progress(step=step)
