"""The candidate models, and the cross-validation that compares them."""

from features import NAMES, ONE_HOT, SCALED
from sklearn.compose import make_column_transformer
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import RepeatedStratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def columns(names):
    return [NAMES.index(name) for name in names]


def linear(strength):
    """Returns a logistic regression on one-hot categories; 0/1 features pass unchanged."""
    prepare = make_column_transformer(
        (OneHotEncoder(), columns(ONE_HOT)), (StandardScaler(), columns(SCALED)), remainder="passthrough"
    )
    return make_pipeline(prepare, LogisticRegression(C=strength, tol=1e-10, max_iter=10_000))


def logistic(model):
    return model.named_steps["logisticregression"]


SETUPS = {
    "logistic regression, C=0.03": lambda: linear(0.03),
    "logistic regression, C=0.1": lambda: linear(0.1),
    "logistic regression, C=1": lambda: linear(1.0),
    "random forest, 200 trees": lambda: RandomForestClassifier(200, min_samples_leaf=3, random_state=0),
    "gradient boosting, 60 trees of depth 2": lambda: GradientBoostingClassifier(
        n_estimators=60, max_depth=2, random_state=0
    ),
}


def cross_validated(make, inputs, labels):
    """Returns mean and standard deviation of the area under the ROC curve over 30 folds."""
    folds = RepeatedStratifiedKFold(n_splits=10, n_repeats=3, random_state=42)
    scores = cross_val_score(make(), inputs, labels, cv=folds, scoring="roc_auc")
    return round(float(scores.mean()), 4), round(float(scores.std()), 4)
