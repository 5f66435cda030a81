#!/bin/sh
# Creates the topics of the jobs that are missing; runs in the Kafka image.
# The models topic is made by `logitflow models publish`, with the settings that it needs.
set -eu

servers=${1:?"usage: create-topics.sh HOST:PORT [PARTITIONS]"}
partitions=${2:-4}

create() {
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$servers" --create --if-not-exists \
    --topic "$1" --partitions "$2" ${3:+--config "$3"}
}

create features "$partitions"
create labels "$partitions"
create predictions "$partitions"
create dead-letters 1
create decisions 1
create evaluations 1
# A record replaces those before it with its key: only the newest is of use, however old it is.
create calibration 1 cleanup.policy=compact
