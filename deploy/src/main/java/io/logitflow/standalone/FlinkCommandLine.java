package io.logitflow.standalone;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * The command lines of a cluster's processes. They hold what Flink's start scripts put there: JVM
 * flags and settings that follow from the memory sizes, by the same code of Flink that the scripts
 * call, and {@code env.java.opts.*}, which nothing else reads.
 */
final class FlinkCommandLine {

  private final List<Path> libraries;
  private final ClusterDirectory directory;
  private final Configuration settings;

  FlinkCommandLine(List<Path> libraries, ClusterDirectory directory, Configuration settings) {
    this.libraries = libraries;
    this.directory = directory;
    this.settings = settings;
  }

  /** The command of the JobManager. */
  List<String> jobManager(FlinkProcess process) {
    JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(settings);
    List<String> command =
        java(
            process,
            JobManagerProcessUtils.generateJvmParametersStr(memory, settings),
            settings.get(CoreOptions.FLINK_JM_JVM_OPTIONS),
            StandaloneSessionClusterEntrypoint.class);
    command.addAll(words(JobManagerProcessUtils.generateDynamicConfigsStr(memory)));
    return command;
  }

  /** The command of a TaskManager, which Flink knows by the name of its process. */
  List<String> taskManager(FlinkProcess process) {
    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(settings);
    List<String> command =
        java(
            process,
            ProcessMemoryUtils.generateJvmParametersStr(memory),
            settings.get(CoreOptions.FLINK_TM_JVM_OPTIONS),
            TaskManagerRunner.class);
    command.addAll(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
    command.add("-D");
    command.add(TaskManagerOptions.TASK_MANAGER_RESOURCE_ID.key() + "=" + process.name());
    return command;
  }

  private List<String> java(
      FlinkProcess process, String memoryFlags, String ownFlags, Class<?> mainClass) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(words(memoryFlags));
    command.addAll(words(settings.get(CoreOptions.FLINK_JVM_OPTIONS)));
    command.addAll(words(ownFlags));
    command.add("-Dlog.file=" + process.logFile());
    command.add("-Dlog4j.configurationFile=" + directory.log4jConfig().toUri());
    command.add("-cp");
    command.add(libraries.stream().map(path -> path + "/*").collect(joining(File.pathSeparator)));
    command.add(mainClass.getName());
    command.add("--configDir");
    command.add(directory.conf().toString());
    return command;
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.trim().split("\\s+"));
  }
}
