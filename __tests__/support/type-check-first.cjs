const { default: Sequencer } = require('@jest/test-sequencer');

/** Starts the type check first. It takes longest, and without a cache of durations Jest starts the largest file first. */
module.exports = class TypeCheckFirst extends Sequencer {
  /**
   * @override
   * @param {Parameters<Sequencer['sort']>[0]} tests
   */
  async sort(tests) {
    const sorted = await super.sort(tests);
    const typeCheck = sorted.filter(({ path }) => path.endsWith('types.test.ts'));
    return [...typeCheck, ...sorted.filter((test) => !typeCheck.includes(test))];
  }
};
