//! Every test of the product: one binary, one module a subject.

mod save;
mod world;
