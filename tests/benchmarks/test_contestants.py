"""Contestants do the work that their names say, all of them the same."""

import pytest
import torch
from benchmarks import floors, ours, plain
from benchmarks.replicas import stacked_pass
from benchmarks.stack import Stack

from answerbook.classification.augmentation import crop_windows, normalise
from answerbook.classification.model import MLP

SIZES = (3072, 8, 4, 10)


def test_bare_products_are_those_of_the_network():
    bare = floors.BareProducts(SIZES, 5, torch.device("cpu"))
    bare.training_pass(7)  # a whole batch and one of two
    x, y0, y1 = bare.x[:2], bare.outputs[0][:2], bare.outputs[1][:2]
    d0, d1, d2 = (d[:2] for d in bare.output_grads)
    torch.testing.assert_close(y0, x @ bare.weights[0].T)
    torch.testing.assert_close(bare.outputs[2][:2], y1 @ bare.weights[2].T)
    torch.testing.assert_close(d1, d2 @ bare.weights[2])
    torch.testing.assert_close(d0, d1 @ bare.weights[1])
    torch.testing.assert_close(bare.weight_grads[0], d0.T @ x)
    torch.testing.assert_close(bare.weight_grads[2], d2.T @ y1)


@pytest.mark.parametrize(("images", "sizes"), [(256, [128, 128]), (300, [128, 128, 44])])
def test_the_last_batch_may_be_smaller(images, sizes):
    assert list(floors.batch_sizes(images, 128)) == sizes


def test_the_copy_floor_normalises_as_ours_does(bench, monkeypatch):
    copied = []
    addcmul = torch.addcmul

    def spied(*arguments, out):
        copied.append(addcmul(*arguments, out=out).clone())

    monkeypatch.setattr(torch, "addcmul", spied)
    floors.copy_and_normalise(bench.images.train_images, 128)
    monkeypatch.undo()
    torch.testing.assert_close(torch.cat(copied), normalise(bench.images.train_images))


@pytest.mark.parametrize("workers", [0, 2])
def test_the_data_loader_gives_the_images_that_ours_gives(bench, workers):
    images = bench.images
    given = plain.loader(
        images.test_images,
        images.test_labels,
        20,
        augmented=False,
        shuffle=False,
        workers=workers,
    )
    x, target = (torch.cat(tensors) for tensors in zip(*given, strict=True))
    torch.testing.assert_close(x, normalise(images.test_images), atol=1e-5, rtol=0)
    assert torch.equal(target, images.test_labels)


def test_both_torchvision_transforms_crop_the_padded_image(bench):
    image = bench.images.train_images[0]
    torch.manual_seed(0)
    from_tensor = plain.tensor_transform()(image)
    all_crops = {tuple(crop.flatten().tolist()) for crop in crop_windows(image[None])}
    uint8 = (from_tensor * torch.tensor(plain.STD)[:, None, None]).add(
        torch.tensor(plain.MEAN)[:, None, None]
    )
    assert tuple((255 * uint8).round().byte().flatten().tolist()) in all_crops


def test_plain_training_takes_the_steps_that_ours_takes(bench):
    images, generator = bench.images, torch.Generator().manual_seed(1)
    model = MLP(3072, SIZES[1:-1], 10, generator=generator)
    peer = plain.PlainTraining(SIZES, 0.05, torch.device("cpu"))
    linears = [layer for layer in peer.model if isinstance(layer, torch.nn.Linear)]
    with torch.no_grad():
        for theirs, mine in zip(linears, model.linears, strict=True):
            theirs.weight.copy_(mine.weight)
            theirs.bias.copy_(mine.bias)
    batches = list(ours.Batches(images, 64, augmented=True))
    totals = sum(step(model, x, target, 0.05) for x, target in batches)
    torch.testing.assert_close(torch.stack(peer.training_pass(batches)), totals)
    for theirs, mine in zip(linears, model.linears, strict=True):
        torch.testing.assert_close(theirs.weight, mine.weight)
        torch.testing.assert_close(theirs.bias, mine.bias)


def step(model, x, target, learning_rate):
    """Summed loss and correct count of one step of ours, (2,)."""
    loss, correct = ours.train_step(ours.SGD(model, learning_rate), x, target)
    return torch.stack([loss * len(target), correct])


@pytest.mark.parametrize("shared", [False, True])
def test_a_stack_trains_each_network_as_if_it_were_alone(shared):
    generator = torch.Generator().manual_seed(2)
    networks = [MLP(12, (8, 4), 10, generator=generator) for _ in range(3)]
    stack = Stack(networks, shared=shared)
    for _ in range(3):
        x = torch.randn(1 if shared else 3, 5, 12, generator=generator).expand(3, 5, 12)
        target = torch.randint(10, (3, 5), generator=generator)
        totals = stack.train_step(x[0] if shared else x, target, 0.1)
        alone = [step(n, *b, 0.1) for n, *b in zip(networks, x, target, strict=True)]
        torch.testing.assert_close(totals, torch.stack(alone, dim=1))
    for i, linear in enumerate(stack.linears):
        for r, network in enumerate(networks):
            torch.testing.assert_close(linear.weight[r], network.linears[i].weight)
            torch.testing.assert_close(linear.bias[r, 0], network.linears[i].bias)


@pytest.mark.parametrize("shared", [False, True])
def test_a_stacked_epoch_sees_every_image_once(bench, shared):
    epoch = stacked_pass(bench.images, shared=shared)
    first, last = epoch(), [epoch() for _ in range(8)][-1]
    assert all(0 <= count <= 150 for count in first[1])
    assert all(after < before for before, after in zip(first[0], last[0], strict=True))


def test_an_epoch_of_ours_goes_on_where_the_last_one_ended(bench):
    epoch = ours.epoch(bench.images, augmented=False)
    assert [epoch().epoch for _ in range(3)] == [1, 2, 3]
