"""The model card, written from the figures of the training that it describes."""


def table(head, rows):
    """A Markdown table with its columns aligned, as the repository's formatter wants it."""
    cells = [head, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in cells]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def allowed(feature):
    if feature["kind"] == "category":
        return ", ".join(f"{code} {meaning}" for code, meaning in feature["codes"].items())
    return f"{feature['minimum']} to {feature['maximum']}"


def model_card(facts, scores, chosen):
    features = [[f"`{f['name']}`", f["description"], allowed(f)] for f in facts["features"]]
    tried = [
        [f"**{name}**" if name == chosen else name, f"{auc:.4f}", f"{spread:.4f}"]
        for name, (auc, spread) in scores.items()
    ]
    versions = ", ".join(f"{name} {number}" for name, number in facts["trainedWith"].items())
    return f"""# Model card: {facts['name']} {facts['version']}

{facts['description']}. Written by `train.py`; do not edit.

**For** {facts['intendedFor']}. **Not for** {facts['notFor']}: {facts['rows']} people examined in one
clinic in the 1980s, two thirds of them men, all of them referred for angiography.

## Input

`features`, a float tensor [N, {len(facts['features'])}], in this order. A value outside the range seen in training is refused
by the service, because the model knows nothing there.

{table(["feature", "meaning", "seen in training"], features)}

Codes are zero-based, as in the common edition of the data; UCI's files count `cp` and `slope` from 1 and
write `thal` as 3, 6, 7.

## Output

`probabilities` [N, 2]: {', '.join(facts['labels'].values())}. `label` [N]: 1 from probability 0.5 on;
the service uses its own threshold setting instead.

## Quality

Area under the ROC curve **{facts['auc']:.4f}** (standard deviation over folds {facts['aucStandardDeviation']:.4f}),
{facts['aucMethod']}.

{table(["tried", "AUC", "standard deviation"], tried)}

The linear model is as good as any and the cheapest to run. The spread over folds is wide because a fold
holds 30 people; differences in the third decimal mean nothing.

## Data

{facts['source']['name']}, DOI {facts['source']['doi']}, licence {facts['source']['licence']}:
A. Janosi, W. Steinbrunn, M. Pfisterer, R. Detrano, 1988. First used in R. Detrano et al., "International
application of a new probability algorithm for the diagnosis of coronary artery disease", American Journal of
Cardiology 64 (1989), 304-310.

`heart-disease.csv` holds its 303 rows and 14 columns, made by `import_data.py` from the copy in the PyPI package
orange3 3.40.0 (`Orange/datasets/heart_disease.tab`): words became the codes above, nothing else changed.
Training leaves out the {303 - facts['rows']} rows with a missing value. The package names the authors and the reference but no
licence for the file; the licence is the one under which UCI publishes it.

## Training

{versions}, all pinned in `requirements.txt`.
`python train.py --check` retrains and fails unless every file comes out byte for byte the same: fixed seeds,
tight convergence, coefficients rounded to six decimals.
"""
