"""Trains the pipeline behind the served ONNX file with this environment's scikit-learn: train.py MODEL OUT.joblib"""

import csv
import sys
from pathlib import Path

import joblib
import numpy as np

MODEL = Path(sys.argv[1])
sys.path.insert(0, str(MODEL))
sys.dont_write_bytecode = True

from compare import SETUPS  # noqa: E402
from features import NAMES, TARGET  # noqa: E402

with open(MODEL / "heart-disease.csv", newline="") as source:
    rows = [row for row in csv.DictReader(source) if all(row[name] for name in NAMES)]
inputs = np.array([[float(row[name]) for name in NAMES] for row in rows], dtype=np.float32)
model = SETUPS["logistic regression, C=0.1"]().fit(inputs, np.array([int(row[TARGET]) for row in rows]))
joblib.dump(model, sys.argv[2])
