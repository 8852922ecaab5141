// After Question 13: how sure two networks are at any temperature, on images that they never saw.

{
  const { data, expect, fixed, number } = answerbook;
  const BINS = 10;
  const FEWEST = 15; // images in a bin that is drawn
  const OCTAVE = 16; // steps of the slider
  const [COLDEST, HOTTEST] = [-OCTAVE / 2, 3 * OCTAVE];
  const ROWS = {
    accuracy: 'accuracy', confidence: 'confidence', wrong_confidence: '– where wrong',
    loss: 'loss', median_loss: '– its median', worst_tenth: '– in the worst tenth',
  };
  const temperatureOf = step => 2 ** (step / OCTAVE);
  const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));

  /** The networks with what each logit lacks of the image's largest, image by image. */
  function unpack({ labels, networks }) {
    expect(typeof labels === 'string' && networks?.length > 0, 'no network came with the page');
    const truth = bytes(labels);
    return networks.map(({ experiment, chosen, largest, levels }) => {
      const lacking = Float64Array.from(bytes(levels), level => largest * (level / 255) ** 2);
      const classes = lacking.length / truth.length;
      expect(Number.isInteger(classes), 'the logits are not as many as the images need');
      return { experiment, chosen, lacking, classes, truth };
    });
  }

  /** What the network is worth at a temperature, and its images by tenths of their confidence. */
  function measures({ lacking, classes, truth }, temperature) {
    const images = [...truth].map((label, image) => {
      const own = lacking.subarray(image * classes, (image + 1) * classes);
      const sum = d3.sum(own, value => Math.exp(-value / temperature));
      return { loss: Math.log(sum) + own[label] / temperature, confidence: 1 / sum, right: own[label] === 0 };
    });
    const losses = Float64Array.from(images, image => image.loss).sort();
    const mean = (these, key) => d3.mean(these, image => image[key]);
    const bins = d3.range(BINS).map(bin => {
      const these = images.filter(image => Math.min(BINS - 1, Math.floor(BINS * image.confidence)) === bin);
      return { images: these.length, confidence: mean(these, 'confidence'), accuracy: mean(these, 'right') };
    });
    return {
      loss: mean(images, 'loss'),
      median_loss: d3.quantileSorted(losses, 0.5),
      worst_tenth: d3.sum(losses.subarray(-Math.max(1, Math.floor(losses.length / 10)))) / d3.sum(losses),
      accuracy: mean(images, 'right'),
      confidence: mean(images, 'confidence'),
      wrong_confidence: mean(images.filter(image => !image.right), 'confidence'),
      bins: bins.filter(bin => bin.images > 0),
    };
  }

  function make(place) {
    const given = data('temperature');
    const networks = unpack(given);
    place.hint.text('Find the temperature at which each loss is least. Which network has the lower one there?');
    const slider = place.slider({
      label: 'temperature', min: COLDEST, max: HOTTEST, value: 0, text: step => fixed(temperatureOf(step), 2),
    });
    const curve = d3.range(COLDEST, HOTTEST + 1, 4).map(temperatureOf);
    const lines = networks.map(network => ({
      colour: `var(--of-${network.experiment}, var(--text))`,
      points: curve.map(t => [t, measures(network, t).loss]),
      own: [network.chosen, measures(network, network.chosen).loss],
    }));
    const plots = ['Loss over the temperature', 'Accuracy over confidence'].map(name => place.svg(name));
    const table = place.panels.append('table').attr('class', 'legend');
    const heading = table.append('tr').selectAll('th').data([null, ...networks]).join('th').attr('scope', 'col');
    heading.filter(network => network === null).text('measure');
    const named = heading.filter(network => network !== null).append('span').attr('class', 'toggle');
    named.append('span').attr('class', 'swatch').style('--curve', (_, i) => lines[i].colour);
    named.append('span').text(network => network.experiment);
    const row = table.selectAll('tr.row').data(Object.entries(ROWS)).join('tr').attr('class', 'row');
    row.append('th').attr('scope', 'row').text(([, name]) => name);
    row.selectAll('td').data(networks).join('td');
    place.panels.append('p').attr('class', 'quiet').text(`The logits are rounded to fit the page; a loss is off by ${number(given.deviation, 4)} at most,
      at 1 and at the chosen temperatures.`);

    return width => {
      const temperature = temperatureOf(slider.value);
      const now = networks.map(network => measures(network, temperature));
      const side = width > 600 ? Math.floor((width - 30) / 2) : Math.min(width, 380);
      drawLosses(plots[0], Math.min(side, 400), lines, temperature, now);
      drawReliability(plots[1], Math.min(side, 400), lines, now);
      row.each(function ([measure]) {
        const write = measure.endsWith('loss') ? value => fixed(value, 2) : percent;
        d3.select(this).selectAll('td').text((_, i) => write(now[i][measure]));
      });
      place.say(explain(networks, now, temperature));
    };
  }

  const percent = share => (share === undefined ? '–' : `${fixed(100 * share, 0)} %`);

  function axes(svg, x, y, size, bottom, left, names) {
    svg.attr('width', size).attr('height', y.range()[0] + 26);
    svg.selectAll('.x').data([0]).join('g').attr('class', 'x')
      .attr('transform', `translate(0,${y.range()[0]})`).call(bottom);
    svg.selectAll('.y').data([0]).join('g').attr('class', 'y').attr('transform', `translate(${x.range()[0]},0)`).call(left);
    svg.selectAll('text.name').data(names).join('text').attr('class', 'name')
      .attr('x', (_, i) => (i ? x.range()[0] + 6 : x.range()[1])).attr('y', (_, i) => (i ? 16 : y.range()[0] - 6))
      .attr('text-anchor', (_, i) => (i ? 'start' : 'end')).text(name => name);
  }

  function drawLosses(svg, size, lines, temperature, now) {
    const x = d3.scaleLog([temperatureOf(COLDEST), temperatureOf(HOTTEST)], [40, size - 10]);
    const top = d3.max(lines, ({ points }) => d3.max(points, point => point[1]));
    const y = d3.scaleLinear([0, top], [226, 8]).nice();
    axes(svg, x, y, size, d3.axisBottom(x).tickValues([1, 2, 4, 8]).tickFormat(number), d3.axisLeft(y).ticks(5),
      ['temperature', 'loss']);
    svg.selectAll('path.curve').data(lines).join('path').attr('class', 'curve')
      .attr('d', ({ points }) => d3.line(point => x(point[0]), point => y(point[1])).curve(d3.curveMonotoneX)(points))
      .style('fill', 'none').style('stroke-width', 1.6).style('stroke', line => line.colour);
    svg.selectAll('line.at').data([temperature]).join('line').attr('class', 'at')
      .attr('x1', x).attr('x2', x).attr('y1', y.range()[0]).attr('y2', y.range()[1])
      .style('stroke', 'var(--quiet)').style('stroke-dasharray', '2 3').lower();
    const dots = lines.flatMap(({ colour, own }, i) => [
      { colour, at: own, open: true }, { colour, at: [temperature, now[i].loss], open: false },
    ]);
    drawDots(svg, x, y, dots);
  }

  function drawReliability(svg, size, lines, now) {
    const x = d3.scaleLinear([0, 1], [40, size - 10]);
    const y = d3.scaleLinear([0, 1], [226, 8]);
    const share = value => `${100 * value} %`;
    axes(svg, x, y, size, d3.axisBottom(x).ticks(5).tickFormat(share), d3.axisLeft(y).ticks(5).tickFormat(share),
      ['confidence', 'accuracy']);
    svg.selectAll('line.honest').data([0]).join('line').attr('class', 'honest')
      .attr('x1', x(0)).attr('x2', x(1)).attr('y1', y(0)).attr('y2', y(1))
      .style('stroke', 'var(--quiet)').style('stroke-dasharray', '5 3');
    const drawn = lines.map(({ colour }, i) => ({
      colour, bins: now[i].bins.filter(bin => bin.images >= FEWEST),
    }));
    svg.selectAll('path.curve').data(drawn).join('path').attr('class', 'curve')
      .attr('d', ({ bins }) => d3.line(bin => x(bin.confidence), bin => y(bin.accuracy))(bins))
      .style('fill', 'none').style('stroke-width', 1.6).style('stroke', line => line.colour);
    drawDots(svg, x, y, drawn.flatMap(({ colour, bins }) =>
      bins.map(bin => ({ colour, at: [bin.confidence, bin.accuracy], open: false }))));
  }

  function drawDots(svg, x, y, dots) {
    svg.selectAll('circle').data(dots).join('circle').attr('r', 4).attr('cx', d => x(d.at[0])).attr('cy', d => y(d.at[1]))
      .style('stroke', d => d.colour).style('stroke-width', 1.5).style('fill', d => (d.open ? 'var(--page)' : d.colour));
  }

  function explain(networks, now, temperature) {
    const each = networks.map(({ experiment }, i) => `<b>${experiment}</b> is ${percent(now[i].confidence)} sure on average
      and right about ${percent(now[i].accuracy)}, at a loss of ${fixed(now[i].loss, 2)}`);
    return `Temperature ${fixed(temperature, 2)}: ${each.join('; ')}.`;
  }

  answerbook.figure('temperature', 'Two networks at any temperature', make, { unpack, measures });
}
