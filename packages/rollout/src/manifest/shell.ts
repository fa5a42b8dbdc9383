/** How long a command takes. */
export interface CommandTime {
  /** Seconds that are known; Infinity for a command that does not end. */
  readonly seconds: number;
  /** Commands whose time is not known beyond `seconds`. */
  readonly unknown: readonly string[];
}

/** Values of environment variables; undefined for a value that is not known. */
export type Environment = Readonly<Record<string, string | undefined>>;

interface Command {
  readonly words: readonly (string | undefined)[];
  readonly text: string;
  /** The operator after the command. */
  readonly then: string;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };
const SHELL = /^(.*\/)?(ba|da|a|k|z)?sh$/;
const SHELL_SCRIPT = /^-[a-z]*c$/;
/** Commands that end at once. */
const QUICK = /^(:|true|false|echo|printf|exit|set|export|kill|touch|rm|cd|wait)$/;
const COMPOUND = /^(if|then|elif|else|fi|for|while|until|do|done|case|esac|\{|\}|\(|\)|!|function)$/;
/** A quoted part, an escape, an operator, a space, a substitution, a variable, or any other character. */
const TOKEN =
  /'(?<single>[^']*)'|(?<quote>")|\\(?<escaped>.)|(?<redirect>(?:\d*[<>]+|&>)&?[ \t]*[^\s;&|]*)|(?<operator>&&|\|\||[;&|\n])|(?<space>[ \t]+)|(?<comment>(?<![^\s;])#[^\n]*)|(?<substitution>\$\(|`)|\$\{(?<name>\w+)(?::?-(?<fallback>[^}]*))?\}|\$(?<plain>\w+)|(?<other>.)/gs;

/** Splits a script into simple commands. A word whose value is not known is undefined. */
function splitScript(script: string, env: Environment): Command[] {
  const commands: Command[] = [];
  let words: (string | undefined)[] = [];
  let word: string | undefined = '';
  let [started, quoted, from] = [false, false, 0];
  const endWord = (): void => {
    if (started) words.push(word);
    [word, started] = ['', false];
  };
  const append = (text: string | undefined): void => {
    word = word === undefined || text === undefined ? undefined : word + text;
    started = true;
  };
  const endCommand = (at: number, then: string): void => {
    endWord();
    if (words.length > 0) commands.push({ words, text: script.slice(from, at).trim(), then });
    [words, from] = [[], at + then.length];
  };
  for (const { 0: text, index, groups = {} } of script.matchAll(TOKEN)) {
    const { single, quote, escaped, redirect, operator, space, comment, substitution } = groups;
    const { name, fallback, plain } = groups;
    if (quote) [quoted, started] = [!quoted, true];
    else if (substitution) append(undefined);
    else if (name ?? plain) append(env[name ?? plain ?? ''] ?? fallback);
    else if (quoted) append(escaped ?? text);
    else if (operator) endCommand(index, operator);
    else if (space ?? comment ?? redirect) endWord();
    else append(single ?? escaped ?? text);
  }
  endCommand(script.length, '');
  return commands;
}

/** Returns how long `sleep` takes: the sum of its operands, such as `1m 30s`; undefined if it is not known. */
function sleepSeconds(operands: readonly (string | undefined)[]): number | undefined {
  let sum = 0;
  for (const operand of operands) {
    if (operand !== undefined && /^inf(inity)?$/i.test(operand)) return Infinity;
    const [, number, unit = ''] = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(operand ?? '') ?? [];
    if (number === undefined) return undefined;
    sum += Number(number) * (UNIT_SECONDS[unit] ?? 1);
  }
  return operands.length > 0 ? sum : undefined;
}

function timeOfCommand({ words, text }: Pick<Command, 'words' | 'text'>, env: Environment): CommandTime {
  const [first, ...rest] = words[0] === 'exec' ? words.slice(1) : words;
  if (first !== undefined && SHELL.test(first)) {
    const index = rest.findIndex((word) => word !== undefined && SHELL_SCRIPT.test(word));
    const script = index < 0 ? undefined : rest[index + 1];
    if (script !== undefined) return timeOfScript(script, env);
  }
  const seconds = /^(.*\/)?sleep$/.test(first ?? '') ? sleepSeconds(rest) : undefined;
  if (seconds !== undefined) return { seconds, unknown: [] };
  return { seconds: 0, unknown: QUICK.test(first ?? '') ? [] : [text] };
}

/**
 * Returns how long a shell script takes: the sum of its commands. `a || b` counts b as not run, `a &` counts
 * up to the next `wait`. A script with loops, conditions or pipes is not known beyond its literal sleeps.
 *
 * `sleep 5; nginx -s quit` takes 5 s and what `nginx -s quit` takes. `sleep 9 & sleep 2; wait` takes 9 s.
 */
function timeOfScript(script: string, env: Environment): CommandTime {
  const unknown: string[] = [];
  let [seconds, background, skipped] = [0, 0, false];
  for (const command of splitScript(script, env)) {
    const compound = COMPOUND.test(command.words[0] ?? '') || command.then === '|';
    if (compound) unknown.push(script.trim());
    const words = COMPOUND.test(command.words[0] ?? '') ? command.words.slice(1) : command.words;
    const time = timeOfCommand({ ...command, words }, env);
    if (!skipped) {
      if (!compound) unknown.push(...time.unknown);
      if (command.then === '&') background = Math.max(background, seconds + time.seconds);
      else seconds += time.seconds;
      if (words[0] === 'wait') seconds = Math.max(seconds, background);
    }
    skipped = command.then === '||';
  }
  return { seconds, unknown: [...new Set(unknown)] };
}

/**
 * Returns how long a command takes that is run without a shell. Kubernetes expands no variables in it.
 *
 * @param env environment of the process, which a shell in the command expands
 */
export function commandTime(command: readonly string[], env: Environment): CommandTime {
  return command.length === 0
    ? { seconds: 0, unknown: [] }
    : timeOfCommand({ words: command, text: command.join(' ') }, env);
}
