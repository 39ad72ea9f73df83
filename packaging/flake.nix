# Untested. `nix run ./packaging` runs the program; `nix flake check ./packaging` also runs the tests.
{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      forEach = make: nixpkgs.lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
      manifest = (nixpkgs.lib.importTOML ../Cargo.toml).package;
      package = pkgs: pkgs.rustPlatform.buildRustPackage {
        pname = manifest.name;
        inherit (manifest) version;
        src = ../.;
        cargoLock.lockFile = ../Cargo.lock;
        nativeBuildInputs = [ pkgs.installShellFiles ];
        nativeCheckInputs = [ pkgs.git pkgs.python3 ];
        postInstall = ''
          ln -s thread $out/bin/thread-tracker
          $out/bin/thread man man1
          installManPage man1/*.1
          for shell in bash zsh fish; do
            installShellCompletion --cmd thread --$shell <($out/bin/thread completions $shell)
          done
        '';
        meta = {
          inherit (manifest) description homepage;
          license = with pkgs.lib.licenses; [ mit asl20 ];
          mainProgram = "thread";
        };
      };
    in {
      packages = forEach (pkgs: { default = package pkgs; });
      overlays.default = final: _: { thread-tracker = package final; };
      checks = forEach (pkgs: { default = package pkgs; });
      devShells = forEach (pkgs: {
        default = pkgs.mkShell { inputsFrom = [ (package pkgs) ]; packages = [ pkgs.clippy pkgs.rustfmt ]; };
      });
    };
}
