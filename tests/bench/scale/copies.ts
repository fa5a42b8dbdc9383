import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { readSettings } from '@online-inference/settings';
import { homework } from '../../../charts';
import { declarations } from '../../../settings';
import { LinearApp } from '@online-inference/cdk8s-helm';

const settings = readSettings(declarations, {});

/** The YAML of copies of every chart of the homework, in parts. */
const ways: Readonly<Record<string, (copies: number) => Iterable<string>>> = {
  *cdk8s(copies) {
    yield inOne(new App(), copies);
  },
  *linear(copies) {
    yield inOne(new LinearApp(), copies);
  },
  *apart(copies) {
    for (let copy = 0; copy < copies; copy++) {
      yield `---\n${inOne(new LinearApp(), 1)}`;
    }
  },
};

function inOne(app: App, copies: number): string {
  for (let copy = 0; copy < copies; copy++) {
    homework(new Construct(app, `copy-${copy}`), settings);
  }
  return app.synthYaml();
}

const [, , way = '', copies = ''] = process.argv;
for (const part of ways[way]?.(Number(copies)) ?? []) {
  process.stdout.write(part);
}
