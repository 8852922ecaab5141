// Question 4(c)(iv): the units that l layers need for as many kinks as two layers of k units.

{
  const FURTHEST = 100;
  const DEPTHS = [3, 12];
  // Kinks of the best networks known with two units to a layer, by depth from 1 on.
  const TWO_WIDE = [2, 6, 18, 42, 90, 186, 378];
  const { number } = answerbook;

  /** N₂ = (l/2) (2k)^(2/l): equal bounds, (2k)² = (2k′)^l. */
  const unitsByBound = (k, l) => (l / 2) * (2 * k) ** (2 / l);

  /** Where N₂ = N₁ = 2k. */
  const crossing = l => (l / 2) ** (l / (l - 2)) / 2;

  /** The most kinks that l layers of k units are known to attain, and a bound on them. */
  function attained(k, l) {
    if (k === 1) return [Math.min(l, 2), Math.min(l, 2)];
    if (k >= 3) return [(k + 1) ** l - 1, (k + 1) ** l - 1];
    let [three, two] = [1, 1];
    for (let layer = 0; layer < l; layer++) [three, two] = [three + 2 * two, 2 * three];
    const sawtooth = l > 1 ? 2 ** l + 1 : 2;
    return [Math.max(TWO_WIDE[Math.min(l, TWO_WIDE.length) - 1], sawtooth), three - 1];
  }

  /** The least width with which l layers attain the kinks of two layers of k units.
   *  Two numbers where it is not known: from the proved bound, and from networks that are known. */
  function leastWidth(k, l) {
    const [kinks] = attained(k, 2);
    const least = which => d3.range(1, k + 1).find(width => attained(width, l)[which] >= kinks);
    return [least(1), least(0)];
  }

  function make(place) {
    place.hint.html('Move <i>l</i> and watch the crossing; then follow <i>k</i> from 1 to beyond it.');
    const k = place.slider({ label: '<i>k</i>', min: 1, max: FURTHEST, value: 4 });
    const [min, max] = DEPTHS;
    const l = place.slider({ label: 'layers <i>l</i>', min, max, value: 3 });
    const plot = place.svg('Units over k, both axes logarithmic');
    const table = place.panels.append('table');
    const head = ['k', 'two layers', 'l layers'];
    table.append('tr').selectAll('th').data(head).join('th').attr('scope', 'col');
    const rows = table.selectAll('tr.row').data(d3.range(4)).join('tr').attr('class', 'row');

    return width => {
      const [wide, deep] = [k.value, l.value];
      const side = width > 600 ? width - 325 : Math.min(350, width);
      const scales = {
        x: d3.scaleLog([1, FURTHEST], [40, side - 12]),
        y: d3.scaleLog([1, 2 * FURTHEST], [side * 0.8 - 26, 12]),
      };
      plot.attr('width', side).attr('height', side * 0.8);
      drawCurves(plot, scales, wide, deep);
      drawAttained(plot, scales, wide, deep);
      drawTable(table, rows, wide, deep);
      place.say(explain(wide, deep));
    };
  }

  function drawCurves(svg, { x, y }, k, l) {
    const along = d3.ticks(0, 2, 60).map(power => 10 ** power);
    const curve = units => d3.line().x(t => x(t)).y(t => y(units(t)))(along);
    const others = d3.range(3, 8).filter(depth => depth !== l);
    const curves = [
      ...others.map(depth => [curve(t => unitsByBound(t, depth)), 'var(--rule)', 1]),
      [curve(t => 2 * t), 'var(--text)', 2.5],
      [curve(t => unitsByBound(t, l)), 'var(--note)', 2.5],
    ];
    svg.selectAll('path.curve').data(curves).join('path').attr('class', 'curve')
      .attr('d', ([d]) => d).style('fill', 'none').style('stroke', ([, colour]) => colour)
      .style('stroke-width', ([, , size]) => size);
    const at = [[k, 2 * k, 'var(--text)'], [k, unitsByBound(k, l), 'var(--note)']];
    svg.selectAll('line.at').data([k]).join('line').attr('class', 'at')
      .attr('x1', x).attr('x2', x).attr('y1', y.range()[0]).attr('y2', y.range()[1])
      .style('stroke', 'var(--quiet)').style('stroke-dasharray', '2 3');
    svg.selectAll('circle.at').data(at).join('circle').attr('class', 'at').attr('r', 4.5)
      .attr('cx', d => x(d[0])).attr('cy', d => y(d[1])).style('fill', d => d[2]);
    const cross = crossing(l);
    svg.selectAll('circle.crossing').data([cross]).join('circle').attr('class', 'crossing')
      .attr('r', 7).attr('cx', x(cross)).attr('cy', y(2 * cross))
      .style('fill', 'none').style('stroke', 'var(--warning)').style('stroke-width', 2);
    const labels = [
      [x(cross) + 11, y(2 * cross) + 15, `crossing at ${number(cross, 2)}`, 'var(--warning)'],
      [x(1.15), y(110), 'N₁ = 2k', 'var(--text)'],
      [x(1.15), y(110) + 17, `N₂, l = ${l}`, 'var(--note)'],
      [x(1.15), y(110) + 34, '● attained', 'var(--tip)'],
    ];
    svg.selectAll('text.label').data(labels).join('text').attr('class', 'label')
      .attr('x', d => d[0]).attr('y', d => d[1]).style('fill', d => d[3]).text(d => d[2]);
    const marks = scale => d3.axisBottom(scale).tickValues([1, 2, 5, 10, 20, 50, 100]).tickFormat(number);
    svg.selectAll('.x').data([0]).join('g').attr('class', 'x')
      .attr('transform', `translate(0,${y.range()[0]})`).call(marks(x));
    svg.selectAll('.y').data([0]).join('g').attr('class', 'y').attr('transform', 'translate(40,0)')
      .call(d3.axisLeft(y).tickValues([1, 2, 5, 10, 20, 50, 100, 200]).tickFormat(number));
    svg.selectAll('.name').data(['k', 'units']).join('text').attr('class', 'name')
      .attr('x', (_, i) => (i ? 46 : x.range()[1])).attr('y', (_, i) => (i ? 16 : y.range()[0] - 6))
      .attr('text-anchor', (_, i) => (i ? 'start' : 'end')).text(name => name);
  }

  /** Whole networks: open where no network is known that does it with the width of the bound. */
  function drawAttained(svg, { x, y }, k, l) {
    const widths = d3.range(1, FURTHEST + 1).map(wide => [wide, ...leastWidth(wide, l)]);
    svg.selectAll('circle.attained').data(widths).join('circle').attr('class', 'attained')
      .attr('cx', d => x(d[0])).attr('cy', d => y(l * d[2])).attr('r', d => (d[0] === k ? 5 : 1.8))
      .style('fill', d => (d[1] === d[2] ? 'var(--tip)' : 'none')).style('stroke', 'var(--tip)');
  }

  function drawTable(table, rows, k, l) {
    table.select('tr').selectAll('th').text((_, i) => [`k = ${k}`, 'two layers', `${l} layers`][i]);
    const [least, known] = leastWidth(k, l);
    const span = (low, high) => (low === high ? `${low}` : `${low} or ${high}`);
    const cells = [
      ['width by the bound', number(k), number(unitsByBound(k, l) / l, 2)],
      ['units by the bound', number(2 * k), number(unitsByBound(k, l), 2)],
      ['width, attained', number(k), span(least, known)],
      ['units, attained', number(2 * k), span(l * least, l * known)],
    ];
    rows.selectAll('th, td').data(i => cells[i])
      .join(enter => enter.append((_, i) => document.createElement(i ? 'td' : 'th')))
      .attr('scope', (_, i) => (i ? null : 'row')).text(text => text);
  }

  function explain(k, l) {
    const units = unitsByBound(k, l);
    const [least, known] = leastWidth(k, l);
    const kinks = `Attained, ${number(attained(k, 2)[0])} kinks take ${l * known} units`;
    const open = least === known ? '' : ` with the networks known; whether ${l * least} do is open`;
    return `By the bound ${l} layers need ${number(units, 2)} units, ${compare(units, 2 * k)}
      ${2 * k}. The curves cross at <i>k</i> = ${number(crossing(l), 2)}; the best depth for this
      <i>k</i> is <i>l</i>* = ${number(2 * Math.log(2 * k), 1)}.
      ${kinks}, ${compare(l * known, 2 * k)} ${2 * k}${open}.`;
  }

  function compare(ours, theirs) {
    if (ours === theirs) return 'as many as';
    return ours < theirs ? '<span class="yes">fewer</span> than' : '<span class="no">more</span> than';
  }

  answerbook.figure('units', 'Units at equal kinks', make, {
    unitsByBound, crossing, attained, leastWidth,
  });
}
