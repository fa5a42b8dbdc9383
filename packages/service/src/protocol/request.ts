import { Type, type Static } from '@sinclair/typebox';
import { shown } from '@online-inference/settings';
import { invalid } from '../errors/http-error';
import { validator } from '../validation';
import type { Body } from './body';
import type { GivenTensor } from './tensor';

const string = (allowed: string) => Type.String({ allowed });
const object = { allowed: 'an object' };
const flag = Type.Optional(Type.Boolean({ allowed: 'true or false' }));

const Input = Type.Object(
  {
    name: string('the name of the input'),
    shape: Type.Array(Type.Integer({ minimum: 0, maximum: 2 ** 63 }), { allowed: 'a list of integers' }),
    datatype: string('the name of a datatype'),
    parameters: Type.Optional(
      Type.Object(
        { binary_data_size: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })) },
        object,
      ),
    ),
    data: Type.Optional(Type.Array(Type.Unknown(), { allowed: 'a list of numbers' })),
  },
  object,
);

export const Output = Type.Object(
  {
    name: string('the name of the output'),
    parameters: Type.Optional(
      Type.Object(
        {
          binary_data: flag,
          classification: Type.Optional(Type.Unknown()),
          shared_memory_region: Type.Optional(Type.Unknown()),
        },
        object,
      ),
    ),
  },
  object,
);

/** The parts of an inference request that this service reads; it ignores other fields and parameters. */
export const InferenceRequest = Type.Object(
  {
    id: Type.Optional(string('a string')),
    parameters: Type.Optional(Type.Object({ binary_data_output: flag }, object)),
    inputs: Type.Array(Input, { allowed: 'a list of inputs' }),
    outputs: Type.Optional(Type.Array(Output, { allowed: 'a list of outputs' })),
  },
  { allowed: 'an inference request, an object with inputs' },
);

type InferenceRequest = Static<typeof InferenceRequest>;
type Output = Static<typeof Output>;

/** An output that the client requests. */
export interface RequestedOutput {
  readonly name: string;
  /** Whether to send it as a binary tensor. */
  readonly binary: boolean;
}

/** A parsed inference request. */
export interface Inference {
  /** The client's id, which the response repeats. */
  readonly id?: string | undefined;
  readonly input: GivenTensor;
  readonly outputs: readonly RequestedOutput[];
}

const check = validator(InferenceRequest);

/**
 * Parses an inference request for a model with one input.
 *
 * @throws InvalidRequest if the request does not match the protocol or the model
 * @see https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md
 */
export function readInference(body: Body, inputName: string, outputNames: readonly string[]): Inference {
  const checked = check(body.json);
  if ('error' in checked) {
    throw checked.error;
  }
  const request = checked.value as InferenceRequest;
  return {
    id: request.id,
    input: inputOf(request, body.binary, inputName),
    outputs: outputsOf(request, outputNames),
  };
}

function inputOf({ inputs }: InferenceRequest, binary: Buffer, wanted: string): GivenTensor {
  const [input, ...others] = inputs;
  if (input?.name !== wanted || others.length > 0) {
    const names = inputs.map(({ name }) => name);
    throw invalid('inputs', `inputs must be exactly one input named ${wanted}, not ${shown(names)}`);
  }
  const size = input.parameters?.binary_data_size;
  if ((size === undefined) === (input.data === undefined)) {
    throw invalid(
      wanted,
      `input ${wanted} must have either data or the parameter binary_data_size, not both or none`,
    );
  }
  if ((size ?? 0) !== binary.length) {
    throw invalid(
      wanted,
      `binary_data_size of input ${wanted} is ${size ?? 0}, but ${binary.length} bytes follow the JSON (its end is at Inference-Header-Content-Length)`,
    );
  }
  const { name, datatype, shape, data } = input;
  return { name, datatype, shape, elements: data ?? binary };
}

function outputsOf({ outputs, parameters }: InferenceRequest, known: readonly string[]): RequestedOutput[] {
  const binary = parameters?.binary_data_output ?? false;
  const requested = outputs?.length ? outputs : known.map((name): Output => ({ name }));
  const names = new Set(requested.map(({ name }) => name));
  if (names.size < requested.length || requested.some(({ name }) => !known.includes(name))) {
    throw invalid(
      'outputs',
      `outputs must be any of ${known.join(', ')}, each at most once, not ${shown(requested.map(({ name }) => name))}`,
    );
  }
  return requested.map(({ name, parameters: own = {} }) => {
    const extension = (['classification', 'shared_memory_region'] as const).find((one) => one in own);
    if (extension) {
      throw invalid(name, `output ${name} requests ${extension}, which this service does not support`);
    }
    return { name, binary: own.binary_data ?? binary };
  });
}
