"""Writes an ONNX model that takes about 0.1 s for a batch of any size: python slow_model.py FACTS.json FOLDER"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

ROUNDS, SIDE = 100, 256  # a round takes about a millisecond

facts, folder = Path(sys.argv[1]), Path(sys.argv[2])
values = {
    "rounds": np.array(ROUNDS, np.int64),
    "side": np.array([SIDE, SIDE], np.int64),
    "weights": np.array([[0, 0.01], *[[0, 0]] * 9], np.float32),
}
node, declared = helper.make_node, helper.make_tensor_value_info
matrix = [SIDE, SIDE]
loop = helper.make_graph(
    [node("Identity", ["going"], ["still_going"]), node("MatMul", ["matrix", "factor"], ["product"])],
    "loop",
    [
        declared("number", TensorProto.INT64, []),
        declared("going", TensorProto.BOOL, []),
        declared("matrix", TensorProto.FLOAT, matrix),
    ],
    [declared("still_going", TensorProto.BOOL, []), declared("product", TensorProto.FLOAT, matrix)],
)
graph = helper.make_graph(
    [
        node("ConstantOfShape", ["side"], ["factor"]),
        node("ReduceMin", ["features"], ["least"], keepdims=0),
        node("Expand", ["least", "side"], ["start"]),
        node("Loop", ["rounds", "", "start"], ["end"], body=loop),
        node("ReduceMax", ["end"], ["nothing"], keepdims=0),
        node("MatMul", ["features", "weights"], ["scores"]),
        node("Add", ["scores", "nothing"], ["both"]),
        node("Softmax", ["both"], ["probabilities"]),
    ],
    "slow",
    [declared("features", TensorProto.FLOAT, ["N", 10])],
    [declared("probabilities", TensorProto.FLOAT, ["N", 2])],
    [numpy_helper.from_array(value, name) for name, value in values.items()],
)
model = folder / "slow.onnx"
save(helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 17)]), model)
digest = hashlib.sha256(model.read_bytes()).hexdigest()
model.with_suffix(".json").write_text(json.dumps({**json.loads(facts.read_text()), "sha256": digest}))
