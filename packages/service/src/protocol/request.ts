import { Type, type Static } from '@sinclair/typebox';
import { shown } from '@online-inference/settings';
import { invalid, validator } from '../validation';
import type { Body } from './body';
import type { GivenTensor } from './tensor';

const text = (allowed: string) => Type.String({ allowed });
const object = { allowed: 'an object' };
const flag = Type.Optional(Type.Boolean({ allowed: 'true or false' }));

const Input = Type.Object(
  {
    name: text("the input's name"),
    shape: Type.Array(Type.Integer({ minimum: 0, maximum: 2 ** 63 }), { allowed: 'a list of whole numbers' }),
    datatype: text('the name of a datatype'),
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
    name: text("the output's name"),
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

/** What this service reads of an inference request; other fields and parameters are let be. */
export const InferenceRequest = Type.Object(
  {
    id: Type.Optional(text('a text')),
    parameters: Type.Optional(Type.Object({ binary_data_output: flag }, object)),
    inputs: Type.Array(Input, { allowed: 'a list of inputs' }),
    outputs: Type.Optional(Type.Array(Output, { allowed: 'a list of outputs' })),
  },
  { allowed: 'an inference request, an object with inputs' },
);

type InferenceRequest = Static<typeof InferenceRequest>;
type Output = Static<typeof Output>;

/** An output that is asked for, and whether in binary. */
export interface RequestedOutput {
  readonly name: string;
  readonly binary: boolean;
}

export interface Inference {
  /** To be echoed. */
  readonly id?: string | undefined;
  readonly input: GivenTensor;
  readonly outputs: readonly RequestedOutput[];
}

const check = validator(InferenceRequest);

/**
 * Reads an inference request for a model of one input.
 *
 * @throws InvalidRequest that says what does not fit
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
    throw invalid('inputs', `inputs must be one input, named ${wanted}, not ${shown(names)}`);
  }
  const size = input.parameters?.binary_data_size;
  if ((size === undefined) === (input.data === undefined)) {
    throw invalid(wanted, `input ${wanted} must have either data or the parameter binary_data_size`);
  }
  if ((size ?? 0) !== binary.length) {
    throw invalid(
      wanted,
      `binary_data_size of input ${wanted} is ${size ?? 0}, but ${binary.length} bytes follow the JSON that Inference-Header-Content-Length ends`,
    );
  }
  const { name, datatype, shape, data } = input;
  return { name, datatype, shape, elements: data ?? binary };
}

function outputsOf({ outputs, parameters }: InferenceRequest, known: readonly string[]): RequestedOutput[] {
  const inBinary = parameters?.binary_data_output ?? false;
  const asked = outputs?.length ? outputs : known.map((name): Output => ({ name }));
  const names = new Set(asked.map(({ name }) => name));
  if (names.size < asked.length || asked.some(({ name }) => !known.includes(name))) {
    throw invalid(
      'outputs',
      `outputs must be among ${known.join(', ')}, each once, not ${shown(asked.map(({ name }) => name))}`,
    );
  }
  return asked.map(({ name, parameters: own = {} }) => {
    const extension = (['classification', 'shared_memory_region'] as const).find((one) => one in own);
    if (extension) {
      throw invalid(name, `output ${name} asks for ${extension}, an extension that this service lacks`);
    }
    return { name, binary: own.binary_data ?? inBinary };
  });
}
