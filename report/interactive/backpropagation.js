// Question 8: the graph of v = u + Wu, u = ReLU(Wx), for d = 2, and the gradient of ½‖v‖² by W.

{
  const { number, scientific } = answerbook;
  const STEP = 1 / 64;
  const INDICES = [[0, 0], [0, 1], [1, 0], [1, 1]];
  // The terms: their colours, and on which side of the middle of an edge their paths run.
  const TERMS = {
    past: ['var(--note)', -1], use: ['var(--warning)', 1], through: ['var(--tip)', 0],
  };
  const sub = (...indices) => indices.map(i => '₁₂'[i]).join('');

  const times = (W, x) => W.map(row => row[0] * x[0] + row[1] * x[1]);

  /** y, Θ(y), u, v and the loss. */
  function forward(W, x) {
    const y = times(W, x);
    const step = y.map(value => Number(value > 0));
    const u = y.map((value, i) => step[i] * value);
    const v = times(W, u).map((value, i) => value + u[i]);
    return { y, step, u, v, loss: (v[0] ** 2 + v[1] ** 2) / 2 };
  }

  /** The three terms of ∂L/∂W_ij, and what the source has for the second. */
  function terms(W, x, i, j) {
    const { step, u, v } = forward(W, x);
    const back = v[0] * W[0][i] + v[1] * W[1][i];
    return {
      past: v[i] * step[i] * x[j],
      use: v[i] * u[j],
      through: back * step[i] * x[j],
      slip: v[i] * u[i],
    };
  }

  const gradient = (W, x) => W.map((row, i) => row.map((_, j) => {
    const { past, use, through } = terms(W, x, i, j);
    return past + use + through;
  }));

  /** The central difference of fourth order. The loss is of fourth degree in each entry, for which
   *  it is exact, unless a ReLU switches within two steps. */
  function difference(W, x, i, j) {
    const at = h => forward(W.map((row, m) => row.map((w, n) => (m === i && n === j ? w + h : w))), x).loss;
    return (8 * (at(STEP) - at(-STEP)) - (at(2 * STEP) - at(-2 * STEP))) / (12 * STEP);
  }

  function make(place) {
    place.hint.html('Choose an entry and follow each of its terms to the loss; then change it.');
    const entry = (label, value) => field(place, label, value);
    place.controls.classed('matrix', true);
    const fields = [0, 1].map(i => [
      ...[0, 1].map(j => entry(`<i>W</i>${sub(i, j)}`, Number(i === j))),
      entry(`<i>x</i>${sub(i)}`, i + 1),
    ]);
    const graph = place.svg('The graph from x over y, u and v to the loss, with its values');
    const table = place.panels.append('div').attr('class', 'wide').append('table');
    const heads = ['entry', '<i>v</i><sub>i</sub> Θ(<i>y</i><sub>i</sub>) <i>x</i><sub>j</sub>',
      '<i>v</i><sub>i</sub> <i>u</i><sub>j</sub>',
      '(<b>W</b>ᵀ<b>v</b>)<sub>i</sub> Θ(<i>y</i><sub>i</sub>) <i>x</i><sub>j</sub>',
      'sum', 'finite difference', 'the source’s sum'];
    const colours = ['', ...Object.values(TERMS).map(([colour]) => colour)];
    table.append('tr').selectAll('th').data(heads).join('th').attr('scope', 'col').html(head => head)
      .style('color', (_, cell) => colours[cell]);
    const rows = table.selectAll('tr.row').data(INDICES).join('tr').attr('class', 'row');
    const name = rows.append('th').attr('scope', 'row');
    let chosen = 1;
    const radio = name.append('label').attr('class', 'toggle');
    radio.append('input').attr('type', 'radio').attr('name', `${place.element.id}-entry`)
      .property('checked', (_, row) => row === chosen)
      .on('input', (_, [i, j]) => { chosen = 2 * i + j; place.changed(); });
    radio.append('span').html(([i, j]) => `<i>W</i>${sub(i, j)}`);
    rows.selectAll('td').data(heads.slice(1)).join('td');

    return width => {
      const W = fields.map(row => [row[0].value, row[1].value]);
      const x = fields.map(row => row[2].value);
      drawGraph(graph, Math.min(width, 600), W, x, INDICES[chosen]);
      rows.classed('on', (_, row) => row === chosen);
      rows.each(function ([i, j]) {
        const { past, use, through, slip } = terms(W, x, i, j);
        const sum = past + use + through;
        const cells = [past, use, through, sum, difference(W, x, i, j), past + slip + through];
        d3.select(this).selectAll('td').data(cells).text(value => number(value))
          .classed('no', (value, cell) => cell >= 4 && Math.abs(value - sum) > 1e-9 * (1 + Math.abs(sum)));
      });
      place.say(explain(W, x, ...INDICES[chosen]));
    };
  }

  /** A number that is typed or stepped; what is no number leaves the last one. */
  function field(place, label, value) {
    const box = place.controls.append('label').attr('class', 'choice');
    box.append('span').html(label);
    const input = box.append('input').attr('type', 'number').attr('step', 0.25).attr('value', value)
      .attr('min', -9).attr('max', 9);
    let last = value;
    input.on('input', () => {
      const typed = input.property('valueAsNumber');
      const good = Math.abs(typed) <= 9;
      input.attr('aria-invalid', good ? null : 'true');
      if (good) last = typed;
      place.changed();
    });
    return { get value() { return last; } };
  }

  /** The edges: column, from which row to which, label, and the terms with which W_ij reaches the
   *  loss by it. */
  function edgesOf({ step, u }, i, j) {
    const active = step[i] === 1;
    const terms = (...there) => ['past', 'use', 'through'].filter((_, nth) => there[nth]);
    const used = u[j] !== 0;
    return [0, 1].flatMap(m => [
      ...[0, 1].flatMap(n => {
        const [own, name] = [m === i && n === j, `W${sub(m, n)}`];
        return [
          { c: 0, from: n, to: m, name, terms: terms(own && active, false, own && active) },
          { c: 2, from: n, to: m, name, terms: terms(false, own && used, active && n === i) },
        ];
      }),
      { c: 1, from: m, to: m, name: step[m] ? 'on' : 'off', terms: terms(active && m === i, false, active && m === i) },
      { c: 2, from: m, to: m, name: '', terms: terms(active && m === i), bend: m ? 34 : -34 },
      { c: 3, from: m, to: 0.5, name: '', terms: terms(active && m === i, used && m === i, active) },
    ]);
  }

  /** From left to right, or downwards where that is too narrow. */
  function drawGraph(svg, width, W, x, [i, j]) {
    const values = forward(W, x);
    const down = width < 480;
    const column = d3.scalePoint(d3.range(5), down ? [24, 344] : [26, width - 26]);
    const row = d3.scaleLinear([0, 1], down ? [0.28 * width, 0.72 * width] : [42, 136]);
    const at = (c, r) => (down ? [row(r), column(c)] : [column(c), row(r)]);
    svg.attr('width', width).attr('height', down ? 368 : 178);
    const edges = edgesOf(values, i, j).map(edge => {
      const [[x0, y0], [x1, y1]] = [at(edge.c, edge.from), at(edge.c + 1, edge.to)];
      const [bx, by] = down ? [edge.bend ?? 0, 0] : [0, edge.bend ?? 0];
      const level = edge.from === edge.to;
      const t = level ? 0.5 : 0.68;
      const path = `M${x0},${y0}Q${(x0 + x1) / 2 + bx},${(y0 + y1) / 2 + by} ${x1},${y1}`;
      return { ...edge, path, middle: [x0 + t * (x1 - x0) + (down && level ? 17 : 0), y0 + t * (y1 - y0) + (down || !level ? 4 : -8)] };
    });
    const strands = edges.flatMap(({ path, terms }) => (terms.length ? terms : [null]).map(term => ({
      path, term, colour: term ? TERMS[term][0] : 'var(--quiet)', shift: term ? 3.2 * TERMS[term][1] : 0,
    })));
    svg.selectAll('path').data(strands).join('path').attr('d', d => d.path).style('fill', 'none')
      .attr('transform', ({ shift }) => (down ? `translate(${shift},0)` : `translate(0,${shift})`))
      .style('stroke', d => d.colour).style('stroke-width', d => (d.term ? 2.5 : 1))
      .style('opacity', d => (d.term ? 1 : 0.6));
    svg.selectAll('text.edge').data(edges.filter(({ name }) => name)).join('text')
      .attr('class', 'edge').classed('quiet', d => !d.terms.length).text(d => d.name)
      .attr('text-anchor', 'middle').attr('transform', d => `translate(${d.middle})`);
    const nodes = [x, values.y, values.u, values.v].flatMap((column, c) =>
      column.map((value, r) => ({ name: 'xyuv'[c] + sub(r), value, place: at(c, r) })));
    drawNodes(svg, [...nodes, { name: 'L', value: values.loss, place: at(4, 0.5) }]);
  }

  function drawNodes(svg, nodes) {
    const node = svg.selectAll('g.node').data(nodes).join('g').attr('class', 'node')
      .attr('transform', d => `translate(${d.place})`).raise();
    node.selectAll('rect').data([0]).join('rect').attr('x', -24).attr('y', -19).attr('width', 48)
      .attr('height', 38).attr('rx', 4).style('fill', 'var(--page)').style('stroke', 'var(--quiet)');
    node.selectAll('text.name').data(d => [d.name]).join('text').attr('class', 'name')
      .attr('text-anchor', 'middle').attr('y', -3).text(text => text);
    node.selectAll('text.value').data(d => [d.value]).join('text').attr('class', 'value')
      .attr('text-anchor', 'middle').attr('y', 13).text(value => number(value, 2));
  }

  function explain(W, x, i, j) {
    const { y, loss } = forward(W, x);
    const { past, use, through, slip } = terms(W, x, i, j);
    const sum = past + use + through;
    const entry = `∂<i>L</i>/∂<i>W</i>${sub(i, j)}`;
    const parts = Object.entries({ past, use, through }).map(([term, value]) =>
      `<b style="color: ${TERMS[term][0]}">${number(value)}</b>`);
    const formula = `<i>L</i> = ${number(loss)}. ${entry} = ${parts.join(' + ')} = ${number(sum)}`;
    const slipped = slip === use ? '' : ` With <i>u</i>${sub(i)} for <i>u</i>${sub(j)}, as in the
      source, it would be <span class="no">${number(past + slip + through)}</span>.`;
    const wrong = Math.abs(difference(W, x, i, j) - sum);
    const near = y.some((value, m) => value === 0 && x.some(Boolean) && m === i);
    if (near) return `${formula} with Θ(0) = 0; at <i>y</i>${sub(i)} = 0 the loss may have a kink,
      which a finite difference steps over.${slipped}`;
    return `${formula}; a finite difference is off by ${scientific(wrong)}.${slipped}`;
  }

  answerbook.figure('backpropagation', 'Backpropagation for d = 2', make, {
    forward, gradient, difference,
  });
}
