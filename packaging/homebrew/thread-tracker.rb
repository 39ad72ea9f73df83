# Untested: formula for a tap. A release replaces URL and checksum.
class ThreadTracker < Formula
  desc "Follow research storylines in plain markdown"
  homepage "https://github.com/thread-tracker/thread"
  url "https://github.com/thread-tracker/thread/archive/refs/tags/v0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license any_of: ["MIT", "Apache-2.0"]

  depends_on "rust" => :build

  def install
    system "cargo", "install", *std_cargo_args
    bin.install_symlink "thread" => "thread-tracker"
    generate_completions_from_executable(bin/"thread", "completions")
    system bin/"thread", "man", "man1"
    man1.install Dir["man1/*.1"]
  end

  test do
    system bin/"thread", "init"
    assert_match "0 threads", shell_output("#{bin}/thread status")
  end
end
