import { jsonPatch } from '../../src/record/json-patch';

describe('a patch', () => {
  test('touches only what differs', () => {
    const before = { spec: { replicas: 1, list: [{ image: 'a' }, { image: 'b' }] }, status: {} };
    const after = { spec: { replicas: 2, list: [{ image: 'a' }, { image: 'c' }] }, status: {} };
    expect(jsonPatch(before, after)).toEqual([
      { op: 'replace', path: '/spec/replicas', value: 2 },
      { op: 'replace', path: '/spec/list/1/image', value: 'c' },
    ]);
  });

  test('is empty where nothing differs', () => {
    expect(jsonPatch({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual([]);
  });

  test('adds, removes and escapes keys', () => {
    expect(jsonPatch({ 'a/b': 1, old: 1 }, { 'a/b': 2, 'n~w': 1 })).toEqual([
      { op: 'remove', path: '/old' },
      { op: 'replace', path: '/a~1b', value: 2 },
      { op: 'add', path: '/n~0w', value: 1 },
    ]);
  });

  test('a list of another length is replaced as a whole', () => {
    expect(jsonPatch({ list: [1] }, { list: [1, 2] })).toEqual([
      { op: 'replace', path: '/list', value: [1, 2] },
    ]);
  });
});
