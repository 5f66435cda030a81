package io.logitflow.training;

import io.logitflow.classifier.Normaliser;
import io.logitflow.classifier.Tensor;
import io.logitflow.generator.dataset.Dataset;
import io.logitflow.generator.dataset.DatasetCatalogue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The training rows of flights in float64, which the expected values were computed with. */
final class ExactFlights {

  private static final int TRAIN = 60_000;
  private static final int FROM = 11;
  private static final int TO = 15;

  private ExactFlights() {}

  static TrainingRows standardisedTrainingRows() throws Exception {
    Dataset flights = DatasetCatalogue.open("flights");
    List<String> names = flights.featureNames();
    TrainingRows.Builder builder =
        TrainingRows.builder(names.size(), flights.classNames().size()).exact();
    try (BufferedReader csv = csv()) {
      List<String> header = Arrays.asList(csv.readLine().split(","));
      for (int row = 0; row < TRAIN; row++) {
        String[] cells = csv.readLine().split(",");
        builder.add(
            features(cells, header, names), Integer.parseInt(cells[header.indexOf("label")]));
      }
    }
    TrainingRows rows = builder.build();
    return rows.standardised(ofColumns(FeatureMoments.of(rows).toNormaliser()));
  }

  private static BufferedReader csv() throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(
                DatasetCatalogue.class.getResourceAsStream("flights/flights-100k.csv.gz")),
            StandardCharsets.UTF_8));
  }

  /** Only some columns were standardised. */
  static Normaliser ofColumns(Normaliser all) {
    double[] mean = all.mean().toDoubles();
    double[] scale = all.scale().toDoubles();
    for (int i = 0; i < mean.length; i++) {
      if (i < FROM || i >= TO) {
        mean[i] = 0;
        scale[i] = 1;
      }
    }
    return new Normaliser(Tensor.float64(mean, mean.length), Tensor.float64(scale, scale.length));
  }

  private static double[] features(String[] cells, List<String> header, List<String> names) {
    LocalDateTime time = LocalDateTime.parse(cells[header.indexOf("time")]);
    double day = time.toLocalTime().toSecondOfDay() / 86_400.0;
    double distance = Double.parseDouble(cells[header.indexOf("distance")]);
    double[] features = new double[names.size()];
    features[0] = Math.sin(2 * Math.PI * day);
    features[1] = Math.cos(2 * Math.PI * day);
    features[2] = Math.sin(4 * Math.PI * day);
    features[3] = Math.cos(4 * Math.PI * day);
    features[3 + time.getDayOfWeek().getValue()] = 1;
    features[11] = distance / 1000;
    features[12] = Math.log(distance);
    features[13] = Double.parseDouble(cells[header.indexOf("net_delay_mean")]);
    features[14] = Double.parseDouble(cells[header.indexOf("origin_delay_mean")]);
    features[oneHot("o_", cells[header.indexOf("origin")], names)] = 1;
    features[oneHot("d_", cells[header.indexOf("destination")], names)] = 1;
    return features;
  }

  private static int oneHot(String prefix, String airport, List<String> names) {
    int index = names.indexOf(prefix + airport);
    return index < 0 ? names.indexOf(prefix + "other") : index;
  }
}
