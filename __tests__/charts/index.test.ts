import { Testing } from 'cdk8s';
import { homework } from '../../charts';
import { summary } from '../../scripts/synth/summary';
import { settings } from '../support/synth';

const charts = homework(Testing.app(), settings);

test('the homework is seven charts, in the order of its steps', () => {
  expect(charts.map(({ purpose }) => purpose.split(':')[0])).toEqual([
    'step 2',
    'step 2a',
    'step 3',
    'step 4',
    'step 5a',
    'step 5b',
    'bonus',
  ]);
});

test('a chart, its class and its file have one name', () => {
  const pascal = (name: string) => name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  expect(charts.map(({ node }) => pascal(node.id))).toEqual(charts.map((chart) => chart.constructor.name));
});

test('the summary is a line for each file: what it is for, and what a new image is predicted to do', () => {
  const [, ...lines] = summary(charts, settings).split('\n');
  expect(lines).toHaveLength(7);
  charts.forEach(({ node, purpose }, index) => {
    expect(lines[index]?.startsWith(`dist/${node.id}.yaml  `)).toBe(true);
    expect(lines[index]).toContain(`  ${purpose}  `);
  });
  const predicted = lines.map((line) => / {2}(\S+):[^:]*$/.exec(line)?.[1]);
  expect(predicted).toEqual(['recreate', 'recreate', 'recreate', 'kept', 'blue-green', 'rolling', 'rolling']);
});
