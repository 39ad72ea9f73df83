"""Packs a directory into NAME.tar.gz and writes NAME.tar.gz.sha256: `pack.py DIR OUTPUT SECONDS`.

Names are sorted, and owners, times and modes do not depend on the machine, so that equal files give
equal archives."""
import gzip
import hashlib
import pathlib
import sys
import tarfile


def entry(path: pathlib.Path, name: str, seconds: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.mtime = seconds
    info.size = path.stat().st_size
    is_program = path in (root / "thread", root / "thread.exe")
    info.mode = 0o755 if is_program else 0o644
    return info


root = pathlib.Path(sys.argv[1])
output = pathlib.Path(sys.argv[2])
with output.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
    with tarfile.open(mode="w", fileobj=packed, format=tarfile.USTAR_FORMAT) as archive:
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            name = f"{root.name}/{path.relative_to(root).as_posix()}"
            with path.open("rb") as content:
                archive.addfile(entry(path, name, int(sys.argv[3])), content)
digest = hashlib.sha256(output.read_bytes()).hexdigest()
pathlib.Path(f"{output}.sha256").write_bytes(f"{digest}  {output.name}\n".encode())
