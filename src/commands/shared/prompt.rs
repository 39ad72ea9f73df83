//! Questions to the user on a terminal.

use anyhow::Result;
use dialoguer::theme::ColorfulTheme;
use dialoguer::{Input, Select};

use crate::model::Error;

/// Asks for one of several choices and returns its index.
///
/// # Errors
/// The terminal is closed.
pub fn choose(question: &str, choices: &[&str]) -> Result<usize> {
    let theme = ColorfulTheme::default();
    Ok(Select::with_theme(&theme).with_prompt(question).items(choices).default(0).interact()?)
}

/// Asks for one of several values of the workspace.
///
/// # Errors
/// The terminal is closed, or there are no values yet.
pub fn choose_value(question: &str, values: &[String]) -> Result<String> {
    if values.is_empty() {
        let help = "`thread catalog add SOURCE TITLE` lists the first item";
        return Err(Error::request("there is nothing to choose from yet", help).into());
    }
    let choices: Vec<&str> = values.iter().map(String::as_str).collect();
    Ok(values[choose(question, &choices)?].clone())
}

/// Asks for a number, with a proposed one.
///
/// # Errors
/// The terminal is closed.
pub fn number(question: &str, proposed: u32) -> Result<u32> {
    let theme = ColorfulTheme::default();
    Ok(Input::with_theme(&theme).with_prompt(question).default(proposed).interact_text()?)
}

/// Asks for a text, which may be empty.
///
/// # Errors
/// The terminal is closed.
pub fn text(question: &str) -> Result<String> {
    let theme = ColorfulTheme::default();
    let input = Input::<String>::with_theme(&theme).with_prompt(question).allow_empty(true);
    Ok(input.interact_text()?)
}
