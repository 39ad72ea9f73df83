//! The process: the world in, an outcome out.

fn main() {}
