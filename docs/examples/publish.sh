#!/bin/sh
# Publishes an event from a shell: publish.sh SOCKET PASSWORD-FILE CASE
# The id says what happened, so saying it again after a doubt does nothing.
set -eu

socket=$1
case_id=$3
REDISCLI_AUTH=$(cat "$2")
export REDISCLI_AUTH

event='{"specversion": "1.0", "id": "visit-'$case_id'-2026-11-02", "source": "example/shell",
	"type": "contact.made", "subject": "case/'$case_id'", "time": "'$(date -u +%Y-%m-%dT%H:%M:%SZ)'",
	"data": {"with": ["mum"], "how": "visit", "on": "2026-11-02"}}'

redis-cli -s "$socket" --user candour-publisher XADD '{candour}:events' '*' event "$event"
