//! Stylesheets: logical properties only, so that right-to-left is free; colours come from the tokens.

use super::source::files;

#[test]
fn stylesheets_know_no_left_and_no_right() {
    let mut found = Vec::new();
    for (name, css) in files("style", ".css") {
        for (number, line) in css.lines().enumerate() {
            let code = line.split("/*").next().unwrap_or_default();
            let physical = [
                "margin-left",
                "margin-right",
                "padding-left",
                "padding-right",
                "border-left",
                "border-right",
                "text-align: left",
                "text-align: right",
                "float: left",
                "float: right",
            ];
            let position = code.trim_start();
            // a phone number is left-to-right in every language, and says so
            if code.contains("[dir=") {
                continue;
            }
            if physical.iter().any(|word| code.contains(word))
                || position.starts_with("left:")
                || position.starts_with("right:")
            {
                found.push(format!("{name}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn colours_come_from_the_tokens() {
    let mut found = Vec::new();
    for (name, css) in files("style", ".css") {
        if name.ends_with("tokens.css") || name.ends_with("print.css") {
            continue;
        }
        for (number, line) in css.lines().enumerate() {
            let code = line.split("/*").next().unwrap_or_default();
            let value = code.split_once(':').map_or("", |(_, value)| value);
            if value.contains('#')
                || value.contains("rgb(")
                || value.contains("hsl(")
                || value.contains("oklch(")
            {
                found.push(format!("{name}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
