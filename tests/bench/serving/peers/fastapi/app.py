"""The service as course projects write it: FastAPI, a pydantic model, a pickled scikit-learn pipeline."""

import joblib
import numpy as np
from fastapi import FastAPI
from pydantic import BaseModel, Field

model = joblib.load("model.joblib")
app = FastAPI()


class Patient(BaseModel):
    age: float = Field(ge=29, le=77)
    sex: int = Field(ge=0, le=1)
    cp: int = Field(ge=0, le=3)
    chol: float = Field(ge=126, le=564)
    restecg: int = Field(ge=0, le=2)
    thalach: float = Field(ge=71, le=202)
    exang: int = Field(ge=0, le=1)
    slope: int = Field(ge=0, le=2)
    ca: int = Field(ge=0, le=3)
    thal: int = Field(ge=0, le=2)


class Prediction(BaseModel):
    label: int
    prediction: str
    probability: float


def predict(patients: list[Patient]) -> list[Prediction]:
    rows = np.array([list(vars(patient).values()) for patient in patients], dtype=np.float32)
    return [
        Prediction(
            label=int(probability >= 0.5),
            prediction="heart disease" if probability >= 0.5 else "no heart disease",
            probability=probability,
        )
        for probability in model.predict_proba(rows)[:, 1]
    ]


@app.post("/predict")
async def predict_one(patient: Patient) -> Prediction:
    return predict([patient])[0]


@app.post("/predict/batch")
async def predict_batch(patients: list[Patient]) -> list[Prediction]:
    return predict(patients)


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}
