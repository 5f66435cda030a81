package io.logitflow.generator.dataset;

import io.logitflow.generator.dataset.TableRows.TableRow;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * 100,000 flights in true time order; the class is how late each arrived. The first 60,000 rows are
 * train, the next 10,000 validation, the future test.
 *
 * <p>57 features: sin and cos of 2 pi t and of 4 pi t with t the time of day in days; day of the
 * week one-hot, Monday first; distance / 1000; ln distance; the two running delay means; origin and
 * destination one-hot over the 20 most frequent of the training rows and "other". The columns are
 * not standardised: a model brings its own normalisation.
 */
final class Flights {
  static final String NAME = "flights";

  private static final int TRAIN = 60_000;
  private static final int VALIDATION = 10_000;
  private static final int AIRPORTS = 20;
  private static final List<String> LEADING_FEATURES =
      List.of(
          "sin_day",
          "cos_day",
          "sin_halfday",
          "cos_halfday",
          "dow_mon",
          "dow_tue",
          "dow_wed",
          "dow_thu",
          "dow_fri",
          "dow_sat",
          "dow_sun",
          "distance_k",
          "ln_distance",
          "net_delay_mean",
          "origin_delay_mean");

  private final Vocabulary origins;
  private final Vocabulary destinations;

  private Flights(Vocabulary origins, Vocabulary destinations) {
    this.origins = origins;
    this.destinations = destinations;
  }

  /**
   * The shipped rows.
   *
   * @param segmentColumn column to take the segment from, such as {@code origin}
   */
  static Dataset shipped(Optional<String> segmentColumn) throws DatasetException {
    List<Flight> flights = read(segmentColumn);
    List<Flight> training = flights.subList(0, TRAIN);
    Flights encoding =
        new Flights(
            Vocabulary.mostFrequent(training.stream().map(Flight::origin), AIRPORTS),
            Vocabulary.mostFrequent(training.stream().map(Flight::destination), AIRPORTS));
    List<String> names = encoding.featureNames();
    TableRows.Builder rows = new TableRows.Builder(names.size(), true);
    for (Flight flight : flights) {
      rows.add(
          new TableRow(
              encoding.features(flight),
              flight.label(),
              flight.time().toInstant(ZoneOffset.UTC).toEpochMilli(),
              null,
              flight.segment()));
    }
    List<String> classes = new Source.Shipped("flights/classes.txt").lines();
    return Dataset.inFileOrder(NAME, classes, names, rows.build(), TRAIN, VALIDATION);
  }

  private List<String> featureNames() {
    List<String> names = new ArrayList<>(LEADING_FEATURES);
    names.addAll(oneHotNames("o_", origins));
    names.addAll(oneHotNames("d_", destinations));
    return names;
  }

  private static List<String> oneHotNames(String prefix, Vocabulary vocabulary) {
    return Stream.concat(vocabulary.values().stream(), Stream.of("other"))
        .map(prefix::concat)
        .toList();
  }

  private float[] features(Flight flight) {
    float[] features = new float[LEADING_FEATURES.size() + origins.width() + destinations.width()];
    double day = flight.time().toLocalTime().toNanoOfDay() / 86_400e9;
    features[0] = (float) StrictMath.sin(2 * Math.PI * day);
    features[1] = (float) StrictMath.cos(2 * Math.PI * day);
    features[2] = (float) StrictMath.sin(4 * Math.PI * day);
    features[3] = (float) StrictMath.cos(4 * Math.PI * day);
    features[3 + flight.time().getDayOfWeek().getValue()] = 1;
    features[11] = (float) (flight.distance() / 1000);
    features[12] = (float) StrictMath.log(flight.distance());
    features[13] = (float) flight.netDelayMean();
    features[14] = (float) flight.originDelayMean();
    int from = LEADING_FEATURES.size();
    features[from + origins.index(flight.origin())] = 1;
    features[from + origins.width() + destinations.index(flight.destination())] = 1;
    return features;
  }

  private static List<Flight> read(Optional<String> segmentColumn) throws DatasetException {
    List<Flight> flights = new ArrayList<>();
    try (CsvReader csv = new CsvReader(new Source.Shipped("flights/flights-100k.csv.gz"))) {
      int time = csv.column("time");
      int distance = csv.column("distance");
      int origin = csv.column("origin");
      int destination = csv.column("destination");
      int netDelayMean = csv.column("net_delay_mean");
      int originDelayMean = csv.column("origin_delay_mean");
      int label = csv.column("label");
      int segment = segmentColumn.isPresent() ? csv.column(segmentColumn.get()) : -1;
      while (csv.next()) {
        LocalDateTime departure;
        try {
          departure = LocalDateTime.parse(csv.text(time));
        } catch (DateTimeParseException e) {
          throw csv.wrong(time, "a time such as 2001-01-31T23:59");
        }
        flights.add(
            new Flight(
                departure,
                csv.number(distance),
                csv.text(origin).intern(),
                csv.text(destination).intern(),
                csv.number(netDelayMean),
                csv.number(originDelayMean),
                (int) csv.number(label),
                segment < 0 ? null : csv.text(segment).intern()));
      }
    }
    return flights;
  }

  private record Flight(
      LocalDateTime time,
      double distance,
      String origin,
      String destination,
      double netDelayMean,
      double originDelayMean,
      int label,
      String segment) {}
}
