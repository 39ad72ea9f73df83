"""Fails if a dependency requires a newer Rust than the package itself.

Reads the output of `cargo metadata` from stdin. Dependencies without a `rust-version` are ignored.
"""

import json
import sys


def numbers(version):
    return [int(part) for part in f"{version}.0.0".split(".")[:3]]


metadata = json.load(sys.stdin)
packages = [package for package in metadata["packages"] if package["rust_version"]]
own = next(package for package in packages if package["id"] == metadata["resolve"]["root"])
newer = [
    package
    for package in packages
    if numbers(package["rust_version"]) > numbers(own["rust_version"])
]
for package in newer:
    print(
        f"error: {package['name']} {package['version']} requires Rust {package['rust_version']},"
        f" {own['name']} supports {own['rust_version']}"
    )
sys.exit(bool(newer))
