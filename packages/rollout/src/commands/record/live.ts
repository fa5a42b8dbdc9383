import { frame, seconds, summary, type Scene } from './view';

interface Screen extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

const FRAME_MS = 200;

/**
 * Shows a recording as it goes: redrawn in place on a terminal, elsewhere a line
 * whenever the pods' states have changed.
 *
 * @returns a way to leave off, with the last frame standing
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
    if (pods !== last) screen.write(`${seconds(now.elapsed).padStart(9)}  ${line}\n`);
    last = pods;
  };
  show();
  const timer = setInterval(show, FRAME_MS);
  return () => {
    clearInterval(timer);
    show();
  };
}
