package io.logitflow.config;

/** Where a job keeps its keyed state. */
public enum StateBackendChoice {
  /** Where the cluster's configuration says. */
  CLUSTER,

  /** As objects on the heap of the task managers. */
  HEAP,

  /** In RocksDB, on local disks of the task managers. */
  ROCKSDB
}
