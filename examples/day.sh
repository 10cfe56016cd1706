#!/bin/sh
# A day of work in a script. Try it on the demo account: TICKTICK_DEMO=1 sh examples/day.sh
#
# It reads ids with -q and members with --jq, so that it never parses a table.
set -eu

# In the morning: what is due, and what has waited too long.
overdue=$(ticktick list --due overdue --jq length)
echo "$overdue tasks are overdue"

# A new task comes in; -q prints its id.
task=$(ticktick add "Answer the landlord" --priority high --tag errand -q)
[ "$(ticktick list --tag errand --jq '.[0].id')" = "$task" ]

# A script gets a status of its own for each kind of failure.
status=0
ticktick done "no such task" 2> /dev/null || status=$?
[ "$status" -eq 3 ]

# Look before you leap: nothing is sent.
ticktick done "$task" --dry-run --jq 'length' > /dev/null

# Complete it, and see what is stored now.
[ "$(ticktick done "$task" --jq '.[0].status')" = completed ]
[ "$(ticktick list --tag errand --jq length)" -eq 0 ]

# In the evening: the rest of today, as CSV for the report.
ticktick today -o csv --fields title,project.name,due > today.csv
head -n 1 today.csv | grep -q '^title,project.name,due$'

echo "the day is done"
