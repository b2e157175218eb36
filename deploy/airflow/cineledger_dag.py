"""Loads the dataset into CineLedger every month and reports the result.

The tasks, in their order:
  dataset_there   waits until the source responds; a file or an s3 address is not checked
  load            `cineledger load`: a quality gate (exit 3) skips the following tasks, a busy ledger (exit 4) and other errors are retried
  gate            reads the load's record (`cineledger loads`) and fails unless it was published or unchanged
  notify          posts one line to your webhook, whatever the result; without an address it only logs it

Airflow variables: cineledger_source, cineledger_store, cineledger_command (default: cineledger), cineledger_notify_url (optional).
Missed runs are not repeated one by one (catchup=False), because a load always reads the newest state of its source.
"""

from __future__ import annotations

import json
import os
import subprocess
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone

from airflow.decorators import dag, task
from airflow.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from airflow.models import Variable
from airflow.sensors.base import PokeReturnValue

DONE, WRONG_USAGE, GATED, BUSY = 0, 2, 3, 4


def run_cineledger(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the command with the ledger's address in the environment, so that lists of processes do not show it."""
    environment = {**os.environ, "CINELEDGER_STORE": Variable.get("cineledger_store")}
    command = Variable.get("cineledger_command", default_var="cineledger")
    return subprocess.run([command, *arguments], env=environment, capture_output=True, text=True, check=False)


def raise_for(code: int, message: str) -> None:
    """Raises what Airflow expects for an exit code: 3 skips, 2 fails at once, all others are retried."""
    if code == DONE:
        return
    if code == GATED:
        raise AirflowSkipException(f"a quality gate kept the load unpublished: {message}")
    if code == WRONG_USAGE:
        raise AirflowFailException(message)
    raise AirflowException(f"the ledger is busy: {message}" if code == BUSY else message)


def is_there(source: str) -> bool:
    """Returns whether an http(s) source responds; the load itself checks other sources."""
    if not source.startswith(("http://", "https://")):
        return True
    try:
        with urllib.request.urlopen(urllib.request.Request(source, method="HEAD"), timeout=30) as response:
            return response.status < 400
    except urllib.error.HTTPError as error:
        # Some servers refuse HEAD, which also shows that they are up.
        return error.code in (403, 405, 501)
    except (urllib.error.URLError, TimeoutError):
        return False


@dag(
    dag_id="cineledger_load",
    schedule="0 6 1 * *",
    start_date=datetime(2024, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 5, "retry_delay": timedelta(minutes=10), "retry_exponential_backoff": True},
    tags=["cineledger"],
)
def cineledger_load():
    @task.sensor(poke_interval=600, timeout=12 * 3600, mode="reschedule")
    def dataset_there() -> PokeReturnValue:
        return PokeReturnValue(is_done=is_there(Variable.get("cineledger_source")))

    @task(execution_timeout=timedelta(hours=4))
    def load() -> str:
        result = run_cineledger("load", Variable.get("cineledger_source"), "--wait")
        print(result.stderr)
        raise_for(result.returncode, result.stderr.strip().rpartition("\n")[2])
        return result.stderr

    @task
    def gate() -> dict:
        result = run_cineledger("loads", "--trigger", "command", "--limit", "1", "--format", "json")
        raise_for(result.returncode, result.stderr.strip())
        last = json.loads(result.stdout)["data"][0]
        if last["state"] not in ("published", "unchanged"):
            raise AirflowFailException(f"the last load ended as {last['state']}: {last['error']}")
        return last

    @task(trigger_rule="all_done", retries=2)
    def notify() -> None:
        result = run_cineledger("loads", "--limit", "1", "--format", "json")
        last = json.loads(result.stdout)["data"][0] if result.returncode == DONE else {"state": "unknown", "error": result.stderr}
        text = f"CineLedger: {last['state']}, snapshot {last.get('snapshotId')}, {last.get('records')} records. {last.get('error') or ''}".strip()
        print(text)
        url = Variable.get("cineledger_notify_url", default_var="")
        if url:
            body = json.dumps({"text": text}).encode()
            with urllib.request.urlopen(urllib.request.Request(url, body, {"Content-Type": "application/json"}), timeout=30):
                pass

    dataset_there() >> load() >> gate() >> notify()


cineledger_load()
