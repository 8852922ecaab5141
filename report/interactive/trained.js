// Two trained networks with rounded weights, and photographs: what the figures share that show them.

answerbook.trained = (() => {
  'use strict';

  const { data, expect } = answerbook;
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

  let unpacked; // once for all figures

  /** Calls ready(networks) when the reader has come near the place. */
  function whenNear(place, given, ready) {
    const seen = new IntersectionObserver(entries => {
      if (!entries.some(entry => entry.isIntersecting)) return;
      seen.disconnect();
      unpacked ??= Promise.all(Object.values(given.networks).map(unpack));
      unpacked.then(ready).catch(error => place.fail(error));
    }, { rootMargin: '400px' });
    seen.observe(place.element);
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

  /** The weights of a layer times its inputs, plus its biases or what is given for them. */
  function sums({ weight, bias }, inputs, offset = bias) {
    const of = Float64Array.from(offset);
    const n = bias.length;
    for (let i = 0; i < inputs.length; i++) {
      const value = inputs[i];
      if (value === 0) continue;
      for (let unit = 0, at = i * n; unit < n; unit++, at++) of[unit] += value * weight[at];
    }
    return of;
  }

  const softmax = z => {
    const powers = Array.from(z, value => Math.exp(value - d3.max(z)));
    return powers.map(value => value / d3.sum(powers));
  };

  // --- The photographs ----------------------------------------------------------------------

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

  /** The image as it is. */
  const whole = ({ padding }) => ({ row: padding, column: padding, flip: false });

  /** The values of a view of an image, channel by channel, from 0 to 255. */
  function pixelsOf({ pixels, padding }, image, { row, column, flip }) {
    const values = new Float64Array(PIXELS);
    for (let to = 0; to < PIXELS; to++) {
      const [channel, r, c] = [Math.floor(to / SIZE / SIZE), Math.floor(to / SIZE) % SIZE, to % SIZE];
      const across = flip ? SIZE - 1 - c : c;
      const from = reflected(row + r, padding) * SIZE + reflected(column + across, padding);
      values[to] = pixels[image * PIXELS + channel * SIZE * SIZE + from];
    }
    return values;
  }

  const normalise = ({ mean, std }, values) => values.map((value, i) => {
    const channel = Math.floor(i / SIZE / SIZE);
    return (value / 255 - mean[channel]) / std[channel];
  });

  /** A canvas for an image, by this name. */
  const canvas = (place, name) => place.panels.append('canvas').attr('class', 'view').attr('role', 'img')
    .attr('aria-label', name).attr('width', SIZE).attr('height', SIZE).node();

  /** Paints the values of an image, so many pixels from the left. */
  function paint(on, values, left = 0) {
    const context = on.getContext('2d');
    const picture = context.createImageData(SIZE, SIZE);
    picture.data.forEach((_, i) => {
      picture.data[i] = i % 4 === 3 ? 255 : values[(i % 4) * SIZE * SIZE + Math.floor(i / 4)];
    });
    context.putImageData(picture, left, 0);
  }

  /** The images as radio buttons, under a name. */
  function thumbnails(place, given, name, chosen, choose) {
    const box = place.panels.append('div').attr('class', 'thumbnails').attr('role', 'radiogroup')
      .attr('aria-label', name);
    const item = box.selectAll('label').data(given.labels).join('label');
    item.append('input').attr('type', 'radio').attr('name', `${place.element.id}-${name}`)
      .attr('aria-label', (label, i) => `${given.classes[label]}, image ${i + 1}`)
      .property('checked', (_, i) => i === chosen)
      .on('input', function () {
        choose(item.nodes().indexOf(this.parentNode));
        place.changed();
      });
    item.append('canvas').attr('width', SIZE).attr('height', SIZE).each(function (_, i) {
      paint(this, pixelsOf(given, i, whole(given)));
    });
  }

  return {
    SIZE, bytes, unpack, whenNear, spectrum, sums, softmax,
    read, whole, pixelsOf, normalise, canvas, paint, thumbnails,
  };
})();
