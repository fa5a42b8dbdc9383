import { extname } from 'node:path';
import { Option, type Command } from 'commander';
import { FORMATS, type Format } from '../draw/formats.ts';
import { InputError } from '../errors/input-error.ts';
import { parseTimeline } from '../timeline/parse.ts';
import { originOf, readInput, writeOutput, type Terminal } from './terminal.ts';

interface Flags {
  readonly output?: string;
  readonly format?: Format;
  readonly json?: true;
}

const help = `
Each lane is one pod: its colour is the version, its fill is the state of the
pod. Below the lanes are the situations, and the ready pods of both versions
against the wanted number. The shaded band of a prediction goes from the fewest
to the most ready pods of all draws. Several timelines, such as a prediction and
a recording, share one time axis. An HTML page needs no network.

Examples:
  $ rollout draw plan.json real.json -o both.html
  $ rollout draw real.json -o real.png
  $ rollout predict deploy.yaml --image shop:v2 --json |
      rollout draw - -o plan.svg

Exit codes: 0 drawn; 2 invalid input.`;

function formatOf({ output, format }: Flags): Format {
  if (format !== undefined) return format;
  const extension = extname(output ?? '')
    .slice(1)
    .toLowerCase();
  const found = FORMATS.find((each) => each === extension);
  if (found) return found;
  if (output === undefined) return 'svg';
  throw new InputError(
    `-o ${output}: unknown format, expected a file name that ends with .${FORMATS.join(', .')}, or --format`,
  );
}

/** Adds `rollout draw` to the program. */
export function registerDraw(program: Command, terminal: Terminal): void {
  program
    .command('draw')
    .summary('draw timelines as SVG, PNG or an interactive page')
    .description('Draws timelines in one picture, on one time axis.')
    .argument('<timeline...>', 'timeline files, or - for standard input')
    .option('-o, --output <file>', 'write the picture to this file (default: SVG on standard output)')
    .addOption(
      new Option('--format <format>', 'format of the picture, if the file name does not give it').choices(
        FORMATS,
      ),
    )
    .option('--json', 'write the Vega specification of the picture instead')
    .addHelpText('after', help)
    .action(async (files: readonly string[], flags: Flags) => {
      if (files.filter((file) => file === '-').length > 1) {
        throw new InputError('- is given twice: only one timeline can come from standard input');
      }
      const format = formatOf(flags);
      const { draw, pictureSpec } = await import('../draw/index.ts'); // loads Vega
      const timelines = [];
      for (const file of files) {
        timelines.push(parseTimeline(await readInput(file, terminal), originOf(file)));
      }
      const picture = flags.json
        ? `${JSON.stringify(pictureSpec(timelines, { interactive: format === 'html' }), null, 2)}\n`
        : await draw(timelines, format);
      if (flags.output === undefined || flags.output === '-') terminal.stdout.write(picture);
      else writeOutput(flags.output, picture);
    });
}
