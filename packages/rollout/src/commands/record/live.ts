import { frame, formatElapsed, summary, type Scene } from './view.ts';

interface Screen extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

const FRAME_MS = 200;

/**
 * Shows the progress of a recording: redrawn in place on a terminal, elsewhere one line for each
 * change of the pods' states.
 *
 * @returns a function that stops and shows the last frame
 */
export function showLive(screen: Screen, scene: () => Scene): () => void {
  let [height, last] = [0, ''];
  const show = (): void => {
    const now = scene();
    if (screen.isTTY) {
      const lines = frame(now, screen.columns ?? 80, screen.rows ?? 24);
      screen.write(`${height > 0 ? `\x1b[${height}A` : ''}\x1b[0J${lines.join('\n')}\n`);
      height = lines.length;
      return;
    }
    const pods = summary(now.pods);
    const line = [pods, ...now.notes].join('; ');
    if (pods !== last) screen.write(`${formatElapsed(now.elapsed).padStart(9)}  ${line}\n`);
    last = pods;
  };
  show();
  const timer = setInterval(show, FRAME_MS);
  return () => {
    clearInterval(timer);
    show();
  };
}
