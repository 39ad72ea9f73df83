"""Runs the command of the action. The settings are variables of the environment; see action.yml."""
import json
import os
import subprocess
import sys

import preview


def run(*arguments):
    command = [os.environ["THREAD"], "-C", os.environ["DIRECTORY"], *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False)


def check():
    """Prints annotations; returns the exit code of `thread check`."""
    if os.environ.get("SARIF"):
        with open(os.environ["SARIF"], "w", encoding="utf-8") as file:
            file.write(run("check", "--format", "sarif").stdout)
    ran = run("check", "--format", "github")
    print(ran.stdout, end="")
    return ran.returncode


def scan_preview():
    """Writes what a scan would change into a comment or into the summary of the job."""
    ran = run("scan", "--dry-run", "--quiet", "--color", "never")
    if ran.returncode == 2:
        return 2
    with open(os.environ["GITHUB_EVENT_PATH"], encoding="utf-8") as file:
        event = json.load(file)
    comments = preview.Comments(os.environ["GITHUB_API_URL"], event, os.environ.get("TOKEN", ""))
    reason = preview.publish(comments, ran.stdout)
    if reason:
        print(f"The preview is in the summary of the job: {reason}.")
        with open(os.environ["GITHUB_STEP_SUMMARY"], "a", encoding="utf-8") as file:
            file.write(preview.body(ran.stdout))
    return 0


COMMANDS = {"check": check, "scan-preview": scan_preview}

if __name__ == "__main__":
    name = os.environ["COMMAND"]
    if name not in COMMANDS:
        sys.exit(f"error: the action has no command `{name}`; use `check` or `scan-preview`")
    sys.exit(COMMANDS[name]())
