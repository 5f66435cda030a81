package io.logitflow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MinimiserTest {

  private static boolean never() {
    return false;
  }

  /** {@code sum 100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2}, least at (1, 1, ...). */
  private static final DifferentiableFunction ROSENBROCK =
      new DifferentiableFunction() {
        @Override
        public int dimension() {
          return 20;
        }

        @Override
        public double evaluate(double[] x, double[] gradient) {
          Arrays.fill(gradient, 0);
          double value = 0;
          for (int i = 0; i + 1 < x.length; i++) {
            double a = x[i + 1] - x[i] * x[i];
            double b = 1 - x[i];
            value += 100 * a * a + b * b;
            gradient[i] += -400 * x[i] * a - 2 * b;
            gradient[i + 1] += 200 * a;
          }
          return value;
        }
      };

  @Nested
  class Lbfgs {

    private final Minimiser minimiser =
        new io.logitflow.training.Lbfgs(new LbfgsOptions(10, 500, 1e-8, 0));

    @Test
    void findsTheEndOfACurvedValley() {
      List<Iteration> iterations = new ArrayList<>();
      Minimum minimum =
          minimiser.minimise(ROSENBROCK, new double[20], iterations::add, MinimiserTest::never);

      assertThat(minimum.reason()).isEqualTo(StopReason.GRADIENT);
      for (double x : minimum.point()) {
        assertThat(x).isCloseTo(1, within(1e-7));
      }
      assertThat(iterations).hasSize(minimum.iterations() + 1);
      assertThat(iterations.get(0).value()).isEqualTo(19);
      assertThat(minimum.evaluations()).isLessThan(2 * minimum.iterations());
    }

    @Test
    void goesOnFromWhereItWasCancelled() {
      List<Iteration> iterations = new ArrayList<>();
      Minimum cancelled =
          minimiser.minimise(
              ROSENBROCK, new double[20], iterations::add, () -> iterations.size() > 10);
      assertThat(cancelled.reason()).isEqualTo(StopReason.CANCELLED);
      assertThat(cancelled.iterations()).isEqualTo(10);
      assertThat(cancelled.point()).containsExactly(iterations.get(10).point());

      Minimum minimum =
          minimiser.minimise(ROSENBROCK, cancelled.point(), iteration -> {}, MinimiserTest::never);
      assertThat(minimum.value()).isLessThan(1e-12);
    }

    @Test
    void interruptEndsItAndStays() {
      Thread.currentThread().interrupt();
      try {
        Minimum minimum =
            minimiser.minimise(ROSENBROCK, new double[20], iteration -> {}, MinimiserTest::never);
        assertThat(minimum.reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(minimum.iterations()).isZero();
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    }

    @Test
    void functionThatIsNotANumberIsToldApart() {
      Minimum minimum =
          minimiser.minimise(
              ROSENBROCK, new double[] {Double.NaN, 1}, iteration -> {}, MinimiserTest::never);
      assertThat(minimum.reason()).isEqualTo(StopReason.DIVERGED);
    }
  }

  @Nested
  class OwlQn {

    /** {@code 1/2 sum (x_i - c_i)^2 + l1 |x_i|} is least at c shrunk by l1 towards 0. */
    @Test
    void shrinksAndSetsToZero() {
      double[] centre = {3, -2, 0.5, -0.5, 0, 0.7};
      DifferentiableFunction squares =
          new DifferentiableFunction() {
            @Override
            public int dimension() {
              return centre.length;
            }

            @Override
            public double evaluate(double[] x, double[] gradient) {
              double value = 0;
              for (int i = 0; i < x.length; i++) {
                gradient[i] = x[i] - centre[i];
                value += gradient[i] * gradient[i] / 2;
              }
              return value;
            }
          };
      Minimum minimum =
          new io.logitflow.training.OwlQn(new LbfgsOptions(10, 100, 1e-10, 0), 1, 5)
              .minimise(
                  squares, new double[] {1, 1, 1, 1, 1, 1}, iteration -> {}, MinimiserTest::never);

      assertThat(minimum.point()).containsExactly(new double[] {2, -1, 0, 0, 0, 0.7}, within(1e-9));
      assertThat(minimum.value()).isCloseTo(0.5 + 2 + 0.5 + 1 + 0.125 + 0.125, within(1e-9));
    }

    /** At the optimum the gradient of the loss is at most l1, and exactly l1 at weights not 0. */
    @Test
    void optimalityConditionsOfL1Hold() {
      TrainingRows rows = LossTest.rows(Targets.CLASSES, 0, 500);
      try (Workers workers = new Workers(1)) {
        LocalLoss loss = new LocalLoss(rows, LossOptions.PLAIN, Precision.FLOAT64, workers);
        double l1 = 0.02;
        Minimum minimum =
            new io.logitflow.training.OwlQn(
                    new LbfgsOptions(10, 2000, 1e-7, 0), l1, rows.shape().weights())
                .minimise(
                    new Objective(loss, 0),
                    new double[rows.shape().size()],
                    iteration -> {},
                    MinimiserTest::never);
        double[] gradient = new double[rows.shape().size()];
        new Objective(loss, 0).evaluate(minimum.point(), gradient);
        int zeros = 0;
        for (int i = 0; i < rows.shape().weights(); i++) {
          double w = minimum.point()[i];
          if (w == 0) {
            zeros++;
            assertThat(Math.abs(gradient[i])).isLessThanOrEqualTo(l1 + 1e-6);
          } else {
            assertThat(gradient[i]).isCloseTo(-l1 * Math.signum(w), within(1e-6));
          }
        }
        assertThat(zeros).isGreaterThan(10);
        assertThat(minimum.reason()).isEqualTo(StopReason.GRADIENT);
      }
    }
  }
}
