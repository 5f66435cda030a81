package io.logitflow.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a model is trained.
 *
 * @param interval event time after which it is trained again; zero: not by the clock
 * @param labels new labelled records after which it is trained again; 0: not by their number
 * @param onDriftAlarm whether a drift alarm of the model has it trained
 * @param coolDown event time that has to pass between two trainings
 * @param minRows rows to train with, without which there is no training
 */
public record TriggerConfig(
    Duration interval, int labels, boolean onDriftAlarm, Duration coolDown, int minRows)
    implements Serializable {}
