"""Fits softmax regression to all training rows of Fashion-MNIST by scikit-learn's lbfgs.

    training.py FOLDER

Reads lines "C TOLERANCE" and answers each with "SECONDS ITERATIONS OBJECTIVE GRADIENT", of which the
last is the largest element of the objective's gradient there. Only the call of fit is timed, over float64 rows, which is what this solver would convert them to. benchmarks/training
drives it.
"""
import gzip
import os
import sys
import time

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression


def read(folder, name, header):
    for path in (os.path.join(folder, name), os.path.join(folder, name + ".gz")):
        if os.path.exists(path):
            with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
                return np.frombuffer(file.read(), np.uint8, offset=header)
    return None


def main():
    folder = sys.argv[1]
    images = read(folder, "train-images-idx3-ubyte", 16)
    if images is None:
        parts = [read(folder, "train-%s-images-idx3-ubyte" % part, 16) for part in "ab"]
        images = np.concatenate(parts)
    x = images.reshape(-1, 784) / 255.0
    y = read(folder, "train-labels-idx1-ubyte", 8)
    print("scikit-learn %s, numpy %s" % (sklearn.__version__, np.__version__), flush=True)
    for line in sys.stdin:
        c, tolerance = map(float, line.split())
        model = LogisticRegression(C=c, tol=tolerance, max_iter=10000)
        start = time.perf_counter()
        model.fit(x, y)
        seconds = time.perf_counter() - start
        logits = x @ model.coef_.T + model.intercept_
        largest = logits.max(axis=1)
        sums = np.exp(logits - largest[:, None]).sum(axis=1)
        loss = np.log(sums) + largest - logits[np.arange(len(y)), y]
        objective = loss.sum() + (model.coef_ ** 2).sum() / (2 * c)
        residual = np.exp(logits - largest[:, None]) / sums[:, None]
        residual[np.arange(len(y)), y] -= 1
        gradient = max(
            np.abs(residual.T @ x + model.coef_ / c).max(), np.abs(residual.sum(axis=0)).max()
        )
        print(seconds, model.n_iter_[0], objective, gradient, flush=True)


main()
