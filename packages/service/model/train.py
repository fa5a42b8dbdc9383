"""Trains the heart-disease model and writes the files that the service and the tests read.

    python train.py            writes heart-disease.onnx, heart-disease.json, examples.json, MODEL_CARD.md
    python train.py --check    trains again and fails if any of these files would change
"""

import csv
import hashlib
import json
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
from card import model_card
from compare import SETUPS, cross_validated, logistic
from features import LABELS, NAMES, TARGET, describe
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType

HERE = Path(__file__).parent
CHOSEN = "logistic regression, C=0.1"
DECIMALS = 6


def load():
    """Loads the rows without missing values: 297 of 303."""
    with open(HERE / "heart-disease.csv", newline="") as source:
        rows = [row for row in csv.DictReader(source) if all(row[name] for name in NAMES)]
    inputs = np.array([[float(row[name]) for name in NAMES] for row in rows], dtype=np.float32)
    return inputs, np.array([int(row[TARGET]) for row in rows])


def fit(inputs, labels):
    """Trains the chosen model. Rounds its numbers, because their last bits differ between CPUs."""
    model = SETUPS[CHOSEN]().fit(inputs, labels)
    scaler, regression = model[0].named_transformers_["standardscaler"], logistic(model)
    for owner, name in [(scaler, "mean_"), (scaler, "scale_"), (regression, "coef_"), (regression, "intercept_")]:
        setattr(owner, name, np.round(getattr(owner, name), DECIMALS))
    return model


def export(model, inputs):
    """Returns the ONNX file: one float input `features` [N, 10], outputs `label` and `probabilities` [N, 2]."""
    types = [("features", FloatTensorType([None, inputs.shape[1]]))]
    proto = to_onnx(model, initial_types=types, options={"zipmap": False}, target_opset=21)
    proto.graph.name = "heart-disease"
    # skl2onnx lists the operator sets in the order of a Python set, which differs between runs
    proto.opset_import.sort(key=lambda opset: opset.domain)
    return proto.SerializeToString(deterministic=True)


def metadata(inputs, onnx, example, auc, spread):
    return {
        "name": "heart-disease",
        "version": "1",
        "description": "Probability of heart disease from ten findings of a cardiac examination",
        "intendedFor": "teaching and load tests of model serving",
        "notFor": "patients",
        "sha256": hashlib.sha256(onnx).hexdigest(),
        "rows": len(inputs),
        "auc": auc,
        "aucStandardDeviation": spread,
        "aucMethod": "mean of 10-fold stratified cross-validation, repeated 3 times",
        "labels": {str(label): name for label, name in enumerate(LABELS)},
        "features": [describe(inputs[:, column].tolist(), name) for column, name in enumerate(NAMES)],
        "example": {key: example[key] for key in ["patient", "probability"]},
        "source": {
            "name": "UCI Machine Learning Repository, Heart Disease (Cleveland)",
            "doi": "10.24432/C52P4X",
            "licence": "CC BY 4.0",
        },
        "trainedWith": {name: version(name) for name in ["scikit-learn", "skl2onnx", "onnx", "numpy"]},
    }


def examples(model, inputs):
    """Returns patients with scikit-learn's probability, which the service must reproduce."""
    edges = np.array([inputs.min(axis=0), inputs.max(axis=0)])
    chosen = np.concatenate([inputs[::15], edges])
    return [
        {
            "patient": dict(zip(NAMES, map(int, row), strict=True)),
            "probability": round(float(probability), 9),
            "label": int(probability >= 0.5),
        }
        for row, probability in zip(chosen, model.predict_proba(chosen)[:, 1], strict=True)
    ]


def as_json(value):
    return (json.dumps(value, indent=2) + "\n").encode()


def build():
    """Returns name and content of every generated file."""
    inputs, labels = load()
    model = fit(inputs, labels)
    onnx = export(model, inputs)
    scores = {name: cross_validated(make, inputs, labels) for name, make in SETUPS.items()}
    patients = examples(model, inputs)
    facts = metadata(inputs, onnx, patients[0], *scores[CHOSEN])
    return {
        "heart-disease.onnx": onnx,
        "heart-disease.json": as_json(facts),
        "examples.json": as_json(patients),
        "MODEL_CARD.md": model_card(facts, scores, CHOSEN).encode(),
    }


def main(arguments):
    if arguments not in ([], ["--check"]):
        raise SystemExit(f"usage: train.py [--check], not {' '.join(arguments)}")
    files = build()
    if not arguments:
        for name, content in files.items():
            (HERE / name).write_bytes(content)
            print(f"{name}: {len(content)} bytes")
        return
    changed = [name for name, content in files.items() if (HERE / name).read_bytes() != content]
    if changed:
        raise SystemExit(f"retraining changes {', '.join(changed)}")
    print(f"retraining gives the same {', '.join(files)}")


if __name__ == "__main__":
    main(sys.argv[1:])
