import pandas as pd
import pytest

from answerbook.classification.summary import MEASURES, summarise


def history(*accuracies):
    return pd.DataFrame(
        {
            "epoch": range(1, len(accuracies) + 1),
            **{name: accuracies if "accuracy" in name else 1.0 for name in MEASURES},
        }
    )


def test_each_epoch_has_its_mean_and_sample_standard_deviation():
    summary = summarise([history(0.1, 0.4), history(0.2, 0.5), history(0.6, 0.6)])
    assert summary.epoch.tolist() == [1, 2]
    assert summary.n.tolist() == [3, 3]
    assert summary.train_accuracy_mean.tolist() == pytest.approx([0.3, 0.5])
    assert summary.val_accuracy_std.tolist() == pytest.approx([0.07**0.5, 0.1])
    assert summary.train_loss_std.tolist() == [0, 0]
    single = summarise([history(0.1, 0.4)])
    assert single.n.tolist() == [1, 1] and single.train_accuracy_std.isna().all()
