import { Testing } from 'cdk8s';
import { homework } from '../../charts';
import { render } from '../../scripts/synth/render';
import { summary } from '../../scripts/synth/summary';
import { settings } from '../support/synth';

const charts = homework(Testing.app(), settings);

test.each(charts.map((chart) => [chart.node.id, chart] as const))('%s matches its snapshot', (_, chart) => {
  expect(Testing.synth(chart)).toMatchSnapshot();
});

test('the class, the ID and so the file of a chart have the same name', () => {
  const pascal = (id: string) => id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  expect(charts.map(({ node }) => pascal(node.id))).toEqual(charts.map((chart) => chart.constructor.name));
});

test('each purpose starts with a step of its own', () => {
  const steps = charts.map(({ purpose }) => /^(.+?): ./.exec(purpose)?.[1]);
  expect(steps).not.toContain(undefined);
  expect(new Set(steps).size).toBe(charts.length);
});

test('the summary has a line for each chart, with the predicted effect of a new image', () => {
  const [, ...lines] = summary(render(charts), settings).split('\n');
  expect(lines).toHaveLength(charts.length);
  charts.forEach(({ node, purpose }, index) => {
    expect(lines[index]?.startsWith(`dist/${node.id}.yaml  `)).toBe(true);
    expect(lines[index]).toContain(`  ${purpose}`);
  });
});
