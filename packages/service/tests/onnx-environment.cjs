const { TestEnvironment } = require('jest-environment-node');

// The service sets it too, but within Jest only on a copy of the environment.
process.env.ORT_DISABLE_TELEMETRY = '1';

/**
 * Jest gives each test file globals of its own, but ONNX Runtime's native library makes its arrays with
 * Node's: without this its results are refused as being of another Float32Array.
 */
module.exports = class OnnxEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    Object.assign(this.global, { Float32Array, BigInt64Array });
  }
};
