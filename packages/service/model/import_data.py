"""Writes heart-disease.csv from the copy of the UCI Cleveland data in the PyPI package orange3 3.40.0.

    python import_data.py Orange/datasets/heart_disease.tab > heart-disease.csv

Words become codes (see features.py), and a missing value ("?") becomes an empty cell.
"""

import csv
import sys

COLUMNS = "age sex cp trestbps chol fbs restecg thalach exang oldpeak slope ca thal condition".split()
WORDS = {
    "sex": ["female", "male"],
    "cp": ["typical ang", "atypical ang", "non-anginal", "asymptomatic"],
    "restecg": ["normal", "ST-T abnormal", "left vent hypertrophy"],
    "slope": ["upsloping", "flat", "downsloping"],
    "thal": ["normal", "fixed defect", "reversable defect"],
}


def code(name, text):
    if text == "?":
        return ""
    return WORDS[name].index(text) if name in WORDS else text


def main(path):
    with open(path, newline="") as source:
        rows = list(csv.reader(source, delimiter="\t"))[3:]  # the first three lines are names, types and roles
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    for row in rows:
        out.writerow(code(name, text) for name, text in zip(COLUMNS, row, strict=True))


if __name__ == "__main__":
    main(sys.argv[1])
