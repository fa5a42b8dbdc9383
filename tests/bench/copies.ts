import { LinearApp } from '@online-inference/cdk8s-helm';
import { readSettings } from '@online-inference/settings';
import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { homework } from '../../charts';
import { declarations } from '../../settings';

const settings = readSettings(declarations, {});

function yamlOf(app: App, copies: number): string {
  for (let copy = 0; copy < copies; copy++) {
    homework(new Construct(app, `copy-${copy}`), settings);
  }
  return app.synthYaml();
}

/** Prints copies of every chart: `copies.js cdk8s|linear|apart COPIES`. */
const [, , way = '', count = ''] = process.argv;
if (way === 'apart') {
  for (let copy = 0; copy < Number(count); copy++) {
    process.stdout.write(`---\n${yamlOf(new LinearApp(), 1)}`);
  }
} else {
  process.stdout.write(yamlOf(way === 'linear' ? new LinearApp() : new App(), Number(count)));
}
