# shellcheck shell=bash disable=SC2034
# Functions of the scripts that build and test packages. The scripts source this file.
#
# The scripts run on Linux, macOS and Windows (the bash of git), so that they use only options of
# POSIX, and of tar. A script that this machine cannot run ends with exit code 77 and says why; a
# single check that it leaves out is printed as skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

PACKAGES=$PWD/target/packages
VERSION=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
HOST=$(rustc -vV | sed -n 's/^host: //p')

has() { command -v "$1" >/dev/null 2>&1; }
skip() { echo "skipped: $*"; }
# Ends a script that this machine cannot run.
cannot() { echo "cannot run $(basename "$0"): $*" >&2 && exit 77; }
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

# The directory of programs in a Python environment.
case $HOST in *windows*) SCRIPTS=Scripts ;; *) SCRIPTS=bin ;; esac

# Installs the packages of .ci/NAME.txt into a Python environment, and sets `tools` to its directory
# of programs: `tools NAME`.
tools() {
  local list=.ci/$1.txt directory=$PWD/target/packaging-tools/$1
  tools=$directory/$SCRIPTS
  if cmp -s "$list" "$directory/installed.txt"; then return; fi
  has python3 || cannot "python3 is not installed"
  python3 -m venv --clear "$directory" || cannot "python3 cannot make an environment"
  "$tools/python" -m pip install --quiet --disable-pip-version-check --requirement "$list" ||
    cannot "pip cannot install $list"
  cp "$list" "$directory/installed.txt"
}

# Runs a command without the variables of this shell, without cargo on the PATH and with a new
# home directory: `empty_environment HOME PATH COMMAND…`. The settings of pip and uv remain,
# because a machine may reach its package index only through them.
empty_environment() {
  local home=$1 path=$2 kept=()
  shift 2
  for variable in $(compgen -e); do
    # Without SYSTEMROOT, no program of Windows opens a connection.
    case $variable in PIP_* | UV_* | *_proxy | *_PROXY | SSL_CERT_* | SYSTEMROOT) kept+=("$variable=${!variable}") ;; esac
  done
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

# Installs a cargo command into target/packaging-tools: `tool NAME VERSION ARGUMENT…`.
tool() {
  local name=$1 version=$2 directory=${PACKAGING_TOOLS:-$PWD/target/packaging-tools}/cargo
  shift 2
  export PACKAGING_TOOLS=${directory%/cargo} PATH="$directory/bin:$PATH"
  if [ "$("$name" --version 2>/dev/null | awk '{ print $NF }')" = "$version" ]; then return; fi
  env -u RUSTFLAGS cargo install --quiet --locked --root "$directory" "$name@$version" "$@" ||
    cannot "cargo cannot install $name $version"
}

# Writes completion scripts and manual pages: `shell_files PROGRAM DIR`.
shell_files() {
  mkdir -p "$2/completions"
  "$1" completions bash >"$2/completions/thread.bash"
  "$1" completions zsh >"$2/completions/_thread"
  "$1" completions fish >"$2/completions/thread.fish"
  "$1" completions powershell >"$2/completions/_thread.ps1"
  "$1" completions elvish >"$2/completions/thread.elv"
  mkdir -p "$2/man" && "$1" man "$2/man" >/dev/null
}

# Writes the licenses of all libraries of a program: `licenses TARGET FILE`.
licenses() {
  cargo about generate --locked --fail --target "$1" --config packaging/licenses/about.toml \
    --output-file "$2" packaging/licenses/about.hbs 2>"$2.log" || { cat "$2.log" && return 1; }
  rm "$2.log"
}

# Installs the standard library of a target, and checks that it has a C compiler.
needs_target() {
  if [ "$1" = "$HOST" ]; then return; fi
  if ! has rustup || ! rustup target add "$1" 2>/dev/null; then
    cannot "the standard library of $1 cannot be installed"
  fi
  case $1 in *-musl) has musl-gcc || cannot "$1 needs musl-gcc" ;; esac
}

# Prints the newest version of glibc that a program needs.
glibc_floor() {
  has readelf || { skip "readelf is not installed" && return; }
  local floor
  # A static program needs none, so that grep finds nothing.
  floor=$(readelf --version-info --wide "$1" | { grep -o 'GLIBC_[0-9.]*' || true; } |
    sort -u -V | tail -n 1)
  echo "glibc: $(basename "$(dirname "$1")") needs ${floor:-none}"
}
