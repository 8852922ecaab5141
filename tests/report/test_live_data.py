"""The data of the figures that answer back; what is computed of them: interactive."""

from tests.report.interactive.conftest import examples_of, histories, networks

from answerbook.report.live_data import classifier, curves


def test_each_run_has_its_epochs_and_every_measure_to_five_digits():
    table = histories()
    table.loc[0, "train_loss"] = 1.23456789
    first, second, third = curves(table)["runs"]
    assert (first["experiment"], first["seed"], first["epoch"]) == ("baseline", 0, [1, 2, 3, 4])
    assert first["train_loss"][0] == 1.2346
    assert (second["seed"], third["experiment"], len(third["val_accuracy"])) == (1, "augmented", 3)


def test_the_deviation_is_over_both_networks_and_all_views():
    data = classifier(networks(), *examples_of(), typical=examples_of()[0])
    deviation = data["deviation"]
    assert deviation["views"] == 2 * 98 * len(data["labels"])
    assert 0 < deviation["largest"] < deviation["logits"]
    assert 0 <= deviation["changed"] < deviation["views"] / 10
