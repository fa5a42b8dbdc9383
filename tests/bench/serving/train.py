"""Trains the pipeline behind the served ONNX file with this environment's scikit-learn.

python train.py MODEL_FOLDER OUT.joblib    prints the probability of each patient of examples.json
"""

import csv
import json
import sys
from pathlib import Path

import joblib
import numpy as np

HERE = Path(sys.argv[1])
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

from compare import SETUPS  # noqa: E402
from features import NAMES, TARGET  # noqa: E402

with open(HERE / "heart-disease.csv", newline="") as source:
    rows = [row for row in csv.DictReader(source) if all(row[name] for name in NAMES)]
inputs = np.array([[float(row[name]) for name in NAMES] for row in rows], dtype=np.float32)
model = SETUPS["logistic regression, C=0.1"]().fit(inputs, np.array([int(row[TARGET]) for row in rows]))
joblib.dump(model, sys.argv[2])

examples = json.loads((HERE / "examples.json").read_text())
patients = np.array([[example["patient"][name] for name in NAMES] for example in examples], dtype=np.float32)
print(json.dumps(model.predict_proba(patients)[:, 1].tolist()))
