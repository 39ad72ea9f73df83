//! Every test of the product: one binary, one module a subject.

mod console;
mod edge_cases;
mod edge_cases_conditions;
mod edge_cases_decisions;
mod edge_cases_identity;
mod edge_cases_memory;
mod edge_cases_people;
mod edge_cases_quiet;
mod edge_cases_time;
mod grammar_errors;
mod grammar_errors_conditions;
mod grammar_errors_yaml;
mod in_place;
mod in_place_patch;
mod in_place_pieces;
mod in_place_properties;
mod in_place_survival;
mod own_workspace;
mod properties;
mod properties_history;
mod properties_parsing;
mod save;
mod world;
