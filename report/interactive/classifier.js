// Questions 14 and 15: two trained networks with rounded weights, and images in all their views.

{
  const { data, expect, fixed, number } = answerbook;
  const SIZE = 32;
  const PIXELS = 3 * SIZE * SIZE;

  // --- The networks -------------------------------------------------------------------------

  const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));

  async function inflated(content) {
    const stream = new Blob([content]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  /** A layer's weights in single precision, those of an input side by side. */
  async function unpackLayer({ levels, step, bias }) {
    const steps = new Float32Array(bytes(step).buffer);
    const whole = new Int8Array((await inflated(bytes(levels))).buffer);
    const b = new Float32Array(bytes(bias).buffer);
    expect(whole.length === steps.length * b.length, 'a layer has not as many weights as it needs');
    return { weight: Float32Array.from(whole, (level, i) => level * steps[Math.floor(i / b.length)]), bias: b };
  }

  async function unpack({ frequencies, layers }) {
    return {
      frequencies: new Uint16Array(bytes(frequencies).buffer),
      layers: await Promise.all(layers.map(unpackLayer)),
    };
  }

  /** The orthonormal cosine transform of n values, as rows. */
  const cosines = n => d3.range(n).map(k => Float64Array.from({ length: n }, (_, i) =>
    Math.sqrt((k ? 2 : 1) / n) * Math.cos((Math.PI * k * (2 * i + 1)) / (2 * n))));
  const [ALONG, ACROSS] = [cosines(SIZE), cosines(3)];

  /** An image in frequencies along rows, columns and channels. */
  function spectrum(image) {
    let from = image;
    for (const [basis, stride] of [[ALONG, 1], [ALONG, SIZE], [ACROSS, SIZE * SIZE]]) {
      const n = basis.length;
      const to = new Float64Array(PIXELS);
      for (let start = 0; start < PIXELS; start++) {
        if (Math.floor(start / stride) % n !== 0) continue;
        for (let k = 0; k < n; k++) {
          let sum = 0;
          for (let i = 0; i < n; i++) sum += basis[k][i] * from[start + i * stride];
          to[start + k * stride] = sum;
        }
      }
      from = to;
    }
    return from;
  }

  /** The logits of a spectrum. */
  function logits({ frequencies, layers }, transformed) {
    let h = Float64Array.from(frequencies, at => transformed[at]);
    layers.forEach(({ weight, bias }, layer) => {
      const sums = Float64Array.from(bias);
      const n = bias.length;
      for (let i = 0; i < h.length; i++) {
        const value = h[i];
        if (value === 0) continue;
        for (let unit = 0, at = i * n; unit < n; unit++, at++) sums[unit] += value * weight[at];
      }
      h = layer < layers.length - 1 ? sums.map(value => Math.max(value, 0)) : sums;
    });
    return [...h];
  }

  function softmax(z) {
    const powers = z.map(value => Math.exp(value - d3.max(z)));
    return powers.map(value => value / d3.sum(powers));
  }

  // --- The images ---------------------------------------------------------------------------

  function read() {
    const given = data('classifier');
    expect(given !== null && typeof given === 'object', 'no network came with the page');
    const pixels = bytes(given.pixels ?? '');
    const { labels, classes, networks } = given;
    expect(labels?.length > 0 && pixels.length === labels.length * PIXELS, 'the images are not as many as their labels');
    expect(classes?.length > 0 && Object.keys(networks ?? {}).length === 2, 'there are not two networks');
    return { ...given, pixels };
  }

  /** Where in an image the padded one takes position i from. */
  function reflected(i, padding) {
    const at = Math.abs(i - padding);
    return at < SIZE ? at : 2 * (SIZE - 1) - at;
  }

  /** Calls each(position in the view, position in the image) for every pixel of a view. */
  function crop({ padding }, { row, column, flip }, each) {
    for (let r = 0; r < SIZE; r++) {
      for (let c = 0; c < SIZE; c++) {
        const across = flip ? SIZE - 1 - c : c;
        each(r * SIZE + c, reflected(row + r, padding) * SIZE + reflected(column + across, padding));
      }
    }
  }

  /** View of the image, normalised, channel by channel. */
  function normalised(given, image, view) {
    const values = new Float64Array(PIXELS);
    crop(given, view, (to, from) => {
      for (let channel = 0; channel < 3; channel++) {
        const value = given.pixels[image * PIXELS + channel * SIZE * SIZE + from];
        values[channel * SIZE * SIZE + to] = (value / 255 - given.mean[channel]) / given.std[channel];
      }
    });
    return values;
  }

  const views = padding => d3.cross(d3.range(2 * padding + 1), d3.range(2 * padding + 1))
    .flatMap(([row, column]) => [false, true].map(flip => ({ row, column, flip })));

  // --- The figure ---------------------------------------------------------------------------

  function make(place) {
    const given = read();
    const { padding, classes, labels, deviation } = given;
    place.hint.text('Choose an image and move it: which of the two networks changes its mind?');
    const offset = label => place.slider({ label, min: 0, max: 2 * padding, value: padding });
    const [row, column] = [offset('row'), offset('column')];
    const flip = place.toggle({ label: 'flip' });
    const state = { image: 0, networks: null, right: null };
    thumbnails(place, given, image => { state.image = image; recount(); });
    const shown = place.panels.append('canvas').attr('role', 'img').attr('width', SIZE).attr('height', SIZE)
      .attr('aria-label', 'The view that the networks are given').attr('class', 'view');
    const table = place.panels.append('table').attr('class', 'logits');
    const names = Object.keys(given.networks);
    table.append('tr').selectAll('th').data(['logits', ...names]).join('th').attr('scope', 'col').text(d => d);
    const rows = table.selectAll('tr.row').data(classes).join('tr').attr('class', 'row');
    rows.append('th').attr('scope', 'row').text(name => name);
    rows.selectAll('td').data(names).join('td');
    place.panels.append('p').attr('class', 'quiet').text(`The weights are rounded to fit
      the page. Both networks on all views of all these images: of ${number(deviation.views)} answers
      ${number(deviation.changed)} name another class than with the weights as trained; no logit is off
      by more than ${number(deviation.largest, 2)}, where they reach ${number(deviation.logits, 1)}.`);

    const seen = new IntersectionObserver(entries => {
      if (!entries.some(entry => entry.isIntersecting)) return;
      seen.disconnect();
      Promise.all(Object.values(given.networks).map(unpack)).then(
        networks => { state.networks = networks; recount(); place.changed(); },
        error => place.fail(error),
      );
    }, { rootMargin: '400px' });
    seen.observe(place.element);

    let counting = 0;
    /** How many of all views each network names rightly, a few views at a time. */
    function recount() {
      state.right = null;
      if (!state.networks) return;
      const [turn, image, all] = [++counting, state.image, views(padding)];
      const right = state.networks.map(() => 0);
      const some = () => {
        if (turn !== counting) return;
        for (const view of all.splice(0, 7)) {
          const transformed = spectrum(normalised(given, image, view));
          state.networks.forEach((network, i) => {
            right[i] += Number(d3.maxIndex(logits(network, transformed)) === labels[image]);
          });
        }
        if (all.length) return void setTimeout(some);
        state.right = right;
        place.changed();
      };
      setTimeout(some);
    }

    return () => {
      const view = { row: row.value, column: column.value, flip: flip.value };
      paint(shown, given, state.image, view);
      if (!state.networks) return place.say('The weights are being unpacked.');
      const transformed = spectrum(normalised(given, state.image, view));
      const outputs = state.networks.map(network => logits(network, transformed));
      const chances = outputs.map(softmax);
      const chosen = outputs.map(z => d3.maxIndex(z));
      rows.classed('on', (_, label) => label === labels[state.image]);
      rows.each(function (_, label) {
        d3.select(this).selectAll('td').text((_, i) => fixed(outputs[i][label], 2))
          .style('--part', (_, i) => `${(100 * chances[i][label]).toFixed(1)}%`)
          .classed('chosen', (_, i) => chosen[i] === label);
      });
      const truth = classes[labels[state.image]];
      const says = names.map((name, i) => {
        const right = chosen[i] === labels[state.image];
        return `the ${name} network says <span class="${right ? 'yes' : 'no'}">${classes[chosen[i]]}</span>
          (${number(100 * chances[i][chosen[i]], 0)} %)`;
      });
      const counts = state.right === null ? 'Counting over all views …'
        : `Of its ${views(padding).length} views ${names.map((name, i) =>
          `${name} names ${state.right[i]}`).join(', ')} rightly.`;
      place.say(`Class ${truth}, row ${view.row}, column ${view.column}, ${view.flip ? '' : 'not '}flipped:
        ${says.join(', ')}. ${counts}`);
    };
  }

  /** The images as radio buttons. */
  function thumbnails(place, given, choose) {
    const box = place.panels.append('div').attr('class', 'thumbnails').attr('role', 'radiogroup')
      .attr('aria-label', 'image');
    const item = box.selectAll('label').data(given.labels).join('label');
    item.append('input').attr('type', 'radio').attr('name', `${place.element.id}-image`)
      .attr('aria-label', (label, i) => `${given.classes[label]}, image ${i + 1}`)
      .property('checked', (_, i) => i === 0)
      .on('input', function () {
        choose(item.nodes().indexOf(this.parentNode));
        place.changed();
      });
    item.append('canvas').attr('width', SIZE).attr('height', SIZE).each(function (_, i) {
      paint(d3.select(this), given, i, { row: given.padding, column: given.padding, flip: false });
    });
  }

  function paint(canvas, given, image, view) {
    const context = canvas.node().getContext('2d');
    const picture = context.createImageData(SIZE, SIZE);
    crop(given, view, (to, from) => {
      for (let channel = 0; channel < 3; channel++) {
        picture.data[4 * to + channel] = given.pixels[image * PIXELS + channel * SIZE * SIZE + from];
      }
      picture.data[4 * to + 3] = 255;
    });
    context.putImageData(picture, 0, 0);
  }

  answerbook.figure('classifier', 'Two trained networks', make, {
    bytes, unpack, normalised, spectrum, logits, views,
  });
}
