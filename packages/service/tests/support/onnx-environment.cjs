// @ts-check
const { TestEnvironment } = require('jest-environment-node');

// The service sets this too, but under Jest only on a copy of the environment.
process.env['ORT_DISABLE_TELEMETRY'] = '1';

/**
 * Shares typed arrays with ONNX Runtime. Jest gives each test file its own globals, but the native library creates
 * arrays with Node's, and `instanceof` would not recognize them.
 */
module.exports = class OnnxEnvironment extends TestEnvironment {
  /** @param {ConstructorParameters<typeof TestEnvironment>} args */
  constructor(...args) {
    super(...args);
    Object.assign(this.global, { Float32Array, BigInt64Array });
  }
};
