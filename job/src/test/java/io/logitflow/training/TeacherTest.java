package io.logitflow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Tensor;
import io.logitflow.classifier.output.MultiLabelSigmoid;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TeacherTest {

  private static Model.Builder model() {
    return Model.builder()
        .name("teacher")
        .createdAt(Instant.EPOCH)
        .layers(
            List.of(
                LinearLayer.of(
                    Tensor.float32(new float[] {1, -1}, 2, 1),
                    Tensor.float32(new float[] {0.5f, 0}, 2))));
  }

  /** {@code 1 / (1 + exp(-(2 x + 1/2) / T))} with a temperature of 2. */
  @Test
  void rowsGetTheProbabilitiesThatTheModelServes() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    TrainingRows.Builder builder = TrainingRows.builder(1, 2);
    for (int row = 0; row < 600; row++) {
      builder.add(new float[] {(float) random.nextDouble()}, 0, row % 2, 1 + random.nextDouble());
    }
    TrainingRows rows = builder.build();

    TrainingRows taught = new Teacher(model().temperature(2).build()).teach(rows);

    assertThat(taught.targets()).isEqualTo(Targets.TEACHER);
    assertThat(taught.size()).isEqualTo(600);
    int at = 0;
    for (RowBlock block : taught.blocks()) {
      for (int row = 0; row < block.rows; row++, at++) {
        double x = rows.row(at)[0];
        assertThat(taught.row(at)).containsExactly(rows.row(at));
        assertThat(taught.label(at)).isEqualTo(at % 2);
        assertThat(taught.weight(at)).isEqualTo(rows.weight(at));
        assertThat((double) block.targets[2 * row])
            .isCloseTo(1 / (1 + Math.exp(-(2 * x + 0.5) / 2)), within(1e-6));
      }
    }
  }

  @Test
  void modelsThatDoNotFitTheRowsAreRefused() throws Exception {
    Teacher teacher = new Teacher(model().build());
    for (TrainingRows rows :
        new TrainingRows[] {
          TrainingRows.builder(2, 2).add(new float[2], 0).build(),
          TrainingRows.builder(1, 3).add(new float[1], 0).build()
        }) {
      assertThatThrownBy(() -> teacher.teach(rows))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              "cannot teach rows of %d features and %d classes", rows.features(), rows.classes());
    }
    Teacher ofSets = new Teacher(model().outputFunction(new MultiLabelSigmoid(0.5)).build());
    assertThatThrownBy(() -> ofSets.teach(TrainingRows.builder(1, 2).add(new float[1], 0).build()))
        .hasMessageContaining("MultiLabelSigmoid");
  }
}
