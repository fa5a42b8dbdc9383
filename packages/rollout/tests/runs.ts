/** Returns how often a property is tried: a tenth of all in `npm test`, all in `npm run test:properties`. */
export const runs = (all: number): number =>
  process.env['PROPERTIES'] === 'all' ? all : Math.ceil(all / 10);
