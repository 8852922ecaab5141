// Questions 12, 13 and 15: the curves of every run. The words of a place are the experiments that it
// shows at first.

{
  const { data, expect, fixed } = answerbook;
  const MEASURES = {
    accuracy: ['accuracy', 'accuracy'],
    loss: ['loss', 'loss'],
    logarithm: ['loss, logarithmic', 'loss'],
  };
  const WAYS = { running: 'train', clean: 'clean_train' };

  /** The runs, each with its epochs and a list of numbers for each measure. */
  function read() {
    const { runs } = data('curves');
    expect(Array.isArray(runs) && runs.length > 0, 'there are no training runs');
    for (const run of runs) {
      for (const part of ['train', 'clean_train', 'val']) {
        for (const measure of ['loss', 'accuracy']) {
          const values = run[`${part}_${measure}`];
          const whole = values?.length === run.epoch?.length && values.every(Number.isFinite);
          expect(whole, `the run ${run.experiment}, seed ${run.seed}, has no ${part} ${measure}`);
        }
      }
    }
    return runs;
  }

  /** Mean over the runs that have the epoch; undefined if none has. */
  const meanAt = (runs, column, epoch) => d3.mean(runs, run => run[column][run.epoch.indexOf(epoch)]);

  function make(place) {
    const runs = read();
    const experiments = [...new Set(runs.map(run => run.experiment))];
    const seeds = [...new Set(runs.map(run => run.seed))].sort(d3.ascending);
    const lastOf = these => d3.max(these, run => d3.max(run.epoch)) ?? 1;
    place.below = true; // the drawn one is the answer
    const opening = runs.filter(run => place.words.includes(run.experiment));
    place.hint.text('Set runs side by side; move over the curves, or along the epochs, to read their values.');
    const options = pairs => Object.entries(pairs);
    const measure = place.choice({
      label: '', value: 'accuracy', options: options(MEASURES).map(([key, [label]]) => [key, label]),
    });
    measure.select.attr('aria-label', 'measure');
    const way = place.choice({
      label: 'training', value: 'clean',
      options: [['clean', 'at the epoch’s end'], ['running', 'over its minibatches']],
    });
    const epoch = place.slider({ label: 'epoch', min: 1, max: lastOf(runs), value: lastOf(opening) });
    const seed = new Map(seeds.map(value => [value, place.toggle({ label: `seed ${value}`, checked: true })]));
    const plot = place.svg('Curves over the epochs: training solid, validation dashed');
    const legend = place.panels.append('div').attr('class', 'wide').append('table').attr('class', 'legend');
    const head = legend.append('tr').selectAll('th').data(['run', 'training', 'validation', 'gap']);
    const heading = head.join('th').attr('scope', 'col').text(text => text);
    const row = legend.selectAll('tr.row').data(experiments).join('tr').attr('class', 'row');
    const shown = new Map();
    row.append('th').attr('scope', 'row').each(function (name) {
      const toggle = place.toggle({
        label: name.replaceAll('_', ' '), checked: place.words.includes(name), parent: d3.select(this),
      });
      toggle.box.insert('span', 'span').attr('class', 'swatch').style('--curve', colour(name));
      shown.set(name, toggle);
    });
    row.selectAll('td').data([0, 1, 2]).join('td');

    const x = d3.scaleLinear();
    plot.on('pointermove pointerdown', event => {
      const near = Math.round(x.invert(d3.pointer(event)[0]));
      epoch.value = Math.max(1, Math.min(x.domain()[1], near));
      place.changed();
    });

    return width => {
      const [, kind] = MEASURES[measure.value];
      const [train, val] = [`${WAYS[way.value]}_${kind}`, `val_${kind}`];
      const chosen = runs.filter(run => shown.get(run.experiment).value && seed.get(run.seed).value);
      const lines = chosen.flatMap(run => [train, val].map((column, dashed) => ({
        dashed, colour: colour(run.experiment),
        points: run.epoch.map((at, i) => [at, run[column][i]]),
      })));
      const last = lastOf(chosen);
      if (epoch.value > last) epoch.value = last;
      epoch.range(1, last);
      x.domain([0, last]).range([44, Math.min(width, 620) - 10]);
      drawCurves(plot, x, lines, measure.value, epoch.value);
      const format = (value, i) => {
        if (value === undefined) return '–';
        if (kind === 'loss') return fixed(value, 3);
        return fixed(100 * value, 1) + (i === 2 ? '' : ' %');
      };
      heading.filter((_, i) => i === 3).text(kind === 'accuracy' ? 'gap, points' : 'gap');
      const readings = experiments.map(name => {
        const these = chosen.filter(run => run.experiment === name);
        const [a, b] = [train, val].map(column => meanAt(these, column, epoch.value));
        const gap = a === undefined ? undefined : kind === 'accuracy' ? a - b : b - a;
        return { name, these, cells: [a, b, gap].map(format) };
      });
      row.classed('off', (_, i) => readings[i].these.length === 0);
      row.selectAll('td').text(function (_, i) {
        return readings[experiments.indexOf(d3.select(this.parentNode).datum())].cells[i];
      });
      place.say(explain(readings.filter(({ cells }) => cells[0] !== '–'), epoch.value, kind));
    };
  }

  /** As on paper; an experiment that is not of the book is grey. */
  const colour = experiment => `var(--of-${experiment}, var(--quiet))`;

  function drawCurves(svg, x, lines, measure, epoch) {
    const height = 250;
    const [left, right] = x.range();
    const values = lines.flatMap(({ points }) => points.map(([, value]) => value));
    const range = [height - 24, 8];
    const positive = values.filter(value => value > 0);
    const y = measure === 'accuracy' ? d3.scaleLinear([0, 1], range)
      : measure === 'loss' ? d3.scaleLinear([0, d3.max(values) || 1], range).nice()
        : d3.scaleLog([d3.min(positive) ?? 0.1, d3.max(positive) ?? 1], range).nice().clamp(true);
    svg.attr('width', right + 10).attr('height', height).style('touch-action', 'pan-y');
    svg.selectAll('path.curve').data(lines).join('path').attr('class', 'curve')
      .attr('d', ({ points }) => d3.line().x(p => x(p[0])).y(p => y(p[1]))(points))
      .style('fill', 'none').style('stroke-width', 1.6).style('stroke', line => line.colour)
      .style('stroke-dasharray', line => (line.dashed ? '6 3' : null));
    const at = lines.flatMap(line => line.points.filter(([e]) => e === epoch).map(p => ({ ...line, p })));
    svg.selectAll('circle').data(at).join('circle').attr('r', 3.5).attr('cx', d => x(d.p[0]))
      .attr('cy', d => y(d.p[1])).style('stroke', d => d.colour).style('stroke-width', 1.5)
      .style('fill', d => (d.dashed ? 'var(--page)' : d.colour));
    svg.selectAll('line.epoch').data([epoch]).join('line').attr('class', 'epoch')
      .attr('x1', x).attr('x2', x).attr('y1', range[0]).attr('y2', range[1])
      .style('stroke', 'var(--quiet)').style('stroke-dasharray', '2 3').lower();
    const format = measure === 'accuracy' ? value => `${Math.round(100 * value)} %` : value => `${value}`;
    svg.selectAll('.x').data([0]).join('g').attr('class', 'x')
      .attr('transform', `translate(0,${range[0]})`).call(d3.axisBottom(x).ticks(6));
    svg.selectAll('.y').data([0]).join('g').attr('class', 'y').attr('transform', `translate(${left},0)`)
      .call(measure === 'logarithm' ? d3.axisLeft(y).ticks(4, '~g') : d3.axisLeft(y).ticks(5).tickFormat(format));
    svg.selectAll('text.name').data(['epoch']).join('text').attr('class', 'name')
      .attr('x', right).attr('y', range[0] - 6).attr('text-anchor', 'end').text(name => name);
  }

  function explain(readings, epoch, kind) {
    if (!readings.length) return 'No run that is shown has this epoch.';
    const each = readings.map(({ name, these, cells: [train, val] }) =>
      `<b>${name.replaceAll('_', ' ')}</b> ${train} in training, ${val} in validation
       (${these.length === 1 ? 'one seed' : `mean of ${these.length} seeds`})`);
    return `Epoch ${epoch}, ${kind}: ${each.join('; ')}.`;
  }

  answerbook.figure('curves', 'Training curves', make, { meanAt });
}
