import { extname } from 'node:path';
import { Option, type Command } from 'commander';
import { draw, FORMATS, pictureSpec, type Format } from '../draw';
import { InputError } from '../errors/input-error';
import { parseTimeline } from '../timeline/parse';
import { readInput, writeOutput, type Terminal } from './terminal';

interface Flags {
  readonly output?: string;
  readonly format?: Format;
  readonly json?: true;
}

const lesson = `
One lane is one pod: its colour is the version, its fill what the pod is doing. Below are the situations that
last, and the ready pods of both versions against those that are wanted. Several timelines, such as a prediction
and a recording, are drawn one below the other over the same seconds. The HTML needs no network.

Examples:
  $ rollout draw plan.json real.json -o both.html
  $ rollout draw real.json -o real.png
  $ rollout predict deploy.yaml --image shop:v2 --json | rollout draw - -o plan.svg

Exit codes: 0 drawn; 2 the input is wrong.`;

function formatOf({ output, format }: Flags): Format {
  if (format !== undefined) return format;
  const extension = extname(output ?? '')
    .slice(1)
    .toLowerCase();
  const found = FORMATS.find((each) => each === extension);
  if (found) return found;
  if (output === undefined) return 'svg';
  throw new InputError(
    `-o ${output}: cannot tell the format, expected a name that ends with .${FORMATS.join(', .')}`,
  );
}

/** Adds `rollout draw`. */
export function registerDraw(program: Command, terminal: Terminal): void {
  program
    .command('draw')
    .summary('draw timelines as SVG, PNG or an interactive page')
    .description('Draws timelines in one picture, over the same seconds.')
    .argument('<timeline...>', 'files that predict or record wrote, - for standard input')
    .option('-o, --output <file>', 'write the picture here (default: SVG to standard output)')
    .addOption(
      new Option('--format <format>', "the format, if the file's name does not tell").choices(FORMATS),
    )
    .option('--json', 'write the Vega specification of the picture instead')
    .addHelpText('after', lesson)
    .action(async (files: readonly string[], flags: Flags) => {
      if (files.filter((file) => file === '-').length > 1) {
        throw new InputError('- is given twice, but there is one standard input');
      }
      const format = formatOf(flags);
      const timelines = [];
      for (const file of files) {
        timelines.push(
          parseTimeline(await readInput(file, terminal), file === '-' ? 'standard input' : file),
        );
      }
      const picture = flags.json
        ? `${JSON.stringify(pictureSpec(timelines, { interactive: format === 'html' }), null, 2)}\n`
        : await draw(timelines, format);
      if (flags.output === undefined || flags.output === '-') {
        terminal.stdout.write(picture);
        return;
      }
      writeOutput(flags.output, picture);
    });
}
