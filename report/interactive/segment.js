// Chapter 3: the logits of a trained network on the way from one photograph to another, piece by piece.

{
  const { fixed, number, trained } = answerbook;
  const STEPS = 400; // of the slider, from one end of what is shown to the other
  const NEAR = 1e-12; // two places that differ by rounding alone
  const hue = label => `var(--class-${label}, var(--quiet))`;

  // --- Following the network ----------------------------------------------------------------

  /** The pieces of [0, 1] on which every logit is affine, on the segment between two inputs.
   *
   *  On a piece, value i is values[i] + (t − from) slopes[i]. Each layer cuts it where one of its
   *  units crosses zero; `layer` is the one that made the cut at `from`.
   */
  function follow(layers, start, end) {
    let pieces = [{ from: 0, to: 1, layer: 0, values: start, slopes: end.map((value, i) => value - start[i]) }];
    layers.forEach((layer, i) => {
      const units = pieces.map(piece => ({
        ...piece,
        values: trained.sums(layer, piece.values),
        slopes: trained.sums(layer, piece.slopes, layer.bias.map(() => 0)),
      }));
      pieces = i === layers.length - 1 ? units : units.flatMap(piece => cut(piece, i + 1));
    });
    return pieces;
  }

  /** The parts of a piece between the zeros of the units, with what ReLU lets through. */
  function cut({ from, to, layer, values, slopes }, here) {
    const zeros = Array.from(values, (value, i) => from - value / slopes[i]).filter(t => from < t && t < to);
    const apart = (t, i, all) => t - (all[i - 1] ?? from) > NEAR && to - t > NEAR;
    const edges = [from, ...zeros.sort(d3.ascending).filter(apart), to];
    return d3.pairs(edges, (start, end) => {
      const on = values.map((value, i) => Number(value + ((start + end) / 2 - from) * slopes[i] > 0));
      return {
        from: start,
        to: end,
        layer: start === from ? layer : here,
        values: values.map((value, i) => on[i] * (value + (start - from) * slopes[i])),
        slopes: slopes.map((slope, i) => on[i] * slope),
      };
    });
  }

  /** The pieces that begin with a kink: all but the first, unless no logit takes notice. */
  const kinks = pieces => pieces.slice(1).filter(({ slopes }, i) => {
    const before = pieces[i].slopes;
    const least = 1e-9 * d3.max([...before, ...slopes], Math.abs);
    return slopes.some((slope, logit) => Math.abs(slope - before[logit]) > least);
  });

  /** The logits at t. */
  const at = (pieces, t) => {
    const piece = pieces[d3.bisector(({ from }) => from).right(pieces, t, 1) - 1];
    return Array.from(piece.values, (value, i) => value + (t - piece.from) * piece.slopes[i]);
  };

  /** The classes that are named on the way: {label, from, to}. */
  function bands(pieces) {
    const found = [];
    for (const { from, to, values, slopes } of pieces) {
      let [label, start] = [d3.maxIndex(values), from];
      while (start < to) {
        const overtakes = i => from + (values[label] - values[i]) / (slopes[i] - slopes[label]);
        const next = d3.least(d3.range(values.length).filter(i => slopes[i] > slopes[label]), overtakes);
        const end = next === undefined ? to : Math.min(to, overtakes(next));
        if (found.at(-1)?.label === label) found.at(-1).to = end;
        else if (end - start > NEAR) found.push({ label, from: start, to: end });
        [label, start] = [next, end];
      }
    }
    return found;
  }

  // --- The figure ---------------------------------------------------------------------------

  function make(place) {
    const given = trained.read();
    const names = Object.keys(given.networks);
    place.below = true; // the drawn one has all the counts
    place.hint.text(`Walk from one photograph to the other: what does the network see on the way? And no logit
      is curved: magnify, and its slope is a staircase.`);
    const network = place.choice({ label: 'network', options: names.map((name, i) => [i, name]), value: 0 });
    const way = place.slider({ label: 'way', min: 0, max: 1, step: 1 / STEPS, value: 0.35, text: t => fixed(t, 3) });
    const zoom = place.slider({ label: 'magnify', min: 0, max: 5, value: 0, text: k => `${2 ** k} ×` });
    const ends = { from: 1, to: Math.min(14, given.labels.length - 1) };
    let [networks, walk] = [null, null];
    for (const name of Object.keys(ends)) {
      trained.thumbnails(place, given, name, ends[name], image => { ends[name] = image; walk = null; });
    }
    const shown = trained.canvas(place, 'The mixture of the two photographs');
    const chances = place.panels.append('ul').attr('class', 'chances');
    const plot = place.svg('The logits on the way, the slope of one of them, and the kinks');
    const showCounts = place.counts();
    const x = d3.scaleLinear().clamp(true);
    network.select.on('input', () => { walk = null; place.changed(); });
    zoom.input.on('input', () => {
      zoom.show();
      const [t, part] = [way.value, 2 ** -zoom.value];
      const low = Math.max(0, Math.min(1 - part, t - part / 2));
      x.domain([low, low + part]);
      way.range(...x.domain());
      way.input.attr('step', part / STEPS);
      way.value = t;
      place.changed();
    });
    plot.style('touch-action', 'pan-y').on('pointermove pointerdown', event => {
      way.value = x.invert(d3.pointer(event)[0]);
      place.changed();
    });
    trained.whenNear(place, given, ready => { networks = ready; place.changed(); });

    return width => {
      if (!networks) return place.say('The weights are being unpacked.');
      walk ??= between(given, networks[network.value], ends);
      const t = way.value;
      const logits = at(walk.pieces, t);
      trained.paint(shown, walk.mixture(t));
      drawChances(chances, given.classes, logits);
      drawPlot(plot, x.range([40, width - 4]), walk, t, given.classes);
      showCounts(walk.counts);
      place.say(explain(given, names[network.value], ends, walk.bands, t, logits));
    };
  }

  /** The way between two photographs, or from one to its mirror image. */
  function between(given, { frequencies, layers }, { from, to }) {
    const view = trained.whole(given);
    const [a, b] = [[from, view], [to, { ...view, flip: from === to }]].map(end => trained.pixelsOf(given, ...end));
    const [start, end] = [a, b].map(pixels => trained.spectrum(trained.normalise(given, pixels)))
      .map(all => Float64Array.from(frequencies, i => all[i]));
    const pieces = follow(layers, start, end);
    const bent = kinks(pieces);
    const by = layer => [`by layer ${layer}`, bent.filter(kink => kink.layer === layer).length];
    const most = layers.slice(0, -1).reduce((product, { bias }) => product * (bias.length + 1), 1) - 1;
    return {
      pieces, bands: bands(pieces), kinks: bent, mixture: t => a.map((value, i) => (1 - t) * value + t * b[i]),
      counts: [['kinks', bent.length], by(1), by(2), ['at most', number(most)]],
    };
  }

  /** Each class with its logit and its probability. */
  function drawChances(list, classes, logits) {
    const chances = trained.softmax(logits);
    const item = list.selectAll('li').data(classes).join('li').classed('on', (_, i) => i === d3.maxIndex(logits));
    item.style('--hue', (_, i) => hue(i)).style('--part', (_, i) => `${(100 * chances[i]).toFixed(1)}%`);
    item.selectAll('span').data((name, i) => [name, fixed(logits[i], 2), `${fixed(100 * chances[i], 1)} %`])
      .join('span').text(text => text);
  }

  /** From top to bottom: a film of the way, the classes, the logits, a slope, and the kinks. */
  function drawPlot(svg, x, walk, t, classes) {
    const [left, right] = x.range();
    const frames = Math.round((right - left) / 38);
    const film = (right - left) / frames;
    const top = film + 26;
    const bottom = top + Math.min(230, 0.6 * (right - left));
    const end = bottom + 122;
    svg.attr('width', right + 4).attr('height', end + 20);
    drawFilm(svg, x, frames, walk);
    drawBands(svg, x, walk.bands, [film + 4, top, end], classes);
    const named = d3.maxIndex(at(walk.pieces, t));
    const scales = [
      drawLogits(svg, x, walk, [bottom, top + 6]), drawSlope(svg, x, walk.pieces, [bottom + 78, bottom + 24], named),
    ];
    drawKinks(svg, x, walk.kinks, bottom + 88);
    svg.selectAll('text.title').data(['logits', `slope of “${classes[named]}”`]).join('text')
      .attr('class', 'title edge').attr('x', left + 6).attr('y', (_, i) => (i ? bottom + 20 : top + 16)).text(title => title).raise();
    svg.selectAll('g.y').data(scales).join('g').attr('class', 'y').attr('transform', `translate(${left},0)`)
      .each(function (scale, i) { d3.select(this).call(d3.axisLeft(scale).ticks(i ? 3 : 6).tickSizeOuter(0)); });
    svg.selectAll('g.x').data([0]).join('g').attr('class', 'x').attr('transform', `translate(0,${end})`)
      .call(d3.axisBottom(x).ticks(5).tickSizeOuter(0));
    svg.selectAll('line.at').data([t]).join('line').attr('class', 'at').attr('x1', x).attr('x2', x)
      .attr('y2', end).style('stroke', 'var(--text)').raise();
  }

  /** Photographs on the part of the way that is seen, painted when that is another. */
  function drawFilm(svg, x, frames, walk) {
    const image = svg.selectAll('image').data([0]).join('image').style('image-rendering', 'pixelated')
      .attr('x', x.range()[0]).attr('width', x.range()[1] - x.range()[0]);
    const part = [frames, ...x.domain()].join();
    if (walk.filmed === (walk.filmed = part)) return;
    const canvas = d3.create('canvas').attr('width', frames * trained.SIZE).attr('height', trained.SIZE).node();
    const middle = d3.scaleLinear([-0.5, frames - 0.5], x.domain()); // of a frame
    d3.range(frames).forEach(i => trained.paint(canvas, walk.mixture(middle(i)), i * trained.SIZE));
    image.attr('href', canvas.toDataURL());
  }

  function drawBands(svg, x, found, [ribbon, top, end], classes) {
    const room = ({ from, to }) => x(to) - x(from);
    const seen = found.filter(band => room(band) > 0);
    const boxes = seen.flatMap(band => [[band, ribbon, top, 0.4], [band, top, end, 0.13]]);
    svg.selectAll('rect').data(boxes).join('rect').attr('x', ([band]) => x(band.from)).attr('y', ([, y]) => y)
      .attr('width', ([band]) => room(band)).attr('height', ([, y, to]) => to - y)
      .style('fill', ([{ label }]) => hue(label)).style('opacity', ([, , , opacity]) => opacity);
    svg.selectAll('text.class').data(seen.filter(band => room(band) > 7.5 * classes[band.label].length))
      .join('text').attr('class', 'class').attr('text-anchor', 'middle').attr('y', ribbon + 16)
      .attr('x', ({ from, to }) => (x(from) + x(to)) / 2).text(({ label }) => classes[label]);
  }

  const drawLines = (svg, name, lines) => svg.selectAll(`path.${name}`).data(lines).join('path').attr('class', name)
    .attr('d', ({ points }) => d3.line()(points)).style('fill', 'none').style('stroke-linejoin', 'bevel')
    .style('stroke', ({ colour }) => colour).style('stroke-width', ({ width }) => width);

  /** Those of classes that are named somewhere have a colour; returns the scale. */
  function drawLogits(svg, x, { pieces, bands: found }, range) {
    const [low, high] = x.domain();
    const inside = pieces.map(({ from }) => from).filter(from => low < from && from < high);
    const corners = [low, ...inside, high].map(t => [t, at(pieces, t)]);
    const y = d3.scaleLinear(d3.extent(corners.flatMap(([, z]) => z)), range);
    const named = new Set(found.map(({ label }) => label));
    drawLines(svg, 'logit', d3.sort(d3.range(pieces[0].values.length), label => named.has(label)).map(label => ({
      points: corners.map(([t, z]) => [x(t), y(z[label])]),
      colour: named.has(label) ? hue(label) : 'var(--quiet)',
      width: named.has(label) ? 2 : 1,
    })));
    return y;
  }

  /** The slope of the logit of a class, a step for each piece; returns the scale. */
  function drawSlope(svg, x, pieces, range, label) {
    const [low, high] = x.domain();
    const seen = pieces.filter(({ from, to }) => from < high && low < to);
    const y = d3.scaleLinear(d3.extent(seen, ({ slopes }) => slopes[label]), range);
    const points = seen.flatMap(({ from, to, slopes }) => [from, to].map(t => [x(t), y(slopes[label])]));
    drawLines(svg, 'slope', [{ points, colour: hue(label), width: 1.5 }]);
    return y;
  }

  /** A row of strokes for the kinks of each layer. */
  function drawKinks(svg, x, found, top) {
    const height = layer => top + 15 * (layer - 1);
    const seen = found.filter(({ from }) => x.domain()[0] < from && from < x.domain()[1]);
    svg.selectAll('path.kinks').data([seen]).join('path').attr('class', 'kinks').style('stroke', 'var(--warning)')
      .attr('d', these => these.map(({ from, layer }) => `M${x(from)},${height(layer)}v12`).join(''));
    svg.selectAll('text.layer').data([1, 2]).join('text').attr('class', 'layer quiet').attr('text-anchor', 'end')
      .attr('x', x.range()[0] - 5).attr('y', layer => height(layer) + 10).text(layer => `layer ${layer}`);
  }

  function explain({ classes, labels }, name, { from, to }, found, t, logits) {
    const [start, goal] = [from, to].map(image => classes[labels[image]]);
    const other = from === to ? 'its mirror image' : `the ${start === goal ? 'other ' : ''}${goal}`;
    return `${fixed(t, 3)} of the way from the ${start} to ${other}, the ${name} network says
      <b>${classes[d3.maxIndex(logits)]}</b> (${number(100 * d3.max(trained.softmax(logits)), 0)}\u00a0%).
      From end to end it says ${found.map(({ label }) => classes[label]).join(', ')}.`;
  }

  answerbook.figure('segment', 'From one photograph to another', make, { ...trained, follow, kinks, at, bands });
}
