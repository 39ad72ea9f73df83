# shellcheck shell=bash
# Functions of the scripts that build and test packages. The scripts source this file.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

PACKAGES=$PWD/target/packages
VERSION=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
HOST=$(rustc -vV | sed -n 's/^host: //p')

has() { command -v "$1" >/dev/null 2>&1; }
skip() { echo "skipped: $*"; }
fail() { echo "error: $*" >&2 && exit 1; }

# Variables of a release build. The program contains no path of this machine, so that two builds
# of one commit are equal.
release_environment() {
  export CARGO_PROFILE_RELEASE_STRIP=symbols CARGO_PROFILE_DEV_DEBUG=0
  export RUSTFLAGS="--remap-path-prefix=$PWD=. --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo"
  # The time of the commit is the time of all packaged files.
  SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
  export SOURCE_DATE_EPOCH
}

# The compiled program of a target: `program_of x86_64-unknown-linux-gnu`.
program_of() {
  local name=thread
  case $1 in *windows*) name=thread.exe ;; esac
  echo "$PWD/target/$1/release/$name"
}

build_release() {
  release_environment
  cargo build --locked --quiet --release --target "$1"
}

# Returns whether this machine runs programs of a target.
runs_here() {
  [ "$1" = "$HOST" ] || [ "$1" = "${HOST%-gnu}-musl" ]
}

# A Python environment with the tools of .ci/packaging.txt; prints its directory.
tools() {
  local directory=$PWD/target/packaging-tools
  if ! cmp --silent .ci/packaging.txt "$directory/packaging.txt"; then
    has python3 && python3 -m venv --clear "$directory" >&2 || return 1
    "$directory/bin/pip" install --quiet --disable-pip-version-check --requirement \
      .ci/packaging.txt >&2 || return 1
    cp .ci/packaging.txt "$directory/"
  fi
  echo "$directory"
}

# Runs a command without the variables of this shell, without cargo on the PATH and with a new
# home directory: `empty_environment HOME PATH COMMAND…`. The settings of pip and uv remain,
# because a machine may reach its package index only through them.
empty_environment() {
  local home=$1 path=$2 kept=()
  shift 2
  while IFS= read -r -d '' variable; do
    case $variable in PIP_* | UV_* | *_proxy=* | *_PROXY=* | SSL_CERT_*) kept+=("$variable") ;; esac
  done < <(env -0)
  mkdir -p "$home"
  env -i HOME="$home" PATH="$path:/usr/bin:/bin" LANG=C.UTF-8 GIT_CONFIG_NOSYSTEM=1 \
    GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org \
    GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org ${kept[@]+"${kept[@]}"} "$@"
}

# Copies the workspace of this repository: `copy_workspace DIR`.
copy_workspace() {
  rm -rf "$1" && mkdir -p "$1"
  cp -r thread.yaml threads backlogs "$1/"
}

# Prints what a program says about the workspace of this repository, without the environment of
# this shell.
output_of() {
  local directory=$PACKAGES/output
  copy_workspace "$directory/work"
  for command in "status --color never" check scan "status --json"; do
    # shellcheck disable=SC2086
    (cd "$directory/work" && empty_environment "$directory/home" "" "$1" --today 2026-11-24 $command) 2>&1
  done
}

# Fails unless two programs print the same about the workspace of this repository.
same_output() {
  local expected
  expected=$(output_of "$1")
  diff <(echo "$expected") <(output_of "$2")
}
