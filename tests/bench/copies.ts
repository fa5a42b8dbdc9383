import { LinearApp } from '@online-inference/cdk8s-helm';
import { readSettings } from '@online-inference/settings';
import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { homework } from '../../charts';
import { declarations } from '../../settings';

const settings = readSettings(declarations, {});

function printCopies(app: App, copies: number): void {
  for (let copy = 0; copy < copies; copy++) homework(new Construct(app, `copy-${copy}`), settings);
  process.stdout.write(`---\n${app.synthYaml()}`);
}

/** Prints copies of every chart: `copies.js cdk8s|linear|apart COPIES`. */
const [, , way, copies] = process.argv;
if (way === 'apart') {
  for (let copy = 0; copy < Number(copies); copy++) printCopies(new LinearApp(), 1);
} else {
  printCopies(way === 'linear' ? new LinearApp() : new App(), Number(copies));
}
