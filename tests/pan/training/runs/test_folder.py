"""What stands in the folder of a run."""

from pan.training.events import Epoch
from pan.training.runs.folder import METRICS, append_epoch, read_metrics


def test_bytes_that_are_no_text_cost_their_line_alone(tmp_path):
    epoch = Epoch(1, 2, loss=1.0, accuracy=0.5, validation_loss=1.0, validation_accuracy=0.5, accuracy_by_layer=(0.5,),
                  tpr_by_layer=(0.1,), learning_rate=0.1, seconds=1.0, best=True)
    append_epoch(tmp_path, epoch)
    with (tmp_path / METRICS).open("ab") as file:
        file.write(b"\xff\xfe\x00\n")
    assert read_metrics(tmp_path) == (epoch,)
