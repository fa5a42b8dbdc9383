"""Patients with scikit-learn's probabilities, as the training of the model wrote them."""

import json

import numpy as np
from wire import DATATYPES

MOST = 1024


class Patients:
    def __init__(self, path):
        with open(path, encoding="utf-8") as source:
            examples = json.load(source)
        self.rows = np.array([list(each["patient"].values()) for each in examples], np.float64)
        self.probability = np.array([each["probability"] for each in examples])
        self.label = np.array([each["label"] for each in examples])

    def example(self):
        """Returns a request with different patients, so that their order matters."""
        data = self.rows[:3].ravel().tolist()
        return {"inputs": [{"name": "features", "shape": [3, 10], "datatype": "FP32", "data": data}]}

    def as_datatype(self, datatype, count=None):
        """Returns `count` patients whose values the datatype can hold, and their probabilities and labels."""
        cast = self.rows.astype(DATATYPES[datatype])
        fits = np.flatnonzero((cast.astype(np.float64) == self.rows).all(axis=1))
        chosen = np.resize(fits, count or len(fits)) if len(fits) else fits
        return cast[chosen], self.probability[chosen], self.label[chosen]


def right(found, probability, label):
    """Returns whether the tensors of a response are the model's."""
    return (
        (found["probability"].dtype, found["label"].dtype) == (np.float32, np.int64)
        and found["probability"].shape == found["label"].shape == probability.shape
        and np.abs(found["probability"] - probability).max() < 1e-6
        and (found["label"] == label).all()
    )
