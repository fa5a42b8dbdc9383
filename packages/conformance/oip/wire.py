"""The protocol's bytes, JSON followed by binary tensors, without a client library."""

import gzip
import json
import zlib

import ml_dtypes
import numpy as np

JSON_LENGTH = "Inference-Header-Content-Length"

DATATYPES = {
    "BOOL": np.dtype(np.bool_),
    "UINT8": np.dtype(np.uint8),
    "UINT16": np.dtype(np.uint16),
    "UINT32": np.dtype(np.uint32),
    "UINT64": np.dtype(np.uint64),
    "INT8": np.dtype(np.int8),
    "INT16": np.dtype(np.int16),
    "INT32": np.dtype(np.int32),
    "INT64": np.dtype(np.int64),
    "FP16": np.dtype(np.float16),
    "BF16": np.dtype(ml_dtypes.bfloat16),
    "FP32": np.dtype(np.float32),
    "FP64": np.dtype(np.float64),
    "BYTES": np.dtype(np.object_),
}

COMPRESS = {"gzip": gzip.compress, "deflate": zlib.compress}
DECOMPRESS = {"gzip": gzip.decompress, "deflate": zlib.decompress}


def to_binary(array):
    """Returns little-endian elements in row-major order. An element of BYTES follows its length in four bytes."""
    if array.dtype == np.object_:
        elements = [each if isinstance(each, bytes) else str(each).encode() for each in array.flat]
        return b"".join(len(each).to_bytes(4, "little") + each for each in elements)
    return np.ascontiguousarray(array).tobytes()


def from_binary(data, datatype, shape):
    if datatype != "BYTES":
        return np.frombuffer(data, DATATYPES[datatype]).reshape(shape)
    elements, at = [], 0
    while at < len(data):
        end = at + 4 + int.from_bytes(data[at : at + 4], "little")
        elements.append(data[at + 4 : end])
        at = end
    return np.array(elements, np.object_).reshape(shape)


def to_json(array):
    """Returns the elements as nested lists."""
    if array.dtype == np.object_:
        decoded = [each.decode() if isinstance(each, bytes) else each for each in array.flat]
        return np.array(decoded, np.object_).reshape(array.shape).tolist()
    return array.astype(np.float64).tolist() if array.dtype == DATATYPES["BF16"] else array.tolist()


def tensor(name, datatype, array, encoding="flat"):
    """Returns an input of a request as JSON, and its binary part. `encoding` is flat, nested or binary."""
    described = {"name": name, "shape": list(array.shape), "datatype": datatype}
    if encoding == "binary":
        data = to_binary(array)
        return {**described, "parameters": {"binary_data_size": len(data)}}, data
    return {**described, "data": to_json(array if encoding == "nested" else array.ravel())}, b""


def split(headers, body):
    """Returns a message's JSON and the bytes after it. Raises ValueError if the header or the JSON is wrong."""
    length = headers.get(JSON_LENGTH)
    end = len(body) if length is None else int(length)
    if end > len(body):
        raise ValueError(f"{JSON_LENGTH} is {end}, but the body has {len(body)} bytes")
    return json.loads(body[:end]), body[end:]


def tensors(message, binary):
    """Returns the tensors of a list of inputs or outputs by name. Raises ValueError if the sizes do not match."""
    found, at = {}, 0
    for each in message:
        size = (each.get("parameters") or {}).get("binary_data_size")
        if size is None:
            array = np.array(each["data"], DATATYPES[each["datatype"]]).reshape(each["shape"])
        else:
            array = from_binary(binary[at : at + size], each["datatype"], each["shape"])
            at += size
        found[each["name"]] = array
    if at != len(binary):
        raise ValueError(f"binary_data_size adds up to {at}, but {len(binary)} bytes follow the JSON")
    return found
