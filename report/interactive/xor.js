// Question 7(b): the XOR network at a point of the plane, and along the cut through it.

{
  const W1 = [[-1, 0], [0, 1], [1, 0], [0, -1]];
  const W2 = [[1, -1, 0, 0], [0, 0, 1, -1]];
  const W3 = [[1, 0, 1, 0, -1, -1]];
  const NAMES = [
    'ReLU(−<i>x</i>₁)', 'ReLU(<i>x</i>₂)', 'ReLU(<i>x</i>₁)', 'ReLU(−<i>x</i>₂)',
    'ReLU(<i>s</i>₁ − <i>s</i>₂)', 'ReLU(<i>s</i>₃ − <i>s</i>₄)',
  ];
  const LIMIT = 2;
  const { number } = answerbook;

  const times = (W, x) => W.map(row => row.reduce((sum, w, i) => sum + w * x[i], 0));
  const relu = x => x.map(value => Math.max(value, 0));

  /** The six hidden values at x and the output. */
  function network(x) {
    const s = relu(times(W1, x));
    const hidden = [...s, ...relu(times(W2, s))];
    return { hidden, f: times(W3, hidden)[0] };
  }

  /** What holds at x, and what the source says of it. */
  function explain([x1, x2], f) {
    const at = `<i>f</i>(${number(x1)}, ${number(x2)}) = ${number(f)}`;
    if (x1 * x2 >= 0) return `${at}. The signs do not differ, and the terms cancel.`;
    if (x1 > 0) return `${at}, the smaller of <i>x</i>₁ and −<i>x</i>₂.`;
    const sum = -x1 - x2;
    const claim = 'Case 3 of the source takes −<i>x</i>₁ − <i>x</i>₂ to be negative';
    const here = `here it is ${number(sum)}`;
    return sum > 0
      ? `${at}. ${claim}: <span class="no">${here}</span>, so that <i>f</i> is
        <i>x</i>₂ = ${number(x2)} and not −<i>x</i>₁ = ${number(-x1)}.`
      : `${at}. ${claim}; ${here}, and <i>f</i> = −<i>x</i>₁.`;
  }

  function make(place) {
    place.hint.text('Drag the point across the upper left quadrant: where the dotted line appears, the source’s third case breaks.');
    const coordinate = (label, value) => place.slider({
      label, value, min: -LIMIT, max: LIMIT, step: 0.125, text: x => number(x),
    });
    const sliders = [coordinate('<i>x</i>₁', -1), coordinate('<i>x</i>₂', 0.5)];
    const plane = place.svg('The plane, shaded where f is positive, with the point');
    const cut = place.svg('f along the horizontal line through the point');
    const units = place.panels.append('ul').attr('class', 'units');
    const unit = units.selectAll('li').data(NAMES).join('li');
    unit.append('span').html((name, i) =>
      `<i>s</i>${i < 4 ? '₁₂₃₄'[i] : '′' + '₁₂'[i - 4]} = ${name}`);
    unit.append('b');

    const x = d3.scaleLinear([-LIMIT, LIMIT], [0, 0]).clamp(true);
    const y = d3.scaleLinear([-LIMIT, LIMIT], [0, 0]).clamp(true);
    const step = value => Math.round(value * 8) / 8;
    place.drag(plane.attr('class', 'draggable'), ([px, py]) => {
      sliders[0].value = step(x.invert(px));
      sliders[1].value = step(y.invert(py));
    });

    return width => {
      const point = sliders.map(slider => slider.value);
      const { hidden, f } = network(point);
      const side = Math.min(300, width > 620 ? (width - 12) / 2 : width);
      x.range([28, side - 12]);
      y.range([side - 24, 12]);
      drawPlane(plane, side, x, y, point);
      drawCut(cut, side, x, point, f);
      unit.classed('on', (_, i) => hidden[i] > 0).select('b').text((_, i) => number(hidden[i]));
      place.say(explain(point, f));
    };
  }

  function axes(svg, side, x, y, names) {
    const ticks = scale => d3.axisBottom(scale).ticks(5).tickSizeOuter(0);
    svg.selectAll('.x').data([0]).join('g').attr('class', 'x')
      .attr('transform', `translate(0,${side - 22})`).call(ticks(x));
    svg.selectAll('.y').data([0]).join('g').attr('class', 'y')
      .attr('transform', 'translate(26,0)').call(d3.axisLeft(y).ticks(5).tickSizeOuter(0));
    svg.selectAll('.name').data(names).join('text').attr('class', 'name')
      .attr('x', (_, i) => (i ? 26 : x(1.5))).attr('y', (_, i) => (i ? 4 : side - 4))
      .attr('text-anchor', 'middle').text(name => name);
  }

  function drawPlane(svg, side, x, y, [x1, x2]) {
    svg.attr('width', side).attr('height', side);
    const levels = d3.range(0, LIMIT, 0.25).flatMap(level => [
      [-LIMIT, -level, level, LIMIT],
      [level, LIMIT, -LIMIT, -level],
    ]);
    svg.selectAll('rect').data(levels).join('rect')
      .attr('x', ([left]) => x(left)).attr('width', ([left, right]) => x(right) - x(left))
      .attr('y', ([, , , top]) => y(top)).attr('height', ([, , low, top]) => y(low) - y(top))
      .style('fill', 'var(--note)').style('opacity', 0.13);
    const lines = [[0, -LIMIT, 0, LIMIT], [-LIMIT, 0, LIMIT, 0], [-LIMIT, x2, LIMIT, x2]];
    svg.selectAll('.line').data(lines).join('line').attr('class', 'line')
      .attr('x1', d => x(d[0])).attr('y1', d => y(d[1])).attr('x2', d => x(d[2]))
      .attr('y2', d => y(d[3])).style('stroke', (_, i) => (i < 2 ? 'var(--text)' : 'var(--warning)'))
      .style('stroke-dasharray', (_, i) => (i < 2 ? null : '2 3'));
    svg.selectAll('circle').data([0]).join('circle').attr('r', 8)
      .attr('cx', x(x1)).attr('cy', y(x2)).style('fill', 'var(--warning)');
    axes(svg, side, x, y, ['x₁', 'x₂']);
    svg.selectAll('circle').raise();
  }

  function drawCut(svg, side, x, [x1, x2], f) {
    const y = d3.scaleLinear([0, LIMIT], [side - 36, 22]);
    const along = d3.range(-LIMIT, LIMIT + 1e-9, 0.125);
    const path = d3.line().x(([t]) => x(t)).y(([, value]) => y(value));
    const curves = [
      [path([[-LIMIT, LIMIT], [0, 0]]), 'var(--quiet)', '5 4', x2 > 0],
      [path(along.map(t => [t, network([t, x2]).f])), 'var(--warning)', null, true],
    ];
    svg.attr('width', side).attr('height', side);
    svg.selectAll('path.curve').data(curves.filter(([, , , there]) => there)).join('path')
      .attr('class', 'curve').attr('d', ([d]) => d).style('fill', 'none').style('stroke-width', 2)
      .style('stroke', ([, colour]) => colour).style('stroke-dasharray', ([, , dash]) => dash);
    const wrong = x1 < 0 && x2 > 0 && -x1 - x2 > 0 ? [-x1] : [];
    svg.selectAll('.wrong').data(wrong).join('path').attr('class', 'wrong')
      .attr('d', value => path([[x1, f], [x1, value]])).style('stroke', 'var(--quiet)')
      .style('stroke-dasharray', '1 3').style('stroke-width', 2);
    svg.selectAll('text.case').data(x2 > 0 ? [0] : []).join('text').attr('class', 'case quiet')
      .attr('x', x(-1.35)).attr('y', y(1.6)).text('−x₁, case 3 of the source');
    axes(svg, side, x, y, ['x₁', 'f']);
    svg.selectAll('circle').data([0]).join('circle').attr('r', 6)
      .attr('cx', x(x1)).attr('cy', y(f)).style('fill', 'var(--warning)');
  }

  answerbook.figure('xor', 'The XOR network', make, { network });
}
