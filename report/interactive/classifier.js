// Questions 14 and 15: two trained networks with rounded weights, and images in all their views.

{
  const { fixed, number, trained } = answerbook;
  const { normalise, pixelsOf, spectrum, sums } = trained;

  /** The logits of a spectrum. */
  const logits = ({ frequencies, layers }, transformed) => layers.reduce(
    (h, layer, i) => sums(layer, i ? h.map(value => Math.max(value, 0)) : h),
    Float64Array.from(frequencies, at => transformed[at]),
  );

  const views = padding => d3.cross(d3.range(2 * padding + 1), d3.range(2 * padding + 1))
    .flatMap(([row, column]) => [false, true].map(flip => ({ row, column, flip })));

  // --- The figure ---------------------------------------------------------------------------

  function make(place) {
    const given = trained.read();
    const { padding, classes, labels, deviation } = given;
    place.hint.text('Choose an image and move it: which of the two networks changes its mind?');
    const offset = label => place.slider({ label, min: 0, max: 2 * padding, value: padding });
    const [row, column] = [offset('row'), offset('column')];
    const flip = place.toggle({ label: 'flip' });
    const state = { image: 0, networks: null, right: null };
    trained.thumbnails(place, given, 'image', 0, image => { state.image = image; recount(); });
    const shown = trained.canvas(place, 'The view that the networks are given');
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

    trained.whenNear(place, given, networks => { state.networks = networks; recount(); place.changed(); });

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
          const transformed = spectrum(normalise(given, pixelsOf(given, image, view)));
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
      const pixels = pixelsOf(given, state.image, view);
      trained.paint(shown, pixels);
      if (!state.networks) return place.say('The weights are being unpacked.');
      const transformed = spectrum(normalise(given, pixels));
      const outputs = state.networks.map(network => logits(network, transformed));
      const chances = outputs.map(trained.softmax);
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

  answerbook.figure('classifier', 'Two trained networks', make, { ...trained, logits, views });
}
