//! The guides in `docs/`.

documents! { "docs":
    adopting
    architecture
    decisions
    example
    format
    install
    json
    merging
    performance
    pickers
    platforms
    reliability
    rules
    setup
    sources
    triggers
    walkthrough
    writing
}
