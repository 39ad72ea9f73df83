//! Evaluation of threads on a date, one edge case a test.

mod as_of;
mod condition;
mod count;
mod hold;
mod id;
mod item;
mod level;
mod news;
mod next;
mod people;
mod quiet;
mod reference;
mod scan;
mod set;
mod source;
mod trigger;
mod weighed;
