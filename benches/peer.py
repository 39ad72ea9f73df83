"""What a person would write first: threads and catalogs read, evidence counted for each thread."""
import pathlib
import re
import sys

import frontmatter

BULLET = re.compile(r"^- .*\[(?P<title>[^\]]+)\]\((?P<url>[^)]+)\) \((?P<date>\d{4}-\d{2}-\d{2})\)")
root = pathlib.Path(sys.argv[1])
known = {}
for path in sorted(root.glob("backlogs/**/*.md")):
    try:
        post = frontmatter.loads(path.read_text(encoding="utf-8-sig"))
    except Exception:
        continue
    for line in post.content.splitlines():
        if found := BULLET.match(line):
            known[found["url"]] = post.get("source")
for path in sorted(root.glob("threads/*.md")):
    try:
        post = frontmatter.loads(path.read_text(encoding="utf-8-sig"))
    except Exception as error:
        print(f"{path.name}: {error}")
        continue
    lines = [found for found in map(BULLET.match, post.content.splitlines()) if found]
    listed = sum(found["url"] in known for found in lines)
    level = post.get("ripeness", {}).get("level")
    print(path.stem, level, len(lines), listed, len(post.get("triggers", [])))
