// Question 14: a padded image, the window that is cropped from it, and what the network is given.

{
  const { data, expect, number } = answerbook;
  const SIZE = 32;
  const CHANNELS = ['red', 'green', 'blue'];

  function read() {
    const bird = data('augmentation');
    expect(bird.pixels?.length === 3 * SIZE * SIZE, 'the image is not one of 3 × 32 × 32 values');
    expect(bird.mean?.length === 3 && bird.std?.length === 3, 'the means of the channels are missing');
    expect(bird.padding > 0, 'there is no padding');
    return bird;
  }

  /** The pixel at position i of the padded axis: reflection does not repeat the edge. */
  function reflected(i, padding) {
    const at = Math.abs(i - padding);
    return at < SIZE ? at : 2 * (SIZE - 1) - at;
  }

  /** The crop at an offset, flipped or not, normalised: [channel][row][column]. */
  function augment({ pixels, mean, std, padding }, row, column, flip) {
    const at = (channel, r, c) => pixels[(channel * SIZE + r) * SIZE + c];
    const axis = d3.range(SIZE);
    return CHANNELS.map((_, channel) => axis.map(r => axis.map(c => {
      const across = flip ? SIZE - 1 - c : c;
      const value = at(channel, reflected(row + r, padding), reflected(column + across, padding));
      return (value / 255 - mean[channel]) / std[channel];
    })));
  }

  function make(place) {
    const bird = read();
    place.below = true; // the drawn one has the six draws
    const { padding } = bird;
    const padded = SIZE + 2 * padding;
    place.hint.text('Drag the window, flip it, or draw as training does; point at a pixel to see what the network is given.');
    const offset = label => place.slider({ label, min: 0, max: 2 * padding, value: padding });
    const [row, column] = [offset('row'), offset('column')];
    const flip = place.toggle({ label: 'flip' });
    place.button({
      label: 'draw',
      action: () => {
        for (const slider of [row, column]) slider.value = Math.floor(Math.random() * (2 * padding + 1));
        flip.value = Math.random() < 0.5;
      },
    });
    const whole = canvas(place, 'The padded image with the window');
    const crop = canvas(place, 'The crop');
    const second = place.root.insert('div', '.state').attr('class', 'controls');
    const pixel = ['pixel row', 'pixel column'].map((label, i) => place.slider({
      label, min: 0, max: SIZE - 1, value: [12, 14][i], parent: second,
    }));
    let scale = 1;
    const clamp = (x, high) => Math.max(0, Math.min(high, x));
    place.drag(whole, ([x, y]) => {
      column.value = clamp(Math.round(x / scale - SIZE / 2), 2 * padding);
      row.value = clamp(Math.round(y / scale - SIZE / 2), 2 * padding);
    });
    const point = event => {
      const [x, y] = d3.pointer(event);
      pixel[0].value = clamp(Math.floor(y / scale), SIZE - 1);
      pixel[1].value = clamp(Math.floor(x / scale), SIZE - 1);
      place.changed();
    };
    crop.on('pointermove pointerdown', point);

    return width => {
      scale = Math.max(4, Math.min(8, Math.floor((width > 480 ? width - 16 : width) / (padded + (width > 480 ? SIZE : 0)))));
      const given = augment(bird, row.value, column.value, flip.value);
      const colours = d3.range(padded).map(r => d3.range(padded).map(c => CHANNELS.map((_, channel) =>
        bird.pixels[(channel * SIZE + reflected(r, padding)) * SIZE + reflected(c, padding)])));
      paint(whole, scale, colours);
      frame(whole, scale, padding, padding, SIZE, [4, 4]);
      frame(whole, scale, column.value, row.value, SIZE, []);
      const shown = (channel, r, c) => 255 * (given[channel][r][c] * bird.std[channel] + bird.mean[channel]);
      paint(crop, scale, d3.range(SIZE).map(r =>
        d3.range(SIZE).map(c => CHANNELS.map((_, channel) => Math.round(shown(channel, r, c))))));
      const [r, c] = pixel.map(slider => slider.value);
      frame(crop, scale, c, r, 1, []);
      const values = CHANNELS.map((name, channel) =>
        `${name} ${number(shown(channel, r, c), 0)} → <b>${number(given[channel][r][c], 3)}</b>`);
      const views = 2 * (2 * padding + 1) ** 2;
      place.say(`Row ${row.value}, column ${column.value}, ${flip.value ? '' : 'not '}flipped: one of
        ${views} equally likely views. Pixel (${r}, ${c}): ${values.join(', ')}.`);
    };
  }

  function canvas(place, name) {
    return place.panels.append('canvas').attr('role', 'img').attr('aria-label', name)
      .style('touch-action', 'none').style('cursor', 'crosshair');
  }

  /** Draws rows of pixels, each so many squared. */
  function paint(canvas, scale, rows) {
    const node = canvas.attr('width', scale * rows[0].length).attr('height', scale * rows.length).node();
    const context = node.getContext('2d');
    rows.forEach((row, r) => row.forEach((rgb, c) => {
      context.fillStyle = `rgb(${rgb})`;
      context.fillRect(c * scale, r * scale, scale, scale);
    }));
  }

  function frame(canvas, scale, left, top, side, dash) {
    const context = canvas.node().getContext('2d');
    for (const [colour, width] of [['white', 3], ['black', 1]]) {
      Object.assign(context, { strokeStyle: colour, lineWidth: width });
      context.setLineDash(dash);
      context.strokeRect(left * scale + 0.5, top * scale + 0.5, side * scale - 1, side * scale - 1);
    }
  }

  answerbook.figure('augmentation', 'Augmentation', make, { augment });
}
