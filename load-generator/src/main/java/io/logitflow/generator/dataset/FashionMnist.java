package io.logitflow.generator.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Fashion-MNIST: 28 x 28 images of ten kinds of clothing. The test part (t10k) is shipped; the
 * training part is found by path and cut into train (all but the last twelfth: 55,000 of the
 * 60,000) and validation (the rest).
 */
final class FashionMnist {
  static final String NAME = "fashion-mnist";

  private static final List<String> CLASSES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private FashionMnist() {}

  /** The shipped test part. */
  static Dataset shipped() throws DatasetException {
    Rows test =
        read(
            List.of(new Source.Shipped("fashion-mnist/t10k-images-idx3-ubyte.gz")),
            List.of(new Source.Shipped("fashion-mnist/t10k-labels-idx1-ubyte.gz")));
    return new Dataset(NAME, CLASSES, List.of(), Map.of(Split.TEST, test), Split.TEST);
  }

  /**
   * What a folder holds: the original file names, plain or with {@code .gz}; the training files may
   * be in two parts, {@code train-a} and {@code train-b}.
   */
  static Dataset open(Path folder) throws DatasetException {
    Map<Split, Rows> splits = new EnumMap<>(Split.class);
    List<Source> testImages = parts(folder, "t10k", "images-idx3-ubyte");
    List<Source> trainImages = parts(folder, "train", "images-idx3-ubyte");
    if (!trainImages.isEmpty()) {
      Rows rows = read(trainImages, labels(folder, "train"));
      int validation = rows.size() / 12;
      splits.put(Split.TRAIN, new RowRange(rows, 0, rows.size() - validation));
      splits.put(Split.VALIDATION, new RowRange(rows, rows.size() - validation, validation));
    }
    if (!testImages.isEmpty()) {
      splits.put(Split.TEST, read(testImages, labels(folder, "t10k")));
    }
    if (splits.isEmpty()) {
      throw new DatasetException(
          folder
              + " has no Fashion-MNIST: expected t10k-images-idx3-ubyte or"
              + " train-images-idx3-ubyte (or train-a-images-idx3-ubyte and train-b-...), plain or"
              + " .gz, and the labels beside them");
    }
    Split defaultSplit = splits.containsKey(Split.TEST) ? Split.TEST : Split.TRAIN;
    return new Dataset(NAME, CLASSES, List.of(), splits, defaultSplit);
  }

  private static List<Source> labels(Path folder, String prefix) throws DatasetException {
    List<Source> labels = parts(folder, prefix, "labels-idx1-ubyte");
    if (labels.isEmpty()) {
      throw new DatasetException(
          folder + " has images but no " + prefix + "-labels-idx1-ubyte, plain or .gz");
    }
    return labels;
  }

  /** The whole file if it is there, else its parts. */
  private static List<Source> parts(Path folder, String prefix, String suffix) {
    List<Source> whole = present(folder, prefix + "-" + suffix);
    if (!whole.isEmpty()) {
      return whole;
    }
    List<Source> parts = new ArrayList<>(present(folder, prefix + "-a-" + suffix));
    if (!parts.isEmpty()) {
      parts.addAll(present(folder, prefix + "-b-" + suffix));
    }
    return parts;
  }

  private static List<Source> present(Path folder, String file) {
    for (String name : List.of(file, file + ".gz")) {
      Path path = folder.resolve(name);
      if (Files.isRegularFile(path)) {
        return List.of(new Source.OnDisk(path));
      }
    }
    return List.of();
  }

  private static Rows read(List<Source> imageParts, List<Source> labelParts)
      throws DatasetException {
    byte[] pixels = new byte[0];
    byte[] labels = new byte[0];
    int images = 0;
    for (Source source : imageParts) {
      IdxFile file = IdxFile.read(source, 3);
      if (file.dimension(1) != 28 || file.dimension(2) != 28) {
        throw new DatasetException(
            source.name()
                + ": images of "
                + file.dimension(1)
                + " x "
                + file.dimension(2)
                + ", expected 28 x 28");
      }
      images += file.dimension(0);
      pixels = join(pixels, file.values());
    }
    for (Source source : labelParts) {
      IdxFile file = IdxFile.read(source, 1);
      for (int i = 0; i < file.values().length; i++) {
        int label = file.values()[i] & 0xff;
        if (label >= CLASSES.size()) {
          throw new DatasetException(
              source.name() + ": label " + label + " in row " + i + ", expected 0 to 9");
        }
      }
      labels = join(labels, file.values());
    }
    if (images != labels.length) {
      throw new DatasetException(
          imageParts.get(0).name()
              + " has "
              + images
              + " images (with its other parts), "
              + labelParts.get(0).name()
              + " has "
              + labels.length
              + " labels");
    }
    return new ImageRows(pixels, labels);
  }

  private static byte[] join(byte[] first, byte[] second) {
    if (first.length == 0) {
      return second;
    }
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
