"""Makes the model files of the tests, with PyTorch and ONNX themselves, and what they must give.

Beside each file lies NAME.expected.json: inputs (exact in float32), and logits and probabilities
computed in float64 from the float32 weights that are in the file, by PyTorch in double precision
or, for the graphs of scikit-learn pipelines, by NumPy.

    python make_models.py DIRECTORY

README.md beside this script names the versions it was run with.
"""

import json
import logging
import pathlib
import sys
import warnings
import zipfile

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from safetensors.torch import save_file
from sklearn.datasets import load_breast_cancer, load_digits, load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from torch import nn

ROWS = 8
OPSET = 18


# --- Expected values


def write_expected(path, inputs, logits, probabilities, **about):
    """Inputs [rows, features] in float32, the rest [rows, classes] in float64."""
    content = {
        **about,
        "inputs": [[float(x) for x in row] for row in np.asarray(inputs, np.float32)],
        "logits": [[float(x) for x in row] for row in np.asarray(logits, np.float64)],
        "probabilities": [[float(x) for x in row] for row in np.asarray(probabilities, np.float64)],
    }
    path.write_text(json.dumps(content, indent=None, separators=(",", ":")) + "\n")


def softmax(logits):
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def expect_of_module(path, module, inputs, shape, outputs):
    """Runs a module that yields logits or probabilities in float64; `module` is left in float32."""
    module.double()
    with torch.no_grad():
        values = module(torch.tensor(inputs, dtype=torch.float64).reshape(-1, *shape)).numpy()
    module.float()
    if outputs == "LOGITS":
        logits, probabilities = values, softmax(values)
    else:
        logits, probabilities = np.log(values), values
    write_expected(
        path, inputs, logits, probabilities, inputShape=list(shape), outputs=outputs
    )


def close(name, actual, expected):
    error = np.abs(actual - expected).max()
    print(f"{name}: largest difference from float64 {error:.1e}")
    assert error < 2e-5, name


def run_onnx(path, inputs):
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: inputs})


# --- Modules


class ConvolutionalClassifier(nn.Module):
    """Convolutions, pooling, flatten, linear, ReLU, dropout, linear: logits of 1 x 8 x 8 images."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 8, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(8, 16, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
        )
        self.head = nn.Sequential(
            nn.Flatten(), nn.Linear(256, 32), nn.ReLU(), nn.Dropout(0.3), nn.Linear(32, 10)
        )

    def forward(self, images):
        return self.head(self.features(images))


class AttentionClassifier(nn.Module):
    """Multi-head attention over 8 tokens of 16, then linear and softmax: probabilities."""

    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(16, 4, batch_first=True)
        self.linear = nn.Linear(8 * 16, 5)

    def forward(self, tokens):
        attended, _ = self.attention(tokens, tokens, tokens, need_weights=False)
        return torch.softmax(self.linear((tokens + attended).flatten(1)), dim=1)


def train(module, features, labels, epochs=15):
    """A short run, so that logits and the statistics of batch normalisation are not those of a start."""
    module.train()
    optimiser = torch.optim.Adam(module.parameters(), lr=3e-3)
    for _ in range(epochs):
        for batch in torch.randperm(len(features)).split(64):
            optimiser.zero_grad()
            nn.functional.cross_entropy(module(features[batch]), labels[batch]).backward()
            optimiser.step()
    return module.eval()


# --- Files of PyTorch


def export_onnx(module, path, shape, dynamo):
    """With a dynamic number of rows, by the exporter of TorchDynamo or by that of TorchScript."""
    # Two rows: TorchDynamo would take a batch of one for a constant.
    example = torch.zeros(2, *shape)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if dynamo:
            torch.onnx.export(
                module,
                (example,),
                str(path),
                dynamo=True,
                opset_version=OPSET,
                external_data=False,
                input_names=["features"],
                output_names=["output"],
                dynamic_shapes=({0: torch.export.Dim("rows")},),
                verbose=False,
            )
        else:
            torch.onnx.export(
                module,
                (example,),
                str(path),
                dynamo=False,
                opset_version=OPSET,
                input_names=["features"],
                output_names=["output"],
                dynamic_axes={"features": {0: "rows"}, "output": {0: "rows"}},
            )
    model = onnx.load(path)
    # Stack traces of this machine.
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    for value in [*model.graph.value_info, *model.graph.input, *model.graph.output]:
        del value.metadata_props[:]
    del model.graph.metadata_props[:]
    del model.metadata_props[:]
    del model.functions[:]
    onnx.checker.check_model(model)
    onnx.save(model, path)


def without_debug_records(path):
    """Removes the paths and lines of the sources it was made from: optional, and of one machine only."""
    with zipfile.ZipFile(path) as archive:
        records = {i.filename: archive.read(i) for i in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in records.items():
            if not name.endswith(".debug_pkl"):
                archive.writestr(zipfile.ZipInfo(name), content)


def torch_files(directory, name, module, inputs, shape, outputs, script=False):
    """NAME.dynamo.onnx, NAME.torchscript.onnx (by the older exporter), and NAME.pt if asked for."""
    expect_of_module(directory / f"{name}.expected.json", module, inputs, shape, outputs)
    expected = json.loads((directory / f"{name}.expected.json").read_text())
    key = "logits" if outputs == "LOGITS" else "probabilities"
    shaped = np.asarray(inputs, np.float32).reshape(-1, *shape)
    for dynamo in (True, False):
        path = directory / f"{name}.{'dynamo' if dynamo else 'torchscript'}.onnx"
        export_onnx(module, path, shape, dynamo)
        close(path.name, run_onnx(path, shaped)[0], np.array(expected[key]))
        print("   ", [node.op_type for node in onnx.load(path).graph.node])
    if script:
        path = directory / f"{name}.pt"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.jit.script(module).save(str(path))
            without_debug_records(path)
            loaded = torch.jit.load(str(path))
        with torch.no_grad():
            close(path.name, loaded(torch.tensor(shaped)).numpy(), np.array(expected[key]))


BATCH_NORM = {"type": "batch_norm", "epsilon": 1e-5}


def describe(directory, name, layers):
    """What the tensors do not say, as docs/models.md wants it."""
    (directory / f"{name}.json").write_text(json.dumps({"layers": layers}) + "\n")


def torch_models(directory):
    digits = load_digits()
    # Multiples of 1/16: exact in float32.
    features = (digits.data / 16).astype(np.float32)
    images = torch.tensor(features).reshape(-1, 1, 8, 8)
    rows = torch.tensor(features)
    labels = torch.tensor(digits.target)
    shown = features[:ROWS]

    convolutional = train(ConvolutionalClassifier(), images, labels)
    torch_files(directory, "convolutional", convolutional, shown, (1, 8, 8), "LOGITS", script=True)

    tokens = np.random.default_rng(3).standard_normal((ROWS, 8 * 16)).astype(np.float32)
    attention = AttentionClassifier().eval()
    with torch.no_grad():
        attention.linear.weight.mul_(4)
    torch_files(directory, "attention", attention, tokens, (8, 16), "PROBABILITIES", script=True)

    linear = train(nn.Linear(64, 10), rows, labels)
    torch_files(
        directory, "linear-softmax", nn.Sequential(linear, nn.Softmax(dim=1)).eval(), shown, (64,), "PROBABILITIES"
    )
    save_file(linear.state_dict(), directory / "linear.safetensors")
    expect_of_module(directory / "linear.expected.json", linear, shown, (64,), "LOGITS")

    mlp = nn.Sequential(
        nn.Linear(64, 32),
        nn.BatchNorm1d(32),
        nn.ReLU(),
        nn.Dropout(0.2),
        nn.Linear(32, 16),
        nn.ReLU(),
        nn.Linear(16, 10),
    )
    train(mlp, rows, labels)
    torch_files(directory, "mlp-batchnorm", mlp, shown, (64,), "LOGITS")
    save_file(mlp.state_dict(), directory / "mlp-batchnorm.safetensors")
    describe(directory, "mlp-batchnorm", {"1": BATCH_NORM, "2": "relu", "3": "dropout", "5": "relu"})

    normalised_first = nn.Sequential(nn.BatchNorm1d(64), nn.Linear(64, 16), nn.Tanh(), nn.Linear(16, 10))
    train(normalised_first, rows, labels)
    torch_files(directory, "batchnorm-first", normalised_first, shown, (64,), "LOGITS")
    save_file(normalised_first.state_dict(), directory / "batchnorm-first.safetensors")
    describe(directory, "batchnorm-first", {"0": BATCH_NORM, "2": "tanh"})

    activations = nn.Sequential(
        nn.Linear(64, 24),
        nn.LeakyReLU(0.05),
        nn.Linear(24, 20),
        nn.Sigmoid(),
        nn.Linear(20, 16),
        nn.Tanh(),
        nn.Linear(16, 10),
        nn.LogSoftmax(dim=1),
    )
    train(activations, rows, labels, epochs=40)
    torch_files(directory, "activations", activations, shown, (64,), "LOGITS")

    low_rank = train(nn.Sequential(nn.Linear(64, 4, bias=False), nn.Linear(4, 10)), rows, labels)
    torch_files(directory, "low-rank", low_rank, shown, (64,), "LOGITS")
    save_file(low_rank.state_dict(), directory / "low-rank.safetensors")


# --- Graphs of scikit-learn pipelines, as skl2onnx writes them


def floats(values):
    return [float(np.float32(x)) for x in np.ravel(values)]


def sklearn_graph(scaler, coefficients, intercepts, labels, post_transform, zipmap, normalise):
    """Scaler, LinearClassifier, then Normalizer, Cast and ZipMap."""
    ml = {"domain": "ai.onnx.ml"}
    if isinstance(labels[0], str):
        classes, label_type = {"classlabels_strings": list(labels)}, TensorProto.STRING
        keys = classes
    else:
        classes, label_type = {"classlabels_ints": list(labels)}, TensorProto.INT64
        keys = {"classlabels_int64s": list(labels)}
    scores = "probability_tensor" if normalise or zipmap else "probabilities"
    nodes = [
        helper.make_node(
            "Scaler",
            ["X"],
            ["variable"],
            name="Scaler",
            offset=floats(scaler.mean_),
            scale=floats(1.0 / scaler.scale_),
            **ml,
        ),
        helper.make_node(
            "LinearClassifier",
            ["variable"],
            ["label", scores],
            name="LinearClassifier",
            coefficients=floats(coefficients),
            intercepts=floats(intercepts),
            multi_class=1 if post_transform == "SOFTMAX" else 0,
            post_transform=post_transform,
            **classes,
            **ml,
        ),
    ]
    if normalise:
        normalised = "probabilities" if not zipmap else "normalised"
        nodes.append(
            helper.make_node("Normalizer", [scores], [normalised], name="Normalizer", norm="L1", **ml)
        )
        scores = normalised
    nodes.append(helper.make_node("Cast", ["label"], ["output_label"], name="Cast", to=label_type))
    if zipmap:
        nodes.append(
            helper.make_node("ZipMap", [scores], ["output_probability"], name="ZipMap", **keys, **ml)
        )
        value = helper.make_tensor_type_proto(TensorProto.FLOAT, [])
        map_type = helper.make_map_type_proto(label_type, value)
        second = helper.make_value_info("output_probability", helper.make_sequence_type_proto(map_type))
    else:
        second = helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [None, len(labels)])
    graph = helper.make_graph(
        nodes,
        "pipeline",
        [helper.make_tensor_value_info("X", TensorProto.FLOAT, [None, len(scaler.mean_)])],
        [helper.make_tensor_value_info("output_label", label_type, [None]), second],
    )
    model = helper.make_model(
        graph,
        producer_name="logitflow-test",
        ir_version=8,
        opset_imports=[helper.make_opsetid("ai.onnx.ml", 1), helper.make_opsetid("", 17)],
    )
    onnx.checker.check_model(model)
    return model


def sklearn_file(directory, name, data, target, labels, zipmap=True, one_vs_rest=False):
    scaler = StandardScaler().fit(data)
    scaled = scaler.transform(data)
    binary = len(labels) == 2
    if one_vs_rest:
        fits = [LogisticRegression(max_iter=2000).fit(scaled, target == k) for k in range(len(labels))]
        coefficients = np.vstack([fit.coef_ for fit in fits])
        intercepts = np.concatenate([fit.intercept_ for fit in fits])
    else:
        fit = LogisticRegression(max_iter=2000).fit(scaled, target)
        coefficients, intercepts = fit.coef_, fit.intercept_
        if binary:
            coefficients = np.vstack([-coefficients, coefficients])
            intercepts = np.concatenate([-intercepts, intercepts])
    logistic = binary or one_vs_rest
    model = sklearn_graph(
        scaler,
        coefficients,
        intercepts,
        labels,
        "LOGISTIC" if logistic else "SOFTMAX",
        zipmap,
        normalise=logistic or zipmap,
    )
    path = directory / f"{name}.onnx"
    onnx.save(model, path)

    rows = np.random.default_rng(5).choice(len(data), ROWS, replace=False)
    inputs = data[rows].astype(np.float32)
    # From the float32 numbers that are in the file.
    attribute = {a.name: np.float64(a.floats) for node in model.graph.node for a in node.attribute if a.floats}
    standardised = (inputs.astype(np.float64) - attribute["offset"]) * attribute["scale"]
    scores = standardised @ attribute["coefficients"].reshape(len(labels), -1).T + attribute["intercepts"]
    if logistic:
        sigmoid = 1 / (1 + np.exp(-scores))
        probabilities = sigmoid / sigmoid.sum(axis=1, keepdims=True)
    else:
        probabilities = softmax(scores)
    # z_1 - z_0 of the two rows is twice the logit; the softmax of half of each is the logistic function.
    logits = scores / 2 if binary else np.log(probabilities) if one_vs_rest else scores
    write_expected(
        directory / f"{name}.expected.json",
        inputs,
        logits,
        probabilities,
        inputShape=[data.shape[1]],
        outputs="PROBABILITIES",
        classes=[str(label) for label in labels],
    )
    output = run_onnx(path, inputs)[1]
    if zipmap:
        output = np.array([[row[label] for label in labels] for row in output])
    close(path.name, output, probabilities)
    if not one_vs_rest:
        close(f"{name} of scikit-learn", fit.predict_proba(scaler.transform(inputs)), probabilities)


def sklearn_models(directory):
    digits, cancer, iris = load_digits(), load_breast_cancer(), load_iris()
    # A column of digits that is always 0 has a scale of 1 in scikit-learn.
    sklearn_file(directory, "sklearn-digits", digits.data, digits.target, list(range(10)))
    sklearn_file(directory, "sklearn-iris-strings", iris.data, iris.target, [str(n) for n in iris.target_names])
    sklearn_file(directory, "sklearn-iris-tensor", iris.data, iris.target, [0, 1, 2], zipmap=False)
    sklearn_file(directory, "sklearn-iris-one-vs-rest", iris.data, iris.target, [0, 1, 2], one_vs_rest=True)
    sklearn_file(directory, "sklearn-cancer-binary", cancer.data, cancer.target, [0, 1])


# --- Files that must be refused


def unknown_operator(directory):
    """A valid file whose second operator nobody knows."""
    weight = np.eye(4, 3, dtype=np.float32)
    nodes = [
        helper.make_node("MatMul", ["features", "weight"], ["product"], name="product"),
        helper.make_node("Mystify", ["product"], ["output"], name="mystery", domain="com.example"),
    ]
    graph = helper.make_graph(
        nodes,
        "unknown",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, 4])],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [None, 3])],
        [numpy_helper.from_array(weight, "weight")],
    )
    model = helper.make_model(
        graph,
        producer_name="logitflow-test",
        ir_version=8,
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.example", 1)],
    )
    onnx.save(model, directory / "unknown-operator.onnx")


def main():
    directory = pathlib.Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(20)
    torch.set_num_threads(1)
    # It says that torchvision is missing, which is not needed.
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    print({m.__name__: m.__version__ for m in (torch, onnx, onnxruntime, np)})
    torch_models(directory)
    sklearn_models(directory)
    unknown_operator(directory)
    for path in directory.iterdir():
        path.chmod(0o644)


if __name__ == "__main__":
    main()
