"""The server under test, the model that is asked, and a request that this model answers."""

import json
from http.client import HTTPConnection

import numpy as np
from clients import KServe, Triton
from suite import Skipped
from wire import DATATYPES, JSON_LENGTH, split, tensor, tensors

EXTENSION = "binary_tensor_data"
JSON = {"Content-Type": "application/json"}


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return split(self.headers, self.body)[0]

    def tensors(self):
        message, binary = split(self.headers, self.body)
        return tensors(message["outputs"], binary)


class Server:
    """Speaks HTTP with no client's code, so that every header sent is one of a check's; the clients beside it."""

    def __init__(self, address, model, request=None, direct=None):
        self.address, self.model = address, model
        # past the relay
        self.direct = direct or address
        self.path = f"/v2/models/{model}"
        self.triton, self.kserve = Triton(address), KServe(address)
        self.metadata = self.get(self.path).json()
        self.binary = EXTENSION in self.get("/v2").json().get("extensions", [])
        # a server that has no versions tells of none
        self.versions = self.metadata.get("versions") or []
        self.inputs = inputs_of(request) if request else zeros(self.metadata["inputs"])
        self.wanted = self.answered(self.infer(self.request())).tensors()

    def answered(self, answer):
        if answer.status != 200:
            told = f"{self.model} does not answer the request that every check starts from"
            help = "--request names a file with one that it does"
            raise SystemExit(f"{told}: {answer.status} {answer.body[:500]!r}; {help}")
        return answer

    def get(self, path):
        return self.send("GET", path, None, {})

    def send(self, method, path, body, headers, address=None):
        connection = HTTPConnection(address or self.address, timeout=60)
        try:
            connection.request(method, path, body, {"Accept-Encoding": "identity", **headers})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def request(self, encoding="flat", **fields):
        """The example as JSON, with other fields of the request."""
        inputs = [tensor(name, kind, array, encoding)[0] for name, (kind, array) in self.inputs.items()]
        return {"inputs": inputs, **fields}

    def infer(self, request, path=None):
        return self.send("POST", f"{path or self.path}/infer", json.dumps(request).encode(), JSON)

    def binary_request(self, **fields):
        """The example in binary: body and headers, without a Content-Type as tritonclient sends it."""
        data = [tensor(name, kind, array, "binary")[1] for name, (kind, array) in self.inputs.items()]
        told = json.dumps(self.request("binary", **fields)).encode()
        return b"".join([told, *data]), {JSON_LENGTH: str(len(told))}

    def infer_binary(self, **fields):
        return self.send("POST", f"{self.path}/infer", *self.binary_request(**fields))

    def repeated(self, rows):
        return {name: (kind, repeat(array, rows)) for name, (kind, array) in self.inputs.items()}

    def agrees(self, found, rows=1):
        """Whether these are the outputs of the example, or of so many of them in a batch."""
        wanted = {name: repeat(array, rows) for name, array in self.wanted.items()}
        return found.keys() == wanted.keys() and all(same(found[name], wanted[name]) for name in wanted)

    def needs_binary(self):
        if not self.binary:
            raise Skipped(f"/v2 does not list {EXTENSION}")

    def needs_versions(self):
        if not self.versions:
            raise Skipped("the model's metadata lists no versions")

    def needs_batches(self):
        every = [*self.metadata["inputs"], *self.metadata["outputs"]]
        if not all(one["shape"][:1] == [-1] for one in every):
            raise Skipped("the metadata has a tensor whose first size is not -1")

    def expect_good(self, tally):
        answer = self.infer(self.request())
        tally.expect(answer.status == 200 and self.agrees(answer.tensors()), "the good request after it fails")

    def expect_refused(self, tally, answer, what):
        tally.expect(400 <= answer.status < 500, f"{what}: {answer.status} {answer.body[:200]!r}")
        message = answer.json().get("error")
        tally.expect(isinstance(message, str) and message, f"{what}: no error in {answer.body[:200]!r}")
        return message


def inputs_of(request):
    return {
        one["name"]: (one["datatype"], np.array(one["data"], DATATYPES[one["datatype"]]).reshape(one["shape"]))
        for one in request["inputs"]
    }


def zeros(inputs):
    """An input for every tensor of the metadata, a size of -1 taken for 1."""
    return {
        one["name"]: (one["datatype"], np.zeros([max(size, 1) for size in one["shape"]], DATATYPES[one["datatype"]]))
        for one in inputs
    }


def repeat(array, rows):
    return array if rows == 1 else np.concatenate([array] * rows)


def same(found, wanted):
    """To the last bits, in which a batch may differ from its rows."""
    if found is None or found.shape != wanted.shape:
        return False
    if wanted.dtype.kind == "f":
        return found.dtype == wanted.dtype and np.allclose(found, wanted, rtol=1e-5, atol=1e-6, equal_nan=True)
    return np.array_equal(found, wanted)
