"""Declares the ten features of the model.

The codes are those of the common edition of the data (sex 0-1, cp 0-3, restecg 0-2, slope 0-2, thal 0-2).
The service reads the features, with the ranges of the data, from heart-disease.json.
"""

NUMBERS = {
    "age": "age in years",
    "chol": "serum cholesterol in mg/dl",
    "thalach": "highest heart rate in the exercise test, in beats per minute",
    "ca": "major vessels (0 to 3) coloured by fluoroscopy",
}

CODES = {
    "sex": ("sex", ["female", "male"]),
    "cp": ("chest pain", ["typical angina", "atypical angina", "non-anginal pain", "asymptomatic"]),
    "restecg": (
        "electrocardiogram at rest",
        ["normal", "ST-T wave abnormality", "left ventricular hypertrophy"],
    ),
    "exang": ("angina brought on by exercise", ["no", "yes"]),
    "slope": ("slope of the ST segment at peak exercise", ["upsloping", "flat", "downsloping"]),
    "thal": ("thallium heart scan", ["normal", "fixed defect", "reversible defect"]),
}

INTEGERS = {"ca"}
"""Numbers that are counts."""

NAMES = ["age", "sex", "cp", "chol", "restecg", "thalach", "exang", "slope", "ca", "thal"]
"""In the order of the model's input columns."""

ONE_HOT = ["cp", "restecg", "slope", "thal"]
SCALED = list(NUMBERS)

TARGET = "condition"
LABELS = ["no heart disease", "heart disease"]


def describe(column, name):
    """Returns a feature for heart-disease.json; `column` has its values in the training data."""
    if name in CODES:
        description, meanings = CODES[name]
        if sorted(set(column)) != list(range(len(meanings))):
            raise SystemExit(f"{name} has the codes {sorted(set(column))}, expected 0 to {len(meanings) - 1}")
        codes = {str(code): meaning for code, meaning in enumerate(meanings)}
        return {"name": name, "kind": "category", "description": description, "codes": codes}
    return {
        "name": name,
        "kind": "integer" if name in INTEGERS else "number",
        "description": NUMBERS[name],
        "minimum": int(min(column)),
        "maximum": int(max(column)),
    }
