package io.logitflow.classifier;

import io.logitflow.classifier.output.OutputFunction;
import io.logitflow.classifier.output.Softmax;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One immutable version of a model: a network, of layers or in a file of another program, and an
 * output function with a calibration before it. An instance has passed every check that needs no
 * scoring: dimensions, finite weights, distinct class names, checksum; {@link Classifiers#load}
 * runs the golden rows.
 */
public final class Model {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");

  private final String name;
  private final long version;
  private final Instant createdAt;
  private final List<String> classNames;
  private final List<String> featureNames;
  private final Optional<Normaliser> normaliser;
  private final List<Layer> layers;
  private final Optional<Artifact> artifact;
  private final OutputFunction outputFunction;
  private final int featureCount;
  private final int classCount;
  private final Calibration calibration;
  private final byte[] weightsChecksum;
  private final List<GoldenRow> goldenRows;
  private final Provenance provenance;

  private Model(Builder builder) throws InvalidModelException {
    this.name = Objects.requireNonNull(builder.name, "name");
    this.version = builder.version;
    this.createdAt =
        Objects.requireNonNull(builder.createdAt, "createdAt").truncatedTo(ChronoUnit.MILLIS);
    this.normaliser = builder.normaliser;
    this.layers = List.copyOf(builder.layers);
    this.featureNames = List.copyOf(builder.featureNames);
    this.calibration = builder.calibration;
    this.provenance = builder.provenance;
    checkName(name);
    if (version < 1) {
      throw new InvalidModelException(
          "version is %d, expected at least 1".formatted(builder.version));
    }
    this.artifact = builder.artifact;
    this.outputFunction = builder.outputFunction;
    if (artifact.isPresent() && !layers.isEmpty()) {
      throw new InvalidModelException(
          "layers has %d elements beside an artifact, expected none".formatted(layers.size()));
    }
    NetworkShape shape =
        artifact.isPresent()
            ? NetworkShape.of(artifact.get(), outputFunction, builder.classNames)
            : NetworkShape.of(layers, outputFunction);
    this.featureCount = shape.featureCount();
    this.classCount = shape.classCount();
    this.classNames = builder.classNames.map(List::copyOf).orElseGet(this::indices);
    checkNames();
    if (normaliser.isPresent()) {
      normaliser.get().check(featureCount());
    }
    calibration.check(classCount);
    this.weightsChecksum = Checksum.of(normaliser, layers, artifact, outputFunction);
    if (builder.expectedChecksum.isPresent()) {
      checkChecksum(builder.expectedChecksum.get());
    }
    this.goldenRows =
        builder.goldenRows.isPresent()
            ? List.copyOf(builder.goldenRows.get())
            : artifact.isPresent() ? List.of() : GoldenRows.make(this, builder.sampleRows);
    for (int i = 0; i < goldenRows.size(); i++) {
      goldenRows.get(i).check("goldenRows[" + i + "]", featureCount(), classCount());
    }
  }

  private void checkName(String candidate) throws InvalidModelException {
    if (!isName(candidate)) {
      throw new InvalidModelException(
          "model name is \"%.80s\", expected 1 to 200 letters, digits, '.', '_' and '-'"
              .formatted(candidate));
    }
  }

  private void checkNames() throws InvalidModelException {
    ModelChecks.count("classNames", classNames.size(), classCount());
    ModelChecks.distinctNames("classNames", classNames);
    if (!featureNames.isEmpty()) {
      ModelChecks.count("featureNames", featureNames.size(), featureCount());
      ModelChecks.distinctNames("featureNames", featureNames);
    }
  }

  private void checkChecksum(byte[] expected) throws InvalidModelException {
    if (!Arrays.equals(expected, weightsChecksum)) {
      throw new InvalidModelException(
          "weightsChecksum is %s, but the SHA-256 of the weights is %s: they were changed or damaged"
              .formatted(
                  HexFormat.of().formatHex(expected), HexFormat.of().formatHex(weightsChecksum)));
    }
  }

  private List<String> indices() {
    return IntStream.range(0, classCount()).mapToObj(String::valueOf).toList();
  }

  /** Whether a name may be used for a model: 1 to 200 letters, digits, '.', '_' and '-'. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** A builder without any content. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder with the content of this model, its golden rows included. */
  public Builder toBuilder() {
    Builder builder =
        new Builder()
            .name(name)
            .version(version)
            .createdAt(createdAt)
            .classNames(classNames)
            .featureNames(featureNames)
            .layers(layers)
            .outputFunction(outputFunction)
            .calibration(calibration)
            .goldenRows(goldenRows)
            .provenance(provenance);
    normaliser.ifPresent(builder::normaliser);
    artifact.ifPresent(builder::artifact);
    return builder;
  }

  /** Name of the model. */
  public String name() {
    return name;
  }

  /** Version: 1, 2, 3 ... within the model. */
  public long version() {
    return version;
  }

  /** Wall-clock time at which the version was made, to the millisecond. */
  public Instant createdAt() {
    return createdAt;
  }

  /** Name of each class, in the order of the logits; all different. */
  public List<String> classNames() {
    return classNames;
  }

  /** Number of classes: at least 2, or 1 if a record may have any number of labels. */
  public int classCount() {
    return classCount;
  }

  /** Number of features of a record. */
  public int featureCount() {
    return featureCount;
  }

  /** Name of each feature, or empty. */
  public List<String> featureNames() {
    return featureNames;
  }

  /** What is applied to the features before the first layer; empty for the identity. */
  public Optional<Normaliser> normaliser() {
    return normaliser;
  }

  /**
   * The layers in the order of application; the last one yields the scores that the output function
   * takes. Empty if the network is an artifact.
   */
  public List<Layer> layers() {
    return layers;
  }

  /** The network, if another program made it. */
  public Optional<Artifact> artifact() {
    return artifact;
  }

  /** What the network consists of, in the order of application, e.g. {@code linear 784 -> 10}. */
  public List<String> architecture() {
    List<String> lines = new ArrayList<>();
    artifact.ifPresent(file -> lines.add(file.toString()));
    int width = featureCount;
    for (Layer layer : layers) {
      int outputs = layer.outputs(width);
      String sizes = layer instanceof Activation ? "" : " " + width + " -> " + outputs;
      lines.add(lowerCase(layer.type()) + sizes);
      width = outputs;
    }
    ModelPart output = ModelParts.of(outputFunction);
    lines.add(
        lowerCase(output.type())
            + (output.parameters().isEmpty() ? "" : " " + output.parameters()));
    return lines;
  }

  private static String lowerCase(String type) {
    return type.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** What turns scores into probabilities. */
  public OutputFunction outputFunction() {
    return outputFunction;
  }

  /** Applied to the logits before they become probabilities. */
  public Calibration calibration() {
    return calibration;
  }

  /** Version of the calibration parameters; 0 is the identity. */
  public int calibrationVersion() {
    return calibration.version();
  }

  /** SHA-256 of normaliser, layers or artifact, and output function: 32 bytes. */
  public byte[] weightsChecksum() {
    return weightsChecksum.clone();
  }

  /** The self-test at load. */
  public List<GoldenRow> goldenRows() {
    return goldenRows;
  }

  /** Where the version comes from. */
  public Provenance provenance() {
    return provenance;
  }

  /**
   * The same model under another version number.
   *
   * @throws IllegalArgumentException if the version is below 1
   */
  public Model withVersion(long newVersion) {
    return rebuild(toBuilder().version(newVersion));
  }

  /**
   * The same weights with another calibration, as a new version made from this one. The golden rows
   * keep their inputs and get new probabilities.
   *
   * @param evidence what describes the making of the calibration: it joins the details of this
   *     version's provenance, and takes the place of those of the same names
   * @throws IllegalArgumentException if the calibration or the version is out of range
   */
  public Model withCalibration(
      Calibration newCalibration,
      long newVersion,
      Instant newCreatedAt,
      Map<String, String> evidence) {
    Map<String, String> details = new HashMap<>(provenance.details());
    details.putAll(evidence);
    Model recalibrated =
        rebuild(
            toBuilder()
                .calibration(newCalibration)
                .version(newVersion)
                .createdAt(newCreatedAt)
                .goldenRows(List.of())
                .provenance(
                    new Provenance(
                        "calibration",
                        OptionalLong.of(version),
                        provenance.codeVersion(),
                        provenance.source(),
                        details)));
    return rebuild(
        recalibrated.toBuilder().goldenRows(GoldenRows.recompute(recalibrated, goldenRows)));
  }

  private static Model rebuild(Builder builder) {
    try {
      return builder.build();
    } catch (InvalidModelException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Model that
        && name.equals(that.name)
        && version == that.version
        && createdAt.equals(that.createdAt)
        && classNames.equals(that.classNames)
        && featureNames.equals(that.featureNames)
        && normaliser.equals(that.normaliser)
        && layers.equals(that.layers)
        && artifact.equals(that.artifact)
        && outputFunction.equals(that.outputFunction)
        && calibration.equals(that.calibration)
        && goldenRows.equals(that.goldenRows)
        && provenance.equals(that.provenance);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, version, Arrays.hashCode(weightsChecksum), calibration);
  }

  @Override
  public String toString() {
    return "%s version %d (%d features, %d classes, weights %s)"
        .formatted(
            name,
            version,
            featureCount(),
            classCount(),
            HexFormat.of().formatHex(weightsChecksum, 0, 6));
  }

  /** Collects the content of a model and checks it as a whole. */
  public static final class Builder {
    private String name;
    private long version = 1;
    private Instant createdAt;
    private Optional<List<String>> classNames = Optional.empty();
    private List<String> featureNames = List.of();
    private Optional<Normaliser> normaliser = Optional.empty();
    private List<Layer> layers = List.of();
    private Optional<Artifact> artifact = Optional.empty();
    private OutputFunction outputFunction = new Softmax();
    private Calibration calibration = Calibration.IDENTITY;
    private Optional<byte[]> expectedChecksum = Optional.empty();
    private Optional<List<GoldenRow>> goldenRows = Optional.empty();
    private List<float[]> sampleRows = List.of();
    private Provenance provenance = Provenance.ofImport("", Map.of());

    private Builder() {}

    /** Name of the model; required. */
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /** Version, at least 1; 1 unless given. */
    public Builder version(long version) {
      this.version = version;
      return this;
    }

    /** Wall-clock time at which the version was made; required, kept to the millisecond. */
    public Builder createdAt(Instant createdAt) {
      this.createdAt = createdAt;
      return this;
    }

    /** Name of each class; "0", "1", "2" ... unless given. */
    public Builder classNames(List<String> classNames) {
      this.classNames = Optional.of(classNames);
      return this;
    }

    /** Name of each feature; none unless given. */
    public Builder featureNames(List<String> featureNames) {
      this.featureNames = featureNames;
      return this;
    }

    /** Standardisation of the features; none unless given. */
    public Builder normaliser(Normaliser normaliser) {
      this.normaliser = Optional.of(normaliser);
      return this;
    }

    /** The layers in the order of application; required, unless there is an artifact. */
    public Builder layers(List<? extends Layer> layers) {
      this.layers = List.copyOf(layers);
      return this;
    }

    /** The network as a file of another program, instead of layers. */
    public Builder artifact(Artifact artifact) {
      this.artifact = Optional.of(artifact);
      return this;
    }

    /** What turns scores into probabilities; softmax unless given. */
    public Builder outputFunction(OutputFunction outputFunction) {
      this.outputFunction = outputFunction;
      return this;
    }

    /** What is done to the logits before the output function; the identity unless given. */
    public Builder calibration(Calibration calibration) {
      this.calibration = calibration;
      return this;
    }

    /** Another temperature; biases stay. */
    public Builder temperature(double temperature) {
      return calibration(
          new Calibration(Math.max(1, calibration.version()), temperature, calibration.biases()));
    }

    /** A checksum that came with the weights; {@link #build} fails if it is not theirs. */
    public Builder expectedChecksum(byte[] checksum) {
      this.expectedChecksum = Optional.of(checksum.clone());
      return this;
    }

    /** Golden rows made before; unless given, {@link #build} makes some. */
    public Builder goldenRows(List<GoldenRow> goldenRows) {
      this.goldenRows = Optional.of(goldenRows);
      return this;
    }

    /** Real inputs, each {@code [features]}, to become golden rows beside generated ones. */
    public Builder sampleRows(List<float[]> sampleRows) {
      this.sampleRows = sampleRows;
      return this;
    }

    /** Where the version comes from; an import unless given. */
    public Builder provenance(Provenance provenance) {
      this.provenance = provenance;
      return this;
    }

    /**
     * Checks and builds.
     *
     * @throws InvalidModelException naming what is wrong
     * @throws NullPointerException without a name or a time of creation
     */
    public Model build() throws InvalidModelException {
      return new Model(this);
    }
  }
}
