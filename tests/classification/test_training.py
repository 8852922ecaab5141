import pytest
import torch
from torch.nn import functional

from answerbook.classification import training
from answerbook.classification.augmentation import normalise
from answerbook.classification.minibatches import Dataset
from answerbook.classification.model import MLP
from answerbook.classification.training import SGD, evaluate, train, train_step


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def dataset(n, seed=0):
    """Each class a pattern of its own under a little noise: easy to learn."""
    labels = torch.arange(n) % 10
    blocks = torch.randint(20, 230, (10, 3, 2, 2), generator=generator(9))
    patterns = blocks.repeat_interleave(16, dim=2).repeat_interleave(16, dim=3)
    noise = torch.randint(-10, 11, (n, 3, 32, 32), generator=generator(seed))
    return Dataset((patterns[labels] + noise).to(torch.uint8), labels)


def run(seed=0, learning_rate=0.01, momentum=0.0, **settings):
    data, validation = dataset(70), dataset(30, seed=1)
    randomness = generator(seed)
    model = MLP(3072, [16], 10, generator=randomness)
    optimiser = SGD(model, learning_rate, momentum)
    settings = {"epochs": 3, "batch_size": 16, "augmented": False} | settings
    return model, list(train(optimiser, data, validation, generator=randomness, **settings))


def test_evaluation_counts_every_image_once_also_in_an_incomplete_batch():
    data = dataset(1003)  # one batch of 1,000 and one of 3
    model = MLP(3072, [4], 10, generator=generator())
    logits = model.forward(normalise(data.images))
    loss, accuracy = evaluate(model, data)
    assert loss == pytest.approx(float(functional.cross_entropy(logits, data.labels)))
    assert accuracy == int((logits.argmax(dim=1) == data.labels).sum()) / 1003


def test_steps_have_the_precision_of_the_run_and_measurements_the_highest(monkeypatch):
    found = {"train_step": set(), "evaluate": set()}
    for name, function in ((name, getattr(training, name)) for name in found):

        def noting(*arguments, name=name, function=function):
            found[name].add(torch.get_float32_matmul_precision())
            return function(*arguments)

        monkeypatch.setattr(training, name, noting)
    run(precision="medium")
    assert found == {"train_step": {"medium"}, "evaluate": {"highest"}}


@pytest.mark.parametrize("momentum", [0, 0.9])
def test_steps_are_those_of_pytorchs_sgd_and_say_what_was_before(momentum):
    model = MLP(5, [7], 3, generator=generator(), dtype=torch.float64)
    theirs = [torch.nn.Parameter(value.clone()) for value in model.parameters().values()]
    ours, reference = SGD(model, 0.1, momentum), torch.optim.SGD(theirs, 0.1, momentum)
    target = torch.arange(6) % 3
    for seed in range(4):
        x = torch.randn(6, 5, dtype=torch.float64, generator=generator(seed))
        logits = functional.linear(functional.linear(x, *theirs[:2]).relu(), *theirs[2:])
        expected = functional.cross_entropy(logits, target)
        reference.zero_grad()
        expected.backward()
        reference.step()
        loss, hits = train_step(ours, x, target)
        torch.testing.assert_close(loss, expected.detach())
        assert hits == (logits.argmax(dim=1) == target).sum()
    for mine, other in zip(model.parameters().values(), theirs, strict=True):
        torch.testing.assert_close(mine, other.data, rtol=0, atol=1e-12)


def test_an_epoch_records_the_network_at_its_end_on_images_as_they_are(monkeypatch):
    monkeypatch.setattr(training, "CLEAN_SUBSET", 25)
    data, validation = dataset(70), dataset(30, seed=1)
    once, _ = run(epochs=1, augmented=True)
    twice, history = run(epochs=2, augmented=True)
    for epoch, model, clean in zip(history, (once, twice), (data.first(25), data), strict=True):
        assert epoch.clean_train_images == len(clean.labels)
        assert (epoch.clean_train_loss, epoch.clean_train_accuracy) == evaluate(model, clean)
        assert (epoch.val_loss, epoch.val_accuracy) == evaluate(model, validation)


def test_an_epochs_running_figures_are_means_over_its_images_each_before_its_own_update():
    """A batch of 64 and one of 6: at a rate of 0 the network stays as it is."""
    model, history = run(epochs=2, batch_size=64, learning_rate=0.0)
    for epoch in history:
        expected = pytest.approx(evaluate(model, dataset(70)))
        assert (epoch.train_loss, epoch.train_accuracy) == expected


@pytest.mark.parametrize("augmented", [False, True])
def test_a_seed_repeats_the_run_to_the_bit_and_another_does_not(augmented):
    weights = []
    for seed in (3, 3, 4):
        torch.rand(1)  # of the global randomness nothing is taken
        model, _ = run(seed=seed, augmented=augmented, epochs=1)
        weights.append(model.parameters()["layers.0.weight"])
    assert torch.equal(weights[0], weights[1])
    assert not torch.equal(weights[0], weights[2])
