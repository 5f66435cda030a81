package io.logitflow.calibration;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Counts and exact sums of what one model version served and which labels came: everything that
 * calibration errors and a new temperature are computed from. The same records in any order and
 * grouping give equal statistics; {@code remove} is the exact inverse of {@code add}, so a label
 * that is corrected is removed and added again.
 *
 * <p>A prediction that is no distribution over the classes counts in {@link #predictions} and
 * {@link #invalid} and nowhere else, whether its label came or not. Above {@value
 * #MAX_CLASSWISE_CLASSES} classes there are no class bins and no confusion matrix, and above 64 a
 * sample by the record's hash, 1 in {@code ceil(classes / 64)}, makes the temperature sums.
 *
 * <p>Not for use by several threads. {@link CalibrationRecords} puts it on a topic, {@link
 * CalibrationStatisticsFormat} into state.
 */
public final class CalibrationStatistics {

  /** Reliability bins of the confidence and of the probability of each class. */
  public static final int BINS = 15;

  /** Points of the grid on [0, 1] on which confidences are kept for the smooth error. */
  public static final int SMOOTH_POINTS = 1001;

  /** The most classes of which class bins and confusions are kept. */
  public static final int MAX_CLASSWISE_CLASSES = 50;

  /** The most classes a model may have. */
  public static final int MAX_CLASSES = 1 << 20;

  /** Powers of 2 that a delay in milliseconds may have. */
  static final int DELAYS = 63;

  /** The least probability of the true class whose logarithm is taken. */
  static final double MIN_PROBABILITY = 1e-15;

  static final int BIN_COUNT = 0;
  static final int BIN_CORRECT = 1;
  static final int BIN_CONFIDENCE = 0;
  static final int BIN_CONFIDENCE_SQUARED = 1;
  static final int BIN_CONFIDENCE_CORRECT = 2;

  static final int SMOOTH_COUNT = 0;
  static final int SMOOTH_RESIDUAL = 1;

  private static final int TEMPERATURE_CLASSES = 64;
  private static final EqualWidthBins EDGES = new EqualWidthBins(BINS);

  /** What is counted once per record or label: indices, in the order in which they are stored. */
  static final class Count {
    static final int PREDICTIONS = 0;
    static final int INVALID = 1;
    static final int LABELLED = 2;
    static final int CORRECT = 3;
    static final int CLIPPED_NLL = 4;
    static final int TEMPERATURE_RECORDS = 5;
    static final int DUPLICATE_LABELS = 6;
    static final int CORRECTED_LABELS = 7;
    static final int CONFLICTING_LABELS = 8;
    static final int UNKNOWN_CLASS_LABELS = 9;
    static final int LATE_LABELS = 10;
    static final int DUPLICATE_PREDICTIONS = 11;
    private static final int SIZE = 12;

    private Count() {}
  }

  /** What is summed up once per record: indices, in the order in which they are stored. */
  static final class Sum {
    static final int CONFIDENCE_OF_ALL = 0;
    static final int CONFIDENCE = 1;
    static final int NLL = 2;
    static final int NLL_SQUARED = 3;
    static final int BRIER = 4;
    static final int BRIER_SQUARED = 5;
    static final int SPIEGELHALTER_NUMERATOR = 6;
    static final int SPIEGELHALTER_VARIANCE = 7;
    private static final int SIZE = 8;

    private Sum() {}
  }

  private final int classes;
  private final long[] counts;
  private final long[] delays;
  private final ExactSums sums;
  private final SumTable bins;
  private final SumTable microBins;
  private final SumTable smoothGrid;
  private final SumTable trueCounts;
  private final SumTable predictedCounts;
  private final SumTable confusion;
  private final SumTable classBins;
  private final TemperatureGrid temperature;
  private final NavigableMap<Long, PairedStatistics> paired;

  /** Creates statistics of nothing, for a number of classes from 1 to {@value #MAX_CLASSES}. */
  public CalibrationStatistics(int classes) {
    this(
        checkClasses(classes),
        new long[Count.SIZE],
        new long[DELAYS],
        new ExactSums(Sum.SIZE),
        new SumTable(BINS, 2, 3),
        new SumTable(MicroBins.COUNT, 2, 1),
        new SumTable(SMOOTH_POINTS, 0, 2),
        new SumTable(classes, 1, 0),
        new SumTable(classes, 1, 0),
        new SumTable(classwise(classes) ? classes * classes : 0, 1, 0),
        new SumTable(classwise(classes) ? classes * SumTable.PAGE_ROWS : 0, 2, 3),
        new TemperatureGrid(),
        new TreeMap<>());
  }

  private CalibrationStatistics(
      int classes,
      long[] counts,
      long[] delays,
      ExactSums sums,
      SumTable bins,
      SumTable microBins,
      SumTable smoothGrid,
      SumTable trueCounts,
      SumTable predictedCounts,
      SumTable confusion,
      SumTable classBins,
      TemperatureGrid temperature,
      NavigableMap<Long, PairedStatistics> paired) {
    this.classes = classes;
    this.counts = counts;
    this.delays = delays;
    this.sums = sums;
    this.bins = bins;
    this.microBins = microBins;
    this.smoothGrid = smoothGrid;
    this.trueCounts = trueCounts;
    this.predictedCounts = predictedCounts;
    this.confusion = confusion;
    this.classBins = classBins;
    this.temperature = temperature;
    this.paired = paired;
  }

  /** Counts a prediction, whose label may or may not come. */
  public void addPrediction(ServedDistribution served) {
    prediction(served, 1);
  }

  /** The inverse of {@link #addPrediction}. */
  public void removePrediction(ServedDistribution served) {
    prediction(served, -1);
  }

  /**
   * Adds a prediction's label to the statistics; the prediction itself is counted by {@link
   * #addPrediction}.
   *
   * @param trueClass index of the true class
   * @param delayMillis event time of the label minus that of the prediction; below 0 counts as 0
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public void addOutcome(ServedDistribution served, int trueClass, long delayMillis) {
    outcome(served, trueClass, delayMillis, 1);
  }

  /** The inverse of {@link #addOutcome}, with the same arguments. */
  public void removeOutcome(ServedDistribution served, int trueClass, long delayMillis) {
    outcome(served, trueClass, delayMillis, -1);
  }

  /**
   * Adds the comparison of a challenger, whose statistics these are, with what a version of the
   * champion served for the same record. Pairs of which one is no distribution do not count. The
   * two may list their classes differently.
   *
   * @param trueClass index of the true class among those of the challenger
   * @param championTrueClass its index among those of the champion
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public void addPaired(
      ServedDistribution challenger,
      ServedDistribution champion,
      long championVersion,
      int trueClass,
      int championTrueClass) {
    pair(challenger, champion, championVersion, trueClass, championTrueClass, 1);
  }

  /** The inverse of {@link #addPaired}, with the same arguments. */
  public void removePaired(
      ServedDistribution challenger,
      ServedDistribution champion,
      long championVersion,
      int trueClass,
      int championTrueClass) {
    pair(challenger, champion, championVersion, trueClass, championTrueClass, -1);
  }

  /**
   * Counts labels by what became of them; negative numbers take back.
   *
   * @param duplicate they repeat another one
   * @param corrected a later one of the same source replaces them
   * @param conflicting they contradict the one that counts
   * @param unknownClass they name no class of the model
   * @param late they came after the retention of their prediction
   */
  public void addLabels(
      long duplicate, long corrected, long conflicting, long unknownClass, long late) {
    addCount(Count.DUPLICATE_LABELS, duplicate);
    addCount(Count.CORRECTED_LABELS, corrected);
    addCount(Count.CONFLICTING_LABELS, conflicting);
    addCount(Count.UNKNOWN_CLASS_LABELS, unknownClass);
    addCount(Count.LATE_LABELS, late);
  }

  /** Counts predictions that repeated an earlier one; a negative number takes back. */
  public void addDuplicatePredictions(long number) {
    addCount(Count.DUPLICATE_PREDICTIONS, number);
  }

  /**
   * Adds statistics of other records, which stay as they are.
   *
   * @throws IllegalArgumentException if they are of another number of classes
   */
  public void merge(CalibrationStatistics other) {
    if (other.classes != classes) {
      throw new IllegalArgumentException(
          "statistics of %d classes cannot be merged into those of %d"
              .formatted(other.classes, classes));
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    for (int i = 0; i < DELAYS; i++) {
      delays[i] += other.delays[i];
    }
    sums.merge(other.sums);
    SumTable[] tables = tables();
    SumTable[] others = other.tables();
    for (int i = 0; i < tables.length; i++) {
      tables[i].merge(others[i]);
    }
    temperature.merge(other.temperature);
    other.paired.forEach(
        (champion, pair) -> {
          PairedStatistics own = pair(champion);
          own.merge(pair);
          forgetIfEmpty(champion, own);
        });
  }

  public CalibrationStatistics copy() {
    NavigableMap<Long, PairedStatistics> pairs = new TreeMap<>();
    paired.forEach((champion, pair) -> pairs.put(champion, pair.copy()));
    return new CalibrationStatistics(
        classes,
        counts.clone(),
        delays.clone(),
        sums.copy(),
        bins.copy(),
        microBins.copy(),
        smoothGrid.copy(),
        trueCounts.copy(),
        predictedCounts.copy(),
        confusion.copy(),
        classBins.copy(),
        temperature.copy(),
        pairs);
  }

  /**
   * Only what temperatures are fitted to: the number of labelled predictions and the temperature
   * sums. Takes little room.
   */
  public CalibrationStatistics temperatureSums() {
    CalibrationStatistics only = new CalibrationStatistics(classes);
    only.addCount(Count.LABELLED, labelled());
    only.addCount(Count.TEMPERATURE_RECORDS, temperatureRecords());
    only.temperature.merge(temperature);
    return only;
  }

  /** Whether these equal statistics to which nothing was ever added. */
  public boolean isEmpty() {
    return equals(new CalibrationStatistics(classes));
  }

  public int classes() {
    return classes;
  }

  public long predictions() {
    return count(Count.PREDICTIONS);
  }

  /** Predictions that are no distribution over the classes. */
  public long invalid() {
    return count(Count.INVALID);
  }

  /** Valid predictions with a label. */
  public long labelled() {
    return count(Count.LABELLED);
  }

  /** Labelled predictions that were right. */
  public long correct() {
    return count(Count.CORRECT);
  }

  /** Labelled predictions that gave the true class less than 1e-15. */
  public long clippedNll() {
    return count(Count.CLIPPED_NLL);
  }

  /** Labelled predictions in the temperature sums. */
  public long temperatureRecords() {
    return count(Count.TEMPERATURE_RECORDS);
  }

  /** Comparisons with champions, by version of the champion. */
  public Map<Long, PairedStatistics> paired() {
    return Collections.unmodifiableMap(paired);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CalibrationStatistics statistics
        && classes == statistics.classes
        && Arrays.equals(counts, statistics.counts)
        && Arrays.equals(delays, statistics.delays)
        && sums.equals(statistics.sums)
        && Arrays.equals(tables(), statistics.tables())
        && temperature.equals(statistics.temperature)
        && paired.equals(statistics.paired);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        classes,
        Arrays.hashCode(counts),
        Arrays.hashCode(delays),
        sums,
        Arrays.hashCode(tables()),
        temperature,
        paired);
  }

  /** By {@link Count}; not a copy. */
  long[] counts() {
    return counts;
  }

  long count(int count) {
    return counts[count];
  }

  void addCount(int count, long delta) {
    counts[count] += delta;
  }

  double sum(int sum) {
    return sums.get(sum);
  }

  ExactSums sums() {
    return sums;
  }

  /** Labels by the power of 2 of their delay in milliseconds, {@code [63]}; not a copy. */
  long[] delays() {
    return delays;
  }

  /** Per bin of the confidence: records, right ones; sums of c, c squared, and c of right ones. */
  SumTable bins() {
    return bins;
  }

  /** Per micro-bin: records, right ones; sum of c. */
  SumTable microBins() {
    return microBins;
  }

  /** Per grid point: sums of weights and of weighted residuals c - a. */
  SumTable smoothGrid() {
    return smoothGrid;
  }

  SumTable trueCounts() {
    return trueCounts;
  }

  SumTable predictedCounts() {
    return predictedCounts;
  }

  /** Records by true class times number of classes plus predicted class; no rows if not kept. */
  SumTable confusion() {
    return confusion;
  }

  /** As {@link #bins}, in {@link #classBin} rows; no rows if not kept. */
  SumTable classBins() {
    return classBins;
  }

  /** The row of a class's bin. A class has a page of its own. */
  static int classBin(int k, int bin) {
    return k * SumTable.PAGE_ROWS + bin;
  }

  TemperatureGrid temperature() {
    return temperature;
  }

  /** Comparisons with champions, by version of the champion; not a copy. */
  NavigableMap<Long, PairedStatistics> pairs() {
    return paired;
  }

  /** The comparison with a champion, which is there from now on. */
  PairedStatistics pair(long champion) {
    return paired.computeIfAbsent(champion, version -> new PairedStatistics());
  }

  /** Whether class bins and confusions are kept. */
  static boolean classwise(int classes) {
    return classes <= MAX_CLASSWISE_CLASSES;
  }

  /** All tables, in the order in which they are stored; not copies. */
  SumTable[] tables() {
    return new SumTable[] {
      bins, microBins, smoothGrid, trueCounts, predictedCounts, confusion, classBins
    };
  }

  private void prediction(ServedDistribution served, int sign) {
    addCount(Count.PREDICTIONS, sign);
    if (served.isDistributionOver(classes)) {
      addSum(Sum.CONFIDENCE_OF_ALL, sign * served.confidence());
    } else {
      addCount(Count.INVALID, sign);
    }
  }

  private void outcome(ServedDistribution served, int trueClass, long delayMillis, int sign) {
    Objects.checkIndex(trueClass, classes);
    if (!served.isDistributionOver(classes)) {
      return;
    }
    addCount(Count.LABELLED, sign);
    delays[63 - Long.numberOfLeadingZeros(Math.max(1, delayMillis))] += sign;
    addScores(served, trueClass, sign);
    addConfidence(served.confidence(), served.label() == trueClass, sign);
    addClasses(served, trueClass, sign);
    if (isInTemperatureSums(served)) {
      addCount(Count.TEMPERATURE_RECORDS, sign);
      temperature.add(served.logits(), trueClass, sign);
    }
  }

  private void addScores(ServedDistribution served, int trueClass, int sign) {
    double nll = nll(served, trueClass, sign);
    addSum(Sum.NLL, sign * nll);
    addSum(Sum.NLL_SQUARED, sign * nll * nll);
    double brier = served.brier(trueClass);
    addSum(Sum.BRIER, sign * brier);
    addSum(Sum.BRIER_SQUARED, sign * brier * brier);
  }

  /** The NLL in nats; where it is clipped, that of the logits if they are what was served. */
  private double nll(ServedDistribution served, int trueClass, int sign) {
    double probability = served.probability(trueClass);
    if (probability >= MIN_PROBABILITY) {
      return -StrictMath.log(probability);
    }
    addCount(Count.CLIPPED_NLL, sign);
    if (served.identityCalibration() && served.hasFiniteLogits()) {
      return LogSoftmax.nll(served.logits(), trueClass);
    }
    return -StrictMath.log(MIN_PROBABILITY);
  }

  private void addConfidence(double confidence, boolean right, int sign) {
    double outcome = right ? 1 : 0;
    double slope = 1 - 2 * confidence;
    addSum(Sum.CONFIDENCE, sign * confidence);
    addSum(Sum.SPIEGELHALTER_NUMERATOR, sign * (outcome - confidence) * slope);
    addSum(Sum.SPIEGELHALTER_VARIANCE, sign * (slope * slope * confidence * (1 - confidence)));
    addCount(Count.CORRECT, right ? sign : 0);
    addToBin(bins, EDGES.of(confidence), confidence, right, sign);

    int micro = MicroBins.of(confidence);
    microBins.addCount(micro, BIN_COUNT, sign);
    microBins.addCount(micro, BIN_CORRECT, right ? sign : 0);
    microBins.addReal(micro, BIN_CONFIDENCE, sign * confidence);

    double position = confidence * (SMOOTH_POINTS - 1);
    int left = Math.min((int) position, SMOOTH_POINTS - 2);
    addToGrid(left, left + 1 - position, confidence - outcome, sign);
    addToGrid(left + 1, position - left, confidence - outcome, sign);
  }

  private void addToGrid(int point, double weight, double residual, int sign) {
    if (weight != 0) {
      smoothGrid.addReal(point, SMOOTH_COUNT, sign * weight);
      smoothGrid.addReal(point, SMOOTH_RESIDUAL, sign * weight * residual);
    }
  }

  private void addClasses(ServedDistribution served, int trueClass, int sign) {
    trueCounts.addCount(trueClass, 0, sign);
    predictedCounts.addCount(served.label(), 0, sign);
    if (classwise(classes)) {
      confusion.addCount(trueClass * classes + served.label(), 0, sign);
      for (int k = 0; k < classes; k++) {
        double p = served.probability(k);
        addToBin(classBins, classBin(k, EDGES.of(p)), p, k == trueClass, sign);
      }
    }
  }

  private static void addToBin(SumTable table, int row, double p, boolean right, int sign) {
    table.addCount(row, BIN_COUNT, sign);
    table.addReal(row, BIN_CONFIDENCE, sign * p);
    table.addReal(row, BIN_CONFIDENCE_SQUARED, sign * p * p);
    if (right) {
      table.addCount(row, BIN_CORRECT, sign);
      table.addReal(row, BIN_CONFIDENCE_CORRECT, sign * p);
    }
  }

  private boolean isInTemperatureSums(ServedDistribution served) {
    int period = (classes + TEMPERATURE_CLASSES - 1) / TEMPERATURE_CLASSES;
    return (period == 1 || Long.remainderUnsigned(mixed(served.recordHash()), period) == 0)
        && served.hasFiniteLogits();
  }

  /** Another hash, so that this sample has nothing to do with others that use the same hash. */
  private static long mixed(long hash) {
    long mixed = hash + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }

  private void pair(
      ServedDistribution challenger,
      ServedDistribution champion,
      long championVersion,
      int trueClass,
      int championTrueClass,
      int sign) {
    Objects.checkIndex(trueClass, classes);
    int championClasses = champion.probabilities().length;
    Objects.checkIndex(championTrueClass, championClasses);
    if (challenger.isDistributionOver(classes) && champion.isDistributionOver(championClasses)) {
      PairedStatistics pair = pair(championVersion);
      pair.add(challenger, champion, trueClass, championTrueClass, sign);
      forgetIfEmpty(championVersion, pair);
    }
  }

  private void forgetIfEmpty(long champion, PairedStatistics pair) {
    if (pair.isEmpty()) {
      paired.remove(champion);
    }
  }

  private void addSum(int sum, double addend) {
    sums.add(sum, addend);
  }

  private static int checkClasses(int classes) {
    if (classes < 1 || classes > MAX_CLASSES) {
      throw new IllegalArgumentException(
          "classes is %d, expected 1 to %d".formatted(classes, MAX_CLASSES));
    }
    return classes;
  }
}
