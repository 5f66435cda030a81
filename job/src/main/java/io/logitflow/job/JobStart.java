package io.logitflow.job;

import io.logitflow.config.Arguments;
import io.logitflow.config.ConfigurationException;
import io.logitflow.config.JobConfig;
import io.logitflow.config.JobOptions;
import io.logitflow.config.OptionsPage;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The way from the arguments of a main method to a job that runs.
 *
 * @param <C> configuration of the job
 * @param options options of the job
 * @param configuration reads the options and looks at the broker
 * @param wiring makes sources and sinks and defines the dataflow
 * @param name name of the job on a cluster
 */
record JobStart<C extends JobConfig>(
    JobOptions options, Reading<C> configuration, Wiring<C> wiring, Naming<C> name) {

  /** Reads the options. */
  interface Reading<C> {
    C read(Configuration options) throws ConfigurationException;
  }

  /** Defines the dataflow. */
  interface Wiring<C> {
    void wire(StreamExecutionEnvironment env, C config);
  }

  /** Names the job. */
  interface Naming<C> {
    String of(C config);
  }

  /**
   * Runs the job to its end, or with {@code --help} prints its options.
   *
   * @throws ConfigurationException with every problem of the options and of what they name
   */
  void run(String[] args) throws Exception {
    if (Arguments.wantHelp(args)) {
      System.out.print(OptionsPage.text(options));
      return;
    }
    C config = configuration.read(Arguments.parse(options, args));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    wiring.wire(env, config);
    env.execute(name.of(config));
  }
}
