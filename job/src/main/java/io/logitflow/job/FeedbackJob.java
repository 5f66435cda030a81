package io.logitflow.job;

import io.logitflow.config.Arguments;
import io.logitflow.config.ConfigurationException;
import io.logitflow.config.FeedbackConfig;
import io.logitflow.config.JobOptions;
import io.logitflow.config.OptionsPage;
import io.logitflow.config.Problem;
import io.logitflow.config.TopicNames;
import io.logitflow.connector.TopicCheck;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Joins labels with predictions and calibrates: {@code predictions + shadow predictions + labels +
 * models -> calibration + decisions (+ dead letters, + recalibrated model versions)}.
 */
public final class FeedbackJob {

  private FeedbackJob() {}

  /**
   * Runs the job, or with {@code --help} prints its options.
   *
   * @param args options, see docs/configuration.md
   * @throws ConfigurationException with every problem of the options, the broker and the topics
   */
  public static void main(String[] args) throws Exception {
    if (Arguments.wantHelp(args)) {
      System.out.print(OptionsPage.text(JobOptions.FEEDBACK));
      return;
    }
    FeedbackConfig config = configure(Arguments.parse(JobOptions.FEEDBACK, args));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    wire(env, config);
    env.execute(name(config));
  }

  /** Name of the job on a cluster. */
  public static String name(FeedbackConfig config) {
    return "logitflow feedback of " + config.model();
  }

  /**
   * Reads the options, and checks that the broker answers and that the topics exist.
   *
   * @throws ConfigurationException with every problem found
   */
  public static FeedbackConfig configure(Configuration options) throws ConfigurationException {
    return FeedbackConfig.from(options, FeedbackJob::topicProblems);
  }

  private static List<Problem> topicProblems(FeedbackConfig config) {
    TopicNames topics = config.topics();
    Map<String, String> needed = new LinkedHashMap<>();
    needed.put("predictions-topic", topics.predictions());
    needed.put("shadow-predictions-topic", topics.shadowPredictions());
    needed.put("labels-topic", topics.labels());
    needed.put("models-topic", topics.models());
    needed.put("calibration-topic", topics.calibration());
    needed.put("decisions-topic", topics.decisions());
    needed.put("dead-letters-topic", topics.deadLetters());
    return new TopicCheck(config.kafka()).problems(needed);
  }

  /** Makes sources and sinks and defines the dataflow. */
  public static void wire(StreamExecutionEnvironment env, FeedbackConfig config) {
    ExecutionSettings.apply(env, config);
    ExecutionSettings.apply(env, config.stateBackend());
  }
}
