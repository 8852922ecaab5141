// Question 7(b): two or three units with free weights, and where the sign of f is not that of XOR.

{
  const LIMIT = 2; // of the square that is drawn
  const NEAR = 1e-12; // an area, or a value, that is only rounding
  const { number } = answerbook;

  // A unit is [w₁, w₂, bias, output weight]; c is the bias of the output.
  const STARTS = {
    apart: ['two units: |x₁ − x₂| − 4/3', [[1, -1, 0, 1], [-1, 1, 0, 1]], -4 / 3],
    or: ['two units: OR', [[1, 0, 0, 1], [0, 1, 0, 1]], 0],
    three: ['three units', [[1, 0, 0, 1], [0, 1, 0, 1], [1, 1, 0, -1]], 0],
  };

  /** The part of a convex polygon where an affine function p·x₁ + q·x₂ + r is not negative. */
  function clipped(polygon, [p, q, r]) {
    const at = ([x1, x2]) => p * x1 + q * x2 + r;
    return polygon.flatMap((corner, i) => {
      const next = polygon[(i + 1) % polygon.length];
      const [here, there] = [at(corner), at(next)];
      const kept = here >= 0 ? [corner] : [];
      if (here * there >= 0) return kept;
      const t = here / (here - there);
      return [...kept, corner.map((value, axis) => value + t * (next[axis] - value))];
    });
  }

  const opposite = form => form.map(value => -value);

  /** The polygons in the square on which f is affine, each within a quadrant, with f = [p, q, r]. */
  function cells(units, c) {
    let parts = [[1, 1], [-1, 1], [-1, -1], [1, -1]].map(([a, b]) => ({
      polygon: [[0, 0], [a * LIMIT, 0], [a * LIMIT, b * LIMIT], [0, b * LIMIT]],
      xor: a * b < 0,
      f: [0, 0, c],
    }));
    for (const [w1, w2, bias, output] of units) {
      const form = [w1, w2, bias];
      parts = parts.flatMap(part => [
        { ...part, polygon: clipped(part.polygon, form), f: part.f.map((v, i) => v + output * form[i]) },
        { ...part, polygon: clipped(part.polygon, opposite(form)) },
      ]).filter(({ polygon }) => area(polygon) > NEAR);
    }
    return parts;
  }

  const area = polygon => (polygon.length < 3 ? 0 : Math.abs(d3.sum(polygon, ([a, b], i) => {
    const [c, d] = polygon[(i + 1) % polygon.length];
    return a * d - b * c;
  })) / 2);

  /** The polygons where f > 0, and those where its sign is not that of XOR. */
  function signs(units, c) {
    const [positive, wrong] = [[], []];
    for (const { polygon, xor, f } of cells(units, c)) {
      const zero = f.every(value => Math.abs(value) < NEAR);
      const above = zero ? [] : clipped(polygon, f);
      const rest = zero ? polygon : clipped(polygon, opposite(f));
      (xor ? positive : wrong).push(above);
      if (xor) wrong.push(rest);
    }
    const seen = polygons => polygons.filter(polygon => area(polygon) > NEAR);
    return { positive: seen(positive), wrong: seen(wrong) };
  }

  /** The part of the square, between 0 and 1, on which the sign is wrong. */
  const wrongShare = (units, c) => d3.sum(signs(units, c).wrong, area) / (2 * LIMIT) ** 2;

  // --- The figure ---------------------------------------------------------------------------

  function make(place) {
    place.hint.html('Try to break the theorem: move a unit’s fold until no orange is left. Then take three units.');
    const options = Object.entries(STARTS).map(([key, [label]]) => [key, label]);
    const start = place.choice({ label: 'start from', options, value: 'apart' });
    const chosen = place.choice({ label: 'unit', options: [[0, '1'], [1, '2']], value: 0 });
    const plane = place.svg('The square, with the folds of the units and the part where the sign is wrong');
    const beside = place.panels.append('div').attr('class', 'controls').style('flex', '1 1 11rem');
    const weight = (label, limit) => place.slider({
      label, parent: beside, min: -limit, max: limit, step: 0.25, value: 0, text: value => number(value),
    });
    const sliders = [weight('<i>w</i>₁', 2), weight('<i>w</i>₂', 2), weight('<i>b</i>', 3), weight('<i>a</i>', 2)];
    const c = place.slider({ // in twelfths, since 4/3 is the best for the units at the start
      label: '<i>c</i>', parent: beside, min: -36, max: 36, value: 0, text: value => number(value / 12),
    });
    let units;
    let best;

    const show = () => sliders.forEach((slider, i) => { slider.value = units[chosen.value][i]; });
    const begin = () => {
      const [, rows, offset] = STARTS[start.value];
      units = rows.map(row => [...row]);
      c.value = 12 * offset;
      best = Infinity;
      chosen.select.selectAll('option').data(units.map((_, i) => i)).join('option')
        .attr('value', i => i).text(i => i + 1);
      chosen.value = 0;
      show();
    };
    start.select.on('input', () => { begin(); place.changed(); });
    chosen.select.on('input', () => { show(); place.changed(); });
    sliders.forEach((slider, i) => slider.input.on('input', () => {
      slider.show();
      units[chosen.value][i] = slider.value;
      place.changed();
    }));
    begin();
    const x = d3.scaleLinear([-LIMIT, LIMIT], [0, 0]);
    const y = d3.scaleLinear([-LIMIT, LIMIT], [0, 0]);
    place.drag(plane.style('touch-action', 'pan-y').style('cursor', 'grab'), ([px, py]) => {
      const [w1, w2] = units[chosen.value];
      const bias = -w1 * x.invert(px) - w2 * y.invert(py); // the fold goes through the pointer
      sliders[2].value = Math.max(-3, Math.min(3, Math.round(4 * bias) / 4));
      units[chosen.value][2] = sliders[2].value;
    });

    return width => {
      const side = Math.min(width, 380);
      x.range([28, side - 12]);
      y.range([side - 24, 12]);
      const { positive, wrong } = signs(units, c.value / 12);
      const share = d3.sum(wrong, area) / (2 * LIMIT) ** 2;
      best = Math.min(best, share);
      drawPlane(plane, side, x, y, { positive, wrong, units, chosen: Number(chosen.value) });
      place.say(explain(units, c.value / 12, share, best));
    };
  }

  function drawPlane(svg, side, x, y, { positive, wrong, units, chosen }) {
    svg.attr('width', side).attr('height', side);
    const filled = [...positive.map(p => [p, 'var(--note)', 0.25]), ...wrong.map(p => [p, 'var(--warning)', 0.9])];
    const corners = polygon => polygon.map(([a, b]) => [x(a), y(b)]);
    svg.selectAll('path.part').data(filled).join('path').attr('class', 'part')
      .attr('d', ([polygon]) => `${d3.line()(corners(polygon))}Z`)
      .style('fill', ([, colour]) => colour).style('opacity', ([, , opacity]) => opacity);
    const axes = [[[0, -LIMIT], [0, LIMIT]], [[-LIMIT, 0], [LIMIT, 0]]];
    const folds = units.map(fold);
    svg.selectAll('path.line').data([...axes, ...folds]).join('path').attr('class', 'line')
      .attr('d', line => d3.line()(corners(line))).style('stroke', 'var(--text)')
      .style('stroke-dasharray', (_, i) => (i < 2 ? null : '6 4'))
      .style('stroke-width', (_, i) => (i < 2 ? 1 : i - 2 === chosen ? 3 : 1.5)).raise();
    const ticks = scale => d3.axisBottom(scale).ticks(5).tickSizeOuter(0);
    svg.selectAll('.x').data([0]).join('g').attr('class', 'x')
      .attr('transform', `translate(0,${side - 22})`).call(ticks(x));
    svg.selectAll('.y').data([0]).join('g').attr('class', 'y')
      .attr('transform', 'translate(26,0)').call(d3.axisLeft(y).ticks(5).tickSizeOuter(0));
  }

  /** The fold of a unit within the square: two points, or none. */
  function fold([w1, w2, bias]) {
    if (w1 === 0 && w2 === 0) return [];
    const square = [[-LIMIT, -LIMIT], [LIMIT, -LIMIT], [LIMIT, LIMIT], [-LIMIT, LIMIT]];
    const size = Math.abs(w1) + Math.abs(w2);
    const on = ([a, b]) => Math.abs(w1 * a + w2 * b + bias) < 1e-9 * size;
    return clipped(square, [w1, w2, bias]).filter(on);
  }

  function formula(units, c) {
    const size = (value, name) => {
      if (!name) return number(Math.abs(value));
      return Math.abs(value) === 1 ? name : `${number(Math.abs(value))} ${name}`;
    };
    const sum = terms => terms.filter(([value]) => value !== 0)
      .map(([value, name]) => `${value < 0 ? ' − ' : ' + '}${size(value, name)}`)
      .join('').replace(/^ \+ /, '').replace(/^ − /, '−') || '0';
    const inner = ([w1, w2, bias]) => sum([[w1, '<i>x</i>₁'], [w2, '<i>x</i>₂'], [bias]]);
    return sum([...units.map(unit => [unit[3], `ReLU(${inner(unit)})`]), [c]]);
  }

  function explain(units, c, share, best) {
    const percent = part => (part < 0.0005 ? 'less than 0.1 %' : `${number(100 * part, 1)} %`);
    const where = share === 0
      ? 'The sign is right <span class="yes">everywhere</span>'
      : `The sign is wrong on <span class="no">${percent(share)}</span> of the square`;
    const record = share === 0 ? '' : `; least so far, with these ${units.length} units: ${percent(best)}`;
    return `<i>f</i> = ${formula(units, c)}. ${where}${record}.`;
  }

  answerbook.figure('two_units', 'Two units and XOR', make, { signs, wrongShare });
}
