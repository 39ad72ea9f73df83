//! The guides in `docs/`.

documents! { "docs":
    adopting
    architecture
    decisions
    format
    json
    merging
    performance
    reliability
    rules
    setup
    triggers
    walkthrough
    writing
}
