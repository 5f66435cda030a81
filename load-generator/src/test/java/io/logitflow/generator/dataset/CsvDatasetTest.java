package io.logitflow.generator.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvDatasetTest {
  @TempDir private Path folder;

  @Nested
  final class Good {
    @Test
    void otherColumnsAreFeaturesInTheOrderOfTheHeader() throws Exception {
      Dataset dataset =
          open("visits.csv", "a,clicked,b\n1,yes,2.5\n-3e2,no,0\n", labelledBy("clicked"));
      assertThat(dataset.name()).isEqualTo("visits");
      assertThat(dataset.featureNames()).containsExactly("a", "b");
      assertThat(dataset.classNames()).containsExactly("no", "yes");
      assertThat(dataset.rows(Split.ALL).features(1)).containsExactly(-300f, 0f);
      assertThat(dataset.rows(Split.ALL).label(0)).isEqualTo(1);
      assertThat(dataset.rows(Split.ALL).hasTimes()).isFalse();
    }

    @Test
    void idTimeAndSegmentAreRead() throws Exception {
      CsvColumns columns =
          new CsvColumns(
              "y",
              Optional.of("id"),
              Optional.of("at"),
              Optional.of("shop"),
              List.of("b", "a"),
              List.of("n", "y"));
      String text =
          """
          id,at,shop,a,b,unused,y
          "x, 1",2001-01-01T00:01,north,1,2,?,y
          x2,2001-01-01T00:01:02.5+01:00,south,3,4,?,0
          x3,978307260000,north,5,6,?,n
          """;
      Rows rows = open("t.csv", text, columns).rows(Split.ALL);
      Row row = rows.newRow();
      rows.read(0, row);
      assertThat(row.id()).isEqualTo("x, 1");
      assertThat(row.time()).isEqualTo(Instant.parse("2001-01-01T00:01:00Z").toEpochMilli());
      assertThat(row.segment()).isEqualTo("north");
      assertThat(row.features()).containsExactly(2f, 1f);
      assertThat(row.label()).isEqualTo(1);
      rows.read(1, row);
      assertThat(row.time()).isEqualTo(Instant.parse("2000-12-31T23:01:02.5Z").toEpochMilli());
      assertThat(row.label()).isZero();
      rows.read(2, row);
      assertThat(row.time()).isEqualTo(978307260000L);
      assertThat(rows.hasTimes()).isTrue();
    }

    @Test
    void labelsThatAreAllIndicesNameTheClassesUpToTheLargest() throws Exception {
      Dataset dataset = open("t.csv", "a,y\n1,10\n1,2\n", labelledBy("y"));
      assertThat(dataset.classNames()).hasSize(11).startsWith("0", "1", "2").endsWith("10");
      assertThat(dataset.rows(Split.ALL).label(0)).isEqualTo(10);
    }

    @Test
    void packedFileIsUnpacked() throws Exception {
      Path file = folder.resolve("t.csv.gz");
      Files.write(file, IdxFileTest.packed("a,y\n1,0\n".getBytes(StandardCharsets.UTF_8)));
      assertThat(CsvDataset.open(file, labelledBy("y")).name()).isEqualTo("t");
    }

    @Test
    void carriageReturnsAndEmptyLinesAreNoRows() throws Exception {
      Dataset dataset = open("t.csv", "a,y\r\n1,0\r\n\r\n2,1\r\n", labelledBy("y"));
      assertThat(dataset.rows(Split.ALL).size()).isEqualTo(2);
    }
  }

  @Nested
  final class Bad {
    @ParameterizedTest
    @CsvSource({
      "LAS,a number",
      "'',a number",
      "NaN,a finite number within the range of float32",
      "Infinity,a finite number within the range of float32",
      "1e39,a finite number within the range of float32"
    })
    void featureThatIsNoFiniteNumberIsShownWithLineAndColumn(String cell, String expected) {
      refused("a,b,y\n1,2,0\n1," + cell + ",0\n", labelledBy("y"))
          .hasMessageEndingWith("t.csv, line 3, column 'b': '" + cell + "', expected " + expected);
    }

    @Test
    void rowWithAMissingColumnIsShownWithItsLine() {
      refused("a,b,y\n1,2,0\n1,2\n", labelledBy("y"))
          .hasMessageEndingWith("t.csv, line 3: 2 columns, expected 3 as in the header");
    }

    @Test
    void unknownColumnIsShownWithThoseThereAre() {
      refused("a,b,y\n1,2,0\n", labelledBy("label"))
          .hasMessageEndingWith("t.csv: no column 'label'; it has: a, b, y");
    }

    @Test
    void secondUseOfAnIdIsShownWithTheFirst() {
      refused("id,a,y\nq,1,0\nr,1,0\nq,1,0\n", with(Optional.of("id"), Optional.empty(), List.of()))
          .hasMessageEndingWith(
              "line 4, column 'id': 'q', expected an id of its own; line 2 has the same");
    }

    @Test
    void emptyIdIsRefused() {
      refused("id,a,y\n,1,0\n", with(Optional.of("id"), Optional.empty(), List.of()))
          .hasMessageEndingWith("line 2, column 'id': '', expected an id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2001-13-01T00:00", "2001-01-01", "", "1e9"})
    void timeInAnotherFormIsRefused(String time) {
      refused("at,a,y\n" + time + ",1,0\n", with(Optional.empty(), Optional.of("at"), List.of()))
          .hasMessageContaining("line 2, column 'at': '" + time + "', expected a time such as");
    }

    @ParameterizedTest
    @ValueSource(strings = {"maybe", "2", "-1", ""})
    void labelThatIsNoneOfTheGivenClassesIsRefused(String label) {
      CsvColumns columns = with(Optional.empty(), Optional.empty(), List.of("no", "yes"));
      refused("a,y\n1," + label + "\n", columns)
          .hasMessageEndingWith(
              "line 2, column 'y': '"
                  + label
                  + "', expected one of the classes no, yes or an index from 0 to 1");
    }

    @Test
    void fileWithoutRowsIsRefused() {
      refused("a,y\n", labelledBy("y")).hasMessageEndingWith("t.csv: no rows under the header");
    }

    @Test
    void emptyFileIsRefused() {
      refused("", labelledBy("y")).hasMessageContaining("t.csv: empty");
    }

    @Test
    void columnNameThatOccursTwiceIsRefused() {
      refused("a,a,y\n1,2,0\n", labelledBy("y")).hasMessageContaining("t.csv: bad header");
    }

    @Test
    void quoteThatNeverEndsIsRefused() {
      refused("a,y\n1,0\n\"1,0\n", labelledBy("y")).hasMessageContaining("not readable as CSV");
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() throws Exception {
      Path file = folder.resolve("latin.csv");
      Files.write(file, "a,y\n1,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
      assertThatThrownBy(() -> CsvDataset.open(file, labelledBy("y")))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("latin.csv");
    }

    @Test
    void missingFileIsNamed() {
      assertThatThrownBy(() -> CsvDataset.open(folder.resolve("none.csv"), labelledBy("y")))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("none.csv");
    }

    private AbstractThrowableAssert<?, ?> refused(String text, CsvColumns columns) {
      return assertThatThrownBy(() -> open("t.csv", text, columns))
          .isInstanceOf(DatasetException.class);
    }
  }

  private static CsvColumns labelledBy(String label) {
    return CsvColumns.labelledBy(label);
  }

  private static CsvColumns with(
      Optional<String> id, Optional<String> time, List<String> classNames) {
    return new CsvColumns("y", id, time, Optional.empty(), List.of(), classNames);
  }

  private Dataset open(String name, String text, CsvColumns columns) throws Exception {
    return CsvDataset.open(Files.writeString(folder.resolve(name), text), columns);
  }
}
