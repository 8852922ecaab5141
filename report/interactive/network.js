// Questions 4 and 5: a network of one input, its function, and its kinks, counted exactly.

{
  const WIDEST = 8;
  const DEEPEST = 5;
  const MOST_PIECES = 1100;
  const { number } = answerbook;

  // --- Counting -----------------------------------------------------------------------------

  /** The whole number 2^bits · value; every float64 is such a number over a power of two. */
  function scaled(value, bits) {
    let [mantissa, shift] = [value, 0];
    while (!Number.isInteger(mantissa)) [mantissa, shift] = [2 * mantissa, shift + 1];
    return BigInt(mantissa) << BigInt(bits - shift);
  }

  function bitsAfterPoint(value) {
    let bits = 0;
    while (!Number.isInteger(value)) [value, bits] = [2 * value, bits + 1];
    return bits;
  }

  /** Compares fractions [numerator, positive denominator]; null is −∞ as first, +∞ as second. */
  const before = (a, b) => a === null || b === null || a[0] * b[1] < b[0] * a[1];

  const compare = (a, b) => {
    const difference = a[0] * b[1] - b[0] * a[1];
    return difference < 0n ? -1 : Number(difference > 0n);
  };

  /** The sign of slope · x + intercept just to the right of x (null: −∞). */
  function signAfter(x, { slope, intercept }) {
    const value = x === null ? -slope : slope * x[0] + intercept * x[1];
    return value || (x === null ? intercept : slope);
  }

  /** Every point where a unit switches, with the slopes of the output on either side.
   *
   *  weights[i] has a row for each unit of layer i, biases[i] a number. With all of them times 2^bits
   *  and the values of layer i times 2^(i bits), slopes and intercepts are whole numbers: BigInts,
   *  so that nothing is rounded. The line is followed layer by layer, and each piece cut where a unit
   *  of the next layer crosses zero. Returns [{at: [numerator, denominator], left, right}].
   */
  function switches({ weights, biases }) {
    const bits = Math.max(0, ...weights.flat(2).map(bitsAfterPoint), ...biases.flat().map(bitsAfterPoint));
    let pieces = [{ from: null, to: null, values: [{ slope: 1n, intercept: 0n }] }];
    weights.forEach((rows, layer) => {
      const W = rows.map(row => row.map(w => scaled(w, bits)));
      const b = biases[layer].map(value => scaled(value, bits) << BigInt(layer * bits));
      const last = layer === weights.length - 1;
      pieces = pieces.flatMap(piece => {
        const units = W.map((row, unit) => combine(row, b[unit], piece.values));
        return last ? [{ ...piece, values: units }] : cut(piece, units);
      });
    });
    return pieces.slice(1).map((piece, i) => ({
      at: piece.from,
      left: pieces[i].values.map(({ slope }) => slope),
      right: piece.values.map(({ slope }) => slope),
    }));
  }

  function combine(row, bias, values) {
    let [slope, intercept] = [0n, bias];
    row.forEach((w, i) => {
      slope += w * values[i].slope;
      intercept += w * values[i].intercept;
    });
    return { slope, intercept };
  }

  /** The parts of a piece between the zeros of the units, with the values that ReLU lets through. */
  function cut({ from, to }, units) {
    const zeros = units.filter(({ slope }) => slope !== 0n)
      .map(({ slope, intercept }) => (slope > 0n ? [-intercept, slope] : [intercept, -slope]))
      .filter(zero => before(from, zero) && before(zero, to)).sort(compare);
    const inside = zeros.filter((zero, i) => i === 0 || compare(zeros[i - 1], zero) !== 0);
    const edges = [from, ...inside, to];
    const off = { slope: 0n, intercept: 0n };
    return edges.slice(1).map((end, i) => ({
      from: edges[i],
      to: end,
      values: units.map(unit => (signAfter(edges[i], unit) > 0n ? unit : off)),
    }));
  }

  const isKink = ({ left, right }) => left.some((slope, i) => slope !== right[i]);

  /** The kinks of a network: where the slope of an output changes. */
  const kinks = network => switches(network).filter(isKink);

  /** A fraction of BigInts as the nearest number, or close to it. */
  function toNumber([numerator, denominator]) {
    const shift = BigInt(Math.max(0, denominator.toString(2).length - 900));
    const whole = numerator / denominator;
    const rest = numerator - whole * denominator;
    return Number(whole) + Number(rest >> shift) / Number(denominator >> shift);
  }

  /** The most kinks that l layers of k units may have; fewer for k < 3 than (k + 1)^l − 1. */
  function bound(k, l) {
    if (k > 2) return (k + 1) ** l - 1;
    if (k === 1) return Math.min(l, 2);
    let [before, pieces] = [1, 3];
    for (let layer = 1; layer < l; layer++) [before, pieces] = [pieces, pieces + 4 * before];
    return pieces - 1;
  }

  function evaluate({ weights, biases }, x) {
    return weights.reduce((h, rows, layer) => rows.map((row, unit) => {
      const value = row.reduce((sum, w, i) => sum + w * h[i], biases[layer][unit]);
      return layer === weights.length - 1 ? value : Math.max(value, 0);
    }), [x])[0];
  }

  // --- Networks -----------------------------------------------------------------------------

  /** g(x) = readout · ReLU(facing x + bias) + offset, composed with itself. */
  function repeated({ facing, bias, readout, offset }, depth) {
    const between = facing.map(f => readout.map(r => f * r));
    const shifted = facing.map((f, i) => f * offset + bias[i]);
    const inner = d3.range(1, depth);
    return {
      weights: [facing.map(f => [f]), ...inner.map(() => between.map(row => [...row])), [[...readout]]],
      biases: [[...bias], ...inner.map(() => [...shifted]), [offset]],
    };
  }

  const padded = (values, width) => d3.range(width).map(i => values[i] ?? 0);

  /** Tents x ↦ 2 ReLU(x) − 4 ReLU(x − ½) (Telgarsky 2016); further units are silent. */
  const sawtooth = (width, depth) => repeated({
    facing: padded([1, 1], width), bias: padded([0, -0.5], width),
    readout: padded([2, -4], width), offset: 0,
  }, depth);

  /** Two units whose kinks cancel, x = ReLU(x) − ReLU(−x). */
  const identity = (width, depth) => repeated({
    facing: padded([1, -1], width), bias: padded([], width),
    readout: padded([1, -1], width), offset: 0,
  }, depth);

  /** Zigzags that attain (k + 1)^l − 1 kinks from k = 3 on (Serra et al. 2018). */
  function zigzag(width, depth) {
    const units = d3.range(width);
    const sign = units.map(i => (i === 2 ? -1 : 1));
    const facing = sign.map(s => (2 * width + 1) * s);
    const bias = units.map(i => -sign[i] * (2 * i + 1));
    const readout = units.map(i => (i % 2 ? 1 : -1) * (i === 0 ? 1.5 : 1));
    return repeated({ facing, bias, readout, offset: 5 }, depth);
  }

  /** Weights drawn evenly within ±2, biases within ±1, in sixteenths. */
  function random(width, depth) {
    const draw = limit => Math.round((2 * Math.random() - 1) * limit * 16) / 16;
    const sizes = [1, ...Array(depth).fill(width), 1];
    return {
      weights: d3.range(depth + 1).map(i =>
        d3.range(sizes[i + 1]).map(() => d3.range(sizes[i]).map(() => draw(2)))),
      biases: d3.range(depth + 1).map(i => d3.range(sizes[i + 1]).map(() => draw(1))),
    };
  }

  // By name: what makes it, its least width, and where it opens.
  const PRESETS = {
    seven: ['63 kinks: two layers of 7', zigzag, 3, 7, 2],
    three: ['63 kinks: three layers of 3', zigzag, 3, 3, 3],
    sawtooth: ['sawtooth: tents in a row', sawtooth, 2, 2, 4],
    identity: ['identity: two kinks cancel', identity, 2, 2, 1],
    random: ['drawn at random', random, 1, 4, 2],
  };

  // --- The figure ---------------------------------------------------------------------------

  function make(place) {
    place.hint.text('Pick a weight and drag it; then clear the biases and see what is left of the kinks.');
    const options = Object.entries(PRESETS).map(([key, [label]]) => [key, label]);
    const preset = place.choice({ label: 'start from', options, value: 'three' });
    const width = place.slider({ label: 'units <i>k</i>', min: 1, max: WIDEST, value: 3 });
    const depth = place.slider({ label: 'layers <i>l</i>', min: 1, max: DEEPEST, value: 3 });
    let network = zigzag(3, 3);
    const biasless = () => { network.biases = network.biases.map(row => row.map(() => 0)); };
    place.button({ label: 'no biases', action: biasless });
    const plot = place.svg('The function of the network, with its kinks');
    const showCounts = place.counts();
    const grid = matrices(place, () => network);
    let view = null;

    const rebuild = () => {
      const [, build, least] = PRESETS[preset.value];
      if (width.value < least) preset.value = 'random';
      network = (width.value < least ? random : build)(width.value, depth.value);
      grid.choose(0, 0, 0);
      view = null;
    };
    const resized = moved => {
      const other = moved === width ? depth : width;
      while ((width.value + 1) ** depth.value > MOST_PIECES) other.value -= 1;
      rebuild();
    };
    preset.select.on('input', () => {
      [width.value, depth.value] = PRESETS[preset.value].slice(3);
      rebuild();
      place.changed();
    });
    for (const slider of [width, depth]) {
      slider.input.on('input', () => { slider.show(); resized(slider); place.changed(); });
    }
    grid.released(() => { view = null; place.changed(); });

    return room => {
      const found = switches(network);
      const bent = found.filter(isKink);
      view ??= window(found);
      drawFunction(plot, room, network, found, view);
      grid.draw();
      showCounts(countsOf(bent.length, found.length, width.value, depth.value));
      place.say(explain(network, bent, found, width.value, depth.value, view));
    };
  }

  /** The part of the line that is drawn: all points where a unit switches, and some more. */
  function window(found) {
    const [low, high] = d3.extent(found, ({ at }) => toNumber(at));
    if (low === undefined) return [-1, 1];
    const margin = high > low ? (high - low) / 8 : 1;
    return [low - margin, high + margin];
  }

  function drawFunction(svg, room, network, found, view) {
    const height = Math.min(260, 0.7 * room);
    const points = found.map(point => ({ x: toNumber(point.at), bent: isKink(point) }))
      .filter(({ x }) => x >= view[0] && x <= view[1])
      .map(point => ({ ...point, y: evaluate(network, point.x) }));
    const ends = view.map(x => ({ x, y: evaluate(network, x) }));
    const line = [ends[0], ...points, ends[1]];
    let [low, high] = d3.extent(points.length ? points : line, ({ y }) => y);
    if (high - low < 1e-9) [low, high] = [low - 1, high + 1];
    const x = d3.scaleLinear(view, [40, room - 8]);
    const y = d3.scaleLinear([low - (high - low) / 8, high + (high - low) / 8], [height - 24, 8]);
    svg.attr('width', room).attr('height', height);
    const inside = svg.selectAll('svg').data([0]).join('svg').style('overflow', 'hidden')
      .attr('width', room).attr('height', height - 20);
    inside.selectAll('path.f').data([line]).join('path').attr('class', 'f')
      .attr('d', d3.line().x(p => x(p.x)).y(p => y(p.y)))
      .style('fill', 'none').style('stroke', 'var(--note)').style('stroke-width', 1.6);
    inside.selectAll('circle').data(points).join('circle').attr('r', points.length > 100 ? 1.8 : 3.2)
      .attr('cx', p => x(p.x)).attr('cy', p => y(p.y)).style('stroke', 'var(--warning)')
      .style('fill', p => (p.bent ? 'var(--warning)' : 'var(--page)'));
    const ticks = Math.max(3, Math.floor(room / 90));
    svg.selectAll('.x').data([0]).join('g').attr('class', 'x')
      .attr('transform', `translate(0,${height - 20})`).call(d3.axisBottom(x).ticks(ticks));
    svg.selectAll('.y').data([0]).join('g').attr('class', 'y')
      .attr('transform', 'translate(36,0)').call(d3.axisLeft(y).ticks(4));
  }

  const countsOf = (bent, switched, k, l) => [
    ['kinks', bent], ['places where a unit switches', switched],
    [k > 2 ? 'at most (<i>k</i> + 1)<sup><i>l</i></sup> − 1' : `at most, for <i>k</i> = ${k}`, bound(k, l)],
    ['the source’s (2<i>k</i>)<sup><i>l</i></sup>', (2 * k) ** l],
  ].map(([name, count]) => [name, number(count)]);

  function explain(network, bent, found, k, l, view) {
    const many = (n, what) => `${number(n)} ${what}${n === 1 ? '' : 's'}`;
    const text = [`<b>${many(bent.length, 'kink')}</b> from ${many(k * l, 'unit')} in ${many(l, 'layer')}`];
    const most = bound(k, l);
    text.push(bent.length === most ? ': the most there can be' : `; there can be ${number(most)} at most`);
    const silent = found.length - bent.length;
    if (silent) text.push(`. At ${many(silent, 'more place')} units switch and the output stays straight (open circles)`);
    if (network.biases.flat().every(b => b === 0)) text.push('. Without biases all that can be left is one kink, at 0');
    const unseen = bent.filter(({ at }) => toNumber(at) < view[0] || toNumber(at) > view[1]).length;
    if (unseen) text.push(`. ${many(unseen, 'kink')} out of view`);
    return `${text.join('')}.`;
  }

  /** A number for a cell, the shorter the more cells stand side by side. */
  function short(x, k) {
    return number(x, k <= 5 ? 2 : Math.abs(x) < 10 ? 1 : 0);
  }

  /** Every weight and bias as a cell; one of them is chosen, and a slider holds it. */
  function matrices(place, network) {
    const box = place.root.insert('div', '.state').attr('class', 'layers');
    let chosen = [0, 0, 0]; // layer, unit, input; the bias comes after the last input
    let seized = null;
    const slider = place.slider({
      label: 'weight', min: -4, max: 4, step: 1 / 16, value: 0, text: x => number(x, 4),
      parent: place.root.insert('div', '.layers').attr('class', 'controls weight'),
    });
    const released = [];

    const read = ([layer, unit, input]) =>
      network().weights[layer][unit][input] ?? network().biases[layer][unit];
    const write = value => {
      const [layer, unit, input] = chosen;
      const row = network().weights[layer][unit];
      if (input < row.length) row[input] = value;
      else network().biases[layer][unit] = value;
    };
    const name = ([layer, unit, input], html = true) => {
      const last = layer === network().weights.length - 1;
      const to = last ? 'the output' : `layer ${layer + 1}, unit ${unit + 1}`;
      const from = layer ? `unit ${input + 1}` : '<i>x</i>';
      const bias = input === network().weights[layer][unit].length;
      const text = bias ? `bias of ${to}` : `weight of ${to}, from ${from}`;
      return html ? text : text.replace(/<.*?>/g, '');
    };
    const choose = (...cell) => {
      chosen = cell;
      const reach = Math.max(4, Math.ceil(1.5 * Math.abs(read(cell))));
      slider.range(-reach, reach);
      slider.value = read(cell);
      slider.name.html(name(cell));
    };
    const move = (event, cell) => {
      const [layer, unit, input] = cell;
      const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
      const step = steps[event.key];
      if (!step) return;
      event.preventDefault();
      const rows = network().weights[layer];
      let next = [layer, unit + step[0], input + step[1]];
      if (next[2] > rows[0].length) next = [layer + 1, unit, 0];
      if (next[2] < 0) next = [layer - 1, unit, Infinity];
      const target = network().weights[next[0]];
      if (!target) return;
      next[1] = Math.max(0, Math.min(next[1], target.length - 1));
      next[2] = Math.min(next[2], target[0].length);
      choose(...next);
      place.changed();
      box.select('[tabindex="0"]').node().focus();
    };

    slider.input.on('input', () => { slider.show(); write(slider.value); place.changed(); });
    slider.input.on('change', () => released.forEach(action => action()));

    function draw() {
      box.classed('many', network().weights[0].length > 5);
      const layers = network().weights.map((rows, layer) => rows.map((row, unit) =>
        d3.range(row.length + 1).map(input => [layer, unit, input])));
      const largest = network().weights.map((rows, layer) =>
        Math.max(...rows.flat().map(Math.abs), ...network().biases[layer].map(Math.abs), 1e-9));
      const layer = box.selectAll('div.layer').data(layers).join(enter => {
        const made = enter.append('div').attr('class', 'layer');
        made.append('p');
        return made;
      });
      layer.select('p').html((_, i) => (i === layers.length - 1 ? 'output' : `layer ${i + 1}`));
      layer.selectAll('div.row').data(rows => rows).join('div').attr('class', 'row')
        .selectAll('button').data(row => row).join('button').attr('type', 'button')
        .attr('aria-label', cell => `${name(cell, false)}: ${number(read(cell), 4)}`)
        .attr('aria-pressed', cell => String(cell.join() === chosen.join()))
        .attr('tabindex', cell => (cell.join() === chosen.join() ? 0 : -1))
        .classed('bias', cell => cell[2] === network().weights[cell[0]][cell[1]].length)
        .style('--sign', cell => (read(cell) < 0 ? 'var(--warning)' : 'var(--note)'))
        .style('--size', cell => `${Math.round((45 * Math.abs(read(cell))) / largest[cell[0]])}%`)
        .text(cell => short(read(cell), network().weights[0].length))
        .on('keydown', move)
        .on('pointerdown', function (event, cell) {
          choose(...cell);
          seized = { x: event.clientX, value: read(cell) };
          this.setPointerCapture(event.pointerId);
          place.changed();
        })
        .on('pointermove', event => {
          if (!seized || !event.buttons) return;
          slider.value = seized.value + Math.round((event.clientX - seized.x) / 2) / 16;
          write(slider.value);
          place.changed();
        })
        .on('pointerup', () => { seized = null; released.forEach(action => action()); });
    }
    choose(0, 0, 0);
    return { draw, choose, released: action => released.push(action) };
  }

  answerbook.figure('network', 'A network of one input', make, {
    kinks, switches, bound, sawtooth, identity, zigzag,
  });
}
