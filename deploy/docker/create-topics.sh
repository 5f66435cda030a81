#!/bin/sh
# Creates the topics of the scoring job that are missing; runs in the Kafka image.
# The models topic is made by `logitflow models publish`, with the settings that it needs.
set -eu

servers=${1:?"usage: create-topics.sh HOST:PORT [PARTITIONS]"}
partitions=${2:-4}

create() {
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$servers" --create --if-not-exists \
    --topic "$1" --partitions "$2"
}

create features "$partitions"
create labels "$partitions"
create predictions "$partitions"
create shadow-predictions "$partitions"
create dead-letters 1
