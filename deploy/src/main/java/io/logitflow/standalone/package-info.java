/**
 * A real standalone Flink cluster on this machine, from the library folder that the build leaves:
 * one JobManager and TaskManagers as processes of their own, and a client of Flink's REST API that
 * submits jobs to this or any other session cluster.
 */
package io.logitflow.standalone;
