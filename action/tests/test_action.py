"""Tests of the action with recorded events, a server in place of GitHub, and the program in THREAD."""
import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
import preview  # noqa: E402

THREAD = os.path.abspath(os.environ.get("THREAD", "target/debug/thread"))
# The log is in the diff of a scan, with its backticks.
GOOD = (
    "---\nripeness: {level: low}\n---\n\n# X\n\n## Evidence\n\n"
    "## Log\n\n- 2026-01-01 opened at low (````a````)\n"
)
CATALOG = "---\nscanned: 2026-01-02\n---\n\n- [Salt](https://example.org/a) (2026-01-01) [thread:: x]\n"


class Server(http.server.ThreadingHTTPServer):
    """Keeps comments in a list; refuses to write if it is read-only."""

    def __init__(self, comments=(), read_only=False):
        super().__init__(("127.0.0.1", 0), Handler)
        self.comments = list(comments)
        self.read_only = read_only
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        first = self.path.endswith("per_page=100&page=1")
        self.answer(200, self.server.comments if first else [])

    def do_POST(self):
        if self.server.read_only:
            return self.answer(403, {})
        text = self.content()["body"]
        self.server.comments.append({"id": 5, "user": {"type": "Bot"}, "body": text})
        return self.answer(201, {})

    def do_PATCH(self):
        number = int(self.path.rpartition("/")[2])
        comment = next(comment for comment in self.server.comments if comment["id"] == number)
        comment["body"] = self.content()["body"]
        self.answer(200, {})

    def content(self):
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, code, content):
        data = json.dumps(content).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments):
        pass


class Action(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.work = pathlib.Path(directory.name)
        self.write("thread.yaml", "{}\n")
        self.write("threads/x.md", GOOD)

    def write(self, path, text):
        (self.work / path).parent.mkdir(exist_ok=True)
        (self.work / path).write_text(text, encoding="utf-8")

    def run_action(self, command, server=None, event="pull_request.json", **settings):
        port = server.server_address[1] if server else 0
        if server:
            self.addCleanup(server.server_close)
            self.addCleanup(server.shutdown)
        variables = {
            "PATH": os.environ["PATH"], "THREAD": THREAD, "COMMAND": command, "TOKEN": "t",
            "DIRECTORY": str(self.work), "GITHUB_EVENT_PATH": str(HERE / event),
            "GITHUB_API_URL": f"http://127.0.0.1:{port}", "THREAD_TODAY": "2026-01-03",
            "GITHUB_STEP_SUMMARY": str(self.work / "summary"), **settings,
        }
        script = HERE.parent / "main.py"
        return subprocess.run([sys.executable, script], env=variables, capture_output=True,
                              text=True, timeout=60, check=False)

    def summary(self):
        path = self.work / "summary"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def test_check_annotates_a_broken_thread_and_fails(self):
        self.assertEqual(self.run_action("check").returncode, 0)
        self.write("threads/x.md", GOOD.replace("level: low", "level: lowww"))
        ran = self.run_action("check", SARIF=str(self.work / "x.sarif"))
        self.assertEqual(ran.returncode, 1)
        self.assertIn("::error file=", ran.stdout)
        sarif = json.loads((self.work / "x.sarif").read_text(encoding="utf-8"))
        self.assertEqual(sarif["version"], "2.1.0")

    def test_preview_is_one_comment_that_later_runs_replace(self):
        other = {"id": 1, "user": {"type": "User"}, "body": f"{preview.MARKER}\nnot by the action"}
        server = Server([other])
        self.write("backlogs/2026-01-02-lab-backlog.md", CATALOG)
        for _ in range(2):
            ran = self.run_action("scan-preview", server)
            self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertEqual(len(server.comments), 2)
        self.assertEqual(server.comments[0]["body"], other["body"])
        self.assertIn("[Salt]", server.comments[1]["body"])
        self.assertIn("\n`````diff\n", server.comments[1]["body"])
        (self.work / "backlogs/2026-01-02-lab-backlog.md").unlink()
        self.run_action("scan-preview", server)
        self.assertIn("would change nothing", server.comments[1]["body"])
        self.assertNotIn("2026-01-02", (self.work / "threads/x.md").read_text(encoding="utf-8"))

    def test_preview_without_changes_adds_no_comment(self):
        server = Server()
        self.assertEqual(self.run_action("scan-preview", server).returncode, 0)
        self.assertEqual(server.comments, [])

    def test_preview_with_a_read_only_token_is_in_the_summary(self):
        server = Server(read_only=True)
        self.write("backlogs/2026-01-02-lab-backlog.md", CATALOG)
        ran = self.run_action("scan-preview", server)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertIn("HTTP 403", ran.stdout)
        self.assertIn("[Salt]", self.summary())

    def test_preview_of_a_push_is_in_the_summary(self):
        self.run_action("scan-preview", event="push.json")
        self.assertIn("would change nothing", self.summary())

    def test_unknown_command_is_refused(self):
        ran = self.run_action("scna")
        self.assertEqual(ran.returncode, 1)
        self.assertIn("no command `scna`", ran.stderr)


class Body(unittest.TestCase):
    def test_fence_is_longer_than_every_run_of_backticks(self):
        self.assertEqual(preview.fence("a `b` c"), "```")
        self.assertEqual(preview.fence("a ``` b `````` c"), "```````")

    def test_body_that_is_too_long_ends_with_a_whole_line(self):
        text = preview.body("0123456789\n" * 10_000)
        self.assertLess(len(text), 65_536)
        self.assertIn("\n0123456789\n```\n", text)


if __name__ == "__main__":
    unittest.main()
