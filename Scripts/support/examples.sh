# One result of each state, for Scripts/run. To be sourced. Needs: tool.

# shell_words ARGUMENTS: prints them as one would type them.
shell_words() {
  local word quote="'"
  for word; do
    if [[ $word =~ ^[A-Za-z0-9_./:@=-]+$ ]]; then
      printf ' %s' "$word"
    else
      printf " '%s'" "${word//$quote/$quote\\$quote$quote}"
    fi
  done
}

# show ARGUMENTS: prints a command of the tool and runs it.
show() {
  printf '\n$ celery-results%s\n' "$(shell_words "$@")"
  "$tool" "$@"
}

shown_in_full=(run-success run-failure run-emoji)

store_examples() {
  local traceback='Traceback (most recent call last):
  File "tasks.py", line 12, in charge
    raise ValueError("no such card")
ValueError: no such card'
  local extended=(--task-name shop.charge --task-args '(4711,)' --task-kwargs "{'currency': 'EUR'}"
    --worker celery@example)

  show store run-started --state STARTED --result '{"pid": 4242, "hostname": "celery@example"}'
  show store run-success --state SUCCESS --result '{"total": 42, "items": [1, 2.5, null]}' "${extended[@]}"
  show store run-failure --state FAILURE --exception ValueError --message 'no such card' \
    --traceback "$traceback" "${extended[@]}"
  show store run-retry --state RETRY --exception TimeoutError --message 'the bank did not answer'
  show store run-revoked --state REVOKED
  show store run-progress --state PROGRESS --result '{"current": 3, "total": 10}'
  show store run-emoji --state SUCCESS --result '"Grüße, 世界 🎉"'
  show store run-periodic --state SUCCESS --result null --periodic-task-name nightly-report
}
