//! The texts that are written for git: a hook, the command of a merge driver, and attributes.

/// Second line of every hook that was written by `thread hook install`.
const MARK: &str = "# Written by `thread hook install`: checks what git is about to commit.";

/// The hook. `prefix` leads from the top of the work tree, where hooks run, to the workspace.
///
/// A program with a window often starts git with a short PATH, so the hook has the path of
/// `thread`. In a repository without threads the hook passes if the program is missing, because
/// repositories can share a hook.
pub(crate) fn script(program: &str, prefix: &str) -> String {
    let program = quoted(program);
    let threads = quoted(&format!("{prefix}threads"));
    let configuration = quoted(&format!("{prefix}thread.yaml"));
    let directory = directory(prefix);
    format!(
        r#"#!/bin/sh
{MARK}
program={program}
if ! test -x "$program"; then
    test -n "$(git --literal-pathspecs ls-files -- {configuration} {threads})" || exit 0
    moved=$program
    program=$(command -v thread) || {{
        printf '%s\n' "error: this commit was not checked: \`thread\` is neither at $moved nor on the PATH" >&2
        printf '%s\n' "help: install thread, then run \`thread hook install\`; \`git commit --no-verify\` commits unchecked" >&2
        exit 1
    }}
fi
exec "$program" -C {directory} check --staged
"#
    )
}

/// Returns whether `thread hook install` wrote a hook for this workspace, now or in an earlier
/// version, so that it can be replaced.
pub(crate) fn is_script(known: &str, prefix: &str) -> bool {
    let place = match prefix {
        "" => String::new(),
        prefix => format!(" -C {}", quoted(prefix)),
    };
    let first_version = format!("#!/bin/sh\n{MARK}\nexec thread{place} check --staged\n");
    let script = script("", prefix);
    let is_program = |line: &str| line.starts_with("program='");
    let is_same = |(known, new): (&str, &str)| known == new || is_program(known) && is_program(new);
    known == first_version
        || known.lines().count() == script.lines().count()
            && known.lines().zip(script.lines()).all(is_same)
}

/// The directory of the workspace. It is always named, because `THREAD_DIR` may name another.
fn directory(prefix: &str) -> String {
    if prefix.is_empty() { ".".into() } else { quoted(prefix) }
}

/// Returns the command with which git merges a file.
///
/// git takes any exit code of a driver up to 128 for a result, also the 127 of a missing program;
/// the file would then have only our side. So `git merge-file` merges if `thread merge` does not.
/// It exits with the number of conflicts, and above 128 if it cannot merge; 126 and 127 may come
/// from the shell.
pub(crate) fn driver(program: &str) -> String {
    let program = quoted(program).replace('%', "%%");
    format!(
        "program={program}; code=127; if test -x \"$program\"; then \
         \"$program\" -C . merge --marker-size=%L --path=%P %O %A %B; code=$?; fi; \
         test $code -lt 2 && exit $code; \
         echo \"thread did not merge a file (exit code $code); git merges its lines.\" \
         \"If thread has moved, run: thread hook install\" >&2; \
         git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B; code=$?; \
         test $code -lt 126 || exit 255; exit $code"
    )
}

/// The attribute of the files below a directory: `notes/**/*.md merge=thread`.
pub(crate) fn attribute(directory: &str) -> String {
    attribute_of(directory, "/**/*.md", "thread")
}

/// The attribute of the looks of a directory: git keeps the lines of both sides, because their order
/// and repetitions have no meaning. It comes after the one of all files.
pub(crate) fn looks_attribute(directory: &str) -> String {
    attribute_of(directory, "/*-looks.md", "union")
}

fn attribute_of(directory: &str, files: &str, driver: &str) -> String {
    let special = |sign: &char| "*?[]\\!#".contains(*sign);
    let escaped =
        directory.chars().flat_map(|sign| special(&sign).then_some('\\').into_iter().chain([sign]));
    let pattern = format!("{}{files}", escaped.collect::<String>());
    if pattern.contains(|sign: char| sign.is_whitespace() || sign == '"') {
        let quoted = pattern.replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"{quoted}\" merge={driver}")
    } else {
        format!("{pattern} merge={driver}")
    }
}

/// Quotes a text as one word of a shell: `it's` becomes `'it'\''s'`.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_keeps_a_word_of_any_characters() {
        assert_eq!(quoted("/a b/it's $x"), "'/a b/it'\\''s $x'");
    }

    #[test]
    fn driver_doubles_percent_signs_of_the_path() {
        assert!(driver("/50%L/thread").starts_with("program='/50%%L/thread'; "));
    }

    #[test]
    fn attribute_of_special_characters_is_escaped_and_quoted() {
        assert_eq!(attribute("threads"), "threads/**/*.md merge=thread");
        assert_eq!(attribute("my [old] notes"), r#""my \\[old\\] notes/**/*.md" merge=thread"#);
    }

    #[test]
    fn is_script_knows_any_program_and_the_first_version() {
        assert!(is_script(&script("/elsewhere/thread", "notes/"), "notes/"));
        let first =
            "#!/bin/sh\n# Written by `thread hook install`: checks what git is about to commit.\n";
        assert!(is_script(&format!("{first}exec thread check --staged\n"), ""));
        assert!(is_script(&format!("{first}exec thread -C 'notes/' check --staged\n"), "notes/"));
        assert!(!is_script(&format!("{first}exec thread check --staged\nmake lint\n"), ""));
        assert!(
            !is_script(&script("/elsewhere/thread", "notes/"), ""),
            "it is of another workspace"
        );
    }
}
