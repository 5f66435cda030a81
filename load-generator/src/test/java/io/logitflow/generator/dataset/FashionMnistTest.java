package io.logitflow.generator.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FashionMnistTest {

  /** Expected numbers: numpy over the bytes of the original files. */
  @Nested
  final class Shipped {
    @Test
    void everyTestImageIsThere() throws Exception {
      Dataset dataset = DatasetCatalogue.open("fashion-mnist");
      Rows rows = dataset.rows(Split.TEST);
      assertThat(rows.size()).isEqualTo(10_000);
      assertThat(rows.featureCount()).isEqualTo(784);
      assertThat(dataset.defaultSplit()).isEqualTo(Split.TEST);
      assertThat(dataset.classNames()).hasSize(10).startsWith("T-shirt/top").endsWith("Ankle boot");
      int[] counts = new int[10];
      long pixels = 0;
      Row row = rows.newRow();
      for (int i = 0; i < rows.size(); i++) {
        rows.read(i, row);
        counts[row.label()]++;
        for (float feature : row.features()) {
          pixels += Math.round(feature * 255);
        }
      }
      assertThat(counts).containsOnly(1_000);
      assertThat(pixels).isEqualTo(573_469_082L);
    }

    @Test
    void rowsAreInFileOrder() throws Exception {
      Rows rows = DatasetCatalogue.open("fashion-mnist").rows(Split.TEST);
      int[] first = {9, 2, 1, 1, 6, 1, 4, 6, 5, 7};
      for (int i = 0; i < first.length; i++) {
        assertThat(rows.label(i)).isEqualTo(first[i]);
      }
      assertThat(rows.features(17)[400]).isEqualTo(140 / 255f);
      assertThat(rows.label(9_999)).isEqualTo(5);
    }

    @Test
    void trainingPartIsNotThere() throws Exception {
      Dataset dataset = DatasetCatalogue.open("fashion-mnist");
      assertThatThrownBy(() -> dataset.rows(Split.TRAIN))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("fashion-mnist has no split 'train' here; it has: test");
    }
  }

  @Nested
  final class ByPath {
    @TempDir private Path folder;

    @Test
    void trainingPartIsCutIntoTrainAndValidation() throws Exception {
      images("train-images-idx3-ubyte", 24, 0);
      labels("train-labels-idx1-ubyte", 24);
      Dataset dataset = DatasetCatalogue.openFashionMnist(folder);
      assertThat(dataset.splits()).containsOnlyKeys(Split.TRAIN, Split.VALIDATION);
      assertThat(dataset.rows(Split.TRAIN).size()).isEqualTo(22);
      assertThat(dataset.rows(Split.VALIDATION).size()).isEqualTo(2);
      assertThat(dataset.rows(Split.VALIDATION).features(0)[783]).isEqualTo(22 / 255f);
      assertThat(dataset.rows(Split.VALIDATION).label(1)).isEqualTo(3);
      assertThat(dataset.defaultSplit()).isEqualTo(Split.TRAIN);
    }

    @Test
    void partsAreJoinedInOrder() throws Exception {
      images("train-a-images-idx3-ubyte", 12, 0);
      images("train-b-images-idx3-ubyte.gz", 12, 12);
      labels("train-labels-idx1-ubyte", 24);
      images("t10k-images-idx3-ubyte", 3, 100);
      labels("t10k-labels-idx1-ubyte", 3);
      Dataset dataset = DatasetCatalogue.openFashionMnist(folder);
      for (int i = 0; i < 22; i++) {
        assertThat(dataset.rows(Split.TRAIN).features(i)[0]).isEqualTo(i / 255f);
      }
      assertThat(dataset.rows(Split.TEST).features(2)[0]).isEqualTo(102 / 255f);
      assertThat(dataset.defaultSplit()).isEqualTo(Split.TEST);
    }

    @Test
    void fewerLabelsThanImagesAreRefused() throws Exception {
      images("t10k-images-idx3-ubyte", 3, 0);
      labels("t10k-labels-idx1-ubyte", 2);
      assertThatThrownBy(() -> DatasetCatalogue.openFashionMnist(folder))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("has 3 images")
          .hasMessageContaining("has 2 labels");
    }

    @Test
    void missingLabelsAreRefused() throws Exception {
      images("t10k-images-idx3-ubyte", 3, 0);
      assertThatThrownBy(() -> DatasetCatalogue.openFashionMnist(folder))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("no t10k-labels-idx1-ubyte");
    }

    @Test
    void unknownClassIsRefused() throws Exception {
      images("t10k-images-idx3-ubyte", 1, 0);
      Files.write(
          folder.resolve("t10k-labels-idx1-ubyte"), IdxFileTest.idx(0x801, new int[] {1}, 10));
      assertThatThrownBy(() -> DatasetCatalogue.openFashionMnist(folder))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("label 10 in row 0, expected 0 to 9");
    }

    @Test
    void imagesOfAnotherSizeAreRefused() throws Exception {
      Files.write(
          folder.resolve("t10k-images-idx3-ubyte"),
          IdxFileTest.idx(0x803, new int[] {1, 1, 2}, 1, 2));
      labels("t10k-labels-idx1-ubyte", 1);
      assertThatThrownBy(() -> DatasetCatalogue.openFashionMnist(folder))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("images of 1 x 2, expected 28 x 28");
    }

    @Test
    void emptyFolderIsRefusedWithWhatWasExpected() {
      assertThatThrownBy(() -> DatasetCatalogue.openFashionMnist(folder))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("train-a-images-idx3-ubyte");
    }

    /** Every pixel of image i is {@code first + i}. */
    private void images(String name, int count, int first) throws Exception {
      int[] values = new int[count * 784];
      for (int i = 0; i < values.length; i++) {
        values[i] = first + i / 784;
      }
      byte[] bytes = IdxFileTest.idx(0x803, new int[] {count, 28, 28}, values);
      Files.write(folder.resolve(name), name.endsWith(".gz") ? IdxFileTest.packed(bytes) : bytes);
    }

    /** Label i is i modulo 10. */
    private void labels(String name, int count) throws Exception {
      int[] values = new int[count];
      for (int i = 0; i < count; i++) {
        values[i] = i % 10;
      }
      Files.write(folder.resolve(name), IdxFileTest.idx(0x801, new int[] {count}, values));
    }
  }
}
