package io.logitflow.config;

import io.logitflow.classifier.DeviceChoice;
import io.logitflow.classifier.kernel.KernelChoice;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of the model. */
public final class ModelOptions {

  /** Name of the model. */
  public static final ConfigOption<String> MODEL =
      ConfigOptions.key("model")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Name of the model. Its versions and aliases come from the models topic: the scoring"
                  + " job serves the champion, and takes a new one over while it runs.");

  /** Which kernels score. */
  public static final ConfigOption<KernelChoice> KERNEL =
      ConfigOptions.key("kernel")
          .enumType(KernelChoice.class)
          .defaultValue(KernelChoice.AUTO)
          .withDescription(
              "Kernels that score: scalar runs everywhere, vector needs the JVM option"
                  + " --add-modules=jdk.incubator.vector and is many times faster, auto takes"
                  + " vector where it can.");

  /** Where networks of other programs compute. */
  public static final ConfigOption<DeviceChoice> DEVICE =
      ConfigOptions.key("device")
          .enumType(DeviceChoice.class)
          .defaultValue(DeviceChoice.AUTO)
          .withDescription(
              "Where TorchScript models compute: auto takes the GPU that Flink's external resource"
                  + " 'gpu' offers, and the CPU where there is none or PyTorch cannot use it; gpu"
                  + " takes nothing else. Other models are scored by the CPU in any case.");

  /** Whether the previous champion is scored too. */
  public static final ConfigOption<Boolean> SHADOW_PREVIOUS =
      ConfigOptions.key("shadow-previous")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Score the previous champion in the shadow as a challenger is, so that the feedback"
                  + " job can tell when to roll back. Costs what a challenger costs.");

  static final OptionGroup GROUP =
      OptionGroup.titled("Model")
          .withRequired(MODEL, Accepted.modelName())
          .with(KERNEL, Accepted.oneOf(KernelChoice.class), JobOptions.SCORING, JobOptions.REPLAY)
          .with(DEVICE, Accepted.oneOf(DeviceChoice.class), JobOptions.SCORING, JobOptions.REPLAY)
          .with(SHADOW_PREVIOUS, Accepted.bool(), JobOptions.SCORING);

  private ModelOptions() {}
}
