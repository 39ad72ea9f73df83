"""The comment on a pull request that shows what `thread scan` would change."""
import json
import re
import urllib.error
import urllib.request

# First line of the comment, by which a later run finds it. A reader does not see it.
MARKER = "<!-- thread scan-preview -->"
# GitHub refuses comments with more than 65,536 characters.
LONGEST = 60_000


def fence(text):
    """Returns a fence that is longer than every run of backticks in the text."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(3, longest + 1)


def body(text):
    """Returns the comment for the output of `thread scan --dry-run --quiet`."""
    if not text.strip():
        return f"{MARKER}\n`thread scan` would change nothing.\n"
    rest = ""
    if len(text) > LONGEST:
        text = text[:LONGEST].rpartition("\n")[0]
        rest = "\nThe output is too long for a comment; `thread scan --dry-run` prints all of it.\n"
    text = text.rstrip("\n")
    marks = fence(text)
    return f"{MARKER}\n`thread scan` would change:\n\n{marks}diff\n{text}\n{marks}\n{rest}"


def earlier(comments):
    """Returns the comment of an earlier run. Only bots are trusted to have written it."""
    for comment in comments:
        if comment["user"]["type"] == "Bot" and comment["body"].startswith(MARKER):
            return comment
    return None


class Comments:
    """The comments of the pull request of an event."""

    def __init__(self, api, event, token):
        number = event.get("pull_request", {}).get("number")
        repository = event.get("repository", {}).get("full_name")
        self.repository = f"{api}/repos/{repository}"
        self.address = f"{self.repository}/issues/{number}/comments" if number else None
        self.token = token

    def list(self):
        page = 1
        while found := self.request("GET", f"{self.address}?per_page=100&page={page}"):
            yield from found
            page += 1

    def add(self, text):
        self.request("POST", self.address, {"body": text})

    def replace(self, comment, text):
        self.request("PATCH", f"{self.repository}/issues/comments/{comment['id']}", {"body": text})

    def request(self, method, address, content=None):
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/vnd.github+json"}
        data = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(address, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


def publish(comments, text):
    """Adds or replaces the comment. Returns the reason if that is not possible, else None."""
    if comments.address is None:
        return "the event is not about a pull request"
    try:
        comment = earlier(comments.list())
        if comment is not None:
            comments.replace(comment, body(text))
        elif text.strip():
            comments.add(body(text))
    except urllib.error.HTTPError as error:
        if error.code not in (401, 403, 404):
            raise
        return f"the token may not write comments (HTTP {error.code})"
    return None
